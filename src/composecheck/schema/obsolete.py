"""The rule `key-obsolete`. It speaks of many files without mistakes, so it imports little."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Edit, Finding, Fix, Safety, Severity
from composecheck.rule import Category, rule
from composecheck.schema.words import quoted
from composecheck.schema.work import content_span
from composecheck.source import Span
from composecheck.yaml.nodes import Mapping

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composecheck.schema.tree import Place
    from composecheck.schema.work import Work


@rule("key-obsolete", Severity.NOTE, Category.UPKEEP)
def key_obsolete(work: Work) -> Iterator[Finding]:
    """A key that Compose no longer reads.

    The `version` at the top of a file once chose between formats. Compose now ignores it, takes
    every file for the newest format, and warns about the key on each run. Delete the line.

    Bad:

        version: "3.8"
        services:
          web:
            image: nginx

    Good:

        services:
          web:
            image: nginx
    """
    version = work.root.children.get("version")
    if version is None or version.shape is None or not version.shape.is_deprecated:
        return
    if work.under(version):
        return  # it is wrong in another way
    yield Finding(
        rule="key-obsolete",
        severity=Severity.NOTE,
        message='"version" is obsolete: Compose ignores it, and warns about it on each run.',
        remedy="Delete the line.",
        source=version.mark.source,
        span=content_span(version.mark),
        path=version.path,
        fix=removal(work, version),
    )


def removal(work: Work, place: Place) -> Fix | None:
    """Return the fix that deletes a key with its value, if they are lines of their own.

    A comment on the lines forbids it, and so does being the only key. One blank line below goes
    too, where the key was the first thing in the file.
    """
    entry, parent = place.entry, place.parent
    if entry is None or parent is None or work.is_used_elsewhere(place):
        return None
    mapping = parent.node
    if not isinstance(mapping, Mapping) or mapping.is_flow or len(mapping.entries) < 2:
        return None
    source, end = entry.key.source, entry.span.end
    text, starts = source.text, source.line_starts
    first = source.position(entry.start).line
    last = source.position(end - 1 if text[end - 1] in "\r\n" else end).line
    if text[starts[first - 1] : entry.start].strip(" "):
        return None
    if text[end : max(end, source.line_span(last).end)].strip():
        return None
    if first == 1 and last < len(starts) and not len(source.line_span(last + 1)):
        last += 1
    start = starts[first - 1]
    if last < len(starts):
        cut = Span(start, starts[last])
    else:
        # The last line has no break: the one before goes in its place.
        cut = Span(source.line_span(first - 1).end if first > 1 else start, len(text))
    return Fix(f"Delete {quoted(place.key)}", Safety.SAFE, (Edit(source, cut, ""),))
