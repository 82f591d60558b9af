"""IP addresses, as Compose takes them where a port is published.

(Facts: Go's `net.ParseIP`, which the tests ask through Docker Compose v5.6.1.) Elsewhere Compose
does not look at addresses: a container's own, those of `extra_hosts`, networks and gateways.
"""

from __future__ import annotations

from enum import Enum
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import TYPE_CHECKING

from msgspec import Struct

from composecheck.expressions import expression
from composecheck.language.patterns import DIGITS, Pattern, spelled

if TYPE_CHECKING:
    from composecheck.language.traced import Traced
    from composecheck.source import Span


class Fault(Enum):
    """Why a text is no IP address."""

    EMPTY = "empty"
    """There is no text."""
    BLANKS = "blanks"
    """Right but for the blanks around it."""
    BRACKETS = "brackets"
    """Right but for the brackets: `[::1]` where none belong, or one of the two is missing."""
    ZONE = "zone"
    """`fe80::1%eth0`: right, but it names a network interface."""
    LEADING_ZERO = "leading zero"
    """`127.000.0.1`: right but for zeros before a number."""
    NO_ADDRESS = "no address"
    """`localhost`, `*`, `127.0.0`, `300.0.0.1`."""


class InvalidAddress(Struct, frozen=True):
    """A text that is no IP address; `span` and `text` are all of it.

    Of an unknown part, `text` has what is written in the file.
    """

    span: Span
    text: str
    fault: Fault


class Address(Struct, frozen=True):
    """An IP address; `text` is how it is written, which Compose keeps."""

    value: IPv4Address | IPv6Address
    text: str
    span: Span


# More than an address can have: enough to see that a text with an unknown part can be none.
_ADDRESS = Pattern({"": ((DIGITS + "abcdefABCDEF:.", ""),)}, frozenset([""]))
_BEGINNING = expression(r"\[?[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4})*")
_ZERO = expression(r"\b0+(?=[0-9])")


def parse_address(text: Traced) -> Address | InvalidAddress | None:
    """Read an address without brackets around it; None if it depends on a variable."""
    if not text.is_known:
        if _ADDRESS.misfit(text) is None:
            return None
        return InvalidAddress(text.span, spelled(text), Fault.NO_ADDRESS)
    characters = text.text
    value = address_of(characters)
    if value is None:
        return InvalidAddress(text.span, characters, _fault(characters))
    return Address(value, characters, text.span)


def address_of(text: str) -> IPv4Address | IPv6Address | None:
    """Return the address that `text` is, or None."""
    if "%" in text:
        return None
    try:
        return ip_address(text)
    except ValueError:
        return None


def may_go_on(text: str) -> bool:
    """Whether an address, perhaps in brackets, can begin with `text` and a colon behind it."""
    return _BEGINNING.fullmatch(text) is not None


def _fault(text: str) -> Fault:
    bare = text.strip()
    if not bare:
        return Fault.BLANKS if text else Fault.EMPTY
    if bare != text:
        return Fault.BLANKS if address_of(bare) else Fault.NO_ADDRESS
    if address_of(text.strip("[]")):
        return Fault.BRACKETS
    if address_of(text.partition("%")[0]):
        return Fault.ZONE
    if "." in text and address_of(_ZERO.sub("", text)):
        return Fault.LEADING_ZERO
    return Fault.NO_ADDRESS
