"""New nodes at the place of old ones: for what Compose makes of what is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.yaml.nodes import Entry, Mapping, Scalar, Sequence, Style

if TYPE_CHECKING:
    from collections.abc import Iterable

    from composecheck.language.traced import Traced
    from composecheck.yaml.nodes import Node


def text_at(place: Node, text: str) -> Scalar:
    """Return `text` as a value at the characters of `place`; it is text whatever it looks like."""
    return Scalar(place.source, place.start, place.end, text, Style.DOUBLE_QUOTED)


def traced_at(text: Traced) -> Scalar:
    """Return `text` as a value at its own characters."""
    span = text.span
    return Scalar(text.source, span.start, span.end, text.shape, Style.DOUBLE_QUOTED)


def plain_at(place: Node, text: str) -> Scalar:
    """Return a value that is written without quotes: `5`, `true`, or nothing."""
    return Scalar(place.source, place.start, place.end, text)


def entry(key: str, value: Node, place: Node | None = None) -> Entry:
    """Return a key with its value; the key stands at `place`, by default where the value does."""
    place = place or value
    return Entry(text_at(place, key), value, place.start)


def mapping_at(place: Node, entries: Iterable[Entry]) -> Mapping:
    """Return keys and values at the characters of `place`."""
    return Mapping(place.source, place.start, place.end, tuple(entries), is_flow=False)


def sequence_at(place: Node, items: Iterable[Node]) -> Sequence:
    """Return a list at the characters of `place`."""
    return Sequence(place.source, place.start, place.end, tuple(items), is_flow=False)


def with_value(entry: Entry, value: Node) -> Entry:
    """Return `entry` with another value."""
    return Entry(entry.key, value, entry.start)


def with_entries(mapping: Mapping, entries: Iterable[Entry]) -> Mapping:
    """Return `mapping` with other entries."""
    return Mapping(
        mapping.source,
        mapping.start,
        mapping.end,
        tuple(entries),
        mapping.is_flow,
        mapping.properties,
    )


def with_items(sequence: Sequence, items: Iterable[Node]) -> Sequence:
    """Return `sequence` with other items."""
    return Sequence(
        sequence.source,
        sequence.start,
        sequence.end,
        tuple(items),
        sequence.is_flow,
        sequence.properties,
    )
