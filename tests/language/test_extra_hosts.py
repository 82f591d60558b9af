"""Additional host names: read and refused as Compose does it, which is asked."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from composecheck.language.extra_hosts import (
    ExtraHost,
    Fault,
    InvalidExtraHost,
    parse_extra_host,
    read_extra_hosts,
)
from tests.language.batches import refused_by_compose
from tests.language.services import (
    blank_text,
    node,
    open_text,
    published_services,
    quoted,
    services_of_compose,
    standing,
    traced,
)
from tests.shared_material import requires_shared

if TYPE_CHECKING:
    from pathlib import Path

ACCEPTED: list[tuple[str, str, list[str]]] = [
    ("h=1.2.3.4", "h", ["1.2.3.4"]),
    ("h:1.2.3.4", "h", ["1.2.3.4"]),
    ("h=::1", "h", ["::1"]),
    ("h:::1", "h", ["::1"]),
    ("h=[::1]", "h", ["::1"]),
    ("h:[::1]", "h", ["::1"]),
    ("h=1.2.3.4,[::1]", "h", ["1.2.3.4", "::1"]),
    ("h=host-gateway", "h", ["host-gateway"]),
    ("h=", "h", [""]),
    ("h:", "h", [""]),
    ("h=[]", "h", ["[]"]),
    ("h=a=b", "h", ["a=b"]),
    (" h : x ", " h ", [" x "]),
]

REFUSED: list[tuple[str, Fault, str]] = [
    ("somehost", Fault.NO_ADDRESS, "somehost"),
    ("", Fault.NO_ADDRESS, ""),
    ("=1.2.3.4", Fault.NO_NAME, "=1.2.3.4"),
    (":1.2.3.4", Fault.NO_NAME, ":1.2.3.4"),
    ("a:b=1.2.3.4", Fault.SEPARATOR_IN_NAME, "a:b"),
]


@pytest.mark.parametrize(("text", "name", "addresses"), ACCEPTED)
def test_a_host_is_read(text: str, name: str, addresses: list[str]) -> None:
    host = parse_extra_host(traced(text))
    assert isinstance(host, ExtraHost)
    assert host.name.text == name
    assert [address.text for address in host.addresses] == addresses
    assert all(standing(part.span, text) == part.text for part in (host.name, *host.addresses))


@pytest.mark.parametrize(("text", "fault", "wrong"), REFUSED)
def test_what_is_wrong_is_pointed_at(text: str, fault: Fault, wrong: str) -> None:
    host = parse_extra_host(traced(text))
    assert isinstance(host, InvalidExtraHost)
    assert (host.fault, host.text, standing(host.span, text)) == (fault, wrong, wrong)


def test_a_mapping_of_hosts() -> None:
    text = "{h: '[::1]', i: [1.2.3.4, ::2], j: , '': x, 'a:b': y}"
    hosts = read_extra_hosts(node(text), open_text)
    made = [
        (host.name.text, [address.text for address in host.addresses])
        for host in hosts
        if isinstance(host, ExtraHost)
    ]
    assert made == [("h", ["::1"]), ("i", ["1.2.3.4", "::2"]), ("j", [])]
    assert [
        (host.fault, standing(host.span, text))
        for host in hosts
        if isinstance(host, InvalidExtraHost)
    ] == [(Fault.NO_NAME, ""), (Fault.SEPARATOR_IN_NAME, "a:b")]
    assert standing(hosts[0].span, text) == "h: '[::1]'"


def test_what_a_variable_decides_is_left_out() -> None:
    text = "['${HOST}', '${HOST}:1.2.3.4', '${A}=1', 'h:${IP}', 'h=${IP}', 5]"
    (host,) = read_extra_hosts(node(text), open_text)
    assert isinstance(host, ExtraHost)
    assert standing(host.span, text) == "h=${IP}"
    (address,) = host.addresses
    assert standing(address.span, text) == "${IP}"


def test_what_is_no_host_is_left_out() -> None:
    assert read_extra_hosts(node("h"), open_text) == ()


def test_the_real_program_reads_them_so(tmp_path: Path) -> None:
    choose = random.Random(4)
    parts = ["h", "b", "=", ":", "1.2.3.4", ",", "[", "]", " ", "."]
    texts = ["".join(choose.choices(parts, k=choose.randint(1, 6))) for _ in range(600)]
    texts += [text for text, _, _ in ACCEPTED] + [text for text, _, _ in REFUSED]
    hosts = [(f"extra_hosts: [{quoted(text)}]", parse_extra_host(traced(text))) for text in texts]
    refused = [line for line, host in hosts if isinstance(host, InvalidExtraHost)]
    assert refused_by_compose(refused, tmp_path) == refused
    accepted = [(line, host) for line, host in hosts if isinstance(host, ExtraHost)]
    services = services_of_compose([line for line, _ in accepted], tmp_path)
    assert [service["extra_hosts"] for service in services] == [
        sorted(f"{host.name.text}={address.text}" for address in host.addresses)
        for _, host in accepted
    ]


def test_the_real_program_refuses_keys_so(tmp_path: Path) -> None:
    lines = ["extra_hosts: {'': x}", "extra_hosts: {'a:b': x}", "extra_hosts: {'a=b': x}"]
    assert refused_by_compose(lines[1:], tmp_path) == lines[1:]


@requires_shared
def test_the_hosts_of_real_files() -> None:
    compared = 0
    for file, values, made in published_services():
        if "extra_hosts" in values:
            hosts = read_extra_hosts(values["extra_hosts"], blank_text)
            rows = []
            for host in hosts:
                assert isinstance(host, ExtraHost), file
                rows += [f"{host.name.text}={address.text}" for address in host.addresses]
            assert sorted(rows) == made["extra_hosts"], file
            compared += 1
    assert compared > 20
