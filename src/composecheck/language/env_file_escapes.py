"""Backslashes in the quoted values of env files.

(Facts: compose-go, `dotenv/parser.go`, and Docker Compose v5.6.1, which the tests ask.)
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from composecheck.expressions import expression
from composecheck.language.traced import Traced, join, known

if TYPE_CHECKING:
    from collections.abc import Callable


def unescape(text: Traced, quote: str) -> Traced:
    r"""Return what `text`, which stands between two of `quote`, means to Compose.

    In both kinds of quotes a backslash before the quote goes away. In double quotes the escapes are
    replaced too, except that `\$` becomes `$$`: that is a dollar once the variables are replaced.
    """
    if text.find("\\") < 0:
        return text
    text = _substitute(text, _PAIR, lambda match: quote if match[1] == quote else match[0])
    return _substitute(text, _ESCAPE, _character) if quote == '"' else text


_PAIR = expression(r"\\(.)", re.DOTALL)

# `\c` is in Compose's list, and Go knows no such escape: it stays as it is.
_ESCAPE = expression(r'\\(?:[abcfnrtv$"\\]|0([0-9]{0,3}))')
_OCTAL = expression("[0-3][0-7]{2}")
_ESCAPES = {
    "a": "\a",
    "b": "\b",
    "f": "\f",
    "n": "\n",
    "r": "\r",
    "t": "\t",
    "v": "\v",
    "$": "$$",  # which the variables turn into one dollar
    '"': '"',
    "\\": "\\",
}


def _character(match: re.Match[str]) -> str:
    octal = match[1]
    if octal is None:
        return _ESCAPES.get(match[0][1], match[0])
    # An octal number that Go does not take loses its 0 and stays (measured).
    return chr(int(octal, 8)) if _OCTAL.fullmatch(octal) else f"\\{octal}"


def _substitute(
    text: Traced, pattern: re.Pattern[str], replacement: Callable[[re.Match[str]], str]
) -> Traced:
    """Replace what `pattern` matches; the new characters stand where the old ones stood."""
    parts: list[Traced] = []
    position = 0
    for match in pattern.finditer(text.shape):
        parts.append(text[position : match.start()])
        span = text[match.start() : match.end()].span
        parts.append(known(text.source, replacement(match), span))
        position = match.end()
    if not position:
        return text
    return join(text.source, [*parts, text[position:]], text.span.start)
