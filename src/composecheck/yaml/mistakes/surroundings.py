"""What stands around a line: what it belongs to, what belongs to it, and the file's habits."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from msgspec import Struct

from composecheck.expressions import expression
from composecheck.yaml.mistakes.lines import Kind, Shape

if TYPE_CHECKING:
    from collections.abc import Collection

    from composecheck.yaml.mistakes.lines import Layout, Line

_ONLY_PROPERTIES = expression(r"[&!][^\s,\[\]{}]*(?:[ \t]+[&!][^\s,\[\]{}]*)?")

_LIKELY_OFFSET = 2


def opens(layout: Layout, line: Line) -> bool:
    """Tell whether `line` ends with a key that has no value there, apart from a name or a tag."""
    if line.key is None:
        return False
    written = layout.text[line.value.start : line.value.end]
    return not written or _ONLY_PROPERTIES.fullmatch(written) is not None


def block_of(layout: Layout, line: Line) -> list[Line]:
    """Return the lines below `line` that belong to it, comments among them but not behind them.

    They are as deep as the first of them, or what it begins runs over them. A list may also stand
    right below the key that it belongs to. What is less deep than the first, and yet deeper than
    `line`, belongs to it only as long as nobody is mistaken.
    """
    block: list[Line] = []
    waiting: list[Line] = []
    has_list = opens(layout, line) and not line.dashes
    least = line.indent + 1
    is_list = False
    for other in layout.lines[line.number :]:
        if other.kind is Kind.MARKER:
            break
        inside = other.inside
        is_inside = inside is not None and inside.closed and inside.span.start >= line.start
        if other.kind is Kind.BLANK:
            continue
        if other.kind is Kind.COMMENT and not is_inside:
            waiting.append(other)
            continue
        if not is_inside:
            is_item = bool(other.dashes) and other.indent == line.indent
            if other.indent < least and not (has_list and is_item):
                break
            if is_list and other.indent == least and not other.dashes:
                break
            if not any(above.kind is Kind.CONTENT for above in block):
                least = max(least, other.indent)
                is_list = bool(other.dashes)
        block += [*waiting, other]
        waiting = []
    return block


def comments_of(layout: Layout, line: Line) -> list[Line]:
    """Return the comments right above `line` that are as deep as it."""
    comments: list[Line] = []
    for other in reversed(layout.lines[: line.number - 1]):
        if other.kind is not Kind.COMMENT or other.inside or other.indent != line.indent:
            break
        comments.insert(0, other)
    return comments


def path_at(layout: Layout, line: Line, column: int) -> tuple[str, ...] | None:
    """Return the keys that what stands at `column` (from 0) on `line` belongs to, from the top.

    A dash stands for the item of a list. None if nothing can stand there, below a key that has its
    value beside it.
    """
    names: list[str] = []
    for at, other in layout.levels(line):
        if at >= column:
            continue
        if other.key is not None and other.column == at:
            if not opens(layout, other):
                return None
            names.append(layout.name(other))
        else:
            names.append("-")
    return tuple(reversed(names))


class Offsets(Struct, frozen=True):
    """How many blanks deeper than its key begins what stands below each key that opens.

    `by_line` has it by the number of the key's line, with whether it is a list; the rest counts.
    `step` is the most frequent of all but none.
    """

    by_line: dict[int, tuple[bool, int]]
    of_lists: Counter[int]
    of_keys: Counter[int]
    step: int

    def oddness(self, offset: int, *, is_list: bool, without: Collection[int]) -> float:
        """Return how unusual `offset` is in this file, from 0 (always so) to 1 (never).

        `without` are the numbers of keys' lines that are no witnesses.
        """
        seen = self._seen(is_list=is_list, without=without)
        return 1 - seen[offset] / seen.total()

    def usual(self, *, is_list: bool, without: Collection[int]) -> int:
        """Return the offset that is the most frequent one."""
        return self._seen(is_list=is_list, without=without).most_common(1)[0][0]

    def _seen(self, *, is_list: bool, without: Collection[int]) -> Counter[int]:
        """Count the offsets; if there are no lists (or none but lists), those of the others."""
        for of_list in (is_list, not is_list):
            counted = Counter(self.of_lists if of_list else self.of_keys)
            counted -= Counter(
                self.by_line[number][1]
                for number in without
                if number in self.by_line and self.by_line[number][0] is of_list
            )
            if counted:
                return counted
        return Counter((_LIKELY_OFFSET,))


def offsets(layout: Layout) -> Offsets:
    """Return how far right of their keys things stand in a file."""
    found: dict[int, tuple[bool, int]] = {}
    above: Line | None = None
    for line in layout.lines:
        if line.kind is not Kind.CONTENT or line.inside is not None:
            continue
        if above is not None and opens(layout, above):
            offset = line.indent - above.column
            if offset > 0 or (offset == 0 and line.dashes):
                found[above.number] = bool(line.dashes), offset
        above = line
    of_lists = Counter(offset for is_list, offset in found.values() if is_list)
    of_keys = Counter(offset for is_list, offset in found.values() if not is_list)
    steps = of_lists + of_keys
    del steps[0]
    step = steps.most_common(1)[0][0] if steps else _LIKELY_OFFSET
    return Offsets(found, of_lists, of_keys, step)


def first_offset(layout: Layout, line: Line) -> tuple[bool, int] | None:
    """Return whether a list stands below `line`, and how much deeper than it that begins.

    None if nothing does; the text of a block (`|`) counts as what stands below.
    """
    for stretch in layout.stretches:
        if line.start <= stretch.span.start <= line.end and stretch.shape is Shape.BLOCK:
            column = line.column if line.key or not line.dashes else line.columns[-1]
            return (False, stretch.indent - column) if stretch.indent else None
    below = layout.after(line)
    if below is None or not opens(layout, line):
        return None
    offset = below.indent - line.column
    if offset > 0 or (offset == 0 and below.dashes and not line.dashes):
        return bool(below.dashes), offset
    return None
