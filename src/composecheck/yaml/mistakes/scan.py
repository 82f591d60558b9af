"""Where quotes and brackets end."""

from __future__ import annotations

import re

from composecheck.expressions import expression

_DOUBLE = expression(r'"(?:[^"\\]|\\.)*+"', re.DOTALL)
_SINGLE = expression(r"'(?:[^']|'')*+'")
_COMMENT = expression(r"(?:^|[ \t]+)#")


def quote_end(text: str, offset: int, limit: int | None = None) -> int | None:
    """Return the offset behind the quote that closes the one at `offset`; None if none does.

    Looks no further than `limit`.
    """
    limit = len(text) if limit is None else limit
    match = (_DOUBLE if text[offset] == '"' else _SINGLE).match(text, offset, limit)
    return match.end() if match else None


def flow_end(text: str, offset: int, limit: int | None = None) -> tuple[int, bool]:
    """Return where the bracket at `offset` is closed (the offset behind that), and True.

    If it is not before `limit`, return `limit` and False.
    """
    limit = len(text) if limit is None else limit
    depth = 0
    position = offset
    fresh = True
    while position < limit:
        character = text[position]
        if character in "\"'" and fresh:
            end = quote_end(text, position, limit)
            if end is None:
                return limit, False
            position = end
            continue
        if character in "[{":
            depth += 1
        elif character in "]}":
            depth -= 1
            if depth == 0:
                return position + 1, True
        elif character == "#" and text[position - 1] in " \t\r\n":
            while position < limit and text[position] not in "\r\n":
                position += 1
            continue
        fresh = character in " \t\r\n,[{:"
        position += 1
    return limit, False


def comment_start(text: str, start: int, end: int) -> int:
    """Return where a comment (with the blanks before it) begins in text[start:end], or `end`."""
    match = _COMMENT.search(text[start:end])
    return start + match.start() if match else end


def trimmed(text: str, start: int, end: int) -> int:
    """Return where text[start:end] ends without a comment and blanks."""
    search = start
    if start < end and text[start] in "\"'":
        close = quote_end(text, start)
        search = close if close is not None and close <= end else start
    stop = comment_start(text, search, end)
    while stop > start and text[stop - 1] in " \t":
        stop -= 1
    return stop
