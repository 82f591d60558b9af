"""Subnets that overlap, and what lies outside of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composecheck.rules.network_ranges import network_range_outside, subnet_overlap
from tests.rules.accepted import find, model

if TYPE_CHECKING:
    from pathlib import Path


def two(one: str, other: str, *, more: str = "", services: str = "") -> str:
    """Return a project with networks `a` and `b`, which a service is in unless others are given."""
    services = services or "  x: {image: x, networks: [a, b]}\n"
    return (
        f"services:\n{services}networks:\n"
        f"  a: {{ipam: {{config: [{{subnet: '{one}'}}]}}}}\n"
        f"  b: {{ipam: {{config: [{{subnet: '{other}'}}]}}{more}}}\n"
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("172.20.0.0/16", "172.20.0.0/16"),
        ("172.20.0.0/16", "172.20.5.0/24"),
        ("172.20.5.0/24", "172.20.0.0/16"),
    ],
)
def test_addresses_that_two_networks_have(one: str, other: str, tmp_path: Path) -> None:
    text = two(one, other)
    (finding,) = find(subnet_overlap, text, other)
    assert '"a"' in finding.message
    assert len(finding.related) == 1
    model(text, tmp_path)


def test_two_subnets_of_one_network() -> None:
    text = """
        services:
          x: {image: x, networks: [a]}
        networks:
          a:
            ipam:
              config: [{subnet: 10.0.0.0/8}, {subnet: 10.1.0.0/16}]
        """
    (finding,) = find(subnet_overlap, text, "10.1.0.0/16")
    assert "this network" in finding.message


APART = (
    "  x: {image: x, networks: [a], profiles: [p]}\n  y: {image: x, networks: [b], profiles: [q]}\n"
)


@pytest.mark.parametrize(
    "text",
    [
        two("172.20.0.0/16", "172.21.0.0/16"),
        two("172.20.0.0/24", "172.20.1.0/24"),
        two("172.20.0.0/16", "$SUBNET"),
        two("172.20.0.0/16", "172.20.$N.0/24"),
        two("172.20.0.0/16", "172.20.0.0/16", more=", external: true"),
        two("172.20.0.0/16", "172.20.0.0/16", more=", external: $E"),
        two("172.20.0.0/16", "172.20.0.0/16", more=", driver: overlay"),
        two("172.20.0.0/16", "172.20.0.0/16", more=", driver: $D"),
        two("172.20.0.0/16", "fd00::/64"),
        two("172.20.0.0/16", "172.20.0.0/16", services=APART),
        two("172.20.0.0/16", "172.20.0.0/16", services="  x: {image: x, networks: [a]}\n"),
    ],
)
def test_networks_that_do_not_meet(text: str) -> None:
    assert find(subnet_overlap, text) == []


def one(config: str, *, more: str = "") -> str:
    return (
        "services: {x: {image: x, networks: [a]}}\n"
        f"networks: {{a: {{ipam: {{config: [{{{config}}}]}}{more}}}}}\n"
    )


@pytest.mark.parametrize(
    ("config", "wrong"),
    [
        ("subnet: 10.1.0.0/16, gateway: 10.2.0.1", ["10.2.0.1"]),
        ("subnet: 10.1.0.0/16, gateway: 'fd00::1'", ["fd00::1"]),
        ("subnet: 10.1.0.0/16, ip_range: 10.2.0.0/24", ["10.2.0.0/24"]),
        ("subnet: 10.1.0.0/16, ip_range: 10.0.0.0/8", ["10.0.0.0/8"]),
        ("subnet: 10.1.0.0/16, ip_range: 'fd00::/64'", ["fd00::/64"]),
        ("subnet: 10.1.0.0/16, aux_addresses: {h: 10.2.0.1, i: 10.1.0.1}", ["10.2.0.1"]),
    ],
)
def test_what_lies_outside(config: str, wrong: list[str], tmp_path: Path) -> None:
    find(network_range_outside, one(config), *wrong)
    model(one(config), tmp_path)


def test_subnets_of_ipv6_count_where_it_is_on() -> None:
    config = "subnet: 'fd00::/64', gateway: 'fd01::1'"
    assert find(network_range_outside, one(config)) == []
    find(network_range_outside, one(config, more=", enable_ipv6: true"), "fd01::1")


@pytest.mark.parametrize(
    "text",
    [
        one("subnet: 10.1.0.0/16, gateway: 10.1.255.254, ip_range: 10.1.2.0/24"),
        one("subnet: 10.1.0.0/16, ip_range: 10.1.0.0/16"),
        one("subnet: $S, gateway: 10.2.0.1"),
        one("subnet: 10.1.0.0/16, gateway: $G"),
        one("subnet: 10.1.0.0/16, gateway: 10.2.0.1", more=", external: true"),
        one("subnet: 10.1.0.0/16, gateway: 10.2.0.1", more=", driver: weave"),
        one("subnet: nonsense, gateway: 10.2.0.1"),
        "services: {x: {image: x}}\nnetworks: {default: }\n",
    ],
)
def test_what_lies_inside_or_is_unknown(text: str) -> None:
    assert find(network_range_outside, text) == []
