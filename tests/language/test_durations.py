"""Lengths of time: read and refused as Compose does it, which is asked."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from composecheck.language.durations import (
    NANOSECONDS,
    Duration,
    Fault,
    InvalidDuration,
    parse_duration,
)
from composecheck.language.traced import Traced
from composecheck.language.values import read_value
from composecheck.source import Span
from composecheck.yaml.walk import find
from tests.language.batches import corpus_text, refused_by_compose, with_unknown_part
from tests.language.services import (
    published_services,
    quoted,
    services_of_compose,
    standing,
    traced,
)
from tests.shared_material import requires_shared

if TYPE_CHECKING:
    from pathlib import Path

SECOND = NANOSECONDS["s"]

ACCEPTED: list[tuple[str, int]] = [
    ("30s", 30 * SECOND),
    ("1m30s", 90 * SECOND),
    ("1h1h", 7200 * SECOND),
    ("1.5h", 5400 * SECOND),
    (".5s", SECOND // 2),
    ("1.s", SECOND),
    ("1d", 86_400 * SECOND),
    ("1w2d", 9 * 86_400 * SECOND),
    ("100ms", SECOND // 10),
    ("1us", 1_000),
    ("1\u00b5s1\u03bcs", 2_000),
    ("1ns", 1),
    ("0", 0),
    ("+0", 0),
    ("-1s", -SECOND),
    ("+1s", SECOND),
    ("0s", 0),
    ("0.000000001h", 3_600),
    ("0.33333333333333333333333s", 333_333_333),
    ("9223372036854775807ns", 2**63 - 1),
    ("15250w", 15_250 * 7 * 86_400 * SECOND),
]

REFUSED: list[tuple[str, Fault, str]] = [
    ("", Fault.EMPTY, ""),
    ("10", Fault.NO_UNIT, "10"),
    ("1h10", Fault.NO_UNIT, "10"),
    ("00", Fault.NO_UNIT, "00"),
    ("1.5.5s", Fault.NO_UNIT, "1.5"),
    ("1y", Fault.UNKNOWN_UNIT, "y"),
    ("5 s", Fault.UNKNOWN_UNIT, " s"),
    ("5s ", Fault.UNKNOWN_UNIT, "s "),
    ("5S", Fault.UNKNOWN_UNIT, "S"),
    ("5min", Fault.UNKNOWN_UNIT, "min"),
    ("1m 30s", Fault.UNKNOWN_UNIT, "m "),
    ("1h-1m", Fault.UNKNOWN_UNIT, "h-"),
    ("1e3s", Fault.UNKNOWN_UNIT, "e"),
    ("5,5s", Fault.UNKNOWN_UNIT, ","),
    ("abc", Fault.NO_NUMBER, "abc"),
    ("abc5", Fault.NO_NUMBER, "abc"),
    (" 5s", Fault.NO_NUMBER, " "),
    (".s", Fault.NO_NUMBER, ".s"),
    ("-", Fault.NO_NUMBER, "-"),
    ("--1s", Fault.NO_NUMBER, "-"),
    ("\uff11s", Fault.NO_NUMBER, "\uff11s"),
    ("15251w", Fault.TOO_LONG, "15251w"),
    ("9223372036854775807ns1ns", Fault.TOO_LONG, "1ns"),
    ("9223372036854775808ns", Fault.TOO_LONG, "9223372036854775808ns"),
    ("9" * 5000 + "s", Fault.TOO_LONG, "9" * 5000 + "s"),
]


@pytest.mark.parametrize(("text", "nanoseconds"), ACCEPTED)
def test_a_duration_is_read(text: str, nanoseconds: int) -> None:
    assert parse_duration(traced(text)) == Duration(nanoseconds, Span(0, len(text)))


def test_a_duration_in_seconds() -> None:
    assert Duration(1_500_000_000, Span(0, 4)).seconds == 1.5


@pytest.mark.parametrize(("text", "fault", "wrong"), REFUSED)
def test_what_is_wrong_is_pointed_at(text: str, fault: Fault, wrong: str) -> None:
    duration = parse_duration(traced(text))
    assert isinstance(duration, InvalidDuration)
    assert (duration.fault, duration.text, standing(duration.span, text)) == (fault, wrong, wrong)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("${N}", None),
        ("${N}s", None),
        ("10${UNIT}", None),
        ("1${X}0", (Fault.NO_UNIT, "1${X}0")),
        ("${N:-10}", None),
        ("${N}x", (Fault.UNKNOWN_UNIT, "x")),
        ("${N} s", (Fault.UNKNOWN_UNIT, " s")),
        ("${N}y1s", (Fault.UNKNOWN_UNIT, "y1s")),
        ("x${N}", (Fault.NO_NUMBER, "x${N}")),
        ("5s-${N}", (Fault.UNKNOWN_UNIT, "-${N}")),
    ],
)
def test_what_is_wrong_whatever_the_variables_are(
    text: str, wrong: tuple[Fault, str] | None
) -> None:
    duration = parse_duration(traced(text))
    if wrong is None:
        assert duration is None
    else:
        assert isinstance(duration, InvalidDuration)
        assert (duration.fault, duration.text) == wrong
        assert standing(duration.span, text) == wrong[1]


def test_substituted_text_stands_at_the_variable() -> None:
    text = "${N}s"
    duration = parse_duration(traced(text, {"N": "x"}))
    assert duration == InvalidDuration(Span(0, 5), "xs", Fault.NO_NUMBER)


def test_no_text_is_refused_for_what_could_be_right() -> None:
    for text, _ in ACCEPTED:
        assert {parse_duration(traced(open_)) for open_ in with_unknown_part(text)} == {None}


def random_texts() -> list[str]:
    choose = random.Random(7)
    texts = []
    for _ in range(600):
        parts = []
        for _ in range(choose.randint(1, 4)):
            parts.append(choose.choice(["1", "23", "0", "999", "", "x"]))
            parts.append(choose.choice(["", ".5", ".25", ".123456789", "."]))
            parts.append(choose.choice([*NANOSECONDS, "y", "", " "]))
        texts.append(choose.choice(["", "", "-", "+"]) + "".join(parts))
    return texts


def test_the_real_program_reads_them_so(tmp_path: Path) -> None:
    texts = [text for text, _ in ACCEPTED] + [text for text, _, _ in REFUSED] + random_texts()
    durations = [
        (f"stop_grace_period: {quoted(text)}", parse_duration(traced(text))) for text in texts
    ]
    refused = [line for line, made in durations if isinstance(made, InvalidDuration)]
    assert refused_by_compose(refused, tmp_path) == refused
    accepted = [(line, made) for line, made in durations if isinstance(made, Duration)]
    assert len(accepted) > 100
    services = services_of_compose([line for line, _ in accepted], tmp_path)
    printed = [parse_duration(traced(service["stop_grace_period"])) for service in services]
    lengths = [made.nanoseconds for made in printed if isinstance(made, Duration)]
    assert lengths == [made.nanoseconds for _, made in accepted]


@requires_shared
def test_the_durations_of_real_files() -> None:
    compared = 0
    for file, values, made in published_services():
        healthcheck = values.get("healthcheck")
        rows = [
            (find(healthcheck, (key,)), made.get("healthcheck", {}).get(key))
            for key in ("interval", "timeout", "start_period", "start_interval")
            if healthcheck is not None
        ]
        rows.append((values.get("stop_grace_period"), made.get("stop_grace_period")))
        for written, printed in rows:
            text = read_value(written, corpus_text) if written else None
            if not isinstance(text, Traced):
                continue
            duration, expected = parse_duration(text), parse_duration(traced(printed))
            assert isinstance(duration, Duration), file
            assert isinstance(expected, Duration), file
            assert duration.nanoseconds == expected.nanoseconds, file
            compared += 1
    assert compared > 300
