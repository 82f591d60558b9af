"""A Compose file to make mistakes in: where its keys, values and items stand."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from composecheck.yaml.nodes import Mapping, Scalar, Sequence, Style
from composecheck.yaml.scalars import resolve

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composecheck.finding import Path
    from composecheck.yaml import Document
    from composecheck.yaml.nodes import Entry, Node

_SECTIONS = ("services", "networks", "volumes", "secrets", "configs")


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """A value in a file: the entry (None for an item of a list) and what it stands in.

    `path` leads to the value; `index` (from 0) counts the entries or items of `parent`.
    `is_in_flow` says that it stands in brackets or braces.
    """

    path: Path
    node: Node
    entry: Entry | None
    parent: Mapping | Sequence
    index: int
    is_in_flow: bool

    @property
    def start(self) -> int:
        """The offset of its key, or of the item."""
        return self.node.start if self.entry is None else self.entry.start

    @property
    def end(self) -> int:
        """The offset behind its last character."""
        return self.node.end if self.entry is None else self.entry.span.end

    @property
    def name(self) -> str:
        """Its key; empty for an item."""
        return str(self.path[-1]) if self.entry is not None else ""

    @property
    def siblings(self) -> int:
        """How many entries or items there are beside this one."""
        parent = self.parent
        return len(parent.entries if isinstance(parent, Mapping) else parent.items) - 1


@dataclass(frozen=True)
class File:
    """A file with one tree, of which nothing is wrong as YAML. Offsets count from 0."""

    text: str
    root: Mapping
    places: tuple[Place, ...]

    @classmethod
    def of(cls, text: str, document: Document) -> File:
        """Take a file to pieces. Without exactly one sound tree, it has no places."""
        root = document.roots[0] if len(document.roots) == 1 else None
        if not isinstance(root, Mapping) or document.findings or not document.is_complete:
            return cls(text, Mapping(document.source, 0, 0, (), is_flow=False), ())
        return cls(text, root, tuple(_places(root, (), is_in_flow=root.is_flow)))

    @cached_property
    def services(self) -> tuple[Place, ...]:
        """The services that are keys with values."""
        return tuple(
            place
            for place in self.places
            if len(place.path) == 2
            and place.path[0] == "services"
            and isinstance(place.node, Mapping)
            and not place.is_in_flow
        )

    @cached_property
    def sections(self) -> dict[str, Place]:
        """The top-level sections by name."""
        return {place.name: place for place in self.places if len(place.path) == 1}

    @cached_property
    def in_service(self) -> tuple[Place, ...]:
        """The entries directly in services, in block style."""
        return tuple(
            place
            for place in self.places
            if len(place.path) == 3 and place.path[0] == "services" and self.is_line(place)
        )

    @cached_property
    def block_lists(self) -> tuple[tuple[Place, ...], ...]:
        """The lists with dashes, each as its items."""
        lists: dict[int, list[Place]] = {}
        for place in self.places:
            if place.entry is None and not place.is_in_flow and self.has_dash(place):
                lists.setdefault(id(place.parent), []).append(place)
        return tuple(
            tuple(items) for items in lists.values() if len(items) == items[0].siblings + 1
        )

    @cached_property
    def line_break(self) -> str:
        """What ends most lines."""
        return "\r\n" if self.text.count("\r\n") * 2 > self.text.count("\n") else "\n"

    def get(self, *path: str) -> Place | None:
        """Return the place at `path`, if there is one."""
        return next((place for place in self.places if place.path == path), None)

    def line_start(self, offset: int) -> int:
        """Return where the line begins that `offset` is in."""
        return self.text.rfind("\n", 0, offset) + 1

    def line_end(self, offset: int) -> int:
        """Return where that line ends, before its line break."""
        end = self.text.find("\n", offset)
        if end < 0:
            return len(self.text)
        return end - 1 if end > offset and self.text[end - 1] == "\r" else end

    def next_line(self, offset: int) -> int:
        """Return where the next line begins."""
        end = self.text.find("\n", offset)
        return len(self.text) if end < 0 else end + 1

    def column(self, offset: int) -> int:
        """Return how many characters stand before `offset` in its line."""
        return offset - self.line_start(offset)

    def starts_line(self, offset: int) -> bool:
        """Tell whether only blanks stand before `offset` in its line."""
        return not self.text[self.line_start(offset) : offset].strip(" ")

    def is_line(self, place: Place) -> bool:
        """Tell whether a place is an entry in block style that begins its line."""
        return (
            place.entry is not None
            and not place.is_in_flow
            and isinstance(place.entry.key, Scalar)
            and place.entry.start == place.entry.key.start
            and self.starts_line(place.start)
        )

    def is_one_line(self, place: Place) -> bool:
        """Tell whether key and value, or the item, stand on one line."""
        return "\n" not in self.text[place.start : place.end] and place.end > place.start

    def is_last_in_line(self, place: Place) -> bool:
        """Tell whether nothing follows the place in its line, not even a blank."""
        return place.end == self.line_end(place.end)

    def has_dash(self, place: Place) -> bool:
        """Tell whether the line of an item begins with its dash and one blank."""
        start = self.line_start(place.start)
        return self.text[start : place.start].lstrip(" ") == "- "

    def colon(self, place: Place) -> int | None:
        """Return where the colon of an entry stands, if right behind its key."""
        if place.entry is None or self.text[place.entry.key.end : place.entry.key.end + 1] != ":":
            return None
        return place.entry.key.end

    def block(self, place: Place) -> tuple[int, int]:
        """Return the lines of an entry, with the comments of its depth right above it."""
        start = self.line_start(place.start)
        column = self.column(place.start)
        while start > 0:
            above = self.line_start(start - 1)
            line = self.text[above:start]
            if not line.lstrip(" ").startswith("#") or len(line) - len(line.lstrip(" ")) != column:
                break
            start = above
        return start, self.next_line(place.end)

    @cached_property
    def quotes(self) -> Counter[str]:
        """How often each kind of quote is used."""
        return Counter(
            place.node.style.value
            for place in self.places
            if isinstance(place.node, Scalar) and is_quoted(place.node)
        )

    def has_one_kind_of_quote(self, scalar: Scalar) -> bool:
        """Tell whether all other quotes of the file, of which there are, are those of `scalar`."""
        return self.quotes[scalar.style.value] > 1 and len(self.quotes) == 1


def _places(node: Mapping | Sequence, path: Path, *, is_in_flow: bool) -> Iterator[Place]:
    parts: list[tuple[Path, Node, Entry | None]] = []
    if isinstance(node, Mapping):
        parts = [
            ((*path, entry.key.text), entry.value, entry)
            for entry in node.entries
            if isinstance(entry.key, Scalar)
        ]
    else:
        parts = [((*path, index), item, None) for index, item in enumerate(node.items)]
    numbers = {
        id(part): index
        for index, part in enumerate(
            [entry.value for entry in node.entries]
            if isinstance(node, Mapping)
            else list(node.items)
        )
    }
    for part, value, entry in parts:
        if not path and part[0] not in (*_SECTIONS, "name", "version"):
            continue  # what an extension holds may be meant for anything
        if str(part[-1]).startswith("x-") and entry is not None:
            continue
        yield Place(part, value, entry, node, numbers[id(value)], is_in_flow)
        if isinstance(value, Mapping | Sequence):
            yield from _places(value, part, is_in_flow=is_in_flow or value.is_flow)


def is_quoted(node: Node) -> bool:
    """Tell whether a node is a text in quotes."""
    return isinstance(node, Scalar) and node.style in (Style.SINGLE_QUOTED, Style.DOUBLE_QUOTED)


def is_plain(node: Node) -> bool:
    """Tell whether a node is a text without quotes, tag or anchor, of at least one character."""
    return (
        isinstance(node, Scalar)
        and node.style is Style.PLAIN
        and node.properties is None
        and node.end > node.start
    )


def is_empty(node: Node) -> bool:
    """Tell whether nothing at all is written."""
    return isinstance(node, Scalar) and node.end == node.start


def is_text(node: Node) -> bool:
    """Tell whether a node is text to Compose, and not a number, true, false or nothing."""
    return isinstance(node, Scalar) and isinstance(resolve(node), str)


def shifted(lines: str, by: int) -> str | None:
    """Return whole lines with `by` more blanks before each (fewer, if below 0).

    Blank lines stay as they are. None if a line has not that many blanks.
    """
    shifted_lines = []
    for line in lines.splitlines(keepends=True):
        if not line.strip():
            shifted_lines.append(line)
        elif by >= 0:
            shifted_lines.append(" " * by + line)
        elif line.startswith(" " * -by):
            shifted_lines.append(line[-by:])
        else:
            return None
    return "".join(shifted_lines)


ASSIGNMENT = re.compile(r"[A-Za-z_][A-Za-z0-9_]*=[A-Za-z0-9_./-]+")
"""An item of a list such as `A=b`, in which nothing needs quotes."""
