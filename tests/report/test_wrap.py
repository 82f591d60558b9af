"""Breaking text between words, by cells."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from composecheck.report.wrap import wrap


@pytest.mark.parametrize(
    ("text", "width", "used", "expected"),
    [
        ("", 10, 0, [""]),
        ("one two", 10, 0, ["one two"]),
        ("one two", 7, 0, ["one two"]),
        ("one two", 6, 0, ["one", "two"]),
        ("one two three", 7, 0, ["one two", "three"]),
        ("one two three", 7, 4, ["one", "two", "three"]),
        ("one two", 5, 4, ["", "one", "two"]),
        ("abcdefgh", 3, 0, ["abc", "def", "gh"]),
        ("a bcdefg h", 3, 0, ["a", "bcd", "efg", "h"]),
        ("abcd ef", 3, 1, ["", "abc", "d", "ef"]),
        ("한국어 한국", 6, 0, ["한국어", "한국"]),
        ("한국어", 5, 0, ["한국", "어"]),
    ],
)
def test_wrap(text: str, width: int, used: int, expected: list[str]) -> None:
    assert wrap(text, width, used) == expected


@given(
    st.text("ab한 ", max_size=60).map(lambda text: " ".join(text.split())),
    st.integers(2, 20),
    st.integers(0, 10),
)
def test_nothing_is_lost_and_no_line_is_too_long(text: str, width: int, used: int) -> None:
    lines = wrap(text, width, min(used, width))
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert cell_len(lines[0]) <= width - min(used, width)
    assert all(cell_len(line) <= width for line in lines)
