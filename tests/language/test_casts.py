"""Numbers and booleans in text: cast and refused as Compose does it, which is asked."""

from __future__ import annotations

import math
import random
import struct
from typing import TYPE_CHECKING

import pytest

from composecheck.language.casts import (
    Boolean,
    Fault,
    Integer,
    InvalidCast,
    Number,
    cast_boolean,
    cast_integer,
    cast_number,
)
from composecheck.source import Span
from tests.language.batches import refused_by_compose, with_unknown_part
from tests.language.services import (
    accepted_by_compose,
    ask_about_services,
    quoted,
    services_of_compose,
    standing,
    traced,
)

if TYPE_CHECKING:
    from pathlib import Path

INTEGERS = [
    ("1", 1),
    ("+3", 3),
    ("-1", -1),
    ("-0", 0),
    ("007", 7),
    ("0" * 40 + "5", 5),
    ("9223372036854775807", 2**63 - 1),
    ("-9223372036854775808", -(2**63)),
]

NO_INTEGERS = [
    ("", Fault.EMPTY, ""),
    ("x", Fault.NO_INTEGER, "x"),
    ("50ms", Fault.NO_INTEGER, "ms"),
    ("unlimited", Fault.NO_INTEGER, "unlimited"),
    ("1.0", Fault.NO_INTEGER, ".0"),
    ("1e3", Fault.NO_INTEGER, "e3"),
    ("0x10", Fault.NO_INTEGER, "x10"),
    ("1_000", Fault.NO_INTEGER, "_000"),
    (" 1", Fault.NO_INTEGER, " 1"),
    ("1 ", Fault.NO_INTEGER, " "),
    ("+-1", Fault.NO_INTEGER, "-1"),
    ("-", Fault.NO_INTEGER, "-"),
    ("\u0663", Fault.NO_INTEGER, "\u0663"),
    ("9223372036854775808", Fault.TOO_LARGE, "9223372036854775808"),
    ("-9223372036854775809", Fault.TOO_LARGE, "-9223372036854775809"),
    ("9" * 5000, Fault.TOO_LARGE, "9" * 5000),
]

NUMBERS = [
    ("1", 1.0),
    (".5", 0.5),
    ("1.", 1.0),
    ("+1.5", 1.5),
    ("-0.5", -0.5),
    ("1e3", 1000.0),
    ("1E-1", 0.1),
    ("1_0", 10.0),
    ("1_0.2_5e0_1", 102.5),
    ("0x1p2", 4.0),
    ("0x_1.8P+1", 3.0),
    ("0x.8p1", 1.0),
    ("0x1.p1", 2.0),
    ("1e-400", 0.0),
]

NO_NUMBERS = [
    ("", Fault.EMPTY, ""),
    ("590m", Fault.NO_NUMBER, "m"),
    ("1,5", Fault.NO_NUMBER, ",5"),
    ("50%", Fault.NO_NUMBER, "%"),
    ("half", Fault.NO_NUMBER, "half"),
    (" 1", Fault.NO_NUMBER, " 1"),
    (".", Fault.NO_NUMBER, "."),
    ("1e", Fault.NO_NUMBER, "1e"),
    ("1_", Fault.NO_NUMBER, "1_"),
    ("1__0", Fault.NO_NUMBER, "_0"),
    ("1._5", Fault.NO_NUMBER, "_5"),
    ("0x1", Fault.NO_NUMBER, "0x1"),
    ("0b1", Fault.NO_NUMBER, "b1"),
    ("+nan", Fault.NO_NUMBER, "nan"),
    ("infinit", Fault.NO_NUMBER, "infinit"),
    ("1e400", Fault.TOO_LARGE, "1e400"),
    ("0x1p9999", Fault.TOO_LARGE, "0x1p9999"),
]

BOOLEANS = [
    ("true", True, False),
    ("False", False, False),
    ("TRUE", True, False),
    ("tRue", True, False),
    ("y", True, True),
    ("Yes", True, True),
    ("oN", True, True),
    ("N", False, True),
    ("no", False, True),
    ("OFF", False, True),
]

NO_BOOLEANS = ["1", "0", "t", "enabled", " true", "yess", "nope", "null"]


@pytest.mark.parametrize(("text", "value"), INTEGERS)
def test_an_integer_is_cast(text: str, value: int) -> None:
    assert cast_integer(traced(text)) == Integer(value, Span(0, len(text)))


@pytest.mark.parametrize(("text", "fault", "wrong"), NO_INTEGERS)
def test_what_is_no_integer_is_pointed_at(text: str, fault: Fault, wrong: str) -> None:
    cast = cast_integer(traced(text))
    assert isinstance(cast, InvalidCast)
    assert (cast.fault, cast.text, standing(cast.span, text)) == (fault, wrong, wrong)


@pytest.mark.parametrize(("text", "value"), NUMBERS)
def test_a_number_is_cast(text: str, value: float) -> None:
    assert cast_number(traced(text)) == Number(value, Span(0, len(text)))


@pytest.mark.parametrize(("text", "fault", "wrong"), NO_NUMBERS)
def test_what_is_no_number_is_pointed_at(text: str, fault: Fault, wrong: str) -> None:
    cast = cast_number(traced(text))
    assert isinstance(cast, InvalidCast)
    assert (cast.fault, cast.text, standing(cast.span, text)) == (fault, wrong, wrong)


def test_infinite_numbers_are_numbers_to_go() -> None:
    for text, value in [("inf", math.inf), ("-Infinity", -math.inf), ("+INF", math.inf)]:
        assert cast_number(traced(text)) == Number(value, Span(0, len(text)))
    number = cast_number(traced("NaN"))
    assert isinstance(number, Number)
    assert math.isnan(number.value)


def test_a_number_of_single_precision() -> None:
    number = cast_number(traced("0.1"), bits=32)
    assert isinstance(number, Number)
    assert number.value == struct.unpack("f", struct.pack("f", 0.1))[0]
    assert isinstance(cast_number(traced("3.5e38"), bits=32), InvalidCast)
    assert isinstance(cast_number(traced("3.5e38")), Number)


@pytest.mark.parametrize(("text", "value", "is_old_word"), BOOLEANS)
def test_a_boolean_is_cast(text: str, value: bool, is_old_word: bool) -> None:
    assert cast_boolean(traced(text)) == Boolean(value, Span(0, len(text)), is_old_word)


@pytest.mark.parametrize("text", NO_BOOLEANS)
def test_what_is_no_boolean_is_pointed_at(text: str) -> None:
    assert cast_boolean(traced(text)) == InvalidCast(Span(0, len(text)), text, Fault.NO_BOOLEAN)


def test_no_text_is_no_boolean() -> None:
    assert cast_boolean(traced("")) == InvalidCast(Span(0, 0), "", Fault.EMPTY)


# What is wrong whatever the variables are.
@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("${N}", None),
        ("1${N}", None),
        ("${N}5", None),
        ("-${N}", None),
        ("${N}m", "m"),
        ("1 ${N}", " ${N}"),
        ("${N}-1", None),  # the variable may be empty
        ("${A:?}-1", "-1"),
        ("5-${N}", "-${N}"),
    ],
)
def test_integers_with_unknown_parts(text: str, wrong: str | None) -> None:
    cast = cast_integer(traced(text))
    if wrong is None:
        assert cast is None
    else:
        assert isinstance(cast, InvalidCast)
        assert (cast.text, standing(cast.span, text)) == (wrong, wrong)


@pytest.mark.parametrize(
    ("text", "is_wrong"),
    [("${B}", False), ("t${B}", False), ("${B}e", False), ("x${B}", True), ("${B}1", True)],
)
def test_booleans_with_unknown_parts(text: str, is_wrong: bool) -> None:
    cast = cast_boolean(traced(text))
    if is_wrong:
        assert cast == InvalidCast(Span(0, len(text)), text, Fault.NO_BOOLEAN)
    else:
        assert cast is None


def test_no_text_is_refused_for_what_could_be_right() -> None:
    for text, _ in INTEGERS:
        assert {cast_integer(traced(open_)) for open_ in with_unknown_part(text)} == {None}
    for text, _ in [*NUMBERS, ("-infinity", 0)]:
        assert {cast_number(traced(open_)) for open_ in with_unknown_part(text)} == {None}
    for text, _, _ in BOOLEANS:
        assert {cast_boolean(traced(open_)) for open_ in with_unknown_part(text)} == {None}


def random_texts(characters: str, count: int) -> list[str]:
    choose = random.Random(5)
    texts = ("".join(choose.choices(characters, k=choose.randint(1, 7))) for _ in range(count))
    return list(dict.fromkeys(texts))


def test_the_real_program_casts_integers_so(tmp_path: Path) -> None:
    texts = [text for text, _, _ in NO_INTEGERS] + random_texts("0123456789+-_. e", 800)
    texts += [text for text, _ in INTEGERS]
    casts = [(f"cpu_shares: {quoted(text)}", cast_integer(traced(text))) for text in texts]
    refused = [line for line, cast in casts if isinstance(cast, InvalidCast)]
    assert refused_by_compose(refused, tmp_path) == refused
    accepted = [(line, cast.value) for line, cast in casts if isinstance(cast, Integer)]
    services = services_of_compose([line for line, _ in accepted], tmp_path)
    assert [service.get("cpu_shares", 0) for service in services] == [row[1] for row in accepted]


def test_the_real_program_casts_numbers_so(tmp_path: Path) -> None:
    texts = [text for text, _, _ in NO_NUMBERS] + random_texts("0123_.ex+-p", 800)
    texts += [text for text, _ in NUMBERS]
    casts = [(f"cpus: {quoted(text)}", cast_number(traced(text), bits=32)) for text in texts]
    refused = [line for line, cast in casts if isinstance(cast, InvalidCast)]
    assert refused_by_compose(refused, tmp_path) == refused
    accepted = [(line, cast.value) for line, cast in casts if isinstance(cast, Number)]
    services = services_of_compose([line for line, _ in accepted], tmp_path)
    made = [struct.unpack("f", struct.pack("f", service.get("cpus", 0)))[0] for service in services]
    assert made == [value for _, value in accepted]


def test_the_real_program_refuses_infinite_numbers_later(tmp_path: Path) -> None:
    lines = [f'cpus: "{text}"' for text in ("inf", "nan", "-infinity")]
    assert accepted_by_compose(lines, tmp_path) == []


def test_the_real_program_casts_booleans_so(tmp_path: Path) -> None:
    refused = [f"privileged: {quoted(text)}" for text in ["", *NO_BOOLEANS]]
    assert refused_by_compose(refused, tmp_path) == refused
    lines = [f"privileged: {quoted(text)}" for text, _, _ in BOOLEANS]
    services = services_of_compose(lines, tmp_path)
    made = [service.get("privileged", False) for service in services]
    assert made == [value for _, value, _ in BOOLEANS]
    warned = ask_about_services(lines, tmp_path).stderr.count("is not supported by YAML 1.2")
    assert warned == sum(is_old_word for _, _, is_old_word in BOOLEANS)
