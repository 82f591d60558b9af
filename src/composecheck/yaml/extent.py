"""Where nodes begin and end, where the parser's own marks do not tell."""

from __future__ import annotations

import re

from composecheck.source import Span
from composecheck.yaml.nodes import Properties

_BLANKS_AND_COMMENTS = re.compile(r"(?:[ \t\r\n\u0085\u2028\u2029]|#[^\r\n]*)*")
# libyaml ends a tag only at a blank, even between brackets.
_TAG = re.compile(r"!<[^>]*>|!\S*")
_BLOCK_HEADER = re.compile(r"[|>](?P<options>[-+0-9]*)[^\r\n]*(?:\r\n|\r|\n|$)")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+")


def skip_blanks(text: str, offset: int) -> int:
    """Return the offset of the first character from `offset` on that is no blank or comment."""
    match = _BLANKS_AND_COMMENTS.match(text, offset)
    return match.end() if match else offset


def read_properties(
    text: str, start: int, anchor: str | None, tag: str | None, *, has_content: bool
) -> Properties:
    """Read the anchor and tag that stand at offset `start`, in either order.

    `anchor` and `tag` are the parser's reading of them; None for those that are not there. Without
    content (an absent value), the content starts right behind them.
    """
    anchor_span = tag_span = None
    at = end = start
    while at < len(text):
        if text[at] == "&" and anchor is not None and anchor_span is None:
            # Not to be found by its characters: the parser knows whether a colon belongs to it.
            end = at + 1 + len(anchor)
            anchor_span = Span(at, end)
        elif text[at] == "!" and tag is not None and tag_span is None:
            match = _TAG.match(text, at)
            end = match.end() if match else at + 1
            tag_span = Span(at, end)
        else:
            break
        at = skip_blanks(text, end)
    return Properties(anchor, anchor_span, tag, tag_span, at if has_content else end)


def empty_value_start(text: str, before: int, indicator: str) -> int:
    """Return where an absent value would stand.

    That is right behind the `indicator` (`:`, `?` or `-`) that comes next after offset `before`;
    where it does not come next (`? key` without a colon, `{key}`), at `before` itself.
    """
    at = skip_blanks(text, before)
    return at + 1 if text.startswith(indicator, at) else before


def block_scalar_end(text: str, start: int, end: int, value: str) -> int:
    """Return where a block scalar ends: behind the last character that belongs to its value.

    `start` is the offset of its `|` or `>`, `end` where the parser says it ends, which is behind
    all blank lines that follow.
    """
    header = _BLOCK_HEADER.match(text, start, end)
    if header is None:
        return end
    if not value:
        return start + len(header[0].rstrip("\r\n"))
    if "+" in header["options"]:
        return end
    lines = _LINE.findall(text, header.end(), end)
    indentation = _indentation(lines, value)
    while (
        lines and not (blank := lines[-1].rstrip("\r\n")).strip(" ") and len(blank) <= indentation
    ):
        end -= len(lines.pop())
    if lines and not value.endswith("\n"):
        end -= len(lines[-1]) - len(lines[-1].rstrip("\r\n"))
    return end


def _indentation(lines: list[str], value: str) -> int:
    """Return how many blanks a block scalar's lines begin with that are not part of its value."""
    written = next((line for line in lines if line.strip(" \r\n")), "")
    kept = next((line for line in value.split("\n") if line.strip(" ")), "")
    return _leading_blanks(written) - _leading_blanks(kept)


def _leading_blanks(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
