"""Subnets of networks, and addresses of network cards."""

from __future__ import annotations

import pytest

from composecheck.language.mac_addresses import is_mac_address
from composecheck.language.subnets import Fault, InvalidSubnet, Subnet, parse_subnet
from tests.language.services import traced


@pytest.mark.parametrize(
    ("text", "first", "is_exact"),
    [
        ("172.20.0.0/16", "172.20.0.0", True),
        ("172.20.0.1/16", "172.20.0.0", False),
        ("10.0.0.5/32", "10.0.0.5", True),
        ("0.0.0.0/0", "0.0.0.0", True),
        ("fd00::/64", "fd00::", True),
        ("fd00::1/64", "fd00::", False),
    ],
)
def test_a_subnet(text: str, first: str, *, is_exact: bool) -> None:
    subnet = parse_subnet(traced(text))
    assert isinstance(subnet, Subnet)
    assert str(subnet.value.network_address) == first
    assert subnet.is_exact is is_exact
    assert subnet.text == text


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("172.20.0.0", Fault.NO_LENGTH),
        ("172.20.0.0/", Fault.LENGTH),
        ("172.20.0.0/33", Fault.LENGTH),
        ("172.20.0.0/016", Fault.LENGTH),
        ("172.20.0.0/+16", Fault.LENGTH),
        ("172.20.0.0/255.255.0.0", Fault.LENGTH),
        ("fd00::/129", Fault.LENGTH),
        ("172.20.0/16", Fault.ADDRESS),
        ("172.20.0.256/16", Fault.ADDRESS),
        ("lan", Fault.ADDRESS),
        ("", Fault.ADDRESS),
        ("fe80::1%eth0/64", Fault.ADDRESS),
    ],
)
def test_what_is_no_subnet(text: str, fault: Fault) -> None:
    subnet = parse_subnet(traced(text))
    assert isinstance(subnet, InvalidSubnet)
    assert (subnet.fault, subnet.text) == (fault, text)


@pytest.mark.parametrize(
    "text",
    [
        "02:42:ac:11:00:02",
        "02-42-AC-11-00-02",
        "0242.ac11.0002",
        "02:00:5e:10:00:00:00:01",
    ],
)
def test_an_address_of_a_network_card(text: str) -> None:
    assert is_mac_address(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "02:42:ac:11:00",
        "02:42:ac:11:00:0g",
        "02:42:ac-11:00:02",
        "0242ac110002",
        "2:42:ac:11:0:2",
        "02:42:ac:11:00:02:03",
    ],
)
def test_what_is_no_address_of_a_network_card(text: str) -> None:
    assert not is_mac_address(text)
