"""Devices of the host in a container: `/dev/ttyUSB0:/dev/tty:rw`, and the long form with keys.

(Facts: compose-go, `transform/device.go` and `override/uncity.go`; the tests ask Docker Compose
v5.6.1.)
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from msgspec import Struct

from composecheck.language.patterns import spelled
from composecheck.language.traced import Traced
from composecheck.language.values import read_text, read_value
from composecheck.yaml.merge import effective_entries
from composecheck.yaml.nodes import Mapping, follow

if TYPE_CHECKING:
    from composecheck.language.values import TextOf
    from composecheck.source import Span
    from composecheck.yaml.nodes import Node


class Fault(Enum):
    """Why Compose refuses a device."""

    TOO_MANY_PARTS = "too many parts"
    """`/dev/a:/dev/b:rw:x`: a fourth part."""
    NO_TARGET = "no target"
    """A long form without `target`."""


class InvalidDevice(Struct, frozen=True):
    """Why Compose refuses a device.

    `span` and `text` are the characters at fault: what is too much, from its colon on, or all of
    the device where a key is missing (then `text` is empty). Of an unknown part, `text` has what is
    written in the file.
    """

    span: Span
    text: str
    fault: Fault


class DeviceMapping(Struct, frozen=True, eq=False):
    """A device `source` of the host that is `target` in the container.

    Compose takes any text for all three parts, also an empty one; `source` may name a device of the
    Container Device Interface (`vendor.com/class=name`). `permissions` that are not written are
    None: in the short form that means all of them, `rwm`. Where no target is written, it is the
    source.

    In a short form an unknown part may hold a colon. A source that is known is right in any case;
    unless `is_certain`, the other parts are what they are if it holds none.
    """

    span: Span
    is_long: bool
    is_certain: bool
    source: Traced
    target: Traced
    permissions: Traced | None = None


def parse_device(text: Traced) -> DeviceMapping | InvalidDevice:
    """Read a device in its short form."""
    source, *others = text.split(":")
    if len(others) > 2:
        end = sum(map(len, (source, *others[:2]))) + 2
        return InvalidDevice(text[end:].span, spelled(text[end:]), Fault.TOO_MANY_PARTS)
    target = others[0] if others else source
    return DeviceMapping(
        text.span,
        is_long=False,
        is_certain=source.is_known and target.is_known,
        source=source,
        target=target if len(target) else source,
        permissions=others[1] if len(others) == 2 else None,
    )


def read_device(node: Node, text_of: TextOf) -> DeviceMapping | tuple[InvalidDevice, ...]:
    """Read an item of `devices`, or return what is wrong with it.

    That is nothing where the shape is wrong (`true`, a list), which `schema/` says.
    """
    content = follow(node)
    if isinstance(content, Mapping):
        return read_long_device(content, text_of)
    value = read_value(node, text_of)
    if not isinstance(value, Traced):
        return ()
    device = parse_device(value)
    return device if isinstance(device, DeviceMapping) else (device,)


def read_long_device(
    mapping: Mapping, text_of: TextOf
) -> DeviceMapping | tuple[InvalidDevice, ...]:
    """Read a device with keys, or return what is wrong with it.

    That is nothing where the shape is wrong, which `schema/` says.
    """
    entries = effective_entries(mapping)
    if "target" not in entries:
        return (InvalidDevice(mapping.span, "", Fault.NO_TARGET),)
    source = read_text(entries.get("source"), text_of)
    target = read_text(entries.get("target"), text_of)
    if source is None or target is None:
        return ()
    return DeviceMapping(
        mapping.span,
        is_long=True,
        is_certain=True,
        source=source,
        target=target,
        permissions=read_text(entries.get("permissions"), text_of),
    )
