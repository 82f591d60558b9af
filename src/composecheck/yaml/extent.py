"""Where nodes begin and end, where the parser's own marks do not tell."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from composecheck.expressions import expression
from composecheck.source import Span
from composecheck.yaml.gaps import BLANKS, BREAKS, skip_blanks, start_of_line
from composecheck.yaml.limits import TooMuch
from composecheck.yaml.nodes import Properties

if TYPE_CHECKING:
    from composecheck.yaml.nodes import Sequence

# libyaml ends a tag only at a blank, even between brackets.
_TAG = expression(rf"!<[^>]*>|![^{BLANKS}]*")
_BLOCK_HEADER = expression(rf"[|>](?P<options>[-+0-9]*)[^{BREAKS}]*(?:\r\n|[{BREAKS}]|$)")
_LINE = expression(rf"[^{BREAKS}]*(?:\r\n|[{BREAKS}])|[^{BREAKS}]+")


def read_properties(
    text: str, start: int, anchor: str | None, tag: str | None, *, has_content: bool
) -> Properties:
    """Read the anchor and tag that stand at offset `start`, in either order.

    `anchor` and `tag` are the parser's reading of them; None for those that are not there. Without
    content (an absent value), the content starts right behind them.

    Raises TooMuch for the one name that the parser reads, but otherwise than Compose.
    """
    anchor_span = tag_span = None
    at = end = start
    while at < len(text):
        if text[at] == "&" and anchor is not None and anchor_span is None:
            # Not to be found by its characters: the parser knows whether a colon belongs to it. But
            # its name may be spelled otherwise for the parser.
            end = at + 1 + len(anchor)
            if text.startswith("?", end):
                raise TooMuch("it has an anchor with a question mark in its name")
            anchor = text[at + 1 : end]
            anchor_span = Span(at, end)
        elif text[at] == "!" and tag is not None and tag_span is None:
            match = _TAG.match(text, at)
            end = match.end() if match else at + 1
            tag_span = Span(at, end)
        else:
            break
        at = skip_blanks(text, end)
    return Properties(anchor, anchor_span, tag, tag_span, at if has_content else end)


def entry_start(text: str, before: int, key: int) -> int:
    """Return where an entry starts whose key starts at offset `key`.

    That is at the `?` before an explicit key, or at the key itself. From offset `before` on, there
    is nothing of other nodes.
    """
    if text.find("?", before, key) < 0:
        return key
    at = skip_blanks(text, before)
    while at < key and text[at] in ",{[":
        at = skip_blanks(text, at + 1)
    return at if text.startswith("?", at) else key


# It is asked for each of its items.
@functools.lru_cache(maxsize=8)
def item_spans(sequence: Sequence) -> tuple[Span, ...]:
    """Return the span of each item of `sequence`, in block style with the dash before it."""
    if sequence.is_flow:
        return tuple(item.span for item in sequence.items)
    text = sequence.source.text
    at = sequence.properties.content_start if sequence.properties else sequence.start
    spans = []
    for item in sequence.items:
        spans.append(Span(skip_blanks(text, at), item.end))
        at = item.end
    return tuple(spans)


def empty_value_start(text: str, key_end: int, mapping_start: int, *, is_flow: bool) -> int:
    """Return where a key's absent value would stand: behind the colon.

    Where there is none (`? key`, `{key}`), that is the end of the key itself. `mapping_start` is
    where the first key of the mapping starts, or the `?` before it.
    """
    at = skip_blanks(text, key_end)
    if not text.startswith(":", at):
        return key_end
    # On a line further down, it may be the colon of a key that this mapping is part of, or begin
    # the next key.
    if not is_flow and any(line_break in BREAKS for line_break in text[key_end - 1 : at]):
        column = mapping_start - start_of_line(text, mapping_start)
        is_own = at - start_of_line(text, at) == column and text[at + 1 : at + 2] in BLANKS
        return at + 1 if is_own else key_end
    return at + 1


def empty_item_start(text: str, before: int) -> int:
    """Return where an absent item would stand: behind the next dash after offset `before`."""
    at = skip_blanks(text, before)
    return at + 1 if text.startswith("-", at) else before


def empty_key_start(text: str, before: int) -> int:
    """Return where an absent key would stand: behind its `?`, or before the colon."""
    at = skip_blanks(text, before)
    while text.startswith((",", "{", "["), at):
        at = skip_blanks(text, at + 1)
    return at + 1 if text.startswith("?", at) else at


def block_scalar_end(text: str, start: int, end: int, value: str) -> int:
    """Return where a block scalar ends: behind the last character that belongs to its value.

    `start` is the offset of its `|` or `>`, `end` where the parser says it ends, which is behind
    all blank lines that follow.
    """
    header = _BLOCK_HEADER.match(text, start, end)
    if header is None:
        return end
    if not value:
        return header.end("options")
    if "+" in header["options"]:
        return end
    lines = _LINE.findall(text, header.end(), end)
    indentation = _indentation(lines, value)
    while (
        lines and not (blank := lines[-1].rstrip(BREAKS)).strip(" ") and len(blank) <= indentation
    ):
        end -= len(lines.pop())
    if lines and value[-1] not in BREAKS:
        end -= len(lines[-1]) - len(lines[-1].rstrip(BREAKS))
    return end


def _indentation(lines: list[str], value: str) -> int:
    """Return how many blanks a block scalar's lines begin with that are not part of its value."""
    for line in lines:
        written = line.rstrip(BREAKS)
        if content := written.lstrip(" "):
            kept = next(kept for kept in _LINE.findall(value) if kept.strip(f" {BREAKS}"))
            return len(written) - len(content) - (len(kept) - len(kept.lstrip(" ")))
    # Nothing but blanks: a line has as many more than the value as it is indented.
    return max(map(_blanks, lines), default=0) - max(map(_blanks, _LINE.findall(value)), default=0)


def _blanks(line: str) -> int:
    return len(line.rstrip(BREAKS))
