"""Traced text: cutting it keeps the places, and what is unknown stays unknown."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from composecheck.language.traced import (
    HOLE,
    NotKnown,
    Operator,
    Traced,
    Unknown,
    join,
    known,
    trace,
    unknown,
)
from composecheck.language.variables import interpolate, read_variables
from composecheck.source import Source, Span
from composecheck.yaml.nodes import Scalar, Style


def traced(text: str, environment: dict[str, str] | None = None) -> Traced:
    """Read `text` as it stands in a file, with what is not in `environment` unknown.

    Offsets in it are indices of `text`.
    """
    style = Style.DOUBLE_QUOTED if text.startswith('"') else Style.PLAIN
    value = text[1:-1] if style is Style.DOUBLE_QUOTED else text
    scalar = Scalar(Source("test", text), 0, len(text), value, style)
    template = read_variables(trace(scalar))
    return interpolate(template, environment or {}, unset_is_blank=False).value


def standing(part: Traced | Unknown, text: str) -> str:
    return text[part.span.start : part.span.end]


def test_known_text_is_its_characters() -> None:
    text = traced("80:80")
    assert text.is_known
    assert text.text == "80:80"
    assert len(text) == 5
    assert list(text) == ["8", "0", ":", "8", "0"]
    assert text[2] == ":"
    assert text[-1] == "0"
    assert text.unknowns == ()
    assert [piece.span for piece in text.pieces] == [Span(0, 5)]


def test_an_unknown_part_is_one_element() -> None:
    text = traced("a${HOST}:80")
    assert not text.is_known
    assert len(text) == 5
    assert text.shape == f"a{HOLE}:80"
    host = text[1]
    assert isinstance(host, Unknown)
    assert (host.variable, host.span) == ("HOST", Span(1, 8))
    assert text[-4] is host
    assert list(text) == ["a", host, ":", "8", "0"]
    assert text.unknowns == (host,)
    before, middle, after = text.pieces
    assert isinstance(before, Traced)
    assert isinstance(after, Traced)
    assert before.equals("a")
    assert middle is host
    assert after.equals(":80")


def test_asking_for_unknown_text_is_a_mistake() -> None:
    with pytest.raises(NotKnown, match="HOST"):
        _ = traced("${HOST}").text


def test_an_index_beyond_the_end_is_a_mistake() -> None:
    with pytest.raises(IndexError):
        _ = traced("${A}b")[2]
    with pytest.raises(ValueError, match="steps of 1"):
        _ = traced("abc")[::2]


def test_slices_keep_places_and_unknown_parts() -> None:
    written = "ab${X}cd$Y"
    text = traced(written)
    assert text[:] is text
    assert standing(text[1:4], written) == "b${X}c"
    assert [unknown.variable for unknown in text[1:4].unknowns] == ["X"]
    assert text[3:5].text == "cd"
    assert text[3:5].span == Span(6, 8)
    assert [unknown.variable for unknown in text[3:].unknowns] == ["Y"]
    assert text[4:2].text == ""


@pytest.mark.parametrize(
    ("start", "stop", "offset"), [(0, 0, 0), (1, 1, 1), (2, 2, 2), (3, 3, 6), (4, 4, 7), (9, 9, 7)]
)
def test_an_empty_slice_stands_between_its_neighbours(start: int, stop: int, offset: int) -> None:
    part = traced("ab${X}c")[start:stop]
    assert part.span == Span(offset, offset)
    assert part[0:0].span == Span(offset, offset)
    assert part.strip().span == Span(offset, offset)


def test_an_empty_scalar_stands_where_it_would_stand() -> None:
    assert traced('""').span == Span(1, 1)
    assert traced('""').equals("")


def test_splitting_cuts_at_known_separators_only() -> None:
    written = "${HOST}:80800:80"
    parts = traced(written).split(":")
    assert [standing(part, written) for part in parts] == ["${HOST}", "80800", "80"]
    assert [part.is_known for part in parts] == [False, True, True]


def test_splitting_keeps_empty_parts_at_their_place() -> None:
    parts = traced("a::").split(":")
    assert [part.text for part in parts] == ["a", "", ""]
    assert [part.span for part in parts] == [Span(0, 1), Span(2, 2), Span(3, 3)]


def test_splitting_at_most_so_often() -> None:
    assert [part.text for part in traced("a=b=c").split("=", 1)] == ["a", "b=c"]


def test_cutting_in_two() -> None:
    written = "a=${B}=c"
    text = traced(written)
    assert [standing(part, written) for part in text.partition("=")] == ["a", "=", "${B}=c"]
    assert [standing(part, written) for part in text.rpartition("=")] == ["a=${B}", "=", "c"]
    assert [standing(part, written) for part in text.partition("/")] == [written, "", ""]
    assert [standing(part, written) for part in text.rpartition("/")] == ["", "", written]
    assert [part.span.start for part in text.partition("/")] == [0, 8, 8]
    assert [part.span.start for part in text.rpartition("/")] == [0, 0, 0]


def test_searching_and_stripping() -> None:
    written = "  ${A} b:b  "
    text = traced(written)
    assert text.find("b") == 4
    assert text.find("b", 5) == 6
    assert text.rfind("b") == 6
    assert text.find("A") == -1
    assert standing(text.strip(), written) == "${A} b:b"
    assert standing(text.lstrip(), written) == "${A} b:b  "
    assert standing(text.rstrip(), written) == "  ${A} b:b"
    assert standing(text.strip(" b"), written) == "${A} b:"
    assert text.startswith("  ")
    assert text.endswith((":", " "))
    assert not text.strip().startswith("b")


def test_a_sum_is_one_text() -> None:
    written = "a${X}b/c"
    text = traced(written)
    total = text[:2] + text[3:]
    assert [standing(piece, written) for piece in total.pieces] == ["a", "${X}", "/c"]
    assert [element for element in total if isinstance(element, Unknown)] == [text[1]]
    assert (text[:0] + text[4:]).equals("c")
    assert (text[3:3] + text[4:4]).span == Span(6, 6)


def test_substituted_text_stands_at_the_whole_expression() -> None:
    written = "x${PORT}y"
    text = traced(written, {"PORT": "80800"})
    assert text.text == "x80800y"
    assert standing(text[1:2], written) == "${PORT}"
    assert standing(text[1:6], written) == "${PORT}"
    assert standing(text[5:7], written) == "${PORT}y"


@pytest.mark.parametrize(
    ("written", "may_be_empty"),
    [
        ('""', True),
        ("a", False),
        ("${A}", True),
        ("${A}${B}", True),
        ("${A}:", False),
        ("${A:-x}", False),
        ("${A:-}", True),
        ("${A:-${B}}", True),
        ("${A:-${B:-x}}", False),
        ("${A-x}", True),
        ("${A:?e}", False),
        ("${A?e}", True),
        ("${A:+x}", True),
        ("${A+x}", True),
        ("${A:?e}${B}", False),
    ],
)
def test_what_may_be_empty(written: str, may_be_empty: bool) -> None:
    assert traced(written).may_be_empty is may_be_empty


@pytest.mark.parametrize(
    ("written", "could", "could_not"),
    [
        ("always", ["always"], ["never", ""]),
        ("${A}", ["always", ""], []),
        ("${A:?}", ["always"], [""]),
        ("al${A}", ["al", "always"], ["a", "xal"]),
        ("${A}ys", ["ys", "always"], ["y", "ysx"]),
        ("a${A}w${B}s", ["always", "aws"], ["awxy", "as", "was"]),
        ("a${A:?}w${B:?}s", ["always"], ["aws", "alws"]),
        ("a${A}b${B}b", ["abb", "axbxb"], ["ab", "abba"]),
        ("a${A}a", ["aa", "aba"], ["a"]),
        ("${A}${B:?}x", ["yx"], ["x"]),
    ],
)
def test_what_a_text_could_be(written: str, could: list[str], could_not: list[str]) -> None:
    text = traced(written)
    assert [candidate for candidate in could + could_not if text.could_be(candidate)] == could


def test_many_unknown_parts_cost_no_patience() -> None:
    assert not traced("${A}a" * 500 + "b").could_be("a" * 1000)


def test_equality_is_of_known_text() -> None:
    assert traced("a${B}", {"B": "b"}).equals("ab")
    assert not traced("a${B}").equals("a")
    assert not traced("a${B}").equals(f"a{HOLE}")


def test_a_stray_hole_character_is_a_character() -> None:
    text = known(Source("test", ""), HOLE, Span(0, 0))
    assert text.is_known
    assert list(text) == [HOLE]


def test_what_it_looks_like_to_a_developer() -> None:
    assert repr(traced("a${B:-c}d")) == "<Traced 'a${B}d' at 0:9>"


SOURCE = Source("test", "." * 100)


@st.composite
def rows(draw: st.DrawFn) -> Traced:
    """Return texts with known and unknown parts, one behind the other."""
    parts = []
    offset = 0
    for piece in draw(st.lists(st.sampled_from(["a", ":", " ", "b:", "", None]), max_size=8)):
        span = Span(offset, offset + 4)
        if piece is None:
            parts.append(unknown(SOURCE, Unknown("V", span, Operator.REQUIRED_SET)))
        else:
            parts.append(known(SOURCE, piece, span))
        offset += 5
    return join(SOURCE, parts, 0)


@given(rows())
def test_parts_and_separators_make_up_the_whole(text: Traced) -> None:
    parts = text.split(":")
    assert len(parts) == text.shape.count(":") + 1
    assert ":".join(part.shape for part in parts) == text.shape
    assert [hole for part in parts for hole in part.unknowns] == list(text.unknowns)
    spans = [part.span for part in parts]
    assert spans == sorted(spans, key=lambda span: (span.start, span.end))
    assert (
        "".join(HOLE if isinstance(piece, Unknown) else piece.text for piece in text.pieces)
        == text.shape
    )


@given(rows(), st.integers(0, 12), st.integers(0, 12))
def test_a_slice_is_what_stands_between(text: Traced, start: int, stop: int) -> None:
    part = text[start:stop]
    assert part.shape == text.shape[start:stop]
    assert list(part) == list(text)[start:stop]
    assert part.span.start <= part.span.end
    assert (text[:start] + text[start:]).shape == text.shape
    assert (text[:start] + text[start:]).holes == text.holes


# How a parser reads traced text: a small one for published ports, `[[address:]host:]container`.


@dataclass(frozen=True, slots=True)
class WrongPort:
    """A port that is none; `only_if` names the variable whose default it is in."""

    span: Span
    only_if: str = ""


_PORT = re.compile("[0-9]{1,5}")


def wrong_ports(text: Traced) -> list[WrongPort]:
    """Judge what holds whatever the variables are, and each default for itself."""
    wrong = []
    # Compose counts the parts from the right. A known part between known separators is a part for
    # certain; behind an unknown one, which may hold a separator, nobody knows which part it is.
    for part in text.split(":")[:-3:-1]:
        if not part.is_known:
            if len(part) == 1:
                wrong.extend(wrong_default(part.unknowns[0]))
            break
        if not is_port(part.text):
            wrong.append(WrongPort(part.span))
    return wrong


def wrong_default(part: Unknown) -> list[WrongPort]:
    """Judge the default of a part that is all there is between two separators."""
    default = part.argument
    if default is None or not default.is_known or is_port(default.text):
        return []
    return [WrongPort(default.span, only_if=part.variable)]


def is_port(text: str) -> bool:
    return _PORT.fullmatch(text) is not None and int(text) < 65536


@pytest.mark.parametrize(
    ("written", "underlined"),
    [
        ('"80:80"', []),
        ('"127.0.0.1:80800:80"', [("80800", "")]),
        ('"${HOST}:80800:80"', [("80800", "")]),
        ('"${HOST}80800:80"', []),
        ('"${HOST}:80800"', [("80800", "")]),
        ('"80800${REST}"', []),
        ('"80800:${PORT}"', []),
        ('"x:${PORT}:80"', []),
        ('"${PORT:-80800}:80"', [("80800", "PORT")]),
        ('"${PORT:-${OTHER}}:80"', []),
        ('"${PORT:-80}:x"', [("x", "")]),
    ],
)
def test_a_parser_can_point_and_be_honest(written: str, underlined: list[tuple[str, str]]) -> None:
    found = wrong_ports(traced(written))
    assert [
        (written[port.span.start : port.span.end], port.only_if) for port in found
    ] == underlined
