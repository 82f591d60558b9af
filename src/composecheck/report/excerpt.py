"""Lines of a file with some of their characters marked, as rows for a terminal."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from msgspec import Struct
from rich.cells import cell_len
from rich.text import Text

from composecheck.report.visible import visible_characters
from composecheck.report.wrap import wrap
from composecheck.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from composecheck.source import Source

FRAME = "bold blue"
CONTEXT = "dim"

_TAB = "    "
_CUT = "..."
# How many cells stay to be seen before the marked characters when a line is cut.
_LEAD = 12
# A message that has less room than this beside its mark stands below it.
_NARROW = 40


class Mark(Struct, frozen=True):
    """Characters to underline with `pointer` (`^`, `-`), and what to write beside that."""

    span: Span
    pointer: str
    style: str
    message: str = ""


class Page(Struct, frozen=True):
    """A file whose lines are shown.

    For each line, `has_content` says whether it is more than blanks and a comment, and `above` is
    the line (from 1) that it belongs under, or None.
    """

    source: Source
    has_content: tuple[bool, ...]
    above: tuple[int | None, ...]


def page(source: Source) -> Page:
    """Make the lines of `source` ready to be shown.

    What a line belongs under is told by indentation alone, so that this works in a file that is no
    valid YAML, too.
    """
    has_content: list[bool] = []
    above: list[int | None] = []
    open_lines: list[tuple[float, int]] = []
    for line in range(1, len(source.line_starts) + 1):
        depth = _depth(source.slice(source.line_span(line)))
        has_content.append(depth is not None)
        if depth is None:
            above.append(None)
            continue
        while open_lines and open_lines[-1][0] >= depth:
            open_lines.pop()
        above.append(open_lines[-1][1] if open_lines else None)
        open_lines.append((depth, line))
    return Page(source, tuple(has_content), tuple(above))


def _depth(line: str) -> float | None:
    """Return how deep a line is indented, None where it has no content.

    A dash adds a half: a list may stand at the indentation of its key.
    """
    content = line.lstrip(" \t")
    if not content or content.startswith("#"):
        return None
    is_item = content == "-" or content.startswith("- ")
    return len(line) - len(content) + (0.5 if is_item else 0)


def excerpt(page: Page, marks: Sequence[Mark], width: int, gutter: int) -> list[Text]:
    """Return the rows that show the marked lines, and the lines that enclose the first mark.

    `width` is that of the terminal and `gutter` that of the line numbers, both in cells.
    """
    source = page.source
    room = max(width - gutter - 3, _NARROW)
    marks_by_line: dict[int, list[Mark]] = {}
    for mark in marks:
        marks_by_line.setdefault(source.position(mark.span.start).line, []).append(mark)
    first = source.position(marks[0].span.start).line
    rows: list[Text] = []
    previous = first
    for line in sorted({*_enclosing_lines(page, first), *marks_by_line}):
        if any(page.has_content[previous : line - 1]):
            rows.append(Text(_CUT, FRAME))
        previous = line
        for number, row in _rows(source, line, marks_by_line.get(line), room):
            rows.append(Text.assemble((f"{number:>{gutter}} | ", FRAME), row))
    return rows


def _enclosing_lines(page: Page, line: int) -> Iterator[int]:
    """Yield the lines (from 1) that line number `line` belongs under."""
    above = page.above[line - 1]
    while above is not None:
        yield above
        above = page.above[above - 1]


def _rows(
    source: Source, line: int, marks: Sequence[Mark] | None, room: int
) -> Iterator[tuple[str, Text]]:
    """Yield the rows of one line, each with its number or none."""
    span = source.line_span(line)
    if marks is None:
        yield str(line), _Line(source, span, Span(span.start, span.start), room).context(room)
        return
    whole = _Line(source, span, marks[0].span, room)
    if whole.width(marks) <= room:
        yield str(line), whole.window(0, room, marks)
        for mark in marks:
            yield from (("", row) for row in whole.underline(mark, 0, room))
        return
    for mark in marks:
        piece = _Line(source, span, mark.span, room)
        left = piece.left_of_window(mark, room)
        yield str(line), piece.window(left, room, [mark])
        yield from (("", row) for row in piece.underline(mark, left, room))


class _Line:
    """A line as it is shown, and where each of its characters then stands."""

    def __init__(self, source: Source, line: Span, around: Span, room: int) -> None:
        # A line may be a megabyte long: only what can come to be seen is looked at.
        start = max(line.start, min(around.start, line.end) - 2 * room)
        end = min(line.end, max(around.start, line.start) + 2 * room)
        self.source = source
        self.line = line
        self.span = Span(start, end)
        self.shown = visible_characters(source.slice(self.span), tab=_TAB)
        self.cells = [0]
        """The cell (from 0) at which each character begins, and behind them where the line ends."""
        for character in self.shown:
            self.cells.append(self.cells[-1] + cell_len(character))

    def extent(self, mark: Mark) -> tuple[int, int]:
        """Return the cells that `mark` underlines in this line: at least one."""
        start, end = self._cell(mark.span.start), self._cell(mark.span.end)
        return start, max(end, start + 1)

    def _cell(self, offset: int) -> int:
        return self.cells[min(max(offset - self.span.start, 0), len(self.shown))]

    def width(self, marks: Sequence[Mark]) -> int:
        """Return how many cells the line takes with its marks."""
        return max(self.cells[-1], *(self.extent(mark)[1] for mark in marks))

    def left_of_window(self, mark: Mark, room: int) -> int:
        """Return the first cell to show, so that `mark` is seen in `room` cells."""
        start, end = self.extent(mark)
        if end <= room - len(_CUT):
            return 0
        margin = max(_LEAD, (room - (end - start)) // 2)
        return max(0, min(start - margin, self.width([mark]) - room))

    def context(self, room: int) -> Text:
        """Return the beginning of the line, as something seen but not spoken of."""
        row = self.window(0, room, [])
        row.stylize(CONTEXT)
        return row

    def window(self, left: int, room: int, marks: Sequence[Mark]) -> Text:
        """Return `room` cells of the line from cell `left` on, with `...` where it is cut."""
        right = left + room
        cut_before = _CUT if left or self.span.start > self.line.start else ""
        cut_after = _CUT if self.cells[-1] > right or self.span.end < self.line.end else ""
        pieces = [(cut_before, CONTEXT)]
        used = left + len(cut_before)
        for index, character in enumerate(self.shown):
            start, end = self.cells[index], self.cells[index + 1]
            if start < used or end > right - len(cut_after) or not character:
                continue
            # A wide character that is cut in half leaves a blank.
            blank = " " * (start - used)
            pieces.append((blank + character, _style_at(self.span.start + index, marks)))
            used = end
        if cut_after:
            pieces.append((" " * (right - len(cut_after) - used) + cut_after, CONTEXT))
        row = Text()
        for style, run in groupby(pieces, key=itemgetter(1)):
            row.append("".join(text for text, _ in run), style)
        return row

    def underline(self, mark: Mark, left: int, room: int) -> list[Text]:
        """Return the row that underlines `mark`, with its message beside or below it."""
        start, end = self.extent(mark)
        start, end = start - left, min(end - left, room)
        pointer = mark.pointer * (end - start)
        if self.source.text[self.line.end : mark.span.end].strip():
            pointer += _CUT
        row = Text(" " * start)
        row.append(pointer, mark.style)
        if not mark.message:
            return [row]
        beside = room - start - len(pointer) - 1
        if cell_len(mark.message) <= beside:
            row.append(f" {mark.message}", mark.style)
            return [row]
        indent = start if room - start >= _NARROW else 0
        below = wrap(mark.message, max(room - indent, 1))
        return [row, *(Text(" " * indent + line, mark.style) for line in below)]


def _style_at(offset: int, marks: Sequence[Mark]) -> str:
    for mark in marks:
        if mark.span.start <= offset < mark.span.end:
            return mark.style
    return ""
