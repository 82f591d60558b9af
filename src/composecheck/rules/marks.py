"""Where findings about a project point to, and what may be edited there."""

from __future__ import annotations

from bisect import bisect_right
from operator import attrgetter
from typing import TYPE_CHECKING

from composecheck.finding import Edit, Finding, Related
from composecheck.rules.shared_places import means_the_same
from composecheck.source import Span
from composecheck.yaml.merge import name_of
from composecheck.yaml.nodes import Alias, Mapping, Scalar, Sequence
from composecheck.yaml.places import places
from composecheck.yaml.walk import walk

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from composecheck.finding import Path, PathKey
    from composecheck.language.traced import Traced
    from composecheck.project.project import Project
    from composecheck.source import Source
    from composecheck.yaml import Document
    from composecheck.yaml.nodes import Node


def path_at(project: Project, source: Source, span: Span) -> Path:
    """Return the keys and indices that lead to what stands at `span`, in the tree of its file."""
    document = document_of(project, source)
    for root in document.roots if document else ():
        if root.start <= span.start and span.end <= root.end:
            return tuple(_steps(root, span))
    return ()


def _steps(node: Node, span: Span) -> Iterator[PathKey]:
    while True:
        if isinstance(node, Mapping):
            # Entries stand in the order of the text, and so do items.
            number = bisect_right(node.entries, span.start, key=_start) - 1
            if number < 0 or not _holds(node.entries[number].span, span):
                return
            entry = node.entries[number]
            yield name_of(entry.key) or ""
            if _holds(entry.key.span, span):
                return
            node = entry.value
        elif isinstance(node, Sequence):
            index = bisect_right(node.items, span.start, key=_start) - 1
            if index < 0 or not _holds(node.items[index].span, span):
                return
            yield index
            node = node.items[index]
        else:
            return


_start = attrgetter("start")


def _holds(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def document_of(project: Project, source: Source) -> Document | None:
    """Return the file of the project whose text `source` is."""
    documents = (file.document for file in project.files)
    return next((document for document in documents if document.source is source), None)


def is_shared(project: Project, source: Source, span: Span) -> bool:
    """Whether what stands at `span` is used in other places too, by way of an alias."""
    document = document_of(project, source)
    if document is None:
        return True
    if "*" not in source.text:
        return False  # there is no alias
    return any(
        isinstance(node, Alias)
        and node.target is not None
        and node.target.source is source
        and _holds(node.target.span, span)
        for root in document.roots
        for node in walk(root)
    )


def may_edit(project: Project, source: Source, span: Span) -> bool:
    """Whether a slip at `span` can be put right there: it means the same wherever it counts."""
    document = document_of(project, source)
    return document is not None and means_the_same(document, span)


def replacing(project: Project, written: Traced, text: str) -> Edit | None:
    """Return the edit that writes `text` in place of the characters of `written`.

    None where they are spelled otherwise in the file (a variable, an escape), or used as something
    else, too.
    """
    source, span = written.source, written.span
    if not written.is_known or source.slice(span) != written.text:
        return None
    return Edit(source, span, text) if may_edit(project, source, span) else None


def content_span(node: Node) -> Span:
    """Return the characters of `node`; of a text in quotes, those between them."""
    if isinstance(node, Scalar) and node.end - node.start >= 2:
        # Its style does not tell: what Compose made a number of has lost it.
        text = node.source.text
        if text[node.start] == text[node.end - 1] and text[node.start] in ("'", '"'):
            return Span(node.start + 1, node.end - 1)
    if isinstance(node, Scalar) and node.properties is not None:
        return places(node).content
    return node.span


def related(node: Node, message: str) -> Related:
    """Return `node` as another place that a finding speaks of."""
    return Related(node.source, content_span(node), message)


def circle_of(names: Collection[str]) -> str:
    """Return the way through `names` and back to the first, as text; of a long one, its ends."""
    shown = [f'"{name}"' for name in names]
    if len(shown) > _LONGEST_CIRCLE:
        left_out = len(shown) - _LONGEST_CIRCLE + 2
        shown[_LONGEST_CIRCLE // 2 : -(_LONGEST_CIRCLE // 2) + 2] = [f"({left_out} more)"]
    return " → ".join([*shown, shown[0]])


_LONGEST_CIRCLE = 12


def once(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield no second finding on the same characters; of two, the one that is worse.

    Several services may have got the same characters, by way of an anchor or `extends`.
    """
    known = set()
    for finding in sorted(findings, key=lambda finding: -finding.severity):
        place = (finding.rule, id(finding.source), finding.span)
        if place not in known:
            known.add(place)
            yield finding
