"""A model as YAML, written as Compose's own library writes it.

(Facts: go-yaml v4, with the emitter it has from libyaml, and Docker Compose v5.6.1, which the tests
ask.) Other than there, the line ends of Unicode and a byte order mark within a text are escaped.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Any

from composecheck.expressions import expression
from composecheck.language.go_text import print_value
from composecheck.source import Source
from composecheck.yaml.nodes import Scalar
from composecheck.yaml.scalars import Absent, resolve

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

INDENT = 2
_WIDTH = 80
"""The column behind which a long line is broken, where a blank allows it."""
_LONGEST_KEY = 128
"""A key with more characters has `? ` before it, and its value a line of its own."""


class Moment(str):
    """A moment in time, which is written without quotes."""

    __slots__ = ()


def print_yaml(model: dict[str, Any], step: int = INDENT) -> str:
    """Return `model`, plain data, as YAML with a line end at its end.

    `step` is how many blanks each level is indented by. `docker compose config` then doubles each
    `$` in it, unless variables stay as they are written.
    """
    return "\n".join(_lines(model, 0, step)) + "\n" if model else "{}\n"


def _lines(value: Any, indent: int, step: int) -> Iterator[str]:
    """Yield the lines of a mapping or list that is not empty; the first without its indentation."""
    space = ""
    if isinstance(value, dict):
        for key, part in value.items():
            if _is_simple(key):
                start = space + _scalar(key, indent, indent, step, may_break=False)
                yield from _after(
                    start + ":", part, indent, len(start) - len(space) + 1 + indent, step
                )
            else:
                yield from (space + "? " + _scalar(key, indent, indent + 2, step)).split("\n")
                yield from _after(" " * indent + ":", part, indent, indent + 1, step)
            space = " " * indent
    else:
        for part in value:
            if isinstance(part, dict | list) and part:
                first, *others = _lines(part, indent + step, step)
                yield f"{space}- {first}"
                yield from others
            else:
                yield from (f"{space}- " + _leaf(part, indent, indent + 2, step)).split("\n")
            space = " " * indent


def _after(start: str, value: Any, indent: int, column: int, step: int) -> Iterator[str]:
    """Yield the lines of what stands behind a key, which is in `start`."""
    if isinstance(value, dict | list) and value:
        first, *others = _lines(value, indent + step, step)
        yield start
        yield " " * (indent + step) + first
        yield from others
    else:
        yield from (f"{start} " + _leaf(value, indent, column + 1, step)).split("\n")


def _leaf(value: Any, indent: int, column: int, step: int) -> str:
    match value:
        case None:
            return "null"
        case Moment():
            return str(value)
        case str():
            return _scalar(value, indent, column, step)
        case dict():
            return "{}"
        case list():
            return "[]"
    text = print_value(value)
    return {"NaN": ".nan", "+Inf": ".inf", "-Inf": "-.inf"}.get(text, text)


def _is_simple(key: str) -> bool:
    return len(key) <= _LONGEST_KEY and not _BREAKS.search(key)


_BREAKS = expression("[\n\r\x85\u2028\u2029]")
_OLD_BOOLEANS = frozenset(
    word
    for base in ("y", "yes", "on", "n", "no", "off")
    for word in (base, base.capitalize(), base.upper())
)
_SEXAGESIMAL = expression(r"[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?")
_NOT_PLAIN = expression(
    r"""\A(?:---|\.\.\.|[-?:](?:\x20|\Z)|[#,\[\]{}&*!|>'"%@`\x20])|:(?:\x20|\Z)|\x20(?:\#|\Z)"""
)
_BLANK_BEFORE_END = expression(r" (?:\n|\Z)")


@functools.cache
def _special() -> re.Pattern[str]:
    """Return what fits a character that the emitter never writes as it is.

    It knows none beyond the first 65536. (Made when it is first asked for: that takes 3 ms.)
    """
    return re.compile("[^\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]")


def _scalar(text: str, indent: int, column: int, step: int, *, may_break: bool = True) -> str:
    """Return `text` as a scalar that starts in `column`, in a mapping or list at `indent`."""
    width = _WIDTH if may_break else len(text) * 10 + column
    if "\n" in text:
        may_be_literal = may_break and text.strip("\n ") and not _BLANK_BEFORE_END.search(text)
        if may_be_literal and _is_printable(text.replace("\t", "")):
            return _literal(text, indent, step)
        return _double_quoted(text, indent + step, column, width)
    value = resolve(Scalar(_NOWHERE, 0, 0, text))
    if not isinstance(value, str | Absent) or not _is_printable(text):
        return _double_quoted(text, indent + step, column, width)
    # What another YAML reader takes for something else than text.
    is_ambiguous = isinstance(value, Absent) or text in _OLD_BOOLEANS
    if is_ambiguous or _SEXAGESIMAL.fullmatch(text) or _NOT_PLAIN.search(text):
        quoted = text.replace("'", "''")
        return f"'{_broken(quoted, indent + step, column + 1, width, is_quoted=True)}'"
    return _broken(text, indent + step, column, width, is_quoted=False)


_NOWHERE = Source("", "")


def _is_printable(text: str) -> bool:
    return _special().search(text) is None


def _broken(text: str, indent: int, column: int, width: int, *, is_quoted: bool) -> str:
    """Return `text` with line ends in the place of single blanks beyond `width`.

    Lines but the first are indented by `indent` blanks.
    """
    written: list[str] = []
    after_blank = False
    for index, character in enumerate(text):
        following = text[index + 1 : index + 2]
        is_blank = character == " "
        may = is_blank and not after_blank and column > width and following != " "
        if may and (not is_quoted or 0 < index < len(text) - 1):
            written.append("\n" + " " * indent)
            column = indent
        else:
            written.append(character)
            column += 1
        after_blank = is_blank
    return "".join(written)


_ESCAPES = {
    "\0": "0",
    "\a": "a",
    "\b": "b",
    "\t": "t",
    "\n": "n",
    "\v": "v",
    "\f": "f",
    "\r": "r",
    "\x1b": "e",
    '"': '"',
    "\\": "\\",
    "\x85": "N",
    "\u2028": "L",
    "\u2029": "P",
}


def _double_quoted(text: str, indent: int, column: int, width: int) -> str:
    written = ['"']
    column += 1
    after_blank = False
    for index, character in enumerate(text):
        piece = _escaped(character)
        is_blank = character == " "
        if is_blank and not after_blank and column > width and 0 < index < len(text) - 1:
            backslash = "\\" if text[index + 1] == " " else ""
            written.append("\n" + " " * indent + backslash)
            column = indent + len(backslash)
        else:
            written.append(piece)
            column += len(piece)
        after_blank = is_blank
    written.append('"')
    return "".join(written)


def _escaped(character: str) -> str:
    if character in _ESCAPES:
        return "\\" + _ESCAPES[character]
    if not _special().match(character):
        return character
    code = ord(character)
    if code <= 0xFF:
        return f"\\x{code:02X}"
    return f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}"


def _literal(text: str, indent: int, step: int) -> str:
    """Return `text` line by line behind a `|`."""
    space = " " * (indent + step)
    hint = str(step) if text.startswith(" ") else ""
    chomping = "" if text.endswith("\n") else "-"
    if text.endswith("\n\n"):
        chomping = "+"
    lines = text.removesuffix("\n").split("\n")
    return "\n".join([f"|{hint}{chomping}", *(space + line if line else "" for line in lines)])


def order_keys(keys: Iterable[str]) -> list[str]:
    """Return keys in the order of Compose's YAML: numbers in them count as numbers.

    So `a2` stands before `a10`; what is no letter stands before letters.
    """
    return sorted(keys, key=functools.cmp_to_key(_compare))


def _compare(one: str, other: str) -> int:
    at = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    if at is None:
        return len(one) - len(other)
    a, b = one[at], other[at]
    if a.isalpha() and b.isalpha():
        return -1 if a < b else 1
    if a.isalpha() or b.isalpha():
        # A number that goes on stands behind one that has ended.
        behind_digit = at > 0 and one[at - 1].isdecimal()
        return -1 if a.isalpha() is behind_digit else 1
    ahead = _goes_on_with_zero(one, other, at)
    (first, first_end), (second, second_end) = _number(one, at, ahead), _number(other, at, ahead)
    return -1 if (first, first_end, a) < (second, second_end, b) else 1


def _goes_on_with_zero(one: str, other: str, at: int) -> int:
    """Return 1 if the digits before index `at` are not all 0, and one text goes on with a 0."""
    if "0" not in (one[at], other[at]):
        return 0
    digits = _DIGITS_AT_END.search(one[:at])
    return int(digits is not None and digits[0].strip("0") != "")


_DIGITS_AT_END = expression(r"[0-9]+\Z")
_DIGITS = expression(r"[0-9]*")


def _number(text: str, at: int, ahead: int) -> tuple[int, int]:
    """Return the number at index `at`, cut to 64 bits as in Go, and the index behind it."""
    digits = _DIGITS.match(text, at)
    end = digits.end() if digits else at
    number = int(f"{ahead}{text[at:end]}")
    return (number + 2**63) % 2**64 - 2**63, end
