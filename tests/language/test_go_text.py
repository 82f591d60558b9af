"""Numbers and blanks as Go has them."""

from __future__ import annotations

import math

import pytest

from composecheck.language.go_text import SPACES, print_value


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "true"),
        (False, "false"),
        (0, "0"),
        (-5, "-5"),
        (1.0, "1"),
        (1.5, "1.5"),
        (0.1, "0.1"),
        (-0.0, "-0"),
        (0.0, "0"),
        (0.0001, "0.0001"),
        (0.00001, "1e-05"),
        (100000.0, "100000"),
        (1000000.0, "1e+06"),
        (123456.75, "123456.75"),
        (1234567.5, "1.2345675e+06"),
        (-1e21, "-1e+21"),
        (1e100, "1e+100"),
        (5e-324, "5e-324"),
        (math.inf, "+Inf"),
        (-math.inf, "-Inf"),
        (math.nan, "NaN"),
    ],
)
def test_numbers_are_written(value: float, text: str) -> None:
    assert print_value(value) == text


def test_blanks() -> None:
    assert len(SPACES) == len(set(SPACES)) == 25
    assert all(character.isspace() for character in SPACES)
    assert not set("\x1c\x1d\x1e\x1f\u200b\ufeff") & set(SPACES)
