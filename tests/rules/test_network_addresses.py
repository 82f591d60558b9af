"""Addresses of networks and containers that are none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composecheck.finding import Safety
from composecheck.rules.network_addresses import address_invalid
from tests.rules.accepted import find, fixed, model, service

if TYPE_CHECKING:
    from pathlib import Path


def in_network(line: str) -> str:
    return service("networks:", f"  lan: {{{line}}}") + "networks: {lan: }\n"


def network(line: str) -> str:
    return service("networks: [lan]") + f"networks: {{lan: {{ipam: {{config: [{{{line}}}]}}}}}}\n"


ADDRESSES = [
    (service("dns: 8.8.8"), "8.8.8", ""),
    (service("dns: [resolver, 1.1.1.1]"), "resolver", ""),
    (service("dns: ['8.8.8.8 ']"), "8.8.8.8 ", "8.8.8.8"),
    (service("dns: ['[::1]']"), "[::1]", "::1"),
    (in_network("ipv4_address: 172.20.0.256"), "172.20.0.256", ""),
    (in_network("ipv4_address: 172.20.0.05"), "172.20.0.05", "172.20.0.5"),
    (in_network("ipv4_address: 172.20.0.5/24"), "172.20.0.5/24", "172.20.0.5"),
    (in_network("ipv4_address: 'fd00::5'"), "fd00::5", ""),
    (in_network("ipv6_address: 10.0.0.5"), "10.0.0.5", ""),
    (in_network("link_local_ips: [here]"), "here", ""),
    (network("subnet: 10.0.0.0/8, gateway: router"), "router", ""),
    (network("subnet: 10.0.0.0/8, aux_addresses: {printer: 10.0}"), "", ""),
    (network("subnet: 10.0.0.0/8, aux_addresses: {printer: 10.0.0}"), "10.0.0", ""),
    (service("extra_hosts: ['db:10.0.0']"), "10.0.0", ""),
    (service("extra_hosts: ['db=cache.local']"), "cache.local", ""),
    (service("extra_hosts: {db: localhost}"), "localhost", ""),
    (service("extra_hosts: ['db:host_gateway']"), "host_gateway", "host-gateway"),
]


@pytest.mark.parametrize(("text", "wrong", "meant"), ADDRESSES)
def test_texts_that_are_no_addresses(text: str, wrong: str, meant: str) -> None:
    findings = find(address_invalid, text, *([wrong] if wrong else []))
    if meant:
        (finding,) = findings
        assert finding.suggestions == (meant,)
        assert finding.fix is not None
        assert finding.fix.safety is Safety.UNSAFE
        assert fixed(text, findings) == text.replace(wrong, meant)
    else:
        assert all(finding.fix is None for finding in findings)


@pytest.mark.parametrize("text", [row[0] for row in ADDRESSES if row[1]])
def test_compose_takes_them(text: str, tmp_path: Path) -> None:
    model(text, tmp_path)


def test_the_name_of_a_service_needs_no_host() -> None:
    text = service("extra_hosts: ['b.local:b']") + "  b: {image: x}\n"
    (finding,) = find(address_invalid, text, "b")
    assert "aliases" in finding.remedy


@pytest.mark.parametrize(
    "text",
    [
        service("dns: 8.8.8.8"),
        service("dns: ['2001:4860:4860::8888', 'fe80::1%eth0', $DNS, '']"),
        service("extra_hosts: ['a:host-gateway', 'b=10.0.0.1', 'c:::1', 'd:[::1]', 'e: 10.0.0.1']"),
        service("extra_hosts: ['a:$ADDRESS', '$HOSTS']"),
        in_network("ipv4_address: 10.0.0.5, ipv6_address: 'fd00::5'"),
        in_network("ipv4_address: '::ffff:10.0.0.5'"),
        in_network("ipv4_address: '$PREFIX.5'"),
        network("subnet: 10.0.0.0/8, gateway: 10.0.0.1, aux_addresses: {a: 10.0.0.2}"),
    ],
)
def test_addresses(text: str) -> None:
    assert find(address_invalid, text) == []
