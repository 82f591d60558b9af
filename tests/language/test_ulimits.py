"""Limits of the system: read and refused as Compose does it, which is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composecheck.language import casts
from composecheck.language.casts import Integer, InvalidCast
from composecheck.language.ulimits import Fault, InvalidLimit, Limit, read_ulimits
from composecheck.source import Span
from tests.language.batches import corpus_text
from tests.language.services import (
    accepted_by_compose,
    node,
    open_text,
    published_services,
    services_of_compose,
    standing,
)
from tests.shared_material import requires_shared

if TYPE_CHECKING:
    from pathlib import Path

# What is written, and its soft and its hard limit.
ACCEPTED: list[tuple[str, int, int]] = [
    ("{nofile: 65535}", 65535, 65535),
    ("{nofile: -1}", -1, -1),
    ("{nofile: '+5'}", 5, 5),
    ("{nofile: {soft: 1, hard: '2'}}", 1, 2),
    ("{nofile: {soft: 3, hard: 2}}", 3, 2),
    ("{nofile: {soft: 0x10, hard: 1_000}}", 16, 1000),
]

REFUSED: list[tuple[str, Limit]] = [
    ("{nofile: unlimited}", InvalidCast(Span(9, 18), "unlimited", casts.Fault.NO_INTEGER)),
    ("{nofile: ''}", InvalidCast(Span(10, 10), "", casts.Fault.EMPTY)),
    ("{nofile: 1e3}", InvalidLimit(Span(9, 12), Fault.NO_WHOLE_NUMBER)),
    ("{nofile: 1.5}", InvalidLimit(Span(9, 12), Fault.NO_WHOLE_NUMBER)),
    ("{nofile: 2.0}", InvalidLimit(Span(9, 12), Fault.NO_WHOLE_NUMBER)),
    ("{nofile: 9223372036854775808}", InvalidLimit(Span(9, 28), Fault.TOO_LARGE)),
    ("{nofile: {soft: 2.0, hard: 2}}", InvalidLimit(Span(16, 19), Fault.NO_WHOLE_NUMBER)),
    ("{nofile: {soft: 9223372036854775808, hard: 2}}", InvalidLimit(Span(16, 35), Fault.TOO_LARGE)),
]


@pytest.mark.parametrize(("text", "soft", "hard"), ACCEPTED)
def test_limits_are_read(text: str, soft: int, hard: int) -> None:
    (limit,) = read_ulimits(node(text), open_text)
    assert limit.name.text == "nofile"
    assert isinstance(limit.soft, Integer)
    assert isinstance(limit.hard, Integer)
    assert (limit.soft.value, limit.hard.value) == (soft, hard)
    assert standing(limit.span, text) == text[1:-1]


@pytest.mark.parametrize(("text", "wrong"), REFUSED)
def test_what_is_wrong_is_pointed_at(text: str, wrong: Limit) -> None:
    (limit,) = read_ulimits(node(text), open_text)
    assert limit.soft == wrong


def test_what_is_unknown_or_missing() -> None:
    (limit,) = read_ulimits(node("{nofile: '${N}'}"), open_text)
    assert limit.soft is limit.hard is None
    (limit,) = read_ulimits(node("{nofile: {soft: true}}"), open_text)
    assert limit.soft is limit.hard is None
    assert read_ulimits(node("[a]"), open_text) == ()


def test_the_real_program_reads_them_so(tmp_path: Path) -> None:
    services = services_of_compose([f"ulimits: {text}" for text, _, _ in ACCEPTED], tmp_path)
    made = [service["ulimits"]["nofile"] for service in services]
    assert [
        (limit["soft"], limit["hard"]) if isinstance(limit, dict) else (limit, limit)
        for limit in made
    ] == [(soft, hard) for _, soft, hard in ACCEPTED]


def test_the_real_program_refuses_them(tmp_path: Path) -> None:
    lines = [f"ulimits: {text}" for text, _ in REFUSED]
    assert accepted_by_compose(lines, tmp_path) == []


@requires_shared
def test_the_limits_of_real_files() -> None:
    compared = 0
    for file, values, made in published_services():
        limits = read_ulimits(values["ulimits"], corpus_text) if "ulimits" in values else ()
        for limit in limits:
            assert isinstance(limit.soft, Integer), file
            assert isinstance(limit.hard, Integer), file
            printed = made["ulimits"][limit.name.text]
            soft, hard = (
                (printed, printed)
                if isinstance(printed, int)
                else (printed["soft"], printed["hard"])
            )
            assert (limit.soft.value, limit.hard.value) == (soft, hard), file
            compared += 1
    assert compared > 20
