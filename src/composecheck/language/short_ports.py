"""The short form of a published port: `127.0.0.1:8080:80/tcp`.

Where a part is unknown, an error is one whatever that part holds: it may hold anything, also
colons, which would move what stands before it further into the address.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from composecheck.expressions import expression
from composecheck.language.addresses import (
    Address,
    InvalidAddress,
    address_of,
    may_go_on,
    parse_address,
)
from composecheck.language.addresses import Fault as AddressFault
from composecheck.language.patterns import DIGITS, Pattern, spelled
from composecheck.language.ports import (
    LARGEST_PORT,
    Fault,
    InvalidPort,
    PortMapping,
    PortRange,
    Protocol,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composecheck.language.traced import Traced

# More than these parts can have: enough to see that a text with an unknown part can be none.
_IN_ADDRESS_OR_PORT = DIGITS + "abcdefABCDEF:.[]+-"
_ADDRESS_OR_PORT = Pattern({"": ((_IN_ADDRESS_OR_PORT, ""),)}, frozenset([""]))
_ANYTHING = Pattern({"": ((_IN_ADDRESS_OR_PORT + "/tcpudsTCPUDS", ""),)}, frozenset([""]))

_NUMBER = expression(r"[+-]?[0-9]+")
_NEARLY = (
    (re.compile(r"\s*[0-9]+\s*(?:-\s*[0-9]+\s*)?"), Fault.BLANKS),
    (re.compile(r"-[0-9]+"), Fault.OUT_OF_RANGE),
    (re.compile(r"[0-9]+-"), Fault.OPEN_RANGE),
)
_PROTOCOLS = ("tcp", "udp", "sctp")


def parse_port(text: Traced) -> PortMapping | InvalidPort:
    """Read a port in its short form."""
    if text.equals(""):
        return InvalidPort(text.span, "", Fault.EMPTY)
    parts = _Parts(text)
    first = next(parts.faults(), None)
    if first is not None:
        return parts.address_without_port() or first
    published = parts.published
    return PortMapping(
        text.span,
        is_long=False,
        is_certain=parts.has_address,
        target=parts.target if isinstance(parts.target, PortRange) else parts.target_text,
        published=parts.published_text if isinstance(published, InvalidPort) else published,
        host_address=parts.address_text
        if isinstance(parts.address, InvalidAddress)
        else parts.address,
        protocol=None if isinstance(parts.protocol, InvalidPort) else parts.protocol,
    )


class _Parts:
    """The parts of a port, each read for itself.

    What is no target, published port or address is wrong only if it is certain to be that part:
    `has_target` and `has_address` say so.
    """

    def __init__(self, text: Traced) -> None:
        self.text = text
        self.before, _, container = text.rpartition(":")
        address, second_colon, self.published_text = self.before.rpartition(":")
        self.address_text = address if len(second_colon) else None
        self.target_text, slash, protocol = container.partition("/")
        # Only the last part can have a slash; what stands before one is known not to be cut.
        self.has_target = container.is_known or (bool(len(slash)) and self.target_text.is_known)
        # An address that no colon can lengthen ends where it seems to.
        self.has_address = (self.has_target and self.published_text.is_known) or (
            self.address_text is not None
            and self.address_text.is_known
            and not may_go_on(self.address_text.text)
        )

        self.protocol = parse_protocol(protocol)
        self.address = _read_address(self.address_text) if self.address_text is not None else None
        self.target = parse_range(self.target_text)
        self.published = parse_range(self.published_text) if len(self.published_text) else None

    def faults(self) -> Iterator[InvalidPort]:
        """Yield what makes Compose refuse the port in every environment."""
        target, published = self.target, self.published
        if self.has_target and not len(self.target_text):
            yield _invalid(self.text, Fault.NO_TARGET)
        if isinstance(self.protocol, InvalidPort):
            yield self.protocol
        if isinstance(self.address, InvalidAddress) and self.has_address:
            yield InvalidPort(
                self.address.span, self.address.text, Fault.ADDRESS, address=self.address
            )
        if self.has_target:
            if isinstance(target, InvalidPort):
                yield target
            elif isinstance(target, PortRange) and target.first == 0:
                yield _invalid(self.target_text, Fault.TARGET_ZERO)
        elif _ANYTHING.misfit(self.target_text) is not None:
            yield _no_range(self.target_text)
        if self.has_target or self.has_address:
            if isinstance(published, InvalidPort):
                yield published
            elif (
                isinstance(published, PortRange)
                and isinstance(target, PortRange)
                and target.count not in (1, published.count)
            ):
                yield _invalid(self.text, Fault.UNEQUAL_RANGES)
        if self.before.is_known and self.has_address:
            return
        if _ADDRESS_OR_PORT.misfit(self.published_text) is not None:
            yield _no_range(self.published_text)
        if self.address_text is not None and _ADDRESS_OR_PORT.misfit(self.address_text) is not None:
            wrong = InvalidAddress(
                self.address_text.span, spelled(self.address_text), AddressFault.NO_ADDRESS
            )
            yield InvalidPort(wrong.span, wrong.text, Fault.ADDRESS, address=wrong)

    def address_without_port(self) -> InvalidPort | None:
        """Return the fault that explains the others: an address before the target alone."""
        if not self.before.is_known or not isinstance(self.target, PortRange):
            return None
        address = _without_brackets(self.before).text
        if address != "localhost" and address_of(address) is None:
            return None
        return _invalid(self.before, Fault.ADDRESS_WITHOUT_PORT)


def parse_protocol(text: Traced) -> Protocol | Traced | InvalidPort | None:
    """Read what stands behind the slash: nothing, a protocol, or a text with an unknown part."""
    if not len(text):
        return None
    if not text.is_known:
        return text
    name = text.text.lower()
    if name in _PROTOCOLS:
        return Protocol(name, text.span)
    return _invalid(text, Fault.BLANKS if name.strip() in _PROTOCOLS else Fault.PROTOCOL)


def _read_address(text: Traced) -> Address | Traced | InvalidAddress | None:
    """Read what stands before the published port; brackets with nothing in them are nothing."""
    bare = _without_brackets(text)
    if not len(bare):
        return None
    if not bare.is_known and set("[]") & set(bare.shape):
        return bare  # the unknown part may hold the other bracket
    return parse_address(bare) or bare


def _without_brackets(text: Traced) -> Traced:
    inner = text[1:-1]
    if text.startswith("[") and text.endswith("]") and not set("[]") & set(inner.shape):
        return inner
    return text


def parse_range(text: Traced) -> PortRange | Traced | InvalidPort:
    """Read a port or a range of ports; a text with an unknown part stays as it is."""
    if not text.is_known:
        return text
    characters = text.text
    begin, dash, end = characters.partition("-")
    if not _NUMBER.fullmatch(begin) or (dash and not _NUMBER.fullmatch(end)):
        return _no_range(text)
    first = _number(begin)
    last = _number(end) if dash else first
    if not (0 <= first <= LARGEST_PORT and 0 <= last <= LARGEST_PORT):
        return _invalid(text, Fault.OUT_OF_RANGE)
    if last < first:
        return _invalid(text, Fault.REVERSED_RANGE)
    return PortRange(first, last, characters, text.span)


def _number(text: str) -> int:
    """Return the number; one with many digits is only known to be too large."""
    digits = text.lstrip("+-").lstrip("0")[:10]
    return int("-" + (digits or "0")) if text.startswith("-") else int(digits or "0")


def _no_range(text: Traced) -> InvalidPort:
    """Say why `text` is no port and no range, at the characters that are wrong."""
    if text.is_known:
        for pattern, fault in _NEARLY:
            if pattern.fullmatch(text.text):
                return _invalid(text, fault)
    number, slash, _ = text.partition("/")
    if len(slash) and isinstance(parse_range(number), PortRange):
        return _invalid(text, Fault.MISPLACED_PROTOCOL)
    return _invalid(text, Fault.NO_NUMBER)


def _invalid(text: Traced, fault: Fault) -> InvalidPort:
    return InvalidPort(text.span, spelled(text), fault)
