"""Addresses that services give to their containers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composecheck.rules.container_addresses import (
    address_outside_subnet,
    address_taken,
    address_without_subnet,
)
from tests.rules.accepted import find, model

if TYPE_CHECKING:
    from pathlib import Path


def project(*addresses: str, network: str, more: str = "") -> str:
    """Return services `s0`, `s1` and so on, each with an address in the network `lan`."""
    services = "".join(
        f"  s{number}: {{image: x, networks: {{lan: {{{key_of(address)}: '{address}'}}}}{more}}}\n"
        for number, address in enumerate(addresses)
    )
    return f"services:\n{services}networks:\n  lan: {network}\n"


def key_of(address: str) -> str:
    return "ipv6_address" if ":" in address else "ipv4_address"


LAN = "{ipam: {config: [{subnet: 172.20.0.0/24}]}}"
WITH_GATEWAY = "{ipam: {config: [{subnet: 172.20.0.0/24, gateway: 172.20.0.254}]}}"
TWO = "{enable_ipv6: true, ipam: {config: [{subnet: 172.20.0.0/24}, {subnet: 'fd00::/64'}]}}"
OWN = "{ipam: {driver: own, config: [{subnet: 172.20.0.0/24}]}}"


@pytest.mark.parametrize(
    ("address", "network"),
    [("172.21.0.5", LAN), ("172.20.1.5", LAN), ("172.21.0.5", TWO), ("fd01::5", TWO)],
)
def test_an_address_outside(address: str, network: str, tmp_path: Path) -> None:
    text = project(address, network=network)
    (finding,) = find(address_outside_subnet, text, address)
    assert finding.related
    model(text, tmp_path)


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("172.20.0.5", LAN),
        ("$A.5", LAN),
        ("fd00::5", TWO),
        ("172.21.0.5", "{external: true}"),
        ("172.21.0.5", "{ipam: {config: [{subnet: $S}]}}"),
        ("172.21.0.5", "{ipam: {config: [{subnet: 172.20.0.0/24}, {subnet: $S}]}}"),
        ("172.21.0.5", OWN),
        ("172.21.0.5", "{driver: nat, ipam: {config: [{subnet: 172.20.0.0/24}]}}"),
        ("172.21.0.5", ""),
    ],
)
def test_an_address_inside_or_unknown(address: str, network: str) -> None:
    assert find(address_outside_subnet, project(address, network=network)) == []


@pytest.mark.parametrize(
    ("addresses", "network", "owner"),
    [
        (("172.20.0.5", "172.20.0.5"), LAN, 'the service "s0"'),
        (("fd00::5", "fd00:0::5"), TWO, 'the service "s0"'),
        (("172.20.0.1",), LAN, "the gateway"),
        (("172.20.0.254",), WITH_GATEWAY, "the gateway"),
        (("172.20.0.0",), LAN, "the network itself"),
        (("172.20.0.255",), LAN, "the network itself"),
    ],
)
def test_an_address_that_is_taken(addresses: tuple[str, ...], network: str, owner: str) -> None:
    (finding,) = find(address_taken, project(*addresses, network=network), addresses[-1])
    assert owner in finding.message
    assert len(finding.related) == (1 if len(addresses) > 1 else 0)


def test_an_address_that_is_shared_by_way_of_an_anchor() -> None:
    text = """
        services:
          a: &a
            image: x
            networks: {lan: {ipv4_address: 172.20.0.5}}
          b: *a
        networks: {lan: {ipam: {config: [{subnet: 172.20.0.0/24}]}}}
        """
    (finding,) = find(address_taken, text, "172.20.0.5")
    assert finding.related == ()


@pytest.mark.parametrize(
    "text",
    [
        project("172.20.0.5", "172.20.0.6", network=LAN),
        project("172.20.0.1", network=WITH_GATEWAY),
        project("172.20.0.1", network="{ipam: {config: [{subnet: 172.20.0.0/24, gateway: $G}]}}"),
        project(
            "172.20.0.1",
            network="{ipam: {config: [{subnet: 172.20.0.0/24, ip_range: 172.20.0.128/25}]}}",
        ),
        project(
            "172.20.0.1",
            network="{driver: macvlan, ipam: {config: [{subnet: 172.20.0.0/24}]}}",
        ),
        project(
            "172.20.0.1",
            network="{driver_opts: {x: y}, ipam: {config: [{subnet: 172.20.0.0/24}]}}",
        ),
        project("172.20.0.0", network="{ipam: {config: [{subnet: 172.20.0.0/31}]}}"),
        project("172.20.0.5", network=LAN)
        + "  other: {ipam: {config: [{subnet: 172.21.0.0/24}]}}\n",
        project("172.20.0.5", network=LAN, more=", profiles: [p]").replace(
            "networks:\n  lan",
            "  o: {image: x, profiles: [q], networks: {lan: {ipv4_address: 172.20.0.5}}}\n"
            "networks:\n  lan",
        ),
    ],
)
def test_addresses_that_are_free(text: str) -> None:
    assert find(address_taken, text) == []


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("172.20.0.5", ""),
        ("172.20.0.5", "{driver: bridge}"),
        ("172.20.0.5", "{ipam: {driver: default}}"),
        ("fd00::5", LAN),
    ],
)
def test_a_network_without_a_subnet(address: str, network: str, tmp_path: Path) -> None:
    text = project(address, network=network)
    find(address_without_subnet, text, address)
    model(text, tmp_path)


def test_the_network_that_compose_adds() -> None:
    text = "services: {a: {image: x, networks: {default: {ipv4_address: 172.20.0.5}}}}\n"
    (finding,) = find(address_without_subnet, text, "172.20.0.5")
    assert finding.related == ()


@pytest.mark.parametrize(
    "text",
    [
        project("172.20.0.5", network=LAN),
        project("172.21.0.5", network=LAN),
        project("$A", network=""),
        project("172.20.0.5", network="{external: true}"),
        project("172.20.0.5", network="{name: made-by-hand}"),
        project("172.20.0.5", network="{driver: $D}"),
        project("172.20.0.5", network="{ipam: {config: [{subnet: $S}]}}"),
        project("172.20.0.5", network="") + "include: [$FILE]\n",
    ],
)
def test_networks_with_subnets_or_made_by_others(text: str) -> None:
    assert find(address_without_subnet, text) == []


def test_another_file_may_have_the_subnet() -> None:
    text = project("172.20.0.5", network="")
    assert find(address_without_subnet, text, name="compose.override.yaml") == []
