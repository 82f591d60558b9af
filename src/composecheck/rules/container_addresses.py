"""Rules on the addresses that services give to their containers in a network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Related, Severity
from composecheck.project.reading import entries_of
from composecheck.rule import Category, rule
from composecheck.rules.claimed_ports import meeting_profile
from composecheck.rules.definitions import is_whole
from composecheck.rules.marks import once, related
from composecheck.rules.places import find_at
from composecheck.rules.static_addresses import endpoints, networks
from composecheck.schema.words import join_or, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.finding import Finding
    from composecheck.project.project import Project
    from composecheck.rules.static_addresses import AddressedNetwork, Endpoint, Pool


@rule("address-outside-subnet", Severity.WARNING, Category.RUNTIME)
def address_outside_subnet(project: Project) -> Iterator[Finding]:
    """The address of a container does not belong to the subnet of its network.

    `docker compose config` does not look at it, but Docker does not create the container. Write an
    address of the subnet, or another subnet: in `172.20.0.0/16` all addresses begin with `172.20`,
    in `172.20.5.0/24` with `172.20.5`.

    Bad:

        services:
          db:
            image: example/db:17
            networks:
              back:
                ipv4_address: 172.21.0.5
        networks:
          back:
            ipam:
              config:
                - subnet: 172.20.0.0/16

    Good:

        services:
          db:
            image: example/db:17
            networks:
              back:
                ipv4_address: 172.20.0.5
        networks:
          back:
            ipam:
              config:
                - subnet: 172.20.0.0/16
    """
    # Hits in the corpus: none. The source: moby, `container_operations.go` ("no configured subnet
    # contains IP address").
    yield from once(_outside(project))


def _outside(project: Project) -> Iterator[Finding]:
    for endpoint in endpoints(project):
        network = networks(project).get(endpoint.network)
        address, text = endpoint.fixed.value, endpoint.fixed.text
        if network is None or not network.is_certain:
            continue
        pools = [pool for pool in network.pools if _version(pool) == address.version]
        if not pools or any(_has(pool, endpoint) for pool in pools):
            continue
        subnets = join_or(quoted(pool.subnet.text) for pool in pools if pool.subnet)
        yield find_at(
            project,
            "address-outside-subnet",
            Severity.WARNING,
            text.source,
            text.span,
            f"{quoted(text.text)} is no address of {subnets}, the subnet of the network"
            f" {quoted(network.key)}: Docker does not create the container of"
            f" {quoted(endpoint.member.name)}.",
            f"Write an address that belongs to {subnets}.",
            related=tuple(
                Related(pool.source, pool.subnet.span, "The subnet of the network.")
                for pool in pools
                if pool.subnet
            ),
        )


def _version(pool: Pool) -> int:
    return pool.subnet.value.version if pool.subnet is not None else 0


def _has(pool: Pool, endpoint: Endpoint) -> bool:
    return pool.subnet is not None and endpoint.fixed.value in pool.subnet.value


@rule("address-taken", Severity.WARNING, Category.RUNTIME)
def address_taken(project: Project) -> Iterator[Finding]:
    """The address of a container belongs to something else in its network already.

    Another service has it, or it is the gateway of the network, which is the first address unless
    `gateway` says otherwise, or the first or last address of the subnet, which are the network's
    own: in `172.20.0.0/24` these are `172.20.0.1`, `172.20.0.0` and `172.20.0.255`. Docker then
    says that the address is already in use, and does not start the container.

    Bad:

        services:
          web:
            image: nginx
            networks:
              back:
                ipv4_address: 172.20.0.5
          db:
            image: example/db:17
            networks:
              back:
                ipv4_address: 172.20.0.5
        networks:
          back:
            ipam:
              config:
                - subnet: 172.20.0.0/16

    Good:

        services:
          web:
            image: nginx
            networks:
              back:
                ipv4_address: 172.20.0.5
          db:
            image: example/db:17
            networks:
              back:
                ipv4_address: 172.20.0.6
        networks:
          back:
            ipam:
              config:
                - subnet: 172.20.0.0/16
    """
    # Hits in the corpus: one. The source: moby, `libnetwork/ipams/defaultipam` ("Address already in
    # use"); it asks for the gateway before all containers.
    yield from once(_taken(project))


def _taken(project: Project) -> Iterator[Finding]:
    first: dict[tuple[str, str], list[Endpoint]] = {}
    for endpoint in endpoints(project):
        fixed, member = endpoint.fixed, endpoint.member
        others = first.setdefault((endpoint.network, str(fixed.value)), [])
        other = next(
            (
                other
                for other in others
                if other.member is not member
                and meeting_profile(other.member, member, project) is not None
            ),
            None,
        )
        others.append(endpoint)
        network = networks(project).get(endpoint.network)
        places: tuple[Related, ...] = ()
        if other is not None:
            before = other.fixed.text
            owner = f"the service {quoted(other.member.name)}"
            if before.source is not fixed.text.source or before.span != fixed.text.span:
                places = (Related(before.source, before.span, "The address of the other one."),)
        else:
            owner = _owner(network, endpoint) if network is not None else ""
        if not owner:
            continue
        yield find_at(
            project,
            "address-taken",
            Severity.WARNING,
            fixed.text.source,
            fixed.text.span,
            f"In the network {quoted(endpoint.network)}, {quoted(fixed.text.text)} belongs to"
            f" {owner} already: Docker does not start the container of {quoted(member.name)}.",
            "Write another address of the subnet.",
            related=places,
        )


def _owner(network: AddressedNetwork, endpoint: Endpoint) -> str:
    """Return what has the address of a container in any case, or nothing."""
    address = endpoint.fixed.value
    pool = next((pool for pool in network.pools if _has(pool, endpoint)), None)
    if pool is None or pool.subnet is None or address.version != 4:
        return ""
    gateways = [fixed.value for fixed in pool.addresses if fixed.key == "gateway"]
    if address in gateways:
        return "the gateway"
    whole = pool.subnet.value
    if whole.prefixlen > _LONGEST:
        return ""
    if address in (whole.network_address, whole.broadcast_address):
        return "the network itself"
    # With `ip_range`, it is the first address of that. Of a bridge it is certain that it has one.
    is_plain = network.driver == "bridge" and "driver_opts" not in entries_of(network.node)
    has_first = is_plain and pool.is_certain and pool.ip_range is None and not gateways
    is_first = has_first and address == whole.network_address + 1
    return "the gateway" if is_first else ""


_LONGEST = 30
"""With more bits, a subnet has no addresses of its own."""


@rule("address-without-subnet", Severity.WARNING, Category.RUNTIME)
def address_without_subnet(project: Project) -> Iterator[Finding]:
    """A container has a fixed address in a network whose addresses nobody has fixed.

    Docker gives a network that does not say its `subnet` any that is free, so that nobody knows
    which addresses it will have. Docker says that an address can be given only in networks with a
    subnet of their own, and does not create the container; newer versions take it only if it
    happens to lie in the subnet they have chosen. Write a subnet for the network, under `ipam`; or
    leave the address out: containers of a network find each other by the names of their services.

    Bad:

        services:
          db:
            image: example/db:17
            networks:
              back:
                ipv4_address: 172.20.0.5
        networks:
          back:

    Good:

        services:
          db:
            image: example/db:17
            networks:
              back:
                ipv4_address: 172.20.0.5
        networks:
          back:
            ipam:
              config:
                - subnet: 172.20.0.0/16
    """
    # Hits in the corpus: none. The source: moby up to 28, `api/types/network/endpoint.go` ("user
    # specified IP address is supported only when connecting to networks with user configured
    # subnets"); since 29 any subnet will do (`daemon/container_operations.go`).
    yield from once(_without_subnet(project))


def _without_subnet(project: Project) -> Iterator[Finding]:
    for endpoint in endpoints(project):
        network = networks(project).get(endpoint.network)
        if network is None or not network.is_certain or not is_whole(project):
            continue
        text, version = endpoint.fixed.text, endpoint.fixed.value.version
        if any(_version(pool) == version for pool in network.pools) or _is_named(network, project):
            continue
        lacking = f"no subnet of IPv{version}" if network.pools else 'no "subnet"'
        example = "172.20.0.0/16" if version == 4 else "fd00:20::/64"
        yield find_at(
            project,
            "address-without-subnet",
            Severity.WARNING,
            text.source,
            text.span,
            f"The network {quoted(network.key)} has {lacking}, so that nobody knows which addresses"
            f" it will have: Docker does not take {quoted(text.text)}, and does not create the"
            f" container of {quoted(endpoint.member.name)}.",
            f'Write one under "ipam" of the network, as in "config: [{{subnet: {example}}}]", or'
            " leave the address out.",
            related=_place_of(network),
        )


def _place_of(network: AddressedNetwork) -> tuple[Related, ...]:
    # What Compose adds stands at all of the file.
    is_written = network.name.span != network.node.span
    return (related(network.name, "The network."),) if is_written else ()


def _is_named(network: AddressedNetwork, project: Project) -> bool:
    """Whether it is written what the network is called: then it may be there before Compose."""
    name = entries_of(network.node).get("name")
    return name is not None and name.value not in project.implied


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (
    address_outside_subnet,
    address_taken,
    address_without_subnet,
)
