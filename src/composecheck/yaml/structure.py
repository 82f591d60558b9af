"""Mistakes that a parser's events do not show: of keys, merges and tags.

Facts: `compose-go`'s reset processor and go-yaml's constructor, measured.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.yaml import mistakes
from composecheck.yaml.differences import CHARACTERS_OF_TAGS_THAT_COMPOSE_REFUSES
from composecheck.yaml.nodes import Alias, Mapping, Scalar, Sequence, Style, follow
from composecheck.yaml.scalars import Absent, Timestamp, Unresolvable, resolve

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composecheck.finding import Finding, Path
    from composecheck.source import Source, Span
    from composecheck.yaml.nodes import Entry, Node

MERGE_KEY = "<<"
MERGE_TAG = "tag:yaml.org,2002:merge"

# What a plain key may begin with that is not text: numbers, dates, null, true, false, .inf.
_MAY_NOT_BE_TEXT = frozenset("0123456789+-.~nNtTfF")


RESET_TAG = "!reset"
OVERRIDE_TAG = "!override"


def is_reset(node: Node) -> bool:
    """Tell whether `node`, or what it is an alias of, is marked `!reset`.

    Compose drops it, with its key, before it has a look at either (measured); but it does not do so
    anywhere within what is marked `!override`.
    """
    content = follow(node) if isinstance(node, Alias) else node
    return (
        content is not None
        and content.properties is not None
        and content.properties.tag == RESET_TAG
    )


def check_entries(
    mapping: Mapping, path: Path, *, may_reset: bool = False, is_merged: bool = False
) -> Iterator[Finding]:
    """Yield what is wrong with the keys of `mapping`, and with what it merges.

    `may_reset` says whether there may be something in it that Compose drops (see `is_reset`);
    `is_merged` whether it stands behind a merge key itself: then Compose makes text of most keys.
    """
    names = [key_name(entry) for entry in mapping.entries]
    if len(set(names)) < len(names):
        yield from find_duplicates(mapping, path)
    for entry, name in zip(mapping.entries, names, strict=True):
        if may_reset and is_reset(entry.value):
            continue
        key = entry.key
        if type(key) is Scalar and key.properties is None:
            if key.style is not Style.PLAIN:
                continue
            if not name or name[0] in _MAY_NOT_BE_TEXT:
                yield from _check_key(entry, path, is_merged=is_merged)
            elif name == MERGE_KEY:
                yield from _check_merge(entry.value, (*path, name))
        elif is_merge_key(key):
            yield from _check_merge(entry.value, (*path, name))
        else:
            yield from _check_key(entry, path, is_merged=is_merged)


def check_tag_characters(source: Source, tag: Span) -> Iterator[Finding]:
    """Yield what is wrong with the characters of a tag.

    The C parser takes brackets and commas in a tag; Compose does not (measured).
    """
    written = source.slice(tag)
    if written.startswith("!<"):
        return
    forbidden = CHARACTERS_OF_TAGS_THAT_COMPOSE_REFUSES
    wrong = next((character for character in written if character in forbidden), None)
    if wrong:
        problem = f"found character {wrong!r} that is not allowed in a YAML tag"
        context = "while parsing a tag"
        yield from mistakes.explain_syntax(
            source, mistakes.SyntaxProblem(problem, tag.start, context, tag.start)
        )


def check_tag(scalar: Scalar, path: Path) -> Finding | None:
    """Return what is wrong with the tag of `scalar`, if it does not fit its text."""
    value = resolve(scalar)
    if not isinstance(value, Unresolvable):
        return None
    return mistakes.bad_tag_value(scalar.source, scalar.span, value.tag, scalar.text, path)


def key_name(entry: Entry) -> str:
    """Return the text by which Compose compares this key with others; for an alias, its name."""
    key = entry.key
    if isinstance(key, Scalar):
        return key.text
    return key.name if isinstance(key, Alias) else ""


def is_merge(entry: Entry) -> bool:
    """Tell whether `entry` merges other keys and values into its mapping: see `is_merge_key`."""
    return is_merge_key(entry.key)


def is_merge_key(key: Node) -> bool:
    """Tell whether what stands behind `key` is merged into the mapping that it is in.

    A plain `<<` does, and whatever has the tag `!!merge`; a quoted or otherwise tagged `<<` is a
    key like any other (measured).
    """
    if not isinstance(key, Scalar):
        return False
    if key.properties is not None and key.properties.tag is not None:
        return key.properties.tag == MERGE_TAG
    return key.text == MERGE_KEY and key.style is Style.PLAIN


def find_duplicates(mapping: Mapping, path: Path, *, is_whole: bool = True) -> Iterator[Finding]:
    """Yield the keys of `mapping` that it has twice; keys that are no text are left out.

    `is_whole` says whether the parser has read all of it: then it may be possible to fix that.
    """
    firsts: dict[str, Entry] = {}
    for entry in mapping.entries:
        name = key_name(entry)
        if not isinstance(entry.key, Scalar | Alias):
            continue
        first = firsts.setdefault(name, entry)
        if first is not entry:
            fix = mistakes.remedy_of_duplicate(mapping, first, entry) if is_whole else None
            yield mistakes.duplicate_key(
                mapping.source, entry.key.span, first.key.span, name, (*path, name), fix
            )


def _check_key(entry: Entry, path: Path, *, is_merged: bool) -> Iterator[Finding]:
    key = follow(entry.key)
    if key is None:
        return
    source, span = entry.key.source, entry.key.span
    if not isinstance(key, Scalar):
        yield mistakes.complex_key(source, span, path)
        return
    value = resolve(key)
    if isinstance(value, Unresolvable):
        yield mistakes.bad_tag_value(source, span, value.tag, key.text, path)
        return
    if isinstance(value, str | Absent) or _is_absent(entry.value):
        return
    if not is_merged or isinstance(value, Timestamp):
        yield mistakes.key_not_text(source, span, key.text, _kind(value), path)


def _is_absent(node: Node) -> bool:
    """Tell whether Compose drops `node`, and its key, once it has read both (measured)."""
    content = follow(node)
    return isinstance(content, Scalar) and isinstance(resolve(content), Absent)


def _kind(value: object) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true or false"
    return "a date" if isinstance(value, Timestamp) else "a number"


def _check_merge(value: Node, path: Path) -> Iterator[Finding]:
    merged = follow(value)
    if merged is None or isinstance(merged, Mapping):
        return
    if isinstance(merged, Sequence):
        for item in merged.items:
            content = follow(item)
            if not (content is None or isinstance(content, Mapping) or is_reset(content)):
                yield mistakes.bad_merge(item.source, item.span, path)
        return
    yield mistakes.bad_merge(value.source, value.span, path)
