"""Subnets of networks, and addresses of network cards, that are none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composecheck.rules.subnets import mac_address_invalid, subnet_invalid
from tests.rules.accepted import find, fixed, model, service

if TYPE_CHECKING:
    from pathlib import Path


def in_network(line: str) -> str:
    return service("networks:", f"  lan: {{{line}}}") + "networks: {lan: }\n"


def network(line: str) -> str:
    return service("networks: [lan]") + f"networks: {{lan: {{ipam: {{config: [{{{line}}}]}}}}}}\n"


SUBNETS = [
    ("172.20.0.1/16", "172.20.0.0/16"),
    ("172.20.0.0", "172.20.0.0/16"),
    ("10.0.0.0", "10.0.0.0/8"),
    ("192.168.1.0", "192.168.1.0/24"),
    ("10.8.0.0/255.255.0.0", "10.8.0.0/16"),
    ("fd00::1/64", "fd00::/64"),
    ("10.8.0.0/255.0.255.0", ""),
    ("172.20.0.5", ""),
    ("172.20.0.0/33", ""),
    ("lan", ""),
]


@pytest.mark.parametrize(("wrong", "meant"), SUBNETS)
@pytest.mark.parametrize("key", ["subnet", "ip_range"])
def test_texts_that_are_no_subnets(key: str, wrong: str, meant: str, tmp_path: Path) -> None:
    text = network(f"{key}: '{wrong}'")
    findings = find(subnet_invalid, text, wrong)
    model(text, tmp_path)
    if meant:
        assert fixed(text, findings) == network(f"{key}: '{meant}'")
    else:
        assert findings[0].fix is None


@pytest.mark.parametrize("right", ["172.20.0.0/16", "$SUBNET", "10.0.0.0/$LENGTH", "fd00::/64"])
def test_subnets(right: str) -> None:
    assert find(subnet_invalid, network(f"subnet: '{right}'")) == []


@pytest.mark.parametrize(
    "make", [lambda line: service(line), in_network], ids=["service", "network"]
)
@pytest.mark.parametrize(
    ("wrong", "meant"), [("02:42:ac:11:00", ""), ("0242ac110002", "02:42:ac:11:00:02"), ("x", "")]
)
def test_addresses_of_network_cards(make: object, wrong: str, meant: str) -> None:
    assert callable(make)
    text = make(f"mac_address: '{wrong}'")
    findings = find(mac_address_invalid, text, wrong)
    if meant:
        assert fixed(text, findings) == make(f"mac_address: '{meant}'")
    else:
        assert findings[0].fix is None


@pytest.mark.parametrize("right", ["02:42:ac:11:00:02", "02-42-AC-11-00-02", "$MAC", "02:$MAC", ""])
def test_right_addresses_of_network_cards(right: str) -> None:
    assert find(mac_address_invalid, service(f"mac_address: '{right}'")) == []
