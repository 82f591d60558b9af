"""The tree of a YAML file: every node points into the text it stands in.

Nodes are compared by identity: two equal-looking nodes at two places are two nodes.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import force_setattr

from composecheck.source import Span

if TYPE_CHECKING:
    from collections.abc import Mapping as Table

    from composecheck.source import Source


class Style(Enum):
    """How a scalar is written."""

    PLAIN = "plain"
    SINGLE_QUOTED = "'"
    DOUBLE_QUOTED = '"'
    LITERAL = "|"
    FOLDED = ">"

    @property
    def is_block(self) -> bool:
        """Whether it is a block scalar (`|` or `>`)."""
        return self in (Style.LITERAL, Style.FOLDED)


class Properties(Struct, frozen=True):
    """The anchor and the tag before a node's content.

    The spans include `&` and `!`. `content_start` is the offset (from 0) of the content itself.
    """

    anchor: str | None
    anchor_span: Span | None
    tag: str | None
    """As YAML expands it: `tag:yaml.org,2002:str` for `!!str`; `!reset` stays as it is."""
    tag_span: Span | None
    content_start: int


class Scalar(Struct, frozen=True, eq=False):
    """A value without parts. An absent value is a plain scalar with an empty span.

    `start` and `end` (offsets from 0) include quotes, the indicators of a block scalar, tag and
    anchor. A block scalar ends behind its last character that belongs to its value; blank lines
    that `|-` drops, and comments below it, lie outside.
    `text` is what YAML makes of the characters: unquoted, unfolded, not yet resolved to a number
    or a boolean (see `scalars.resolve`).
    """

    source: Source
    start: int
    end: int
    text: str
    style: Style = Style.PLAIN
    properties: Properties | None = None

    @property
    def span(self) -> Span:
        """All of its characters."""
        return Span(self.start, self.end)


class Alias(Struct, frozen=True, eq=False):
    """A use of an anchor (`*name`): not the thing it points to, which is `target`.

    `target` is None where the anchor is undefined (which is an error in the document) or where
    the alias stands inside the very node that it names. It may stand in an earlier document of
    the file: for Compose, anchors hold from there on (measured).
    """

    source: Source
    start: int
    end: int
    name: str
    target: Node | None
    properties: None = None
    """An alias has no tag, and no anchor."""

    @property
    def span(self) -> Span:
        """All of its characters."""
        return Span(self.start, self.end)


class Entry(Struct, frozen=True, eq=False):
    """A key with its value.

    `start` (an offset from 0) is where its key starts, or the `?` before it.
    """

    key: Node
    value: Node
    start: int

    @property
    def span(self) -> Span:
        """From the first character of the key, or the `?` before it, to the last of the value."""
        return Span(self.start, max(self.key.end, self.value.end))


class Mapping(Struct, frozen=True, eq=False):
    """Keys with values, in the order of the text; merge keys (`<<`) are still among them."""

    source: Source
    start: int
    end: int
    entries: tuple[Entry, ...]
    is_flow: bool
    properties: Properties | None = None
    _by_name: dict[str, Entry] | None = None
    """Made when it is first asked for, by `by_name`."""

    @property
    def span(self) -> Span:
        """All of its characters; in block style from the first key to the end of the last value."""
        return Span(self.start, self.end)

    @property
    def by_name(self) -> Table[str, Entry]:
        """The entries by the text of their keys; of several with the same the first.

        Keys that are lists or mappings are left out, merge keys are not.
        """
        if self._by_name is None:
            entries: dict[str, Entry] = {}
            for entry in self.entries:
                key = follow(entry.key)
                if isinstance(key, Scalar):
                    entries.setdefault(key.text, entry)
            force_setattr(self, "_by_name", entries)
            return entries
        return self._by_name


class Sequence(Struct, frozen=True, eq=False):
    """A list of items."""

    source: Source
    start: int
    end: int
    items: tuple[Node, ...]
    is_flow: bool
    properties: Properties | None = None

    @property
    def span(self) -> Span:
        """All of its characters; in block style from the first dash to the end of the last item."""
        return Span(self.start, self.end)


Node = Scalar | Mapping | Sequence | Alias


def properties_of(node: Node) -> Properties | None:
    """Return the tag and anchor before `node`; an alias has none."""
    return node.properties


def tag_of(node: Node) -> str | None:
    """Return the tag of `node`, expanded, or None if it has none written."""
    properties = node.properties
    return properties.tag if properties is not None else None


def follow(node: Node) -> Scalar | Mapping | Sequence | None:
    """Return the node itself, or for an alias what it stands for; None if that is nothing."""
    while isinstance(node, Alias):
        if node.target is None:
            return None
        node = node.target
    return node
