"""Limits for reading from and writing to block devices: `blkio_config`.

(Facts: compose-go, `types/types.go`; the tests ask Docker Compose v5.6.1 itself.)
"""

from __future__ import annotations

import math
from enum import Enum
from typing import TYPE_CHECKING

from msgspec import Struct

from composecheck.language.byte_sizes import (
    ByteSize,
    IgnoredSize,
    InvalidByteSize,
    read_byte_size,
)
from composecheck.language.casts import Integer, Number
from composecheck.language.patterns import spelled
from composecheck.language.traced import Traced
from composecheck.language.values import read_text, read_value
from composecheck.yaml.merge import effective_entries
from composecheck.yaml.nodes import Mapping, Sequence, follow

if TYPE_CHECKING:
    from composecheck.language.values import TextOf
    from composecheck.source import Span
    from composecheck.yaml.nodes import Entry, Node


class Fault(Enum):
    """Why Compose refuses a weight."""

    TEXT = "text"
    """`weight: "300"`: the schema lets text pass, and then Compose cannot make a number of it."""
    NEGATIVE = "negative"
    """`weight: -1`."""


class InvalidWeight(Struct, frozen=True):
    """A weight that Compose refuses; `span` and `text` are all of it."""

    span: Span
    text: str
    fault: Fault


class Weight(Struct, frozen=True):
    """A weight. Compose keeps 16 bits of it: `value` is what is left of the number."""

    value: int
    written: int
    span: Span


class Limited(Enum):
    """What a limit is for."""

    READ_BYTES = "device_read_bps"
    READ_OPERATIONS = "device_read_iops"
    WRITE_BYTES = "device_write_bps"
    WRITE_OPERATIONS = "device_write_iops"


class DeviceLimit(Struct, frozen=True, eq=False):
    """How much may be read from or written to the device at `path`, in a second.

    `rate` is a number of bytes or of operations: Compose reads both alike, units and all.
    """

    limited: Limited
    path: Traced | None
    rate: ByteSize | IgnoredSize | InvalidByteSize | None
    span: Span


class DeviceWeight(Struct, frozen=True, eq=False):
    """The weight of the device at `path`."""

    path: Traced | None
    weight: Weight | InvalidWeight | None
    span: Span


class BlockDevices(Struct, frozen=True, eq=False):
    """All of `blkio_config`."""

    weight: Weight | InvalidWeight | None
    device_weights: tuple[DeviceWeight, ...]
    device_limits: tuple[DeviceLimit, ...]


def read_block_devices(node: Node, text_of: TextOf) -> BlockDevices | None:
    """Read `blkio_config`; None for what cannot be it."""
    content = follow(node)
    if not isinstance(content, Mapping):
        return None
    keys = effective_entries(content)
    return BlockDevices(
        _read_weight(keys.get("weight"), text_of),
        tuple(
            DeviceWeight(
                read_text(item.get("path"), text_of),
                _read_weight(item.get("weight"), text_of),
                span,
            )
            for item, span in _items(keys.get("weight_device"))
        ),
        tuple(
            DeviceLimit(
                limited,
                read_text(item.get("path"), text_of),
                read_byte_size(item["rate"].value, text_of) if "rate" in item else None,
                span,
            )
            for limited in Limited
            for item, span in _items(keys.get(limited.value))
        ),
    )


def _items(entry: Entry | None) -> list[tuple[dict[str, Entry], Span]]:
    """Return the keys of each item of a list, and its span."""
    content = follow(entry.value) if entry else None
    nodes = content.items if isinstance(content, Sequence) else ()
    mappings = (follow(node) for node in nodes)
    return [(effective_entries(node), node.span) for node in mappings if isinstance(node, Mapping)]


def _read_weight(entry: Entry | None, text_of: TextOf) -> Weight | InvalidWeight | None:
    if entry is None:
        return None
    match read_value(entry.value, text_of):
        case Traced() as text:
            return InvalidWeight(text.span, spelled(text), Fault.TEXT)
        case Integer(value, span) | Number(value, span) if value < 0:
            return InvalidWeight(span, entry.value.source.slice(span), Fault.NEGATIVE)
        case Integer(value, span) | Number(value, span) if math.isfinite(value):
            return Weight(int(value) & 0xFFFF, int(value), span)
        case _:
            return None
