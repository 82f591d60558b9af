"""Numbers of bytes: read and refused as Compose does it, which is asked."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from composecheck.language.byte_sizes import (
    ByteSize,
    Fault,
    IgnoredSize,
    InvalidByteSize,
    parse_byte_size,
    read_byte_size,
)
from composecheck.source import Span
from composecheck.yaml.walk import find
from tests.language.batches import corpus_text, refused_by_compose, with_unknown_part
from tests.language.services import (
    accepted_by_compose,
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

ACCEPTED: list[tuple[str, int]] = [
    ("1024", 1024),
    ("+1", 1),
    ("-1", -1),
    ("1b", 1),
    ("1 b", 1),
    ("1k", 1024),
    ("1Kb", 1024),
    ("1KiB", 1024),
    ("512m", 512 * 1024**2),
    ("1GiB", 1024**3),
    ("1.5g", 3 * 1024**3 // 2),
    (".5g", 1024**3 // 2),
    ("1 g", 1024**3),
    ("1 ", 1),
    ("5.", 5),
    ("1e3", 1000),
    ("1e3k", 1024000),
    ("1_0k", 10240),
    ("0x1p4k", 16384),
    ("2t", 2 * 1024**4),
    ("2PB", 2 * 1024**5),
    ("-0.0k", 0),
    ("1\u212a", 1024),
    ("9223372036854775807", 2**63 - 1),
    ("9223372036854775808", -(2**63)),
    ("1e30g", -(2**63)),
    ("inf g", -(2**63)),
    ("nan ", -(2**63)),
]

REFUSED: list[tuple[str, Fault, str]] = [
    ("", Fault.EMPTY, ""),
    ("abc", Fault.NO_NUMBER, "abc"),
    ("inf", Fault.NO_NUMBER, "inf"),
    ("k", Fault.NO_NUMBER, "k"),
    (" 1g", Fault.NO_NUMBER, " 1g"),
    ("1,5g", Fault.NO_NUMBER, ",5"),
    ("1.2.3g", Fault.NO_NUMBER, ".3"),
    ("1g1", Fault.NO_NUMBER, "g1"),
    ("1x", Fault.UNKNOWN_UNIT, "x"),
    ("1ki", Fault.UNKNOWN_UNIT, "ki"),
    ("1eb", Fault.UNKNOWN_UNIT, "eb"),
    ("1bb", Fault.UNKNOWN_UNIT, "bb"),
    ("1kk", Fault.UNKNOWN_UNIT, "kk"),
    ("1kibi", Fault.UNKNOWN_UNIT, "kibi"),
    ("1  g", Fault.UNKNOWN_UNIT, " g"),
    ("1g ", Fault.NO_NUMBER, "g"),
    ("50%", Fault.UNKNOWN_UNIT, "%"),
    ("1 gigabyte", Fault.UNKNOWN_UNIT, "gigabyte"),
    ("-1g", Fault.NEGATIVE, "-1g"),
    ("-1.5", Fault.NEGATIVE, "-1.5"),
]


@pytest.mark.parametrize(("text", "size"), ACCEPTED)
def test_a_size_is_read(text: str, size: int) -> None:
    assert parse_byte_size(traced(text)) == ByteSize(size, Span(0, len(text)))


@pytest.mark.parametrize(("text", "fault", "wrong"), REFUSED)
def test_what_is_wrong_is_pointed_at(text: str, fault: Fault, wrong: str) -> None:
    size = parse_byte_size(traced(text))
    assert isinstance(size, InvalidByteSize)
    assert (size.fault, size.text, standing(size.span, text)) == (fault, wrong, wrong)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("${N}", None),
        ("${N}g", None),
        ("${N}ib", None),
        ("512${UNIT}", None),
        ("${N} gb", None),
        ("-${N}", None),
        ("${N}x", "${N}x"),
        ("${N}giga", "ga"),
        ("1x${N}", "x${N}"),
        ("0x${N}", None),
        ("1 x${N}", "x${N}"),
        ("x${N}", "x${N}"),
    ],
)
def test_what_is_wrong_whatever_the_variables_are(text: str, wrong: str | None) -> None:
    size = parse_byte_size(traced(text))
    if wrong is None:
        assert size is None
    else:
        assert isinstance(size, InvalidByteSize)
        assert (size.text, standing(size.span, text)) == (wrong, wrong)


def test_no_text_is_refused_for_what_could_be_right() -> None:
    for text, _ in ACCEPTED:
        assert {parse_byte_size(traced(open_)) for open_ in with_unknown_part(text)} == {None}


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("1024", ByteSize(1024, Span(0, 4))),
        ("-1", ByteSize(-1, Span(0, 2))),
        ("0x10", ByteSize(16, Span(0, 4))),
        ("1.5", IgnoredSize(Span(0, 3))),
        ("1e9", IgnoredSize(Span(0, 3))),
        ("9223372036854775808", IgnoredSize(Span(0, 19))),
        ("1g", ByteSize(1024**3, Span(0, 2))),
        ('"1.5"', ByteSize(1, Span(1, 4))),
        ("true", None),
        ("[1]", None),
        ("${N}", None),
    ],
)
def test_a_number_without_quotes(text: str, size: ByteSize | IgnoredSize | None) -> None:
    assert read_byte_size(node(text), open_text) == size


def test_the_real_program_drops_numbers_with_fractions(tmp_path: Path) -> None:
    lines = [f"mem_limit: {text}" for text in ("1.5", "1e9", "9223372036854775808", "1024")]
    services = services_of_compose(lines, tmp_path)
    assert [service.get("mem_limit", "0") for service in services] == ["0", "0", "0", "1024"]


def random_texts() -> list[str]:
    choose = random.Random(7)
    numbers = ["1", "23", "0", "999", "1_0", "0x1", "00", ".", "", "inf"]
    fractions = ["", "", ".5", ".25", "e3", "p2", "."]
    units = ["k", "m", "G", "b", "", "t", "P", "e", "kb", "KiB", "mib", "gg", "bi"]
    return [
        choose.choice(["", "", "-", "+"])
        + choose.choice(numbers)
        + choose.choice(fractions)
        + choose.choice(["", "", " ", "  "])
        + choose.choice(units)
        for _ in range(800)
    ]


def test_the_real_program_reads_them_so(tmp_path: Path) -> None:
    texts = [text for text, _ in ACCEPTED] + [text for text, _, _ in REFUSED] + random_texts()
    sizes = [(f"mem_limit: {quoted(text)}", parse_byte_size(traced(text))) for text in texts]
    refused = [line for line, made in sizes if isinstance(made, InvalidByteSize)]
    assert refused_by_compose(refused, tmp_path) == refused
    accepted = [(line, made) for line, made in sizes if isinstance(made, ByteSize)]
    assert len(accepted) > 100
    services = services_of_compose([line for line, _ in accepted], tmp_path)
    printed = [int(service.get("mem_limit", "0")) for service in services]
    assert printed == [made.bytes for _, made in accepted]
    assert accepted_by_compose(['mem_limit: ""'], tmp_path) == []


@requires_shared
def test_the_sizes_of_real_files() -> None:
    compared = 0
    for file, values, made in published_services():
        rows = [(values.get(key), made.get(key)) for key in KEYS]
        if "deploy" in values:
            for kind in ("limits", "reservations"):
                path = ("resources", kind, "memory")
                printed = made["deploy"].get("resources", {}).get(kind, {}).get("memory")
                rows.append((find(values["deploy"], path), printed))
        for written, printed in rows:
            if written is not None and printed is not None:
                size = read_byte_size(written, corpus_text)
                assert isinstance(size, ByteSize), file
                assert size.bytes == int(printed), file
                compared += 1
    assert compared > 100


KEYS = ("mem_limit", "mem_reservation", "memswap_limit", "shm_size")
