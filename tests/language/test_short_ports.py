"""The short form of a published port: read and refused as Compose does it, which is asked."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from composecheck.language import addresses
from composecheck.language.addresses import Address
from composecheck.language.ports import (
    Fault,
    InvalidPort,
    PortBinding,
    PortMapping,
    PortRange,
    Protocol,
    bindings,
)
from composecheck.language.short_ports import parse_port
from composecheck.language.traced import Traced
from composecheck.source import Span
from tests.language.services import (
    accepted_by_compose,
    quoted,
    services_of_compose,
    standing,
    traced,
)

if TYPE_CHECKING:
    from pathlib import Path

# What is written, and what Compose makes of it: address, published, target, protocol.
ACCEPTED: list[tuple[str, list[tuple[str, str, int, str]]]] = [
    ("80", [("", "", 80, "tcp")]),
    ("65535", [("", "", 65535, "tcp")]),
    ("80:80", [("", "80", 80, "tcp")]),
    ("22:22", [("", "22", 22, "tcp")]),
    ("8080:80/udp", [("", "8080", 80, "udp")]),
    ("8080:80/UDP", [("", "8080", 80, "udp")]),
    ("9:9/sctp", [("", "9", 9, "sctp")]),
    ("80/", [("", "", 80, "tcp")]),
    (":80", [("", "", 80, "tcp")]),
    ("::80", [("", "", 80, "tcp")]),
    ("0:80", [("", "0", 80, "tcp")]),
    ("080:80", [("", "80", 80, "tcp")]),
    ("+80:+80", [("", "80", 80, "tcp")]),
    ("127.0.0.1:8080:80", [("127.0.0.1", "8080", 80, "tcp")]),
    ("0.0.0.0:80:80", [("0.0.0.0", "80", 80, "tcp")]),
    ("127.0.0.1::80", [("127.0.0.1", "", 80, "tcp")]),
    ("[::1]:8080:80", [("::1", "8080", 80, "tcp")]),
    ("::1:8080:80", [("::1", "8080", 80, "tcp")]),
    ("1::2:3:80", [("1::2", "3", 80, "tcp")]),
    ("[::1]::80", [("::1", "", 80, "tcp")]),
    ("[]:8080:80", [("", "8080", 80, "tcp")]),
    ("[1.2.3.4]:8080:80", [("1.2.3.4", "8080", 80, "tcp")]),
    ("3000-3002", [("", "", port, "tcp") for port in (3000, 3001, 3002)]),
    ("80-81/udp", [("", "", port, "udp") for port in (80, 81)]),
    ("9-11", [("", "", port, "tcp") for port in (10, 11, 9)]),
    ("3000-3002:4000-4002", [("", str(3000 + i), 4000 + i, "tcp") for i in range(3)]),
    ("3000-3002:80", [("", "3000-3002", 80, "tcp")]),
    ("3000-3002:80-80", [("", "3000-3002", 80, "tcp")]),
    ("0-2:1", [("", "0-2", 1, "tcp")]),
    ("3000-3000:80", [("", "3000", 80, "tcp")]),
    ("127.0.0.1:3000-3002:80", [("127.0.0.1", "3000-3002", 80, "tcp")]),
]

# What is written, what is wrong with it, and the characters that are.
REFUSED: list[tuple[str, Fault, str]] = [
    ("", Fault.EMPTY, ""),
    ("8080:", Fault.NO_TARGET, "8080:"),
    ("/80", Fault.NO_TARGET, "/80"),
    (":", Fault.NO_TARGET, ":"),
    ("0", Fault.TARGET_ZERO, "0"),
    ("80:0", Fault.TARGET_ZERO, "0"),
    ("0-2", Fault.TARGET_ZERO, "0-2"),
    ("80 : 81", Fault.BLANKS, " 81"),
    ("80:81 ", Fault.BLANKS, "81 "),
    ("80: 8000 - 8001", Fault.BLANKS, " 8000 - 8001"),
    ("80:80/tcp ", Fault.BLANKS, "tcp "),
    ("a:b", Fault.NO_NUMBER, "b"),
    ("a:80", Fault.NO_NUMBER, "a"),
    ("0x50:80", Fault.NO_NUMBER, "0x50"),
    ("80,81", Fault.NO_NUMBER, "80,81"),
    ("80-81-82", Fault.NO_NUMBER, "80-81-82"),
    ("8 0", Fault.NO_NUMBER, "8 0"),
    ("٣", Fault.NO_NUMBER, "٣"),
    ("65536", Fault.OUT_OF_RANGE, "65536"),
    ("70000:80", Fault.OUT_OF_RANGE, "70000"),
    ("8080:70000", Fault.OUT_OF_RANGE, "70000"),
    ("1-70000", Fault.OUT_OF_RANGE, "1-70000"),
    ("-1", Fault.OUT_OF_RANGE, "-1"),
    ("9" * 5000 + ":80", Fault.OUT_OF_RANGE, "9" * 5000),
    ("80-", Fault.OPEN_RANGE, "80-"),
    ("3005-3000", Fault.REVERSED_RANGE, "3005-3000"),
    ("80:3000-3002", Fault.UNEQUAL_RANGES, "80:3000-3002"),
    ("8080:80-81/udp", Fault.UNEQUAL_RANGES, "8080:80-81/udp"),
    ("3000-3002:4000-4001", Fault.UNEQUAL_RANGES, "3000-3002:4000-4001"),
    ("80/foo", Fault.PROTOCOL, "foo"),
    ("8080:80/tcp/udp", Fault.PROTOCOL, "tcp/udp"),
    ("8080/tcp:80", Fault.MISPLACED_PROTOCOL, "8080/tcp"),
    ("localhost:8080:80", Fault.ADDRESS, "localhost"),
    ("*:80:80", Fault.ADDRESS, "*"),
    ("127.0.0:8080:80", Fault.ADDRESS, "127.0.0"),
    ("1.2.3.4:80:80:80", Fault.ADDRESS, "1.2.3.4:80"),
    ("[fe80::1%eth0]:80:80", Fault.ADDRESS, "fe80::1%eth0"),
    ("[::1]x:80:80", Fault.ADDRESS, "[::1]x"),
    ("[[::1]:80:80", Fault.ADDRESS, "[[::1]"),
    ("127.0.0.1:80", Fault.ADDRESS_WITHOUT_PORT, "127.0.0.1"),
    ("[::1]:80", Fault.ADDRESS_WITHOUT_PORT, "[::1]"),
    ("::1:80", Fault.ADDRESS_WITHOUT_PORT, "::1"),
    ("localhost:80", Fault.ADDRESS_WITHOUT_PORT, "localhost"),
]

# What is wrong whatever the variables are; and nothing, where nobody can know.
UNKNOWN: list[tuple[str, tuple[Fault, str] | None]] = [
    ("${PORT}", None),
    ("${HOST}:${PORT}", None),
    ("${HOST}:80800:80", (Fault.OUT_OF_RANGE, "80800")),
    ("${HOST}:80800", (Fault.OUT_OF_RANGE, "80800")),
    ("${HOST}:x:80", (Fault.NO_NUMBER, "x")),
    ("${HOST}80800:80", None),
    ("${PORT}:", (Fault.NO_TARGET, "${PORT}:")),
    ("${PORT}:0", (Fault.TARGET_ZERO, "0")),
    ("${PORT}:/tcp", (Fault.NO_TARGET, "${PORT}:/tcp")),
    ("${PORT}:80/http", (Fault.PROTOCOL, "http")),
    ("${PORT}/http", (Fault.PROTOCOL, "http")),
    ("${PORT}/", None),
    ("80:${PORT}/tcp", None),
    ("80:80/${PROTOCOL}", None),
    ("80:0/${PROTOCOL}", (Fault.TARGET_ZERO, "0")),
    ("70000:80/${PROTOCOL}", (Fault.OUT_OF_RANGE, "70000")),
    ("70000:${PORT}", None),
    ("80800${REST}", None),
    ("localhost:${PORT}", (Fault.NO_NUMBER, "localhost")),
    ("localhost:${PORT}:80", (Fault.ADDRESS, "localhost")),
    ("localhost:80:${PORT}", (Fault.ADDRESS, "localhost")),
    ("${NAME}.local:80:80", (Fault.ADDRESS, "${NAME}.local")),
    ("${NAME}.local:${PORT}:80", (Fault.ADDRESS, "${NAME}.local")),
    ("127.0.0:${PORT}:80", (Fault.ADDRESS, "127.0.0")),
    ("127.0.0.1:${PORT}:80", None),
    ("127.0.0.1:70000:${PORT}", (Fault.OUT_OF_RANGE, "70000")),
    ("127.0.0.1:${PORT}", None),
    ("80:${PORT}:80", None),  # 80::1:8080:80
    ("[${HOST}]:80:80", None),
    ("[${HOST}:80:80", None),
    ("${HOST}]:80:80", None),
    ("http${X}:80", (Fault.NO_NUMBER, "http${X}")),
    ("${X} :80", (Fault.NO_NUMBER, "${X} ")),
    ("80:80 ${X}", (Fault.NO_NUMBER, "80 ${X}")),
    ("8080/tcp:${X}", (Fault.MISPLACED_PROTOCOL, "8080/tcp")),
    ("80:${X}:3000-3002", None),
    ("${X}:3000-3002", None),
    ("127.0.0.1:80:3000-3002/${X}", (Fault.UNEQUAL_RANGES, "127.0.0.1:80:3000-3002/${X}")),
]


def mapping(text: str) -> PortMapping:
    port = parse_port(traced(text))
    assert isinstance(port, PortMapping)
    return port


@pytest.mark.parametrize(("text", "rows"), ACCEPTED)
def test_a_port_is_read(text: str, rows: list[tuple[str, str, int, str]]) -> None:
    port = mapping(text)
    assert port.span == Span(0, len(text))
    assert port.is_certain
    assert not port.is_long
    assert bindings(port) == tuple(PortBinding(*row) for row in rows)


@pytest.mark.parametrize(("text", "fault", "wrong"), REFUSED)
def test_what_is_wrong_is_pointed_at(text: str, fault: Fault, wrong: str) -> None:
    port = parse_port(traced(text))
    assert isinstance(port, InvalidPort)
    assert (port.fault, port.text, standing(port.span, text)) == (fault, wrong, wrong)
    assert (port.address is not None) is (fault is Fault.ADDRESS)


@pytest.mark.parametrize(("text", "wrong"), UNKNOWN)
def test_what_is_wrong_whatever_the_variables_are(
    text: str, wrong: tuple[Fault, str] | None
) -> None:
    port = parse_port(traced(text))
    if wrong is None:
        assert isinstance(port, PortMapping)
        assert bindings(port) is None
    else:
        assert isinstance(port, InvalidPort)
        assert (port.fault, port.text) == wrong
        assert standing(port.span, text) == wrong[1]


def test_each_part_knows_its_place() -> None:
    text = "[::1]:8080-8081:80-81/TCP"
    port = mapping(text)
    assert port.target == PortRange(80, 81, "80-81", Span(16, 21))
    assert port.published == PortRange(8080, 8081, "8080-8081", Span(6, 15))
    assert port.protocol == Protocol("tcp", Span(22, 25))
    assert isinstance(port.host_address, Address)
    assert (port.host_address.text, port.host_address.span) == ("::1", Span(1, 4))
    assert port.target.count == 2


def test_a_wrong_address_says_how_it_is_wrong() -> None:
    port = parse_port(traced("127.000.0.1:80:80"))
    assert isinstance(port, InvalidPort)
    assert port.address is not None
    assert port.address.fault is addresses.Fault.LEADING_ZERO


@pytest.mark.parametrize(
    ("text", "is_certain", "address", "published", "target"),
    [
        ("${PORT}:80", False, None, "${PORT}", "80"),
        ("${HOST}:8080:80", True, "${HOST}", "8080", "80"),
        ("127.0.0.1:${PORT}:80", True, "127.0.0.1", "${PORT}", "80"),
        ("80:${PORT}", False, None, "80", "${PORT}"),
        ("70000:${PORT}", False, None, "70000", "${PORT}"),
        ("${PORT}", False, None, None, "${PORT}"),
        ("80/${PROTOCOL}", True, None, None, "80"),
        ("[${HOST}]:80:80", True, "${HOST}", "80", "80"),
        ("80:${PORT}:80", False, "80", "${PORT}", "80"),
    ],
)
def test_parts_beside_unknown_ones(
    text: str, is_certain: bool, address: str | None, published: str | None, target: str
) -> None:
    port = mapping(text)
    assert port.is_certain is is_certain
    for part, expected in ((port.published, published), (port.target, target)):
        assert (part and standing(part.span, text)) == expected
    assert (port.host_address and standing(port.host_address.span, text)) == address


def test_a_default_stays_with_the_unknown_part() -> None:
    published = mapping("${PORT:-8080}:80").published
    assert isinstance(published, Traced)
    (part,) = published.unknowns
    assert part.argument is not None
    assert part.argument.equals("8080")


def test_substituted_text_stands_at_the_variable() -> None:
    text = "${PORT}:80"
    port = parse_port(traced(text, {"PORT": "127.0.0.1:80800"}))
    assert isinstance(port, InvalidPort)
    assert (port.text, standing(port.span, text)) == ("80800", "${PORT}")


def test_no_text_is_refused_for_what_could_be_right() -> None:
    for text in accepted_texts()[:150]:
        filled = mapping(text)
        for start in range(len(text) + 1):
            for end in range(start, len(text) + 1):
                port = mapping(f"{text[:start]}${{A}}{text[end:]}")
                if isinstance(port.target, PortRange):
                    assert port.target.text == target_of(filled)
                if port.is_certain:
                    assert agrees(port.published, filled.published)
                    assert agrees(port.host_address, filled.host_address)


def target_of(port: PortMapping) -> str:
    assert isinstance(port.target, PortRange)
    return port.target.text


def agrees(part: object, filled: object) -> bool:
    """Whether a part beside an unknown one is what it is in full, as far as it is known."""
    if isinstance(part, PortRange | Address) and isinstance(filled, PortRange | Address):
        return part.text == filled.text
    return isinstance(part, Traced) or part == filled


def rows_of(service: dict[str, list[dict[str, object]]]) -> list[tuple[object, ...]]:
    return [
        (
            port.get("host_ip", ""),
            port.get("published", ""),
            port["target"],
            port["protocol"],
            port["mode"],
        )
        for port in service["ports"]
    ]


def expected_rows(text: str) -> list[tuple[object, ...]]:
    rows = bindings(mapping(text))
    assert rows is not None
    return [(row.host_address, row.published, row.target, row.protocol, "ingress") for row in rows]


def accepted_texts() -> list[str]:
    """Return texts that are ports, some of them made at random."""
    choose = random.Random(11)
    ranges = ["80", "443", "8080", "0", "080", "+80", "3000-3002", "4000-4002", "80-80", "65535"]
    places = ["127.0.0.1", "::1", "[::1]", "[::]", "1::2", "[]", "", "::ffff:1.2.3.4", "1:2::3"]
    texts = []
    for _ in range(600):
        parts = choose.choices(ranges, k=choose.choice([1, 2, 2, 2]))
        if len(parts) == 2 and choose.random() < 0.5:
            parts.insert(0, choose.choice(places))
        texts.append(":".join(parts) + choose.choice(["", "", "/tcp", "/UDP", "/sctp", "/"]))
    texts = [text for text in texts if isinstance(parse_port(traced(text)), PortMapping)]
    return [text for text, _ in ACCEPTED] + texts


def test_the_real_program_reads_them_so(tmp_path: Path) -> None:
    texts = accepted_texts()
    assert len(texts) > 300
    services = services_of_compose([f"ports: [{quoted(text)}]" for text in texts], tmp_path)
    assert [rows_of(service) for service in services] == [expected_rows(text) for text in texts]


def test_the_real_program_refuses_them(tmp_path: Path) -> None:
    lines = [f"ports: [{quoted(text)}]" for text, _, _ in REFUSED if len(text) < 100]
    assert accepted_by_compose(lines, tmp_path) == []
