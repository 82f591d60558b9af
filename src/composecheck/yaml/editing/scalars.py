"""Writing a single value so that every reader of YAML takes it for what it is.

Compose reads by go-yaml's rules, many other readers by those of YAML 1.1 (`yes` is true, `22:22` is
1342): what is written here means the same to both, and is quoted where it would not.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from composecheck.expressions import expression
from composecheck.yaml.editing.refusal import CannotEdit
from composecheck.yaml.nodes import Scalar, Style
from composecheck.yaml.scalars import resolve

if TYPE_CHECKING:
    from composecheck.source import Source

# What unquoted words are not text to YAML 1.1, and some to 1.2. (Fact: yaml.org/type, and what
# PyYAML, ruamel.yaml and libyaml's users read.)
_NOT_TEXT = expression(
    r"""
    ~ | null | Null | NULL | << | =
    | [yYnN] | (?:yes|no|on|off|true|false) | (?:Yes|No|On|Off|True|False)
    | (?:YES|NO|ON|OFF|TRUE|FALSE)
    | [-+]?0b[01_]+ | [-+]?0o?[0-7_]+ | [-+]?0x[0-9a-fA-F_]+
    | [-+]?[0-9][0-9_]*(?:[eE][-+]?[0-9]+)?
    | [-+]?(?:[0-9][0-9_]*)?\.[0-9_]*(?:[eE][-+]?[0-9]+)?
    | [-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?
    | [-+]?\.(?:inf|Inf|INF) | \.(?:nan|NaN|NAN)
    | [0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt\ ].*)?
    """,
    re.VERBOSE,
)

# What a reader may take without quotes or escapes.
_NOT_PRINTABLE = expression(
    "[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_NOT_IN_BLOCK = expression(
    "[^\n\t\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_SURROGATE = expression("[\ud800-\udfff]")
_NOT_PLAIN_FIRST = frozenset("?:,[]{}#&*!|>'\"%@`=")
_NOT_PLAIN = expression(r":(?:\s|$)|\s#|^\s|\s$|^-(?:\s|$|-\s|--|-$)|^\.\.\.")
_NOT_PLAIN_IN_FLOW = expression(r"[,\[\]{}:?]|^-")
_LONGEST_KEY = 1000

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r", "\0": "\\0"}


def as_written(text: str, style: Style, quote: Style, source: Source, *, in_flow: bool) -> str:
    """Return `text` as YAML on one line, in `style`, or else in quotes like `quote`."""
    if _SURROGATE.search(text):
        raise CannotEdit("The new text has characters that cannot be written (half a character).")
    if style is Style.PLAIN and is_plain(text, source, is_in_flow=in_flow):
        return text
    wished = style if style in (Style.SINGLE_QUOTED, Style.DOUBLE_QUOTED) else quote
    if _NOT_PRINTABLE.search(text):
        return _double_quoted(text)
    if wished is Style.SINGLE_QUOTED:
        is_easier = "'" in text and '"' not in text and "\\" not in text
        return _double_quoted(text) if is_easier else _single_quoted(text)
    is_easier = ('"' in text or "\\" in text) and "'" not in text
    return _single_quoted(text) if is_easier else _double_quoted(text)


def is_plain(text: str, source: Source, *, is_in_flow: bool) -> bool:
    """Whether `text` may be written without quotes, and is text then to every reader."""
    if not text or text[0] in _NOT_PLAIN_FIRST or _NOT_PLAIN.search(text):
        return False
    if is_in_flow and _NOT_PLAIN_IN_FLOW.search(text):
        return False
    if _NOT_PRINTABLE.search(text) or _NOT_TEXT.fullmatch(text):
        return False
    return isinstance(resolve(Scalar(source, 0, len(text), text)), str)


def _single_quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _double_quoted(text: str) -> str:
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    if not _NOT_PRINTABLE.match(character):
        return character
    number = ord(character)
    if number < 0x100:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"


def number_as_written(number: float) -> str:
    """Return a number as YAML.

    Raises CannotEdit for whole numbers that Compose does not read as such.
    """
    if isinstance(number, int):
        if not -(2**63) <= number < 2**64:
            raise CannotEdit(f"Compose reads no whole number as large as {number}.")
        return str(number)
    if math.isnan(number):
        return ".nan"
    if math.isinf(number):
        return ".inf" if number > 0 else "-.inf"
    digits, letter, exponent = repr(number).partition("e")
    if "." not in digits:
        digits += ".0"
    return digits + letter + exponent


def is_key(text: str) -> bool:
    """Whether `text` is short enough for a key on one line; readers stop looking for its colon."""
    return len(text) <= _LONGEST_KEY and not _SURROGATE.search(text)


def block_lines(text: str, indentation: int) -> tuple[str, list[str]] | None:
    """Return `text` as a block of text: what stands behind `|`, and its lines, not indented.

    `indentation` is by how much they will be, compared with what the block belongs to. None if it
    cannot be written so: then it must be quoted.
    """
    if "\n" not in text or _NOT_IN_BLOCK.search(text) or text.endswith("\n\n"):
        return None
    has_break = text.endswith("\n")
    lines = (text[:-1] if has_break else text).split("\n")
    first = next((line for line in lines if line.strip(" \t")), None)
    if first is None or not lines[-1].strip(" \t"):
        return None
    # Where the first line begins with a blank, a reader cannot see how far the rest is indented.
    before = lines[: lines.index(first) + 1]
    needs_number = any(line[:1] in (" ", "\t") for line in before if line)
    if needs_number and indentation > 9:
        return None
    number = str(indentation) if needs_number else ""
    return number + ("" if has_break else "-"), lines
