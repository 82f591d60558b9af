"""What the tests judge a tree by: the parsers' own events, and their own walk over the tree.

Nothing here uses how the code under test reads, walks or measures.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML
from ruamel.yaml.cyaml import CParser  # type: ignore[attr-defined]  # untyped C code
from ruamel.yaml.error import YAMLError

from composecheck.source import Source, Span
from composecheck.yaml import Document, load
from composecheck.yaml.extent import item_spans
from composecheck.yaml.nodes import Alias, Entry, Mapping, Node, Scalar, Sequence, Style

if TYPE_CHECKING:
    from collections.abc import Iterator

Part = tuple[Any, ...]
"""One step of a tree in the order of the text: what kind it is, and what it says."""

SERVICES = "services:\n  a:\n    image: x\n"
"""A project that Compose accepts, to put something below it."""


def read(text: str) -> Document:
    """Load a text as a file without a name."""
    return load(Source("test", text))


def root_of(text: str) -> Node:
    """Return the tree of a text with one document and no mistakes."""
    document = read(text)
    assert document.findings == ()
    assert document.refusal is None
    (root,) = document.roots
    return root


def value_of(text: str, key: str = "k") -> Node:
    """Return the value of a key at the top of a text."""
    return entry_of(root_of(text), key).value


def entry_of(node: Node, key: str) -> Entry:
    """Return the entry with a key that is written so, or is an alias of that name."""
    assert isinstance(node, Mapping)
    for entry in node.entries:
        written = entry.key.text if isinstance(entry.key, Scalar) else entry.key.source
        if written == key:
            return entry
    raise AssertionError(f"there is no key {key!r}")


def written(node: Node | Entry) -> str:
    """Return the characters of a node or an entry."""
    source = node.key.source if isinstance(node, Entry) else node.source
    return source.text[node.span.start : node.span.end]


def children(node: Node) -> list[Node]:
    """Return what stands directly in a node."""
    match node:
        case Mapping():
            return [child for entry in node.entries for child in (entry.key, entry.value)]
        case Sequence():
            return list(node.items)
        case _:
            return []


def all_nodes(root: Node) -> Iterator[tuple[Node, int]]:
    """Yield each node with the column (from 0) of the keys or dashes that it stands below.

    At the top of a document there are none: -1.
    """
    waiting = [(root, -1)]
    while waiting:
        node, column = waiting.pop()
        yield node, column
        inner = column
        if isinstance(node, Mapping | Sequence) and not node.is_flow:
            inner = column_of(node.source.text, content_start(node))
        waiting.extend((child, inner) for child in reversed(children(node)))


def content_start(node: Node) -> int:
    """Return where a node's content starts, behind tag and anchor."""
    if isinstance(node, Alias) or node.properties is None:
        return node.start
    return node.properties.content_start


def column_of(text: str, offset: int) -> int:
    """Return how many characters stand before `offset` in its line, of which YAML knows more."""
    start = offset
    while start > 0 and text[start - 1] not in "\n\r\x85\u2028\u2029":
        start -= 1
    return offset - start


def parts_of(node: Node) -> list[Part]:
    """Return a tree as its parts: what a parser would say of it."""
    parts: list[Part] = []
    waiting: list[Node | None] = [node]
    while waiting:
        node_or_end = waiting.pop()
        match node_or_end:
            case None:
                parts.append(("end",))
            case Alias():
                parts.append(("alias", node_or_end.name))
            case Scalar():
                style = node_or_end.style
                sign = "" if style is Style.PLAIN else style.value
                parts.append(("scalar", node_or_end.text, sign, *_properties(node_or_end)))
            case Mapping() | Sequence():
                kind = "mapping" if isinstance(node_or_end, Mapping) else "sequence"
                parts.append((kind, *_properties(node_or_end)))
                waiting.append(None)
                waiting.extend(reversed(children(node_or_end)))
    return parts


def _properties(node: Scalar | Mapping | Sequence) -> tuple[str | None, str | None]:
    properties = node.properties
    return (properties.tag, properties.anchor) if properties else (None, None)


def parts_in_c(text: str) -> list[Part]:
    """Return the parts of the only document of a text, as libyaml reads it."""
    parser = CParser(text)
    return _parts(iter(parser.get_event, None))


def parts_in_python(text: str) -> list[Part]:
    """Return the parts of the only document of a text, as ruamel.yaml itself reads it."""
    return _parts(YAML(typ="safe", pure=True).parse(text))


def _parts(events: Iterator[Any]) -> list[Part]:
    parts: list[Part] = []
    for event in events:
        match type(event).__name__:
            case "ScalarEvent":
                parts.append(("scalar", event.value, event.style or "", _tag(event), event.anchor))
            case "AliasEvent":
                parts.append(("alias", event.anchor))
            case "MappingStartEvent":
                parts.append(("mapping", _tag(event), event.anchor))
            case "SequenceStartEvent":
                parts.append(("sequence", _tag(event), event.anchor))
            case "MappingEndEvent" | "SequenceEndEvent":
                parts.append(("end",))
    return parts


def _tag(event: Any) -> str | None:
    return None if event.tag is None else str(event.tag)


def alone(node: Node, column: int) -> tuple[str, list[Part]]:
    """Return a text in which `node` stands by itself, and the parts that it must have.

    It keeps its own column; a block of text keeps the column of what it stands below, from which
    its indentation counts.
    """
    text = written(node)
    parts = parts_of(node)
    if isinstance(node, Scalar) and node.style.is_block and column >= 0:
        key: Part = ("scalar", "k", "", None, None)
        return f"{' ' * column}k: {text}", [("mapping", None, None), key, *parts, ("end",)]
    if isinstance(node, Mapping) and node.is_flow and not text.startswith(("{", "&", "!")):
        return f"[{text}]", [("sequence", None, None), *parts, ("end",)]
    return " " * column_of(node.source.text, node.start) + text, parts


def reads_alone(node: Node, column: int) -> bool:
    """Tell whether the characters of `node`, read by themselves, give that node."""
    text, parts = alone(node, column)
    for parts_in in (parts_in_c, parts_in_python):
        try:
            return parts_in(text) == parts
        except YAMLError:
            continue
    return False


def stands_in_order(root: Node) -> bool:
    """Tell whether each node lies in its parent, and behind what stands before it."""
    for node, _ in all_nodes(root):
        assert node.start <= content_start(node) <= node.end
        if isinstance(node, Mapping):
            spans = tuple(entry.span for entry in node.entries)
            for entry in node.entries:
                assert _within(entry.key.span, entry.span)
                assert _within(entry.value.span, entry.span)
                is_absent = not len(entry.value.span)
                assert is_absent or entry.key.end <= entry.value.start
                before = node.source.text[entry.start : entry.key.start]
                assert not before or before.startswith("?")
        elif isinstance(node, Sequence):
            spans = item_spans(node)
            for item, span in zip(node.items, spans, strict=True):
                assert _within(item.span, span)
                assert node.is_flow or node.source.text[span.start] == "-"
        else:
            continue
        position = content_start(node)
        for span in spans:
            assert position <= span.start <= span.end <= node.end
            position = span.end
    return True


def _within(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def places_of(root: Node) -> list[Part]:
    """Return everything about a tree that can be compared, spans included."""
    places: list[Part] = []
    for node, _ in all_nodes(root):
        where = (type(node).__name__, node.start, node.end)
        match node:
            case Alias():
                target = None if node.target is None else node.target.span
                places.append((*where, node.name, target))
            case Scalar():
                places.append((*where, node.text, node.style, node.properties))
            case Mapping():
                starts = tuple(entry.start for entry in node.entries)
                places.append((*where, node.is_flow, node.properties, starts))
            case Sequence():
                places.append((*where, node.is_flow, node.properties, len(node.items)))
    return places


_TAG_HANDLE = re.compile("^%TAG", re.MULTILINE)


def has_tag_handles(text: str) -> bool:
    """Tell whether tags in a text mean what a directive far above says."""
    return _TAG_HANDLE.search(text) is not None
