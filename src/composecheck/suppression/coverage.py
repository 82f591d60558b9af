"""Which part of a file a directive covers.

At the end of a line it covers what begins on that line; on a line of its own, the whole entry below
it; for the file, everything.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from msgspec import Struct

from composecheck.source import Span
from composecheck.yaml.extent import item_spans
from composecheck.yaml.gaps import BREAKS, skip_blanks, start_of_line
from composecheck.yaml.nodes import Mapping, Sequence
from composecheck.yaml.walk import walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from composecheck.suppression.directives import Directive
    from composecheck.yaml import Document
    from composecheck.yaml.comments import Comment


class Cover(Struct, frozen=True):
    """A directive, and what it covers: findings that begin within `span`, or right at its end.

    `span` is None where it covers nothing.
    """

    directive: Directive
    span: Span | None

    def reaches(self, offset: int) -> bool:
        """Whether it covers a finding that begins at `offset` (from 0)."""
        return self.span is not None and self.span.start <= offset <= self.span.end


class Covers(Struct, frozen=True):
    """All that is covered in one file, so that what covers a place is found at once.

    `of_lines` are by number (from 1). `of_entries` lie apart or within each other, and are sorted
    by where they begin; `around` says for each which one of them is the next one around it, or -1.
    """

    document: Document
    of_lines: dict[int, list[Cover]]
    of_entries: list[Cover]
    around: list[int]
    of_file: list[Cover]
    of_nothing: list[Cover]

    def __iter__(self) -> Iterator[Cover]:
        """All covers, in no order that means anything."""
        for covers in self.of_lines.values():
            yield from covers
        yield from self.of_entries
        yield from self.of_file
        yield from self.of_nothing

    def at(self, offset: int) -> Iterator[Cover]:
        """Yield what covers a finding that begins at `offset` (from 0), the closest first."""
        yield from self.of_lines.get(self.document.source.position(offset).line, ())
        index = bisect_right(self.of_entries, offset, key=_start) - 1
        while index >= 0:
            if self.of_entries[index].reaches(offset):
                yield self.of_entries[index]
            index = self.around[index]
        yield from self.of_file


class Stretch(Struct, frozen=True):
    """An entry or an item of a list that is the first thing on its line; offsets from 0.

    `start` is where it begins, `end` the last offset that belongs to it.
    """

    start: int
    end: int


def covers(document: Document, directives: Iterable[Directive]) -> Covers:
    """Return what each directive covers."""
    result = Covers(document, {}, [], [], [], [])
    by_start: dict[int, Stretch] | None = None
    for directive in directives:
        comment, source = directive.comment, document.source
        if directive.is_for_file:
            is_placed = stands_for_file(document, comment)
            where = result.of_file if is_placed else result.of_nothing
            where.append(Cover(directive, Span(0, len(source.text)) if is_placed else None))
        elif comment.is_own_line:
            if by_start is None:
                by_start = {}
                for stretch in stretches(document):
                    by_start.setdefault(stretch.start, stretch)
            below = by_start.get(skip_blanks(source.text, comment.span.end))
            if below is None:
                result.of_nothing.append(Cover(directive, None))
            else:
                result.of_entries.append(Cover(directive, Span(below.start, below.end)))
        else:
            line = source.position(comment.span.start).line
            cover = Cover(directive, source.line_span(line))
            result.of_lines.setdefault(line, []).append(cover)
    result.of_entries.sort(key=lambda cover: (_start(cover), -_end(cover)))
    result.around.extend(_surroundings(result.of_entries))
    return result


def _surroundings(entries: list[Cover]) -> Iterator[int]:
    """Yield for each of the sorted entries the index of the next one around it, or -1."""
    open_entries: list[int] = []
    for index, cover in enumerate(entries):
        while open_entries and _end(entries[open_entries[-1]]) < _end(cover):
            open_entries.pop()
        yield open_entries[-1] if open_entries else -1
        open_entries.append(index)


def _start(cover: Cover) -> int:
    return cover.span.start if cover.span else -1


def _end(cover: Cover) -> int:
    return cover.span.end if cover.span else -1


def stands_for_file(document: Document, comment: Comment) -> bool:
    """Whether a comment stands where a directive for the whole file is looked for.

    That is in the head of the file, before all keys, or on a line of its own that is not indented.
    """
    at = comment.span.start
    if not document.roots or at < document.roots[0].start:
        return True
    return comment.is_own_line and at == start_of_line(document.text, at)


def stretches(document: Document) -> list[Stretch]:
    """Return all entries and items that are the first on their line, outer ones before inner."""
    text = document.text
    result = []
    for node in (node for root in document.roots for node in walk(root)):
        if isinstance(node, Mapping):
            spans = tuple(entry.span for entry in node.entries)
        elif isinstance(node, Sequence):
            spans = item_spans(node)
        else:
            continue
        for span in spans:
            if not text[start_of_line(text, span.start) : span.start].strip(" \t"):
                # The value of a block scalar ends with the break of its last line.
                is_break = span.end > span.start and text[span.end - 1] in BREAKS
                result.append(Stretch(span.start, span.end - is_break))
    return result


def reach(document: Document) -> int:
    """Return the offset from which on no comment can silence anything.

    That is where the text is no YAML any more, so that a comment may be none either.
    """
    if document.is_complete:
        return len(document.text) + 1
    return document.roots[-1].end if document.roots else 0
