"""IP addresses: what Compose takes for one, which is asked through published ports."""

from __future__ import annotations

import random
from ipaddress import IPv4Address, IPv6Address
from typing import TYPE_CHECKING

import pytest

from composecheck.language.addresses import (
    Address,
    Fault,
    InvalidAddress,
    address_of,
    may_go_on,
    parse_address,
)
from composecheck.source import Span
from tests.language.services import accepted_by_compose, quoted, services_of_compose, traced

if TYPE_CHECKING:
    from pathlib import Path

ADDRESSES = [
    "0.0.0.0",
    "127.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "2001:db8::8a2e:370:7334",
    "2001:0DB8:0000:0000:0000:8a2e:0370:7334",
    "1:2:3:4:5:6:7:8",
    "1:2:3:4:5:6:7::",
    "::2:3:4:5:6:7:8",
    "::ffff:1.2.3.4",
    "1:2:3:4:5:6:1.2.3.4",
]

NO_ADDRESSES = [
    ("", Fault.EMPTY),
    (" ", Fault.BLANKS),
    (" 127.0.0.1", Fault.BLANKS),
    ("127.0.0.1 ", Fault.BLANKS),
    (" localhost", Fault.NO_ADDRESS),
    ("[::1]", Fault.BRACKETS),
    ("[::1", Fault.BRACKETS),
    ("fe80::1%eth0", Fault.ZONE),
    ("127.000.0.1", Fault.LEADING_ZERO),
    ("192.168.001.001", Fault.LEADING_ZERO),
    ("localhost", Fault.NO_ADDRESS),
    ("*", Fault.NO_ADDRESS),
    ("127.0.0", Fault.NO_ADDRESS),
    ("1.2.3.4.5", Fault.NO_ADDRESS),
    ("256.0.0.1", Fault.NO_ADDRESS),
    ("10.0.0.0/8", Fault.NO_ADDRESS),
    ("1::2::3", Fault.NO_ADDRESS),
    ("12345::", Fault.NO_ADDRESS),
    ("1:2:3:4:5:6:7:8::", Fault.NO_ADDRESS),
    ("::1.2.3", Fault.NO_ADDRESS),
    ("1:2", Fault.NO_ADDRESS),
]


@pytest.mark.parametrize("text", ADDRESSES)
def test_an_address_is_read(text: str) -> None:
    address = parse_address(traced(text))
    assert isinstance(address, Address)
    assert isinstance(address.value, IPv6Address if ":" in text else IPv4Address)
    assert (address.text, address.span) == (text, Span(0, len(text)))


@pytest.mark.parametrize(("text", "fault"), NO_ADDRESSES)
def test_what_is_no_address(text: str, fault: Fault) -> None:
    assert parse_address(traced(text)) == InvalidAddress(Span(0, len(text)), text, fault)


@pytest.mark.parametrize("text", ["${A}", "127.0.${A}", "${A}::1", "1.2.3.${A:-4}"])
def test_an_unknown_part_may_make_it_one(text: str) -> None:
    assert parse_address(traced(text)) is None


@pytest.mark.parametrize("text", ["local${A}", "${A}.example", "${A}%eth0", "${A} "])
def test_an_unknown_part_that_cannot_make_it_one(text: str) -> None:
    invalid = InvalidAddress(Span(0, len(text)), text, Fault.NO_ADDRESS)
    assert parse_address(traced(text)) == invalid


@pytest.mark.parametrize(
    ("text", "may"),
    [
        ("", True),
        ("1", True),
        ("::", True),
        ("[", True),
        ("[a", True),
        ("[]", False),
        ("a:b", True),
        ("1.2", False),
        ("12345", False),
    ],
)
def test_what_an_address_can_begin_with(text: str, may: bool) -> None:
    assert may_go_on(text) is may


def test_the_real_program_takes_random_addresses_so(tmp_path: Path) -> None:
    choose = random.Random(3)
    pieces = ["1", "ab", "0", "ffff", "::", ":", ":", "1.2.3.4", "255", ".", "00", "g"]
    texts = {"".join(choose.choices(pieces, k=choose.randint(2, 16))) for _ in range(20000)}
    texts |= {":".join(choose.choices("0123456789abcdef", k=8)) for _ in range(20)}
    accepted = [text for text in sorted(texts) if address_of(text)]
    assert len(accepted) > 150
    lines = [f"ports: [{{target: 1, host_ip: {quoted(text)}}}]" for text in accepted]
    ports = [service["ports"][0] for service in services_of_compose(lines, tmp_path)]
    assert [port["host_ip"] for port in ports] == accepted


def test_the_real_program_refuses_the_others(tmp_path: Path) -> None:
    lines = [f"ports: [{{target: 1, host_ip: {quoted(text)}}}]" for text, _ in NO_ADDRESSES[-12:]]
    assert accepted_by_compose(lines, tmp_path) == []
