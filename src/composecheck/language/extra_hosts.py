"""Additional host names: `name=address`, `name:address`, or a mapping of names to addresses.

An item of a list is cut at its first `=`, or where it has none at its first `:`, so that an IPv6
address needs no brackets. (Facts: compose-go, `types/hostList.go`; the tests ask Docker Compose
v5.6.1 itself, which does not look at the addresses.)
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from msgspec import Struct

from composecheck.language.key_values import entries, key_of, read_printed
from composecheck.language.patterns import spelled
from composecheck.language.traced import Traced
from composecheck.language.values import read_value
from composecheck.yaml.nodes import Mapping, Scalar, Sequence, follow

if TYPE_CHECKING:
    from composecheck.language.values import TextOf
    from composecheck.source import Span
    from composecheck.yaml.nodes import Entry, Node


class Fault(Enum):
    """Why Compose refuses an additional host name."""

    NO_ADDRESS = "no address"
    """`somehost`: neither `=` nor `:`."""
    NO_NAME = "no name"
    """`=127.0.0.1`, `:127.0.0.1`."""
    SEPARATOR_IN_NAME = "separator in name"
    """`a:b=127.0.0.1`, or a key with `=` or `:` in it."""


class InvalidExtraHost(Struct, frozen=True):
    """An additional host name that Compose refuses.

    `span` and `text` are the characters at fault: the name, or all of it if the name or the address
    is missing.
    """

    span: Span
    text: str
    fault: Fault


class ExtraHost(Struct, frozen=True, eq=False):
    """A name and its addresses, without brackets. Any text may stand for an address."""

    name: Traced
    addresses: tuple[Traced, ...]
    span: Span


def read_extra_hosts(node: Node, text_of: TextOf) -> tuple[ExtraHost | InvalidExtraHost, ...]:
    """Read a list or a mapping of host names.

    An item in which it depends on a variable what is the name is left out, as is what is no text.
    """
    content = follow(node)
    if isinstance(content, Sequence):
        values = (read_value(item, text_of) for item in content.items)
        hosts = (parse_extra_host(value) for value in values if isinstance(value, Traced))
        return tuple(host for host in hosts if host is not None)
    if not isinstance(content, Mapping):
        return ()
    return tuple(_read_entry(entry, text_of) for entry in entries(content))


def parse_extra_host(text: Traced) -> ExtraHost | InvalidExtraHost | None:
    """Read an item of a list; None where it depends on a variable what is the name."""
    name, separator, addresses = text.partition("=")
    if not len(separator):
        # An unknown part before the `:` may hold a `=`, and so may one behind it.
        if not text.is_known:
            return None
        name, separator, addresses = text.partition(":")
    if not len(separator):
        return InvalidExtraHost(text.span, spelled(text), Fault.NO_ADDRESS)
    if not name.is_known:
        return None
    return _check(name, addresses.split(","), text)


def _read_entry(entry: Entry, text_of: TextOf) -> ExtraHost | InvalidExtraHost:
    value = follow(entry.value)
    nodes = value.items if isinstance(value, Sequence) else (entry.value,)
    scalars = (follow(node) for node in nodes)
    printed = (read_printed(scalar, text_of) for scalar in scalars if isinstance(scalar, Scalar))
    name = key_of(entry)
    host = _check(name, [text for text in printed if text is not None], name)
    return ExtraHost(name, host.addresses, entry.span) if isinstance(host, ExtraHost) else host


def _check(name: Traced, addresses: list[Traced], whole: Traced) -> ExtraHost | InvalidExtraHost:
    if not len(name):
        return InvalidExtraHost(whole.span, spelled(whole), Fault.NO_NAME)
    if ":" in name.shape or "=" in name.shape:
        return InvalidExtraHost(name.span, name.text, Fault.SEPARATOR_IN_NAME)
    return ExtraHost(name, tuple(_without_brackets(text) for text in addresses), whole.span)


def _without_brackets(address: Traced) -> Traced:
    if len(address) > 2 and address.startswith("[") and address.endswith("]"):
        return address[1:-1]
    return address
