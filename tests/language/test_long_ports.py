"""Ports as they stand in a file: the long form, numbers, and whole files people published."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composecheck.language.addresses import Address
from composecheck.language.casts import Fault as CastFault
from composecheck.language.casts import InvalidCast
from composecheck.language.long_ports import read_port
from composecheck.language.ports import (
    Fault,
    InvalidPort,
    PortMapping,
    PortRange,
    Protocol,
    bindings,
)
from composecheck.language.traced import Traced, trace
from tests.language.services import (
    accepted_by_compose,
    blank_text,
    items,
    node,
    open_text,
    published_services,
    services_of_compose,
    standing,
)
from tests.shared_material import requires_shared

if TYPE_CHECKING:
    from pathlib import Path

# What is written, and what Compose makes of it: address, published, target, protocol.
ACCEPTED: list[tuple[str, tuple[str, str, int, str]]] = [
    ("{target: 80}", ("", "", 80, "tcp")),
    ("{target: 80, published: 8080}", ("", "8080", 80, "tcp")),
    ('{target: "80", published: "8080-8090"}', ("", "8080-8090", 80, "tcp")),
    ("{target: +80}", ("", "", 80, "tcp")),
    ('{target: "+80"}', ("", "", 80, "tcp")),
    ("{target: 0777}", ("", "", 511, "tcp")),
    ("{target: 1_000}", ("", "", 1000, "tcp")),
    ("{target: 80.0}", ("", "", 80, "tcp")),
    ("{target: 1e2}", ("", "", 100, "tcp")),
    ("{target: 0}", ("", "", 0, "tcp")),
    ("{target: 99999}", ("", "", 99999, "tcp")),
    ("{target: 4294967297}", ("", "", 1, "tcp")),
    ("{target: 4294967297.0}", ("", "", 1, "tcp")),
    ("{target: 1e20}", ("", "", 0, "tcp")),
    ("{target: 80, published: 0777}", ("", "511", 80, "tcp")),
    ('{target: 80, published: "0777"}', ("", "0777", 80, "tcp")),
    ("{target: 80, published: -5}", ("", "-5", 80, "tcp")),
    ("{target: 80, published: abc}", ("", "abc", 80, "tcp")),
    ("{target: 80, published: 99999}", ("", "99999", 80, "tcp")),
    ('{target: 80, published: "9-8"}', ("", "9-8", 80, "tcp")),
    ('{target: 80, published: " "}', ("", " ", 80, "tcp")),
    ('{target: 80, published: ""}', ("", "", 80, "tcp")),
    ("{target: 80, protocol: udp, mode: host}", ("", "", 80, "udp")),
    ("{target: 80, protocol: TCP}", ("", "", 80, "TCP")),
    ("{target: 80, protocol: foo, mode: foo}", ("", "", 80, "foo")),
    ('{target: 80, protocol: ""}', ("", "", 80, "")),
    ('{target: 80, host_ip: "::1"}', ("::1", "", 80, "tcp")),
    ("{target: 80, host_ip: 127.0.0.1, name: n, app_protocol: http}", ("127.0.0.1", "", 80, "tcp")),
    # not the long form
    ("80", ("", "", 80, "tcp")),
    ("0777", ("", "", 511, "tcp")),
    ("8_0", ("", "", 80, "tcp")),
    ("0x50", ("", "", 80, "tcp")),
    ("!!str 80", ("", "", 80, "tcp")),
    ("!!binary ODA=", ("", "", 80, "tcp")),
    ("22:22", ("", "22", 22, "tcp")),
    ("'80:80'", ("", "80", 80, "tcp")),
]

# What is written, what is wrong with it, and the characters that are.
REFUSED: list[tuple[str, Fault | CastFault, str]] = [
    ("{}", Fault.NO_TARGET, "{}"),
    ("{published: 80}", Fault.NO_TARGET, "{published: 80}"),
    ("{target: -1}", Fault.TARGET_NEGATIVE, "-1"),
    ('{target: "-1"}', Fault.TARGET_NEGATIVE, "-1"),
    ("{target: -1.0}", Fault.TARGET_NEGATIVE, "-1.0"),
    ("{target: x}", CastFault.NO_INTEGER, "x"),
    ('{target: "80-90"}', CastFault.NO_INTEGER, "-90"),
    ('{target: ""}', CastFault.EMPTY, ""),
    ("{target: 80, host_ip: foo}", Fault.ADDRESS, "foo"),
    ('{target: 80, host_ip: ""}', Fault.ADDRESS, ""),
    ('{target: 80, host_ip: "[::1]"}', Fault.ADDRESS, "[::1]"),
    ("{target: 80, published: 080}", Fault.NO_WHOLE_NUMBER, "080"),
    ("{target: 80, published: 1e3}", Fault.NO_WHOLE_NUMBER, "1e3"),
    ("{target: 80, published: 18446744073709551615}", Fault.OUT_OF_RANGE, "18446744073709551615"),
    # not the long form
    ("80.5", Fault.NO_WHOLE_NUMBER, "80.5"),
    ("080", Fault.NO_WHOLE_NUMBER, "080"),
    ("!!float 80", Fault.NO_WHOLE_NUMBER, "80"),
    ("2020-01-01", Fault.NO_WHOLE_NUMBER, "2020-01-01"),
    ("-80", Fault.OUT_OF_RANGE, "-80"),
    ("18446744073709551615", Fault.OUT_OF_RANGE, "18446744073709551615"),
    ("00", Fault.TARGET_ZERO, "00"),
    ("'127.0.0.1:80'", Fault.ADDRESS_WITHOUT_PORT, "127.0.0.1"),
]

WRONG_SHAPES = ["true", "~", "[80]", "{target: ~}", "{target: [80]}", "{target: 80.5}"]


def mapping(text: str) -> PortMapping:
    port = read_port(node(text), trace)
    assert isinstance(port, PortMapping)
    return port


@pytest.mark.parametrize(("text", "row"), ACCEPTED)
def test_a_port_is_read(text: str, row: tuple[str, str, int, str]) -> None:
    port = mapping(text)
    rows = bindings(port)
    assert rows is not None
    ((address, published, target, protocol),) = (
        (row.host_address, row.published, row.target, row.protocol) for row in rows
    )
    assert (address, published, target, protocol) == row
    assert port.is_long is text.startswith("{")
    assert port.is_certain


@pytest.mark.parametrize(("text", "fault", "wrong"), REFUSED)
def test_what_is_wrong_is_pointed_at(text: str, fault: Fault | CastFault, wrong: str) -> None:
    found = read_port(node(text), trace)
    assert isinstance(found, tuple)
    (invalid,) = found
    assert invalid.fault is fault
    assert standing(invalid.span, text) == wrong
    if fault is Fault.NO_TARGET:
        assert invalid.text == ""
    if fault is Fault.ADDRESS:
        assert isinstance(invalid, InvalidPort)
        assert invalid.address is not None


def test_all_that_is_wrong_is_told() -> None:
    found = read_port(node("{target: x, published: 1e3, host_ip: localhost}"), trace)
    assert isinstance(found, tuple)
    assert [part.text for part in found] == ["x", "1e3", "localhost"]
    assert isinstance(found[0], InvalidCast)


@pytest.mark.parametrize("text", WRONG_SHAPES)
def test_nothing_is_said_of_a_wrong_shape(text: str) -> None:
    assert read_port(node(text), trace) == ()


def test_each_part_knows_its_place() -> None:
    text = '{target: "80", published: 8080, host_ip: "::1", protocol: udp, mode: host, name: n}'
    port = mapping(text)
    assert isinstance(port.target, PortRange)
    assert (port.target.first, port.target.last) == (80, 80)
    assert isinstance(port.published, PortRange)
    assert isinstance(port.host_address, Address)
    assert isinstance(port.protocol, Protocol)
    parts: list[PortRange | Address | Protocol | Traced | None]
    parts = [port.target, port.published, port.host_address, port.protocol, port.mode, port.name]
    assert [part and standing(part.span, text) for part in parts] == [
        "80",
        "8080",
        "::1",
        "udp",
        "host",
        "n",
    ]
    assert standing(port.span, text) == text
    assert port.app_protocol is None


def test_a_published_text_that_is_no_port_stays_a_text() -> None:
    published = mapping("{target: 80, published: abc}").published
    assert isinstance(published, Traced)
    assert published.equals("abc")


def test_variables_stay_unknown() -> None:
    port = read_port(
        node('{target: "${T}", published: "${P}", host_ip: "${H}", protocol: "${X}"}'), open_text
    )
    assert isinstance(port, PortMapping)
    for part in (port.target, port.published, port.host_address, port.protocol):
        assert isinstance(part, Traced)
    assert bindings(port) is None
    for text in ('{target: "${T}x"}', '{target: 1, host_ip: "${H}.local"}'):
        assert read_port(node(text), open_text) != ()
        assert isinstance(read_port(node(text), open_text), tuple)


def test_merge_keys_and_aliases_are_followed() -> None:
    ports = [
        read_port(item, trace)
        for item in items(node("[&a {target: 80}, {<<: *a, published: 8080}, *a]"))
    ]
    rows = [bindings(port) for port in ports if isinstance(port, PortMapping)]
    assert [(row[0].target, row[0].published) for row in rows if row] == [
        (80, ""),
        (80, "8080"),
        (80, ""),
    ]


def test_the_real_program_reads_them_so(tmp_path: Path) -> None:
    lines = [f"ports: [{text}]" for text, _ in ACCEPTED]
    ports = [service["ports"][0] for service in services_of_compose(lines, tmp_path)]
    assert [
        (
            port.get("host_ip", ""),
            port.get("published", ""),
            port.get("target", 0),
            port.get("protocol", ""),
        )
        for port in ports
    ] == [row for _, row in ACCEPTED]


def test_the_real_program_refuses_them(tmp_path: Path) -> None:
    lines = [f"ports: [{text}]" for text, _, _ in REFUSED]
    lines += [f"ports: [{text}]" for text in WRONG_SHAPES]
    assert accepted_by_compose(lines, tmp_path) == []


@requires_shared
def test_published_files_have_the_ports_that_compose_sees() -> None:
    compared = 0
    for file, service, made in published_services():
        rows = set()
        for item in items(service.get("ports")):
            port = read_port(item, blank_text)
            assert isinstance(port, PortMapping), file
            rows |= {
                (row.host_address, row.published, row.target, row.protocol)
                for row in bindings(port) or ()
            }
        compared += len(rows)
        assert rows == {
            (
                port.get("host_ip", ""),
                port.get("published", ""),
                port["target"],
                port["protocol"],
            )
            for port in made.get("ports", [])
        }, file
    assert compared > 2000
