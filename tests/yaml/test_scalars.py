"""What a scalar means, row by row; and the real program says the same."""

from __future__ import annotations

import json
import math
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from composecheck.source import Source, Span
from composecheck.yaml.nodes import Properties, Scalar, Style
from composecheck.yaml.scalars import Absent, Timestamp, Unresolvable, Value, resolve
from tests.shared_material import ask_compose, docker_compose

if TYPE_CHECKING:
    from pathlib import Path

# What is written, and what it means.
PLAIN: list[tuple[str, Value]] = [
    # nothing
    ("", None),
    ("~", None),
    ("null", None),
    ("Null", None),
    ("NULL", None),
    ("nULL", "nULL"),
    ("None", "None"),
    ("~ ~", "~ ~"),
    # true and false
    ("true", True),
    ("True", True),
    ("TRUE", True),
    ("tRue", "tRue"),
    ("false", False),
    ("False", False),
    ("FALSE", False),
    ("yes", "yes"),
    ("No", "No"),
    ("on", "on"),
    ("OFF", "OFF"),
    ("y", "y"),
    ("n", "n"),
    # integers
    ("0", 0),
    ("00", 0),
    ("+0", 0),
    ("-00", 0),
    ("5", 5),
    ("+5", 5),
    ("-5", -5),
    ("0777", 511),
    ("-0777", -511),
    ("0o777", 511),
    ("0O17", 15),
    ("-0o17", -15),
    ("0o8", "0o8"),
    ("0x1F", 31),
    ("0X1f", 31),
    ("-0x1F", -31),
    ("0x", "0x"),
    ("0xg", "0xg"),
    ("0b101", 5),
    ("0B11", 3),
    ("0b", "0b"),
    ("0b12", "0b12"),
    ("1_000", 1000),
    ("1__0", 10),
    ("1_", 1),
    ("_1", "_1"),
    ("-_5", -5),
    ("0_x1F", 31),
    ("0x_1F", 31),
    ("9223372036854775807", 2**63 - 1),
    ("+9223372036854775807", 2**63 - 1),
    ("9223372036854775808", 2**63),
    ("18446744073709551615", 2**64 - 1),
    ("-9223372036854775808", -(2**63)),
    ("0xFFFFFFFFFFFFFFFF", 2**64 - 1),
    # too large for an integer: a float if it can be read as one, otherwise text
    ("+9223372036854775808", 2.0**63),
    ("-9223372036854775809", -(2.0**63)),
    ("18446744073709551616", 2.0**64),
    ("1" + "0" * 300, 1e300),
    ("9" * 5000, "9" * 5000),
    ("07777777777777777777777777", 7777777777777777777777777.0),
    ("0xFFFFFFFFFFFFFFFFFF", "0xFFFFFFFFFFFFFFFFFF"),
    # floats
    ("-0", -0.0),
    ("-0.0", -0.0),
    ("-0.00", -0.0),
    ("08", 8.0),
    ("0_8", 8.0),
    ("09.5", 9.5),
    ("1.5", 1.5),
    ("1.", 1.0),
    ("1.e5", 100000.0),
    (".5", 0.5),
    ("+.5", 0.5),
    ("-.5", -0.5),
    ("-.5_0", -0.5),
    ("1e3", 1000.0),
    ("1E3", 1000.0),
    ("1e+3", 1000.0),
    ("1e-3", 0.001),
    ("1e_3", 1000.0),
    ("1e", "1e"),
    ("1e400", "1e400"),
    ("1e-400", 0.0),
    ("1_0.5", 10.5),
    ("1._5", 1.5),
    ("0.5_", 0.5),
    (".5e3", 500.0),
    (".5_0", 0.5),
    (".5e1_0", 5e9),
    (".5_", ".5_"),
    (".5__0", ".5__0"),
    (".5_e1", ".5_e1"),
    (".5e_1", ".5e_1"),
    (".5e400", ".5e400"),
    ("._5", "._5"),
    (".", "."),
    ("+.", "+."),
    ("+", "+"),
    ("--5", "--5"),
    (".e5", ".e5"),
    (".5p1", ".5p1"),
    ("0x1p2", "0x1p2"),
    ("inf", "inf"),
    ("NaN", "NaN"),
    ("+inf", "+inf"),
    (".nAn", ".nAn"),
    (".infinity", ".infinity"),
    # neither number nor date
    ("22:22", "22:22"),
    ("1:30", "1:30"),
    ("190:20:30", "190:20:30"),
    ("1.2.3", "1.2.3"),
    ("1,000", "1,000"),
    ("12x", "12x"),
    ("1 2", "1 2"),
    ("\u0661", "\u0661"),  # a digit, in Arabic
    ("=", "="),
    ("<<", Absent()),
    ("<<<", "<<<"),
    # moments
    ("2020-01-01", Timestamp("2020-01-01 00:00:00 +0000 UTC")),
    ("2020-1-1", Timestamp("2020-01-01 00:00:00 +0000 UTC")),
    ("2020-02-29", Timestamp("2020-02-29 00:00:00 +0000 UTC")),
    ("2000-02-29", Timestamp("2000-02-29 00:00:00 +0000 UTC")),
    ("1900-02-29", "1900-02-29"),
    ("0000-01-01", Timestamp("0000-01-01 00:00:00 +0000 UTC")),
    ("2020-01-01T10:20:30Z", Timestamp("2020-01-01 10:20:30 +0000 UTC")),
    ("2020-01-01t10:20:30Z", Timestamp("2020-01-01 10:20:30 +0000 UTC")),
    ("2020-01-01T1:2:3Z", Timestamp("2020-01-01 01:02:03 +0000 UTC")),
    ("2020-01-01 10:20:30", Timestamp("2020-01-01 10:20:30 +0000 UTC")),
    ("2020-01-01   1:20:30", Timestamp("2020-01-01 01:20:30 +0000 UTC")),
    ("2020-01-01 10:20:30.5", Timestamp("2020-01-01 10:20:30.5 +0000 UTC")),
    ("2020-01-01 10:20:30,5", Timestamp("2020-01-01 10:20:30.5 +0000 UTC")),
    ("2020-01-01T10:20:30.500Z", Timestamp("2020-01-01 10:20:30.5 +0000 UTC")),
    ("2020-01-01T10:20:30.1234567899Z", Timestamp("2020-01-01 10:20:30.123456789 +0000 UTC")),
    ("2020-01-01T10:20:30+02:00", Timestamp("2020-01-01 10:20:30 +0200 +0200")),
    ("2020-01-01T10:20:30-02:30", Timestamp("2020-01-01 10:20:30 -0230 -0230")),
    ("2020-01-01T10:20:30+00:60", Timestamp("2020-01-01 10:20:30 +0100 +0100")),
    ("2020-01-01T10:20:30+00:00", Timestamp("2020-01-01 10:20:30 +0000 UTC")),
    ("2020-01-01T10:20:30+0200", "2020-01-01T10:20:30+0200"),
    ("2020-01-01T10:20:30+25:00", "2020-01-01T10:20:30+25:00"),
    ("2020-01-01T10:20:30+00:61", "2020-01-01T10:20:30+00:61"),
    ("2020-01-01T10:20:30", "2020-01-01T10:20:30"),
    ("2020-01-01 10:20:30Z", "2020-01-01 10:20:30Z"),
    ("2020-01-01 10:20", "2020-01-01 10:20"),
    ("2020-01-01T24:00:00Z", "2020-01-01T24:00:00Z"),
    ("2020-01-01T10:60:00Z", "2020-01-01T10:60:00Z"),
    ("2020-01-01T10:20:60Z", "2020-01-01T10:20:60Z"),
    ("2020-02-30", "2020-02-30"),
    ("2020-13-01", "2020-13-01"),
    ("2020-00-01", "2020-00-01"),
    ("2020-01-00", "2020-01-00"),
    ("2020-01-001", "2020-01-001"),
    ("2020-01", "2020-01"),
    ("02020-01-01", "02020-01-01"),
    ("+2020-01-01", "+2020-01-01"),
]

# A tag as it is written, its expanded form, then what is written and what it means.
_YAML = "tag:yaml.org,2002:"
TAGGED: list[tuple[str, str, str, Value]] = [
    ("!!str", f"{_YAML}str", "1", "1"),
    ("!!str", f"{_YAML}str", "", ""),
    ("!!str", f"{_YAML}str", "<<", "<<"),
    ("!!str", f"{_YAML}str", "2020-01-01", "2020-01-01"),
    ("!!int", f"{_YAML}int", "5_0", 50),
    ("!!int", f"{_YAML}int", "0777", 511),
    ("!!int", f"{_YAML}int", '"5"', 5),
    ("!<tag:yaml.org,2002:int>", f"{_YAML}int", "'7'", 7),
    ("!!float", f"{_YAML}float", "1.5", 1.5),
    ("!!float", f"{_YAML}float", "5", 5.0),
    ("!!float", f"{_YAML}float", "0x10", 16.0),
    ("!!float", f"{_YAML}float", '"5"', 5.0),
    ("!!bool", f"{_YAML}bool", "true", True),
    ("!!bool", f"{_YAML}bool", '"FALSE"', False),
    ("!!null", f"{_YAML}null", "~", None),
    ("!!null", f"{_YAML}null", "", None),
    ("!!null", f"{_YAML}null", '""', None),
    ("!!timestamp", f"{_YAML}timestamp", "2020-1-1", Timestamp("2020-01-01 00:00:00 +0000 UTC")),
    ("!!timestamp", f"{_YAML}timestamp", "'2020-1-1'", Timestamp("2020-01-01 00:00:00 +0000 UTC")),
    ("!!binary", f"{_YAML}binary", "aGk=", "hi"),
    ("!!binary", f"{_YAML}binary", '"aG\\nk="', "hi"),
    ("!!binary", f"{_YAML}binary", "", ""),
    ("!!merge", f"{_YAML}merge", "x", Absent()),
    ("!!map", f"{_YAML}map", "5", "5"),
    ("!!other", f"{_YAML}other", "5", "5"),
    ("!foo", "!foo", "5", "5"),
    ("!foo", "!foo", "true", "true"),
    ("!foo", "!foo", "", ""),
    ("!foo", "!foo", "<<", "<<"),
    ("!override", "!override", "5", "5"),
    ("!Reset", "!Reset", "5", "5"),
    ("!", "!", "5", "5"),
    ("!", "!", "", ""),
]

# These, Compose refuses.
MISFITS: list[tuple[str, str]] = [
    ("int", "abc"),
    ("int", "5.0"),
    ("int", ""),
    ("int", "2020-01-01"),
    ("int", "'5 '"),
    ("float", "abc"),
    ("float", "18446744073709551615"),
    ("bool", "yes"),
    ("bool", "1"),
    ("null", "x"),
    ("null", "<<"),
    ("timestamp", "5"),
    ("timestamp", "~"),
    ("timestamp", "2020-02-30"),
    ("binary", "a"),
    ("binary", '"aG k="'),
    ("binary", "\u00e9"),
]

QUOTED: list[tuple[str, Style]] = [
    ("5", Style.SINGLE_QUOTED),
    ("true", Style.DOUBLE_QUOTED),
    ("~", Style.DOUBLE_QUOTED),
    ("", Style.SINGLE_QUOTED),
    ("<<", Style.SINGLE_QUOTED),
    ("2020-01-01", Style.DOUBLE_QUOTED),
    ("0777", Style.LITERAL),
    ("1e3", Style.FOLDED),
]


def scalar(written: str, tag: str | None = None) -> Scalar:
    """Make the scalar that stands alone in a text, plain or in quotes."""
    style, text = Style.PLAIN, written
    if written[:1] in ("'", '"'):
        style = Style(written[0])
        text = written[1:-1].replace("\\n", "\n")
    properties = Properties(None, None, tag, Span(0, 0), 0) if tag else None
    return Scalar(Source("test", written), 0, len(written), text, style, properties)


def same(one: object, other: object) -> bool:
    """Whether two values are equal, and of the same kind, and zeros of the same sign."""
    if isinstance(one, float) and isinstance(other, float):
        return repr(one) == repr(other)
    return type(one) is type(other) and one == other


@pytest.mark.parametrize(("written", "value"), PLAIN, ids=[row[0][:40] for row in PLAIN])
def test_a_plain_scalar_means_what_it_means_to_compose(written: str, value: Value) -> None:
    assert same(resolve(scalar(written)), value)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        (".inf", math.inf),
        (".Inf", math.inf),
        (".INF", math.inf),
        ("+.inf", math.inf),
        ("-.Inf", -math.inf),
        (".nan", math.nan),
        (".NaN", math.nan),
        (".NAN", math.nan),
    ],
)
def test_infinity_and_no_number_are_floats_and_refused_by_compose(
    written: str, value: float, tmp_path: Path
) -> None:
    assert same(resolve(scalar(written)), value)
    answer = ask_compose(f"services: {{}}\nx-value: {written}\n", tmp_path)
    assert answer.returncode == 1
    assert "unsupported value" in answer.stderr


@pytest.mark.parametrize(("text", "style"), QUOTED)
def test_quoted_and_block_scalars_are_text(text: str, style: Style) -> None:
    assert resolve(Scalar(Source("test", ""), 0, 0, text, style)) == text


@pytest.mark.parametrize(("written_tag", "tag", "written", "value"), TAGGED)
def test_a_tag_decides(written_tag: str, tag: str, written: str, value: Value) -> None:
    assert same(resolve(scalar(written, tag)), value)


def test_a_lone_exclamation_mark_makes_text_also_where_the_parser_swallows_it() -> None:
    properties = Properties(None, None, None, Span(0, 1), 2)
    assert resolve(Scalar(Source("test", "! 5"), 0, 3, "5", Style.PLAIN, properties)) == "5"


def test_an_anchor_changes_nothing() -> None:
    properties = Properties("a", Span(0, 2), None, None, 3)
    assert resolve(Scalar(Source("test", "&a 5"), 0, 4, "5", Style.PLAIN, properties)) == 5


@pytest.mark.parametrize(("tag", "written"), MISFITS)
def test_a_misfit_is_unresolvable_and_refused_by_compose(
    tag: str, written: str, tmp_path: Path
) -> None:
    assert resolve(scalar(written, _YAML + tag)) == Unresolvable(f"!!{tag}")
    answer = ask_compose(f"services: {{}}\nx-value: !!{tag} {written}\n", tmp_path)
    assert answer.returncode == 1
    assert "construct" in answer.stderr


def test_the_real_program_means_the_same(tmp_path: Path) -> None:
    rows: list[tuple[str, Value]] = [*PLAIN]
    rows.extend((f"{written_tag} {written}", value) for written_tag, _, written, value in TAGGED)
    values = "".join(f"  k{number}: {written}\n" for number, (written, _) in enumerate(rows))
    labels = "".join(f"      k{number}: {written}\n" for number, (written, _) in enumerate(rows))
    model = printed(
        f"name: p\nx-values:\n{values}services:\n  a:\n    image: i\n    labels:\n{labels}",
        tmp_path,
    )
    seen: dict[str, Any] = model["x-values"]
    seen_as_text: dict[str, str] = model["services"]["a"]["labels"]
    for number, (written, value) in enumerate(rows):
        key = f"k{number}"
        match value:
            case Absent():
                assert key not in seen, written
                assert key not in seen_as_text, written
            case Timestamp():
                assert seen_as_text[key] == value.text, written
            case float():
                assert float(seen[key]) == value, written
                assert seen_as_text[key].startswith("-") is (math.copysign(1, value) < 0), written
            case _:
                assert same(seen[key], value), written


@pytest.mark.parametrize(
    "written", ["8", "08", "0_8", "+5", "-0", "1.", "1e3", "2.0", "18446744073709551616"]
)
def test_the_real_program_takes_the_same_numbers_for_integers(written: str, tmp_path: Path) -> None:
    answer = ask_compose(f"services: {{a: {{image: i, environment: [{written}]}}}}\n", tmp_path)
    kind = {int: "int", float: "float64"}[type(resolve(scalar(written)))]
    assert answer.stderr.strip().endswith(f"unexpected type {kind}")


def printed(text: str, folder: Path) -> dict[str, Any]:
    """Return what `docker compose config` prints of a file."""
    (folder / "compose.yaml").write_text(text, encoding="utf-8")
    answer = subprocess.run(
        [docker_compose(), "-f", "compose.yaml", "config", "--format", "json"],
        cwd=folder,
        env={"PATH": "/usr/bin:/bin", "HOME": str(folder), "TZ": "UTC"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    model: dict[str, Any] = json.loads(answer.stdout)
    return model
