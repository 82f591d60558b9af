"""Rules on addresses that do not fit together: of networks, and of containers in them."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from composecheck.finding import Related, Severity
from composecheck.project.reading import child, value_of
from composecheck.rule import Category, rule
from composecheck.rules.activity import members
from composecheck.rules.claimed_ports import meeting_profile
from composecheck.rules.marks import once
from composecheck.rules.places import find_at
from composecheck.rules.static_addresses import networks
from composecheck.rules.uses import attached_networks
from composecheck.schema.words import quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from ipaddress import IPv4Network, IPv6Network

    from composecheck.finding import Finding
    from composecheck.project.project import Project
    from composecheck.rules.activity import Member
    from composecheck.rules.static_addresses import AddressedNetwork, Pool
    from composecheck.source import Source, Span


@rule("subnet-overlap", Severity.WARNING, Category.RUNTIME)
def subnet_overlap(project: Project) -> Iterator[Finding]:
    """Two networks of a project have addresses in common.

    An address of this machine's networks belongs to one of them only. Compose creates the one that
    comes first; of the other, Docker says that its pool overlaps with another one. Give it another
    subnet. Where no address has to be fixed, leave `ipam` out: Docker then finds a free subnet.

    Bad:

        services:
          web:
            image: nginx
            networks:
              - front
              - back
        networks:
          front:
            ipam:
              config:
                - subnet: 172.20.0.0/16
          back:
            ipam:
              config:
                - subnet: 172.20.1.0/24

    Good:

        services:
          web:
            image: nginx
            networks:
              - front
              - back
        networks:
          front:
            ipam:
              config:
                - subnet: 172.20.0.0/16
          back:
            ipam:
              config:
                - subnet: 172.21.1.0/24
    """
    # Hits in the corpus: none. The source: moby, `libnetwork/ipamapi/contract.go` ("Pool overlaps
    # with other one on this address space").
    yield from once(_overlaps(project))


def _overlaps(project: Project) -> Iterator[Finding]:
    pools = [
        (network, pool)
        for network in networks(project).values()
        for pool in network.pools
        # Those of IPv6 count only where it is on.
        if pool.subnet is not None and pool.subnet.value.version == 4
    ]
    for number, (network, pool) in enumerate(pools):
        for other, before in pools[:number]:
            if not _share(pool, before):
                continue
            if network is not other and not _come_together(project, network, other):
                continue
            assert pool.subnet is not None
            assert before.subnet is not None
            which = "this network" if other is network else f"the network {quoted(other.key)}"
            yield find_at(
                project,
                "subnet-overlap",
                Severity.WARNING,
                pool.source,
                pool.subnet.span,
                f"Addresses of {quoted(pool.subnet.text)} belong to {which} already, by"
                f" {quoted(before.subnet.text)}: Docker does not create {quoted(network.key)}.",
                'Write a subnet that is free, or remove "ipam": Docker then finds one.',
                related=(
                    Related(before.source, before.subnet.span, "The subnet that comes first."),
                ),
            )
            break


def _share(one: Pool, other: Pool) -> bool:
    """Whether two subnets of IPv4 have addresses in common, and are not the same characters."""
    assert one.subnet is not None
    assert other.subnet is not None
    is_same = one.source is other.source and one.subnet.span == other.subnet.span
    return not is_same and one.subnet.value.overlaps(other.subnet.value)


def _come_together(project: Project, one: AddressedNetwork, other: AddressedNetwork) -> bool:
    """Whether Compose creates both: services that run at the same time are in them."""
    users = _users(project)
    return any(
        first is second or meeting_profile(first, second, project) is not None
        for first in users.get(one.key, ())
        for second in users.get(other.key, ())
    )


@functools.lru_cache(maxsize=1)
def _users(project: Project) -> dict[str, list[Member]]:
    """Return the services that are in each network."""
    users: dict[str, list[Member]] = {}
    for member in members(project):
        for use in attached_networks(member, project):
            users.setdefault(use.name.text, []).append(member)
    return users


@rule("network-range-outside", Severity.WARNING, Category.RUNTIME)
def network_range_outside(project: Project) -> Iterator[Finding]:
    """A gateway, a range or an auxiliary address that does not lie in the subnet of its network.

    `gateway`, `ip_range` and `aux_addresses` belong to the subnet that stands beside them.
    `docker compose config` does not look at it, but Docker does not create the network. In
    `172.20.0.0/16` all addresses begin with `172.20`, in `172.20.5.0/24` with `172.20.5`.

    Bad:

        services:
          web:
            image: nginx
            networks:
              - front
        networks:
          front:
            ipam:
              config:
                - subnet: 172.20.0.0/16
                  gateway: 172.21.0.1

    Good:

        services:
          web:
            image: nginx
            networks:
              - front
        networks:
          front:
            ipam:
              config:
                - subnet: 172.20.0.0/16
                  gateway: 172.20.0.1
    """
    # Hits in the corpus: none. The source: moby 25 and later, `api/types/network/ipam.go` ("parent
    # subnet … doesn't contain this address", "parent subnet … doesn't contain ip-range").
    yield from once(_ranges(project))


def _ranges(project: Project) -> Iterator[Finding]:
    for network in networks(project).values():
        for pool in network.pools:
            subnet = pool.subnet
            if subnet is None or (subnet.value.version == 6 and not _has_ipv6(network)):
                continue
            for key, text, source, span in _outside(pool):
                yield find_at(
                    project,
                    "network-range-outside",
                    Severity.WARNING,
                    source,
                    span,
                    f"{quoted(text)} does not lie in {quoted(subnet.text)}, the subnet here: Docker"
                    f" does not create the network {quoted(network.key)}.",
                    f"Write a value for {quoted(key)} that lies in it.",
                    related=(Related(pool.source, subnet.span, "The subnet."),),
                )


def _outside(pool: Pool) -> Iterator[tuple[str, str, Source, Span]]:
    """Yield the key, the text and the place of what does not lie in the subnet of `pool`."""
    assert pool.subnet is not None
    whole = pool.subnet.value
    for fixed in pool.addresses:
        if fixed.value.version != whole.version or fixed.value not in whole:
            yield fixed.key, fixed.text.text, fixed.text.source, fixed.text.span
    part = pool.ip_range
    if part is None:
        return
    if part.value.version != whole.version or not _lies_in(part.value, whole):
        yield "ip_range", part.text, pool.source, part.span


def _lies_in(part: IPv4Network | IPv6Network, whole: IPv4Network | IPv6Network) -> bool:
    return part.overlaps(whole) and part.prefixlen >= whole.prefixlen


def _has_ipv6(network: AddressedNetwork) -> bool:
    return value_of(child(network.node, "enable_ipv6")) is True


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (subnet_overlap, network_range_outside)
