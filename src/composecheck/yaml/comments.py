"""Comments, found in the gaps between nodes (as yamllint finds them between tokens).

Wherever no scalar, alias, tag or anchor stands, a `#` can only begin a comment.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from composecheck.source import Span
from composecheck.yaml.nodes import Alias, Scalar, properties_of
from composecheck.yaml.walk import walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from composecheck.source import Source
    from composecheck.yaml.nodes import Node

# A line that begins with % between documents is a directive, whatever stands in it.
_COMMENT_OR_DIRECTIVE = re.compile(
    r"(?P<directive>^%\S+(?:[ \t]+[^\s#]\S*)*)|(?P<comment>#[^\r\n]*)", re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment: its span from `#` up to, not including, the line break."""

    source: Source
    span: Span
    is_own_line: bool
    """Whether nothing but blanks stands before it in its line."""

    @property
    def text(self) -> str:
        """What it says, `#` included."""
        return self.source.slice(self.span)


def find_comments(source: Source, roots: Iterable[Node]) -> Iterator[Comment]:
    """Yield the comments of a file whose trees are `roots`, in the order of the text."""
    text = source.text
    position = 0
    for start, end in (*_taken(roots), (len(text), len(text))):
        if start > position:
            for match in _COMMENT_OR_DIRECTIVE.finditer(text, position, start):
                if match["comment"] is not None:
                    yield _comment(source, match.start(), match.end())
        position = max(position, end)


def _taken(roots: Iterable[Node]) -> Iterator[tuple[int, int]]:
    """Yield where characters belong to scalars, aliases, anchors and tags, in order."""
    for root in roots:
        for node in walk(root):
            properties = properties_of(node)
            if properties:
                spans = [properties.anchor_span, properties.tag_span]
                for span in sorted((span for span in spans if span), key=lambda span: span.start):
                    yield span.start, span.end
                if isinstance(node, Scalar):
                    yield properties.content_start, node.end
            elif isinstance(node, Scalar | Alias):
                yield node.start, node.end


def _comment(source: Source, start: int, end: int) -> Comment:
    line_start = max(source.text.rfind("\n", 0, start), source.text.rfind("\r", 0, start)) + 1
    is_own_line = not source.text[line_start:start].strip(" \t")
    return Comment(source, Span(start, end), is_own_line)
