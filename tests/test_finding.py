"""Findings, and how edits are applied to a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from composecheck.finding import Edit, Finding, Severity, splice
from composecheck.source import Source, Span

SOURCE = Source("name", "abcdef")


def edit(start: int, end: int, text: str) -> Edit:
    """Return an edit of the characters from `start` to `end`."""
    return Edit(SOURCE, Span(start, end), text)


SPLICED = [
    ([], "abcdef"),
    ([edit(0, 1, "X")], "Xbcdef"),
    ([edit(5, 6, "")], "abcde"),
    ([edit(0, 6, "")], ""),
    ([edit(0, 0, "X")], "Xabcdef"),
    ([edit(6, 6, "X")], "abcdefX"),
    ([edit(4, 5, "Y"), edit(1, 3, "XXX")], "aXXXdYf"),
    ([edit(1, 2, "X"), edit(2, 3, "Y")], "aXYdef"),
    ([edit(2, 2, "X"), edit(2, 2, "Y")], "abXYcdef"),
    ([edit(2, 3, "Y"), edit(2, 2, "X")], "abXYdef"),
    ([edit(1, 2, ""), edit(2, 2, "X")], "aXcdef"),
]


@pytest.mark.parametrize(("edits", "text"), SPLICED)
def test_edits_change_their_characters_and_nothing_else(edits: list[Edit], text: str) -> None:
    assert splice(SOURCE.text, edits) == text


OVERLAPPING = [
    [edit(0, 2, "X"), edit(1, 3, "Y")],
    [edit(1, 5, "X"), edit(2, 3, "Y")],
    [edit(1, 3, "X"), edit(2, 2, "Y")],
    [edit(1, 2, "X"), edit(1, 2, "X")],
]


@pytest.mark.parametrize("edits", OVERLAPPING)
def test_overlapping_edits_are_refused(edits: list[Edit]) -> None:
    with pytest.raises(ValueError, match="overlap"):
        splice(SOURCE.text, edits)


@given(
    st.text("ab\r\n", max_size=8), st.lists(st.tuples(st.text("ab\n", max_size=3), st.text("xy")))
)
def test_what_is_between_the_edits_stays(head: str, pieces: list[tuple[str, str]]) -> None:
    text = head + "".join(kept for kept, _ in pieces)
    edits = []
    position = len(head)
    for kept, inserted in pieces:
        edits.append(Edit(SOURCE, Span(position, position), inserted))
        position += len(kept)
    expected = head + "".join(inserted + kept for kept, inserted in pieces)
    assert splice(text, edits) == expected


def test_severities_have_an_order_and_a_name() -> None:
    assert Severity.NOTE < Severity.WARNING < Severity.ERROR
    assert [str(severity) for severity in Severity] == ["note", "warning", "error"]


def test_message_and_remedy_in_one() -> None:
    finding = Finding("rule", Severity.ERROR, "It is wrong.", SOURCE, Span(0, 1))
    assert finding.text == "It is wrong."
    finding = Finding("rule", Severity.ERROR, "It is wrong.", SOURCE, Span(0, 1), "Write it.")
    assert finding.text == "It is wrong. Write it."
