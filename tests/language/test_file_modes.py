"""Permissions of files: read and refused as Compose does it, which is asked."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from composecheck.language.file_modes import (
    Fault,
    FileMode,
    InvalidFileMode,
    parse_file_mode,
    read_file_mode,
)
from composecheck.source import Span
from tests.language.batches import refused_by_compose, with_unknown_part
from tests.language.services import (
    accepted_by_compose,
    node,
    open_text,
    quoted,
    services_of_compose,
    standing,
    traced,
)

if TYPE_CHECKING:
    from pathlib import Path

ACCEPTED = [
    ("440", 0o440),
    ("0440", 0o440),
    ("7", 7),
    ("+7", 7),
    ("-1", -1),
    ("777777777777777777777", 2**63 - 1),
]

REFUSED = [
    ("", Fault.EMPTY, ""),
    ("999", Fault.NO_OCTAL, "999"),
    ("0o440", Fault.NO_OCTAL, "o440"),
    ("4 40", Fault.NO_OCTAL, " 40"),
    ("r--r-----", Fault.NO_OCTAL, "r--r-----"),
    ("-", Fault.NO_OCTAL, "-"),
    ("1000000000000000000000", Fault.TOO_LARGE, "1000000000000000000000"),
]


@pytest.mark.parametrize(("text", "permissions"), ACCEPTED)
def test_permissions_are_read(text: str, permissions: int) -> None:
    mode = parse_file_mode(traced(text))
    assert mode == FileMode(permissions, Span(0, len(text)), is_number=False)


@pytest.mark.parametrize(("text", "fault", "wrong"), REFUSED)
def test_what_is_wrong_is_pointed_at(text: str, fault: Fault, wrong: str) -> None:
    mode = parse_file_mode(traced(text))
    assert isinstance(mode, InvalidFileMode)
    assert (mode.fault, mode.text, standing(mode.span, text)) == (fault, wrong, wrong)


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("0440", FileMode(0o440, Span(0, 4), is_number=True)),
        ("440", FileMode(440, Span(0, 3), is_number=True)),
        ("0o440", FileMode(0o440, Span(0, 5), is_number=True)),
        ('"440"', FileMode(0o440, Span(1, 4), is_number=False)),
        ("4.5", InvalidFileMode(Span(0, 3), "4.5", Fault.NO_WHOLE_NUMBER)),
        (
            "9223372036854775808",
            InvalidFileMode(Span(0, 19), "9223372036854775808", Fault.NO_WHOLE_NUMBER),
        ),
        ("${MODE}", None),
        ("true", None),
    ],
)
def test_a_number_without_quotes(text: str, mode: FileMode | InvalidFileMode | None) -> None:
    assert read_file_mode(node(text), open_text) == mode


def test_what_is_wrong_whatever_the_variables_are() -> None:
    assert parse_file_mode(traced("${A}9")) == InvalidFileMode(Span(4, 5), "9", Fault.NO_OCTAL)
    for text, _ in ACCEPTED:
        assert {parse_file_mode(traced(open_)) for open_ in with_unknown_part(text)} == {None}


def line(text: str) -> str:
    return f"configs: [{{source: c, mode: {text}}}]"


def test_the_real_program_reads_them_so(tmp_path: Path) -> None:
    choose = random.Random(7)
    texts = ["".join(choose.choices("0123456789+- x", k=choose.randint(1, 5))) for _ in range(500)]
    texts += ["".join(choose.choices("01234567", k=choose.randint(1, 9))) for _ in range(100)]
    texts += [text for text, _ in ACCEPTED] + [text for text, _, _ in REFUSED]
    modes = [(line(quoted(text)), parse_file_mode(traced(text))) for text in texts]
    refused = [written for written, mode in modes if isinstance(mode, InvalidFileMode)]
    assert refused_by_compose(refused, tmp_path) == refused
    accepted = [(written, mode) for written, mode in modes if isinstance(mode, FileMode)]
    services = services_of_compose([written for written, _ in accepted], tmp_path)
    # It prints a 0 before the octal digits, and before a minus too.
    printed = [int(service["configs"][0]["mode"][1:] or "0", 8) for service in services]
    assert printed == [mode.permissions for _, mode in accepted]


def test_the_real_program_reads_numbers_so(tmp_path: Path) -> None:
    services = services_of_compose([line("0440"), line("440")], tmp_path)
    assert [service["configs"][0]["mode"] for service in services] == ["0440", "0670"]
    assert accepted_by_compose([line("4.5"), line("9223372036854775808")], tmp_path) == []
