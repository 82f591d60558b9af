"""Where the keys and values of a TOML file stand.

Python's own `tomllib` reads TOML and tells no places, and neither do the libraries that are well
kept. So it does the reading, and this module goes over the same text once more, for the places
alone: it relies on `tomllib` having taken the text, and judges nothing itself.
"""

from __future__ import annotations

import re
import tomllib

from msgspec import Struct, field

from composecheck.expressions import expression
from composecheck.source import Span

_NOTHING = expression(r"(?:[ \t\r\n]|#[^\r\n]*)*")
_BETWEEN_ITEMS = expression(r"(?:[ \t\r\n,]|#[^\r\n]*)*")
_BLANKS = expression(r"[ \t]*")
_KEY = expression(r"""[A-Za-z0-9_-]+|"(?:[^"\\]|\\.)*"|'[^']*'""")
# Up to two quotes may stand right before the three that close a text of several lines.
_TEXT = expression(
    r'''"""(?:[^\\]|\\.)*?"{3,5}|\'\'\'.*?'{3,5}|"(?:[^"\\]|\\.)*"|'[^']*\'''', re.DOTALL
)
_OTHER_VALUE = expression(r"[^,\]}#\r\n]+")


class Place(Struct):
    """Where a value stands, and what is in it: by key in a table, by index (from 0) in a list.

    `key` is the last part of its key, without dots. A table with a header of its own, and a list of
    such tables, have the key in the header for both; what is only named on the way to something
    deeper has the first key that names it.
    """

    key: Span
    value: Span
    parts: dict[str | int, Place] = field(default_factory=dict)
    is_list_of_tables: bool = False


def find_places(text: str) -> Place:
    """Return the places in `text`, which must be TOML that `tomllib` takes."""
    root = Place(Span(0, 0), Span(0, len(text)))
    table, offset = root, 0
    while (offset := _end(_NOTHING, text, offset)) < len(text):
        if text[offset] == "[":
            table, offset = _header(root, text, offset)
        else:
            offset = _pair(table, text, offset)
    return root


def _header(root: Place, text: str, offset: int) -> tuple[Place, int]:
    """Return the table that a header at `offset` opens, and the offset behind the header."""
    is_list = text.startswith("[[", offset)
    width = 2 if is_list else 1
    keys, offset = _keys(text, offset + width)
    outer = _descend(root, keys[:-1])
    name, span = keys[-1]
    table = outer.parts.get(name)
    if table is None:
        table = outer.parts[name] = Place(span, span, is_list_of_tables=is_list)
    elif not is_list:
        # It was only named on the way to a table inside it; this is its own header.
        table.key = table.value = span
    if is_list:
        item = Place(span, span)
        table.parts[len(table.parts)] = item
        table = item
    return table, offset + width


def _pair(table: Place, text: str, offset: int) -> int:
    """Put a key with its value into `table`; return the offset behind them."""
    keys, offset = _keys(text, offset)
    name, span = keys[-1]
    place, offset = _value(text, _end(_BLANKS, text, offset + 1), span)
    _descend(table, keys[:-1]).parts[name] = place
    return offset


def _descend(table: Place, keys: list[tuple[str, Span]]) -> Place:
    for name, span in keys:
        table = table.parts.setdefault(name, Place(span, span))
        if table.is_list_of_tables:
            table = table.parts[len(table.parts) - 1]
    return table


def _keys(text: str, offset: int) -> tuple[list[tuple[str, Span]], int]:
    """Read a key with its dots; return its parts, and the offset of what stands behind it."""
    keys = []
    while True:
        start = _end(_BLANKS, text, offset)
        end = _end(_KEY, text, start)
        name = text[start:end]
        if name[:1] in ("'", '"'):
            name = tomllib.loads(f"key = {name}")["key"]
        keys.append((name, Span(start, end)))
        offset = _end(_BLANKS, text, end)
        if text[offset : offset + 1] != ".":
            return keys, offset
        offset += 1


def _value(text: str, start: int, key: Span | None = None) -> tuple[Place, int]:
    """Read the value at `start`; return its place, and the offset behind it."""
    parts: dict[str | int, Place] = {}
    match text[start]:
        case "[":
            offset = _end(_BETWEEN_ITEMS, text, start + 1)
            while text[offset] != "]":
                parts[len(parts)], offset = _value(text, offset)
                offset = _end(_BETWEEN_ITEMS, text, offset)
            end = offset + 1
        case "{":
            inner = Place(Span(start, start), Span(start, start), parts)
            offset = _end(_BETWEEN_ITEMS, text, start + 1)
            while text[offset] != "}":
                offset = _end(_BETWEEN_ITEMS, text, _pair(inner, text, offset))
            end = offset + 1
        case '"' | "'":
            end = _end(_TEXT, text, start)
        case _:
            end = _end(_OTHER_VALUE, text, start)
            end = start + len(text[start:end].rstrip(" \t"))
    span = Span(start, end)
    return Place(key or span, span, parts), end


def _end(pattern: re.Pattern[str], text: str, offset: int) -> int:
    match = pattern.match(text, offset)
    # Where it is no TOML after all, going on one character further ends some day.
    return match.end() if match else offset + 1
