"""Plain Python data as YAML, in the habits of a file."""

from __future__ import annotations

from collections.abc import Mapping as AnyMapping
from typing import TYPE_CHECKING

from msgspec import Struct

from composecheck.yaml.editing.lines import TextBlock
from composecheck.yaml.editing.refusal import CannotEdit
from composecheck.yaml.editing.scalars import as_written, block_lines, is_key, number_as_written
from composecheck.yaml.nodes import Style

if TYPE_CHECKING:
    from composecheck.source import Source
    from composecheck.yaml.editing.habits import Habits


class Written(Struct, frozen=True):
    """A value as YAML: what stands on the line of its key or dash, and the lines below.

    `ends_in` is the block of text that its last line belongs to.
    """

    head: str
    body: tuple[str, ...] = ()
    ends_in: TextBlock | None = None


class Hand(Struct, frozen=True):
    """In which hand something is written: the file's habits, and those of its neighbours.

    `style` is how texts beside it are written, `key_style` how keys are. Without `has_blocks`, a
    text of several lines is quoted; with `has_braces`, keys with values stand in braces.
    """

    source: Source
    habits: Habits
    style: Style = Style.PLAIN
    key_style: Style = Style.PLAIN
    has_blocks: bool = True
    has_braces: bool = False

    def text(self, text: str, *, in_flow: bool = False) -> str:
        """Return a text on one line."""
        return as_written(text, self.style, self.habits.quote, self.source, in_flow=in_flow)

    def key(self, key: str, *, in_flow: bool = False) -> str:
        """Return a key. Raises CannotEdit if it is too long for one."""
        if not is_key(key):
            raise CannotEdit(f'"{key[:20]}…" cannot be written as a key.')
        return as_written(key, self.key_style, self.habits.quote, self.source, in_flow=in_flow)


def in_flow(value: object, hand: Hand) -> str:
    """Return `value` on one line, as it stands between brackets or braces."""
    if isinstance(value, AnyMapping):
        pairs = [f"{hand.key(key, in_flow=True)}: {in_flow(v, hand)}" for key, v in value.items()]
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(in_flow(item, hand) for item in value) + "]"
    if isinstance(value, str):
        return hand.text(value, in_flow=True)
    return _word(value, hand.habits) or "null"


def _word(value: object, habits: Habits) -> str:
    if value is None:
        return habits.null
    if isinstance(value, bool):
        return habits.true if value else habits.false
    assert isinstance(value, int | float)
    return number_as_written(value)


def of_key(value: object, column: int, hand: Hand) -> Written:
    """Return `value` as it stands behind a key in `column` (from 0)."""
    habits = hand.habits
    if isinstance(value, AnyMapping) and value:
        if hand.has_braces:
            return Written(in_flow(value, hand))
        return _below(entries(value, column + habits.step, hand))
    if isinstance(value, list | tuple) and value:
        return _below(items(value, column + habits.dash_step, hand))
    return _scalar(value, column, column + habits.step, hand)


def of_item(value: object, dash: int, content: int, hand: Hand) -> Written:
    """Return `value` as it stands behind a dash in column `dash`, its content in column `content`.

    What has several lines begins on the line of the dash.
    """
    if isinstance(value, AnyMapping) and value:
        written = entries(value, content, hand)
    elif isinstance(value, list | tuple) and value:
        written = items(value, content, hand)
    else:
        written = _scalar(value, dash, content, hand)
        return written if written.head else Written(hand.habits.null or "null")
    return Written(written.body[0][content:], written.body[1:], written.ends_in)


def _below(written: Written) -> Written:
    return Written("", written.body, written.ends_in)


def entries(value: AnyMapping[str, object], column: int, hand: Hand) -> Written:
    """Return the lines of keys with values, all in `column`."""
    lines: list[str] = []
    ends_in = None
    for key, part in value.items():
        written = of_key(part, column, hand)
        key_text = hand.key(key)
        lines.append(f"{' ' * column}{key_text}:{_behind(written.head)}")
        lines += written.body
        ends_in = written.ends_in
    return Written("", tuple(lines), ends_in)


def items(value: list[object] | tuple[object, ...], column: int, hand: Hand) -> Written:
    """Return the lines of a list whose dashes stand in `column`."""
    lines: list[str] = []
    ends_in = None
    gap = hand.habits.dash_gap
    for part in value:
        written = of_item(part, column, column + 1 + gap, hand)
        lines.append(f"{' ' * column}-{' ' * gap}{written.head}")
        lines += written.body
        ends_in = written.ends_in
    return Written("", tuple(lines), ends_in)


def _behind(head: str) -> str:
    return f" {head}" if head else ""


def _scalar(value: object, column: int, content: int, hand: Hand) -> Written:
    if isinstance(value, AnyMapping | list | tuple):
        return Written("{}" if isinstance(value, AnyMapping) else "[]")
    if not isinstance(value, str):
        return Written(_word(value, hand.habits))
    block = block_lines(value, content - column) if hand.has_blocks else None
    if block is None:
        return Written(hand.text(value))
    behind, lines = block
    body = tuple(" " * content + line if line else "" for line in lines)
    ends_with_break = value.endswith("\n")
    return Written(
        f"|{behind}", body, TextBlock(content, ends_with_break, strips=not ends_with_break)
    )
