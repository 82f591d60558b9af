"""Edits on a text: each changes its characters and no others."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from composecheck.finding import Edit, splice
from composecheck.source import Source, Span
from composecheck.yaml.editing.joining import joined

TEXTS = st.text("ab\r\né😀", max_size=12)


@st.composite
def texts_with_edits(draw: st.DrawFn) -> tuple[str, list[Edit], str]:
    """Return a text, edits that do not overlap, and what they make of it, put together by hand."""
    source_text, result = draw(TEXTS), ""
    result += source_text
    places: list[tuple[int, int, str]] = []
    for _ in range(draw(st.integers(0, 5))):
        old, new, between = draw(TEXTS), draw(st.text("xyz", max_size=4)), draw(TEXTS)
        places.append((len(source_text), len(source_text) + len(old), new))
        source_text += old + between
        result += new + between
    source = Source("test", source_text)
    edits = [Edit(source, Span(start, end), new) for start, end, new in places]
    return source_text, draw(st.permutations(edits)), result


def _places(edits: list[Edit]) -> list[tuple[int, int]]:
    return [(edit.span.start, edit.span.end) for edit in edits]


@given(texts_with_edits())
@settings(max_examples=200)
def test_splice_puts_together_what_was_taken_apart(case: tuple[str, list[Edit], str]) -> None:
    text, edits, expected = case
    inserted = [place for place in _places(edits) if place[0] == place[1]]
    if len(set(inserted)) == len(inserted):
        assert splice(text, edits) == expected
    assert sorted(splice(text, edits)) == sorted(expected)


@given(texts_with_edits())
@settings(max_examples=200)
def test_joined_edits_do_the_same_with_one_edit_at_each_place(
    case: tuple[str, list[Edit], str],
) -> None:
    text, edits, _ = case
    together = joined(edits)
    assert splice(text, together) == splice(text, edits)
    assert len(set(_places(list(together)))) == len(together)
    assert all(edit.text or len(edit.span) for edit in together)


@given(TEXTS, st.data())
@settings(max_examples=200)
def test_overlapping_edits_are_refused_and_others_are_not(text: str, data: st.DataObject) -> None:
    offsets = st.integers(0, len(text))
    (a, b), (c, d) = (sorted(data.draw(st.tuples(offsets, offsets))) for _ in range(2))
    source = Source("test", text)
    edits = [Edit(source, Span(a, b), "x"), Edit(source, Span(c, d), "y")]
    if max(a, c) < min(b, d) or (a < c == d < b) or (c < a == b < d):
        with pytest.raises(ValueError, match="overlap"):
            splice(text, edits)
    else:
        assert len(splice(text, edits)) == len(text) - (b - a) - (d - c) + 2
