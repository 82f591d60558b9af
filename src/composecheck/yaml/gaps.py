"""What stands between nodes: blanks, line breaks and comments."""

from __future__ import annotations

from composecheck.expressions import expression

BREAKS = "\r\n\x85\u2028\u2029"
"""The characters that end a line, for libyaml as for go-yaml: these two follow YAML 1.1, where NEL,
LS and PS do so as well (measured: they end comments, and keys may begin behind them)."""

BLANKS = f" \t{BREAKS}"

_BLANKS_AND_COMMENTS = expression(rf"(?:[{BLANKS}]|#[^{BREAKS}]*)*")


def skip_blanks(text: str, offset: int) -> int:
    """Return the offset of the first character from `offset` on that is no blank or comment."""
    match = _BLANKS_AND_COMMENTS.match(text, offset)
    return match.end() if match else offset


def start_of_line(text: str, offset: int) -> int:
    """Return the offset at which the line begins that the character at `offset` is in."""
    while offset > 0 and text[offset - 1] not in BREAKS:
        offset -= 1
    return offset
