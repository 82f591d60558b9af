"""Subnets such as `172.20.0.0/16`, as Compose takes them where a network is defined.

(Facts: Go's `netip.ParsePrefix`, which Compose calls when it creates a network; `config` does not
look at them. That no bits may be set behind the length is asked by Docker: moby,
`api/types/network/ipam.go`.)
"""

from __future__ import annotations

from enum import Enum
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import TYPE_CHECKING

from msgspec import Struct

from composecheck.language.addresses import address_of

if TYPE_CHECKING:
    from ipaddress import IPv4Address, IPv6Address

    from composecheck.language.traced import Traced
    from composecheck.source import Span


class Fault(Enum):
    """Why a text is no subnet."""

    NO_LENGTH = "no length"
    """`172.20.0.0`: an address without a `/` and a number."""
    LENGTH = "length"
    """`172.20.0.0/33`, `172.20.0.0/x`, `172.20.0.0/255.255.0.0`."""
    ADDRESS = "address"
    """What stands before the `/`, or all of it, is no IP address."""


class InvalidSubnet(Struct, frozen=True):
    """A text that is no subnet; `span` and `text` are all of it."""

    span: Span
    text: str
    fault: Fault


class Subnet(Struct, frozen=True, eq=False):
    """A range of addresses; `address` is what is written before the `/`."""

    value: IPv4Network | IPv6Network
    address: IPv4Address | IPv6Address
    text: str
    span: Span

    @property
    def is_exact(self) -> bool:
        """Whether the address before the `/` is the first of the range, as Docker wants it."""
        return self.address == self.value.network_address


def parse_subnet(text: Traced) -> Subnet | InvalidSubnet | None:
    """Read a subnet; None if it depends on a variable."""
    if not text.is_known:
        return None
    characters = text.text
    before, slash, length = characters.partition("/")
    address = address_of(before)
    if address is None:
        return InvalidSubnet(text.span, characters, Fault.ADDRESS)
    if not slash:
        return InvalidSubnet(text.span, characters, Fault.NO_LENGTH)
    is_number = length.isascii() and length.isdecimal() and str(int(length)) == length
    if not is_number or int(length) > address.max_prefixlen:
        return InvalidSubnet(text.span, characters, Fault.LENGTH)
    return Subnet(ip_network(characters, strict=False), address, characters, text.span)
