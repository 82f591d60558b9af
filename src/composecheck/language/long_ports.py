"""Ports as they stand in a file: the long form with keys, a number, or text in the short form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.language.addresses import Address, InvalidAddress, parse_address
from composecheck.language.casts import Integer, InvalidCast, Number, cast_integer
from composecheck.language.go_text import LARGEST_INT64
from composecheck.language.ports import Fault, InvalidPort, PortMapping, PortRange, Protocol
from composecheck.language.short_ports import parse_port, parse_range
from composecheck.language.traced import Traced, known, trace
from composecheck.language.values import number_as_text, read_text, read_value
from composecheck.yaml.merge import effective_entries
from composecheck.yaml.nodes import Mapping, Scalar, follow
from composecheck.yaml.scalars import Timestamp, resolve

if TYPE_CHECKING:
    from composecheck.language.values import TextOf
    from composecheck.yaml.nodes import Entry, Node

_TARGETS = 2**32  # Compose keeps a target in 32 bits, and drops those above


def read_port(node: Node, text_of: TextOf) -> PortMapping | tuple[InvalidPort | InvalidCast, ...]:
    """Read an item of `ports`, or return all that is wrong with it.

    That is nothing where the shape is wrong (`true`, a list), which `schema/` says.
    """
    content = follow(node)
    if isinstance(content, Mapping):
        return read_long_port(content, text_of)
    if not isinstance(content, Scalar):
        return ()
    value = read_value(content, text_of)
    if isinstance(value, Number) or isinstance(resolve(content), Timestamp):
        return (InvalidPort(trace(content).span, content.text, Fault.NO_WHOLE_NUMBER),)
    if isinstance(value, Integer):
        value = number_as_text(content, value)
    if not isinstance(value, Traced):
        return ()
    port = parse_port(value)
    return port if isinstance(port, PortMapping) else (port,)


def read_long_port(
    mapping: Mapping, text_of: TextOf
) -> PortMapping | tuple[InvalidPort | InvalidCast, ...]:
    """Read a port with keys, or return all that is wrong with it.

    That is nothing where the shape is wrong, which `schema/` says. An InvalidCast is one that
    Compose meets when it replaces variables, so `project/` has it too.
    """
    entries = effective_entries(mapping)
    target_entry = entries.get("target")
    if target_entry is None:
        return (InvalidPort(mapping.span, "", Fault.NO_TARGET),)
    target = _read_target(target_entry, text_of)
    published = _read_published(entries.get("published"), text_of)
    address = _read_address(entries.get("host_ip"), text_of)
    wrong = tuple(
        part for part in (target, published, address) if isinstance(part, InvalidPort | InvalidCast)
    )
    if (
        target is None
        or isinstance(target, InvalidPort | InvalidCast)
        or isinstance(published, InvalidPort)
        or isinstance(address, InvalidPort)
    ):
        return wrong
    protocol = read_text(entries.get("protocol"), text_of)
    return PortMapping(
        mapping.span,
        is_long=True,
        is_certain=True,
        target=target,
        published=published,
        host_address=address,
        protocol=Protocol(protocol.text, protocol.span)
        if protocol is not None and protocol.is_known
        else protocol,
        mode=read_text(entries.get("mode"), text_of),
        name=read_text(entries.get("name"), text_of),
        app_protocol=read_text(entries.get("app_protocol"), text_of),
    )


def _read_target(
    entry: Entry, text_of: TextOf
) -> PortRange | Traced | InvalidPort | InvalidCast | None:
    value = read_value(entry.value, text_of)
    if isinstance(value, Traced):
        number = cast_integer(value)
        if number is None:
            return value
        if isinstance(number, InvalidCast):
            return number
        value = number
    if isinstance(value, Number) and value.value.is_integer():
        value = Integer(int(value.value) if value.value < 2**64 else 0, value.span)
    if not isinstance(value, Integer):
        return None
    if value.value < 0:
        return InvalidPort(value.span, str(value.value), Fault.TARGET_NEGATIVE)
    kept = value.value % _TARGETS
    return PortRange(kept, kept, str(kept), value.span)


def _read_published(
    entry: Entry | None, text_of: TextOf
) -> PortRange | Traced | InvalidPort | None:
    if entry is None:
        return None
    value = read_value(entry.value, text_of)
    match value:
        case Integer(number, span) if number > LARGEST_INT64:
            return InvalidPort(span, str(number), Fault.OUT_OF_RANGE)
        case Integer(number, span):
            value = known(entry.value.source, str(number), span)
        case Number(number, span) if number.is_integer():
            return InvalidPort(span, entry.value.source.slice(span), Fault.NO_WHOLE_NUMBER)
    if not isinstance(value, Traced) or value.equals(""):
        return None
    ports = parse_range(value)
    return value if isinstance(ports, InvalidPort) else ports


def _read_address(entry: Entry | None, text_of: TextOf) -> Address | Traced | InvalidPort | None:
    text = read_text(entry, text_of)
    if text is None:
        return None
    address = parse_address(text)
    if isinstance(address, InvalidAddress):
        return InvalidPort(address.span, address.text, Fault.ADDRESS, address=address)
    return address or text
