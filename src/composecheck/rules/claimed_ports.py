"""The ports of this machine that services claim, and which services run at the same time."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from msgspec import Struct

from composecheck.language.long_ports import read_port
from composecheck.language.namespaces import Owner, parse_namespace
from composecheck.language.ports import PortMapping, PortRange
from composecheck.language.traced import Traced
from composecheck.project.reading import child, text_of
from composecheck.rules.activity import has_fixed_profiles, is_on, members, off_profiles
from composecheck.rules.scales import integer_of
from composecheck.yaml.nodes import Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterator
    from ipaddress import IPv4Address, IPv6Address

    from composecheck.language.namespaces import Namespace
    from composecheck.project.project import Project
    from composecheck.rules.activity import Member
    from composecheck.source import Source, Span
    from composecheck.yaml.nodes import Node


class PublishedPort(Struct, frozen=True, eq=False):
    """An item of `ports`, as it is written, and the service it belongs to."""

    member: Member
    source: Source
    mapping: PortMapping


class Claim(Struct, frozen=True, eq=False):
    """Ports of this machine, `first` to `last`, that a container of `member` takes.

    Of a `choice`, Docker takes one that is free. `address` is None for all addresses. `span` are
    the characters of the published port in `source`.
    """

    member: Member
    first: int
    last: int
    is_choice: bool
    target: PortRange
    address: IPv4Address | IPv6Address | None
    protocol: str
    source: Source
    span: Span

    def meets(self, other: Claim) -> bool:
        """Whether both want the same port of the same address."""
        return (
            self.protocol == other.protocol
            and self.first <= other.last
            and other.first <= self.last
            and _overlap(self.address, other.address)
        )


def _overlap(
    one: IPv4Address | IPv6Address | None, other: IPv4Address | IPv6Address | None
) -> bool:
    if one is None or other is None:
        # Whether all addresses are those of IPv6 too, the settings of the machine decide.
        return all(address is None or address.version == 4 for address in (one, other))
    return one == other or (
        one.version == other.version and (one.is_unspecified or other.is_unspecified)
    )


# Three rules ask for them.
@functools.lru_cache(maxsize=1)
def published_ports(project: Project) -> tuple[PublishedPort, ...]:
    """Return the ports of all services that can be read, those of services that are on first."""
    return tuple(port for member in members(project) for port in _ports_of(member, project))


def _ports_of(member: Member, project: Project) -> Iterator[PublishedPort]:
    ports = member.child("ports")
    known = set()
    for item in ports.items if isinstance(ports, Sequence) else ():
        # Of a range, each port has become an item of its own.
        written: Node = project.written.get(item, item)
        place = (id(written.source), written.start)
        if place in known:
            continue
        known.add(place)
        mapping = read_port(written, project.text)
        if isinstance(mapping, PortMapping):
            yield PublishedPort(member, written.source, mapping)


@functools.lru_cache(maxsize=1)
def claims(project: Project) -> tuple[Claim, ...]:
    """Return what is certain to be claimed, in the same order.

    Services that have no network of their own claim nothing; nor do those of which a variable
    decides whether they have a container at all.
    """
    return tuple(
        claim
        for port in published_ports(project)
        if (claim := _claim(port)) is not None
        and has_own_network(port.member, project)
        and count_of(port.member, project)
    )


def _claim(port: PublishedPort) -> Claim | None:
    mapping = port.mapping
    target, published, address = mapping.target, mapping.published, mapping.host_address
    protocol = mapping.protocol
    if not isinstance(target, PortRange) or not isinstance(published, PortRange):
        return None
    if not mapping.is_certain or published.first == 0 or _is_on_one_machine_of_many(port):
        return None
    if isinstance(address, Traced) or isinstance(protocol, Traced):
        return None
    return Claim(
        port.member,
        published.first,
        published.last,
        target.count == 1 and published.count > 1,
        target,
        address.value if address is not None else None,
        protocol.name.lower() if protocol is not None else "tcp",
        port.source,
        published.span,
    )


def _is_on_one_machine_of_many(port: PublishedPort) -> bool:
    """Whether the port belongs to a machine of a swarm, and the service goes to some of them."""
    mode = port.mapping.mode
    placement = port.member.child("deploy", "placement")
    return mode is not None and mode.equals("host") and placement is not None


def network_of(member: Member, project: Project) -> Namespace | None:
    """Return what `network_mode` says; None if nothing does."""
    node = member.child("network_mode")
    if not isinstance(node, Scalar) or text_of(node) is None:
        return None
    return parse_namespace(project.text(node))


def has_own_network(member: Member, project: Project) -> bool:
    """Whether a container of the service certainly has a network with ports that are published."""
    network = network_of(member, project)
    if network is None:
        return True
    shared = network.name.is_known and network.name.text in ("host", "none")
    return network.owner is Owner.NAMED and network.name.is_known and not shared


def scale_of(member: Member) -> Node | None:
    """Return the value that says how many containers a service has."""
    scale = member.child("scale")
    return member.child("deploy", "replicas") if scale is None else scale


def count_of(member: Member, project: Project) -> int | None:
    """Return how many containers a service has; None if a variable decides it."""
    scale = scale_of(member)
    return 1 if scale is None else integer_of(scale, project)


def meeting_profile(one: Member, other: Member, project: Project) -> str | None:
    """Return the profile with which both services are on; empty if they are anyway.

    None if no single profile is enough, or one of them ends before the other begins.
    """
    if _awaits_end(one, other) or _awaits_end(other, one):
        return None
    profiles = () if has_fixed_profiles(project) else off_profiles(project)
    for profile in ("", *profiles):
        if all(is_on(project, each.name, each.node, profile) for each in (one, other)):
            return str(profile)
    return None


def _awaits_end(member: Member, other: Member) -> bool:
    condition = child(member.child("depends_on"), other.name, "condition")
    return condition is not None and text_of(condition) == "service_completed_successfully"
