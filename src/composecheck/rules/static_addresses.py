"""The addresses that a project gives to networks and containers: what is certain of them."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from msgspec import Struct

from composecheck.language.addresses import address_of
from composecheck.language.subnets import Subnet, parse_subnet
from composecheck.project.reading import child, entries_of, is_null, text_of, value_of
from composecheck.rules.activity import members
from composecheck.yaml.nodes import Scalar, Sequence

if TYPE_CHECKING:
    from ipaddress import IPv4Address, IPv6Address

    from composecheck.language.traced import Traced
    from composecheck.project.project import Project
    from composecheck.rules.activity import Member
    from composecheck.source import Source
    from composecheck.yaml.nodes import Node


class Fixed(Struct, frozen=True, eq=False):
    """An address that is written; `key` says what it is, such as `gateway`."""

    key: str
    value: IPv4Address | IPv6Address
    text: Traced


class Pool(Struct, frozen=True, eq=False):
    """An item of `ipam.config`. `addresses` are the gateway and the auxiliary ones.

    What depends on a variable, or is none, is None or left out; then it is not `is_certain`.
    `source` is where the subnet is written.
    """

    subnet: Subnet | None
    ip_range: Subnet | None
    source: Source
    addresses: tuple[Fixed, ...]
    is_certain: bool


class AddressedNetwork(Struct, frozen=True, eq=False):
    """A network that Compose creates with one of Docker's own drivers.

    `key` is its name in the project, as `name` is written.
    """

    key: str
    name: Node
    node: Node
    driver: str
    pools: tuple[Pool, ...]

    @property
    def is_certain(self) -> bool:
        """Whether all its subnets are known."""
        return all(pool.is_certain for pool in self.pools)


class Endpoint(Struct, frozen=True, eq=False):
    """An address that a container of `member` has in a network."""

    member: Member
    network: str
    fixed: Fixed


_DRIVERS = frozenset({"bridge", "macvlan", "ipvlan"})
"""Those of which it is known how they choose addresses, on one machine."""


@functools.lru_cache(maxsize=1)
def networks(project: Project) -> dict[str, AddressedNetwork]:
    """Return the networks of which it is known which addresses they have, by their keys.

    Left out are those that others make, and those with a driver that is not Docker's own or of
    which a variable decides.
    """
    found = {}
    section = child(project.root, "networks") if project.root is not None else None
    for key, entry in entries_of(section).items():
        node = entry.value
        entries = entries_of(node)
        driver = _driver(entries["driver"].value, project) if "driver" in entries else "bridge"
        ipam = entries["ipam"].value if "ipam" in entries else None
        scheme = child(ipam, "driver")
        is_own = scheme is None or text_of(scheme) == "default"
        external = value_of(child(node, "external"))
        if driver not in _DRIVERS or not is_own or external not in (None, False):
            continue
        config = child(ipam, "config")
        items = config.items if isinstance(config, Sequence) else ()
        found[key] = AddressedNetwork(
            key, entry.key, node, driver, tuple(_pool(item, project) for item in items)
        )
    return found


def _driver(node: Node, project: Project) -> str:
    if is_null(node):
        return "bridge"
    text = project.text(node) if isinstance(node, Scalar) else None
    return text.text or "bridge" if text is not None and text.is_known else ""


def _pool(item: Node, project: Project) -> Pool:
    texts: dict[str, Traced] = {}
    for key, entry in entries_of(item).items():
        if key in ("subnet", "ip_range", "gateway") and isinstance(entry.value, Scalar):
            texts[key] = project.text(entry.value)
    subnet = parse_subnet(texts["subnet"]) if "subnet" in texts else None
    ip_range = parse_subnet(texts["ip_range"]) if "ip_range" in texts else None
    others = entries_of(child(item, "aux_addresses"))
    addresses = [("gateway", texts["gateway"])] if "gateway" in texts else []
    addresses += [
        ("aux_addresses", project.text(entry.value))
        for entry in others.values()
        if isinstance(entry.value, Scalar)
    ]
    return Pool(
        subnet if isinstance(subnet, Subnet) else None,
        ip_range if isinstance(ip_range, Subnet) else None,
        texts["subnet"].source if "subnet" in texts else item.source,
        tuple(fixed for key, text in addresses if (fixed := _fixed(key, text)) is not None),
        isinstance(subnet, Subnet) and all(text.is_known for text in texts.values()),
    )


@functools.lru_cache(maxsize=1)
def endpoints(project: Project) -> tuple[Endpoint, ...]:
    """Return the addresses that services give to their containers, as far as they are known."""
    found = []
    for member in members(project):
        if "networks" not in member.entries:
            continue
        for name, entry in entries_of(member.child("networks")).items():
            settings = entries_of(entry.value)
            for key in ("ipv4_address", "ipv6_address"):
                node = settings[key].value if key in settings else None
                if not isinstance(node, Scalar) or text_of(node) is None:
                    continue
                fixed = _fixed(key, project.text(node))
                if fixed is not None and fixed.value.version == (4 if key[3] == "4" else 6):
                    found.append(Endpoint(member, name, fixed))
    return tuple(found)


def _fixed(key: str, text: Traced) -> Fixed | None:
    value = address_of(text.text) if text.is_known else None
    return None if value is None else Fixed(key, value, text)
