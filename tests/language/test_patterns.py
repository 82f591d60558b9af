"""Whether a text can fit a pattern whatever its unknown parts are."""

from __future__ import annotations

import pytest

from composecheck.language.patterns import DIGITS, Pattern, spelled, words
from tests.language.services import traced

DIGITS_IN_PAIRS = Pattern(
    {"start": ((DIGITS, "half"),), "half": ((DIGITS, "pair"),), "pair": ((":", "start"),)},
    frozenset(["pair"]),
)


@pytest.mark.parametrize(
    ("text", "misfit"),
    [
        ("12", None),
        ("12:34", None),
        ("", 0),
        ("1", 1),
        ("1:", 1),
        ("123", 2),
        ("12:", 3),
        ("x", 0),
        ("${A}", None),
        ("1${A}", None),
        ("12${A}", None),
        ("${A}34", None),
        ("${A}x", 1),
        ("12:x${A}", 3),
        ("12${A:?}", None),
        ("${A:?}", None),
        ("12:${A:?}:", 5),
        ("${A}${B}:", 3),
    ],
)
def test_where_a_text_stops_to_fit(text: str, misfit: int | None) -> None:
    assert DIGITS_IN_PAIRS.misfit(traced(text)) == misfit


def test_what_may_not_be_empty_needs_room() -> None:
    pattern = words("on", "off")
    assert pattern.misfit(traced("on${A}")) is None
    assert pattern.misfit(traced("on${A:?}")) == 2
    assert pattern.misfit(traced("o${A:?}")) is None


@pytest.mark.parametrize(("text", "misfit"), [("On", None), ("OFF", None), ("of", 2), ("one", 2)])
def test_words_in_small_and_capital_letters(text: str, misfit: int | None) -> None:
    assert words("on", "off").misfit(traced(text)) == misfit


def test_what_is_spelled() -> None:
    assert spelled(traced("a${B}", {"B": "b"})) == "ab"
    assert spelled(traced("a${B:-c}")) == "a${B:-c}"
