"""Ports of `expose`: `8000`, `8000-8010`, `53/udp`.

Compose keeps any text and looks no further; whether it is a port shows when a container is made.
(Facts: compose-go, `override/uncity.go`; the tests ask Docker Compose v5.6.1.)
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from msgspec import Struct

from composecheck.language.casts import Integer, Number
from composecheck.language.go_text import LARGEST_INT64
from composecheck.language.ports import InvalidPort, PortRange
from composecheck.language.short_ports import parse_protocol, parse_range
from composecheck.language.traced import Traced, trace
from composecheck.language.values import number_as_text, read_value
from composecheck.yaml.nodes import Scalar, follow
from composecheck.yaml.scalars import Timestamp, resolve

if TYPE_CHECKING:
    from composecheck.language.ports import Protocol
    from composecheck.language.values import TextOf
    from composecheck.source import Span
    from composecheck.yaml.nodes import Node


class Fault(Enum):
    """Why Compose refuses an exposed port."""

    NO_WHOLE_NUMBER = "no whole number"
    """What YAML reads as a number with a fraction, or as a date: `80.5`, `1e3`, and also `080`."""
    TOO_LARGE = "too large"
    """A number without quotes that is larger than Compose can hold."""


class InvalidExposedPort(Struct, frozen=True):
    """An item of `expose` that Compose refuses; `span` and `text` are all of it."""

    span: Span
    text: str
    fault: Fault


class ExposedPort(Struct, frozen=True, eq=False):
    """A port or a range of ports that a container listens on; `text` is what Compose keeps.

    `ports` and `protocol` are a `Traced` where they are no port and no protocol, or depend on a
    variable; a protocol that is not written is None.
    """

    text: Traced
    ports: PortRange | Traced
    protocol: Protocol | Traced | None


def parse_exposed_port(text: Traced) -> ExposedPort:
    """Read an item of `expose`."""
    number, _, name = text.partition("/")
    ports = parse_range(number)
    protocol = parse_protocol(name)
    return ExposedPort(
        text,
        number if isinstance(ports, InvalidPort) else ports,
        name if isinstance(protocol, InvalidPort) else protocol,
    )


def read_exposed_port(node: Node, text_of: TextOf) -> ExposedPort | tuple[InvalidExposedPort, ...]:
    """Read an item of `expose` as it stands in a file, or return what is wrong with it.

    That is nothing where the shape is wrong (`true`, a list), which `schema/` says.
    """
    content = follow(node)
    if not isinstance(content, Scalar):
        return ()
    span = trace(content).span
    value = read_value(content, text_of)
    if isinstance(value, Number) or isinstance(resolve(content), Timestamp):
        return (InvalidExposedPort(span, content.text, Fault.NO_WHOLE_NUMBER),)
    if isinstance(value, Integer):
        if value.value > LARGEST_INT64:
            return (InvalidExposedPort(span, content.text, Fault.TOO_LARGE),)
        value = number_as_text(content, value)
    return parse_exposed_port(value) if isinstance(value, Traced) else ()
