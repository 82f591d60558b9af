"""Command lines: text cut into words, as a shell cuts it, or a list that is the words.

Compose has no shell. It cuts `command: npm start && true` at the blanks, understands quotes and
backslashes, and stops at the first of `; & | < >` without a word: what stands behind it is gone.
It replaces nothing: `$(date)` and `*` stay as they are. (Facts: compose-go, `types/command.go`, and
go-shellwords; the tests ask Docker Compose v5.6.1 itself.)
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from msgspec import Struct

from composecheck.expressions import expression
from composecheck.language.patterns import spelled
from composecheck.language.traced import HOLE, Traced, join, known
from composecheck.language.values import read_value
from composecheck.yaml.nodes import Sequence, follow

if TYPE_CHECKING:
    from composecheck.language.values import TextOf
    from composecheck.source import Span
    from composecheck.yaml.nodes import Node


class Fault(Enum):
    """Why Compose cannot cut a text into words."""

    UNCLOSED_QUOTE = "unclosed quote"
    """`echo "a`, `it's`: the second quote is missing."""
    UNCLOSED_BACKQUOTE = "unclosed backquote"
    UNCLOSED_SUBSTITUTION = "unclosed substitution"
    """`echo $(date`."""
    PARENTHESIS = "parenthesis"
    """`(a; b)`: a parenthesis outside quotes that does not begin with `$(`, or a second in one."""
    BACKSLASH_AT_END = "backslash at end"
    """A backslash with nothing behind it."""


class InvalidCommandLine(Struct, frozen=True):
    """A text that Compose cannot cut into words: it refuses the file.

    `span` and `text` are the characters at fault: from the quote or `$(` that is not closed to the
    end, or the one parenthesis or backslash. Of an unknown part, `text` has what is written in the
    file.
    """

    span: Span
    text: str
    fault: Fault


class CommandLine(Struct, frozen=True, eq=False):
    """The words of a command: of a list its texts.

    `dropped` is the end of a text that Compose leaves out: from the first of `; & | < >` on, with
    the number before a `>`. `is_certain` says that the words are these whatever the unknown parts
    of a text are; otherwise they are so if those hold no blanks, quotes and the like.
    """

    words: tuple[Traced, ...]
    span: Span
    is_list: bool
    dropped: Traced | None = None
    is_certain: bool = True


def read_command_line(node: Node, text_of: TextOf) -> CommandLine | InvalidCommandLine | None:
    """Read a command that is a text or a list.

    None where it depends on a variable whether Compose can read it, and for what is neither.
    """
    content = follow(node)
    if isinstance(content, Sequence):
        values = (read_value(item, text_of) for item in content.items)
        words = tuple(value for value in values if isinstance(value, Traced))
        return CommandLine(words, content.span, is_list=True)
    text = read_value(node, text_of)
    return parse_command_line(text) if isinstance(text, Traced) else None


_BLANKS = " \t\r\n"
_OPERATORS = ";&|<>"
_QUOTES = "'\"`"
_DIGITS = "0123456789"
_ESCAPES = {"t": "\t", "n": "\n"}

_WORD = expression(rf"[^{_BLANKS}]+")
_SPECIAL = expression(rf"[{_OPERATORS}{_QUOTES}()\\]")
"""Without any of these, words are what stands between blanks."""


def parse_command_line(text: Traced) -> CommandLine | InvalidCommandLine | None:
    """Cut `text` into words; None where it depends on a variable whether Compose can do that."""
    if text.is_known and not _SPECIAL.search(text.shape):
        words = tuple(text[word.start() : word.end()] for word in _WORD.finditer(text.shape))
        return CommandLine(words, text.span, is_list=False)
    cutter = _Cutter(text)
    fault = cutter.cut()
    if fault is not None:
        start, end, why = fault
        wrong = text[start:end]
        # An unknown part before it may close the quote, or open one around the parenthesis.
        if wrong.holes or text[:start].holes:
            return None
        return InvalidCommandLine(wrong.span, spelled(wrong), why)
    return CommandLine(
        tuple(cutter.words),
        text.span,
        is_list=False,
        dropped=None if cutter.end is None else text[cutter.end :],
        is_certain=text.is_known,
    )


class _Cutter:
    """Cuts one text into words; `end` is the index from which it drops the text."""

    def __init__(self, text: Traced) -> None:
        self.text = text
        self.words: list[Traced] = []
        self.end: int | None = None
        self.parts: list[Traced] = []  # of the word so far
        self.is_word = False  # whether there is one, which may be empty: ''
        self.begin = 0  # the index at which it begins

    def cut(self) -> tuple[int, int, Fault] | None:
        """Cut it; return from where to where something is wrong, and what."""
        shape = self.text.shape
        closing = ""  # what closes that which is open, if anything is
        opened = index = 0
        while index < len(shape):
            character, start = shape[index], index
            index += 1
            if not self.is_word and not closing:
                self.begin = start
            if character == "\\" and closing != "'":
                if index == len(shape):
                    return start, index, Fault.BACKSLASH_AT_END
                if closing in ("`", ")"):
                    self._add(start)
                    self._add(index)
                else:
                    self._add_escaped(start)
                index += 1
            elif character == "(" and closing in ("", ")"):
                if closing or not self._ends_in_dollar():
                    return start, index, Fault.PARENTHESIS
                closing, opened = ")", start - 1
                self._add(start)
            elif closing:
                if character == closing:
                    closing = ""
                    self.is_word = True
                if closing or character in "`)":
                    self._add(start)
            elif character in _BLANKS:
                self._finish_word()
            elif character in _OPERATORS:
                self.end = self._cut_off(start)
                break
            elif character == ")":
                return start, index, Fault.PARENTHESIS
            elif character in _QUOTES:
                closing, opened = character, start
                if character == "`":
                    self._add(start)
            else:
                self._add(start)
        if closing:
            return opened, len(shape), _UNCLOSED[closing]
        self._finish_word()
        return None

    def _add(self, index: int) -> None:
        self.parts.append(self.text[index : index + 1])
        self.is_word = True

    def _add_escaped(self, index: int) -> None:
        escaped = self.text[index + 1 : index + 2]
        if escaped.shape == HOLE:
            self.parts.append(escaped)
        else:
            span = self.text[index : index + 2].span
            character = _ESCAPES.get(escaped.shape, escaped.shape)
            self.parts.append(known(self.text.source, character, span))
        self.is_word = True

    def _ends_in_dollar(self) -> bool:
        ending = [part.shape for part in self.parts[-2:]]
        # A backslash that is part of the word takes away what the dollar means (measured).
        return ending[-1:] == ["$"] and ending[0] != "\\"

    def _cut_off(self, index: int) -> int:
        """Return from where the text is dropped whose operator stands at `index`."""
        if self.text.shape[index] != ">" or not self.parts:
            return index
        if any(part.shape not in _DIGITS for part in self.parts):
            return index
        # The number of what is redirected, as in `2>`, is dropped too.
        self.parts, self.is_word = [], False
        return self.begin

    def _finish_word(self) -> None:
        if self.is_word:
            place = self.text[self.begin :].span.start
            self.words.append(join(self.text.source, self.parts, place))
        self.parts, self.is_word = [], False


_UNCLOSED = {
    "'": Fault.UNCLOSED_QUOTE,
    '"': Fault.UNCLOSED_QUOTE,
    "`": Fault.UNCLOSED_BACKQUOTE,
    ")": Fault.UNCLOSED_SUBSTITUTION,
}
