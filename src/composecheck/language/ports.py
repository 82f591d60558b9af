"""Ports that a service publishes: `[[address:]published:]target[/protocol]`, and the long form.

The parts are counted from the right, so that an IPv6 address needs no brackets; published and
target may be ranges. (Facts: compose-go, `types/types.go` and `override/uncity.go`, and
go-connections, `nat/`; the tests ask Docker Compose v5.6.1.)
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from msgspec import Struct

from composecheck.language.traced import Traced

if TYPE_CHECKING:
    from composecheck.language.addresses import Address, InvalidAddress
    from composecheck.source import Span

LARGEST_PORT = 65535


class Fault(Enum):
    """Why Compose refuses a port."""

    EMPTY = "empty"
    """There is nothing: often a variable that is not set."""
    NO_TARGET = "no target"
    """`8080:`, or a long form without `target`: the port in the container is missing."""
    TARGET_ZERO = "target zero"
    """`80:0`: the container's port is 0, or the range has it."""
    TARGET_NEGATIVE = "target negative"
    """`target: -1` in the long form."""
    BLANKS = "blanks"
    """`80 : 80`: right but for the blanks."""
    NO_NUMBER = "no number"
    """`a`, `0x50`, `80,81`."""
    NO_WHOLE_NUMBER = "no whole number"
    """What YAML reads as a number with a fraction: `80.5`, `1e3`, and also `080`."""
    OUT_OF_RANGE = "out of range"
    """Above 65535, or below 0."""
    OPEN_RANGE = "open range"
    """`80-`: a range without its end."""
    REVERSED_RANGE = "reversed range"
    """`3005-3000`."""
    UNEQUAL_RANGES = "unequal ranges"
    """`80:3000-3002`: a range of targets needs as many published ports."""
    PROTOCOL = "protocol"
    """`80/http`: neither tcp nor udp nor sctp."""
    MISPLACED_PROTOCOL = "misplaced protocol"
    """`8080/tcp:80`: the protocol stands behind the published port."""
    ADDRESS = "address"
    """`localhost:8080:80`: what stands before the published port is no IP address."""
    ADDRESS_WITHOUT_PORT = "address without port"
    """`127.0.0.1:80`, `localhost:80`: Compose takes the address for a published port."""


class InvalidPort(Struct, frozen=True):
    """Why Compose refuses a port.

    `span` and `text` are the characters at fault: the part that is wrong, or all of it where a part
    is missing, or the two ranges do not fit. Of an unknown part, `text` has what is written in the
    file. `address` says what is wrong with the address, if that is the fault.
    """

    span: Span
    text: str
    fault: Fault
    address: InvalidAddress | None = None


class PortRange(Struct, frozen=True):
    """The ports from `first` to `last`, both included; for a single port they are the same.

    `text` is how they are written.
    """

    first: int
    last: int
    text: str
    span: Span

    @property
    def count(self) -> int:
        """How many ports they are."""
        return self.last - self.first + 1


class Protocol(Struct, frozen=True):
    """The protocol that is written; `name` as Compose keeps it: of a short form in small letters.

    In the long form it may be anything.
    """

    name: str
    span: Span


class PortMapping(Struct, frozen=True, eq=False):
    """A published port, in the short or the long form. What is not written is None.

    A part that is a `Traced` depends on a variable, if it is not known. A known one is no port: for
    `published`, Compose takes any text in the long form.

    In a short form an unknown part may hold a colon. A `target` that is known is right in any case.
    Unless `is_certain`, `published` and `host_address` are what they are if it holds none; they may
    then be a known text that is no port and no address.
    """

    span: Span
    is_long: bool
    is_certain: bool
    target: PortRange | Traced
    published: PortRange | Traced | None = None
    host_address: Address | Traced | None = None
    protocol: Protocol | Traced | None = None
    mode: Traced | None = None
    name: Traced | None = None
    app_protocol: Traced | None = None


class PortBinding(Struct, frozen=True):
    """One port of a container and where it is published, as `docker compose config` prints it.

    `published` is a port, a range to choose one from, or empty for any; `host_address` is empty for
    all addresses.
    """

    host_address: str
    published: str
    target: int
    protocol: str


def bindings(port: PortMapping) -> tuple[PortBinding, ...] | None:
    """Return what `port` comes to, in Compose's order; None if that depends on a variable."""
    target, published = port.target, port.published
    address, protocol = port.host_address, port.protocol
    if isinstance(target, Traced) or isinstance(address, Traced) or isinstance(protocol, Traced):
        return None
    if isinstance(published, Traced) and not published.is_known:
        return None
    where = address.text if address else ""
    name = protocol.name if protocol else "tcp"
    if port.is_long or target.count == 1:
        return (PortBinding(where, _published(port, published), target.first, name),)
    rows = [
        PortBinding(
            where,
            str(published.first + index) if isinstance(published, PortRange) else "",
            target.first + index,
            name,
        )
        for index in range(target.count)
    ]
    # Compose sorts them as text: 10 before 9.
    return tuple(sorted(rows, key=lambda row: str(row.target) + "/"))


def _published(port: PortMapping, published: PortRange | Traced | None) -> str:
    """Return what is published for a single target."""
    match published:
        case None:
            return ""
        case PortRange() if port.is_long:
            return published.text
        case PortRange(first, last) if first != last:
            return f"{first}-{last}"
        case PortRange():
            return str(published.first)
        case _:
            return published.text
