"""Ports of `expose`: any text is kept, and what is no port is told apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composecheck.language.expose import (
    ExposedPort,
    Fault,
    parse_exposed_port,
    read_exposed_port,
)
from composecheck.language.ports import PortRange, Protocol
from composecheck.language.traced import Traced, trace
from composecheck.source import Span
from tests.language.services import (
    accepted_by_compose,
    blank_text,
    items,
    node,
    published_services,
    services_of_compose,
    standing,
    traced,
)
from tests.shared_material import requires_shared

if TYPE_CHECKING:
    from pathlib import Path

# What is written, and the text that Compose keeps.
ACCEPTED = [
    ("80", "80"),
    ('"80"', "80"),
    ("0777", "511"),
    ('"0777"', "0777"),
    ("8_0", "80"),
    ("99999", "99999"),
    ("-1", "-1"),
    ('"80/tcp"', "80/tcp"),
    ('"80-90"', "80-90"),
    ("foo", "foo"),
    ('"a b"', "a b"),
    ('""', ""),
]

REFUSED = [
    ("80.5", Fault.NO_WHOLE_NUMBER),
    ("80.0", Fault.NO_WHOLE_NUMBER),
    ("080", Fault.NO_WHOLE_NUMBER),
    ("1e3", Fault.NO_WHOLE_NUMBER),
    ("2020-01-01", Fault.NO_WHOLE_NUMBER),
    ("18446744073709551615", Fault.TOO_LARGE),
]

WRONG_SHAPES = ["true", "~", "[80]", "{target: 80}"]


@pytest.mark.parametrize(("text", "kept"), ACCEPTED)
def test_any_text_is_kept(text: str, kept: str) -> None:
    port = read_exposed_port(node(text), trace)
    assert isinstance(port, ExposedPort)
    assert port.text.equals(kept)


@pytest.mark.parametrize(("text", "fault"), REFUSED)
def test_what_is_wrong_is_pointed_at(text: str, fault: Fault) -> None:
    found = read_exposed_port(node(text), trace)
    assert isinstance(found, tuple)
    (invalid,) = found
    assert (invalid.fault, invalid.text, standing(invalid.span, text)) == (fault, text, text)


@pytest.mark.parametrize("text", WRONG_SHAPES)
def test_nothing_is_said_of_a_wrong_shape(text: str) -> None:
    assert read_exposed_port(node(text), trace) == ()


def test_ports_and_protocols_are_read() -> None:
    port = parse_exposed_port(traced("8000-8010/UDP"))
    assert port.ports == PortRange(8000, 8010, "8000-8010", Span(0, 9))
    assert port.protocol == Protocol("udp", Span(10, 13))
    assert parse_exposed_port(traced("80")).protocol is None


@pytest.mark.parametrize(
    ("text", "ports", "protocol"),
    [
        ("foo", "foo", ""),
        ("80/http", "", "http"),
        ("70000/tcp", "70000", ""),
        ("${PORT}", "${PORT}", ""),
        ("${PORT}/${PROTOCOL}", "${PORT}", "${PROTOCOL}"),
    ],
)
def test_what_is_none_or_unknown_stays_a_text(text: str, ports: str, protocol: str) -> None:
    port = parse_exposed_port(traced(text))
    for part, expected in ((port.ports, ports), (port.protocol, protocol)):
        assert (standing(part.span, text) if isinstance(part, Traced) else "") == expected


def test_the_real_program_keeps_them_so(tmp_path: Path) -> None:
    lines = [f"expose: [{text}]" for text, _ in ACCEPTED]
    services = services_of_compose(lines, tmp_path)
    assert [service["expose"] for service in services] == [[kept] for _, kept in ACCEPTED]


def test_the_real_program_refuses_them(tmp_path: Path) -> None:
    lines = [f"expose: [{text}]" for text in [*(text for text, _ in REFUSED), *WRONG_SHAPES]]
    assert accepted_by_compose(lines, tmp_path) == []


@requires_shared
def test_published_files_expose_the_ports_that_compose_sees() -> None:
    compared = 0
    for file, service, made in published_services():
        texts = set()
        for item in items(service.get("expose")):
            port = read_exposed_port(item, blank_text)
            assert isinstance(port, ExposedPort), file
            texts.add(port.text.text)
        compared += len(texts)
        assert texts == set(made.get("expose", [])), file
    assert compared > 100
