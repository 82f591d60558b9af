"""What may reach a terminal of a text, and what is shown in its place."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from composecheck.report.visible import visible, visible_characters


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", "plain"),
        ("back\\slash", "back\\slash"),
        ("한국어 日本語 עברית é", "한국어 日本語 עברית é"),
        ("\t\n\r", r"\t\n\r"),
        ("\x00\x1b\x7f", r"\x00\x1b\x7f"),
        ("\x80\x9b", r"\u0080\u009b"),
        ("\udc80\udcff", r"\x80\xff"),
        ("\ud800", r"\ud800"),
        ("\u00a0\u3000", r"\u00a0\u3000"),
        ("\u200b\u200c\u200d\ufeff\u00ad", r"\u200b\u200c\u200d\ufeff\u00ad"),
        (
            "\u202a\u202e\u2066\u2069\u200e\u200f\u061c",
            r"\u202a\u202e\u2066\u2069\u200e\u200f\u061c",
        ),
        ("\u2028\u2029", r"\u2028\u2029"),
        ("\ue000\U000e0041", r"\ue000\U000e0041"),
        ("\u3164\u115f\u1160\uffa0", r"\u3164\u115f\u1160\uffa0"),
        ("ima\u200dge", r"ima\u200dge"),
        ("👩\u200d💻", "👩💻"),
        ("👍🏽 ❤\ufe0f", "👍 ❤"),
        ("🏽", r"\U0001f3fd"),
    ],
)
def test_what_cannot_be_seen_is_escaped(text: str, expected: str) -> None:
    assert visible(text) == expected


def test_every_character_has_its_place() -> None:
    assert visible_characters("a\tb👍🏽\x1b", tab="    ") == ["a", "    ", "b", "👍", "", r"\x1b"]


def test_no_character_at_all_can_steer_a_terminal() -> None:
    steering = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
    shown = visible("".join(map(chr, range(sys.maxunicode + 1))))
    assert [c for c in shown if unicodedata.category(c) in steering] == []


@given(st.text(st.characters()))
def test_one_line_stays_one_line(text: str) -> None:
    assert len(visible(text).splitlines()) <= 1
    assert len(visible_characters(text)) == len(text)
    assert "".join(visible_characters(text)) == visible(text)
