"""Each character of a value stands where we say, in every style."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from composecheck.source import Source, Span
from composecheck.yaml import load
from composecheck.yaml.nodes import Alias, Mapping, Node, Properties, Scalar, Sequence, Style
from composecheck.yaml.places import Places, places, unescape
from tests.shared_material import corpus, requires_shared, yaml_probes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def scalars(text: str) -> list[Scalar]:
    """Return all scalars of a text, in its order."""
    return list(_scalars(load(Source("test", text)).roots))


def _scalars(nodes: Iterable[Node]) -> Iterator[Scalar]:
    for node in nodes:
        match node:
            case Scalar():
                yield node
            case Sequence():
                yield from _scalars(node.items)
            case Mapping():
                for entry in node.entries:
                    yield from _scalars((entry.key, entry.value))
            case Alias():
                pass


def only_value(text: str) -> Scalar:
    """Return the value of the one key `k` of a text."""
    key, value = scalars(text)
    assert key.text == "k"
    return value


def stands(scalar: Scalar, start: int, end: int) -> str:
    """Return what stands in the text for characters `start` to `end` of the value."""
    return scalar.source.slice(places(scalar).span(start, end))


def each(scalar: Scalar) -> list[str]:
    """Return what stands in the text for each character of the value."""
    return [stands(scalar, index, index + 1) for index in range(len(scalar.text))]


# A text, its value, and what stands for each character of that.
STYLES: list[tuple[str, str, list[str]]] = [
    ("k: abc", "abc", ["a", "b", "c"]),
    ("k: &x !!str  abc", "abc", ["a", "b", "c"]),
    ("k: aé\U0001f600", "aé\U0001f600", ["a", "é", "\U0001f600"]),
    ("k: a b\n  c\n", "a b c", ["a", " ", "b", "\n", "c"]),
    ("k: a  \n \t c\n", "a c", ["a", "\n", "c"]),
    ("k: a\r\n  c\r\n", "a c", ["a", "\r\n", "c"]),
    ("k: a\r  c\r", "a c", ["a", "\r", "c"]),
    ("k: a\n\n  c\n", "a\nc", ["a", "\n", "c"]),
    ("k: 'a'", "a", ["a"]),
    ("k: 'it''s'", "it's", ["i", "t", "''", "s"]),
    ("k: ''''", "'", ["''"]),
    ("k: 'a\\n\"'", 'a\\n"', ["a", "\\", "n", '"']),
    ("k: 'a \n\n  b '", "a\nb ", ["a", "\n", "b", " "]),
    ("k: ' \n a'", " a", ["\n", "a"]),
    ('k: "a"', "a", ["a"]),
    ('k: !!str &x "a\'"', "a'", ["a", "'"]),
    (r'k: "a\tb\\\""', 'a\tb\\"', ["a", r"\t", "b", r"\\", r"\""]),
    (r'k: "\x41\u00e9\U0001F600"', "Aé\U0001f600", [r"\x41", r"\u00e9", r"\U0001F600"]),
    (r'k: "\N\_\L\P"', "\x85\xa0\u2028\u2029", [r"\N", r"\_", r"\L", r"\P"]),
    (
        r'k: "\0\a\b\n\v\f\r\e\ "',
        "\0\a\b\n\v\f\r\x1b ",
        [r"\0", r"\a", r"\b", r"\n", r"\v", r"\f", r"\r", r"\e", "\\ "],
    ),
    ('k: "a\\\t"', "a\t", ["a", "\\\t"]),
    ('k: "a  \n  b"', "a b", ["a", "\n", "b"]),
    ('k: "a \\\n  b"', "a b", ["a", " ", "b"]),
    ('k: "a\\\r\n  b"', "ab", ["a", "b"]),
    ('k: "a\\\n\n\n  b"', "a\n\nb", ["a", "\n", "\n", "b"]),
    ('k: "a\n\n\n  b"', "a\n\nb", ["a", "\n", "\n", "b"]),
    ('k: "a\\  \n  b"', "a  b", ["a", "\\ ", "\n", "b"]),
    ("k: |\n  ab\n  c\n", "ab\nc\n", ["a", "b", "\n", "c", "\n"]),
    ("k: |-\n  ab\n  c\n", "ab\nc", ["a", "b", "\n", "c"]),
    ("k: |+\n  a\n\n\n", "a\n\n\n", ["a", "\n", "\n", "\n"]),
    ("k: |\n  a\n\n\n", "a\n", ["a", "\n"]),
    ("k: |  # why\n  a\n", "a\n", ["a", "\n"]),
    ("k: !!str |\n  a\n", "a\n", ["a", "\n"]),
    ("k: |\r\n  a\r\n  b\r\n", "a\nb\n", ["a", "\r\n", "b", "\r\n"]),
    ("k: |\n   a\n     b\n", "a\n  b\n", ["a", "\n", " ", " ", "b", "\n"]),
    ("k: |1\n   a\n", "  a\n", [" ", " ", "a", "\n"]),
    ("k: |-2\n   a\n", " a", [" ", "a"]),
    ("k: |2+\n   \n", " \n", [" ", "\n"]),
    ("k: |\n\n  a\n", "\na\n", ["\n", "a", "\n"]),
    ("k: |2\n  \ta\n", "\ta\n", ["\t", "a", "\n"]),
    ("k: |\n  a\n \n  b\n", "a\n\nb\n", ["a", "\n", "\n", "b", "\n"]),
    ("k: |\n  a # no comment\n  #b\n", "a # no comment\n#b\n", [*"a # no comment\n#b\n"]),
    ("k: >\n  a\n  b\n", "a b\n", ["a", "\n", "b", "\n"]),
    ("k: >-\n  a\n\n  b\n", "a\nb", ["a", "\n", "b"]),
    ("k: >+\n  a\n\n", "a\n\n", ["a", "\n", "\n"]),
    ("k: >\n  a\n    b\n  c\n", "a\n  b\nc\n", ["a", "\n", " ", " ", "b", "\n", "c", "\n"]),
    ("k: >\n  a\n\n    b\n\n  c\n", "a\n\n  b\n\nc\n", [*"a\n\n  b\n\nc\n"]),
    ("k: >1\n    a\n", "   a\n", [" ", " ", " ", "a", "\n"]),
    ("k: >\r\n  a\r\n  b\r\n", "a b\n", ["a", "\r\n", "b", "\r\n"]),
]


@pytest.mark.parametrize(("text", "value", "standing"), STYLES, ids=[row[0] for row in STYLES])
def test_each_character_stands_where_it_is_written(
    text: str, value: str, standing: list[str]
) -> None:
    scalar = only_value(text)
    assert scalar.text == value
    assert places(scalar).is_exact
    assert each(scalar) == standing


def test_a_folded_break_stands_at_the_break_alone() -> None:
    assert places(only_value("k: a  \n   b")).span(1, 2) == Span(6, 7)


def test_the_second_of_two_breaks_stands_for_the_line_break_of_the_value() -> None:
    assert places(only_value("k: 'a\n\n b'")).span(1, 2) == Span(6, 7)


def test_a_range_goes_from_its_first_character_to_its_last() -> None:
    scalar = only_value('k: "0.0.0.0:80800:80"')
    assert stands(scalar, 8, 13) == "80800"
    assert stands(only_value("k: >-\n  ab\n  cd\n"), 1, 4) == "b\n  c"


@pytest.mark.parametrize(
    ("text", "index", "offset"),
    [
        ("k: abc", 0, 3),
        ("k: abc", 3, 6),
        ('k: ""', 0, 4),
        ("k: ''", 0, 4),
        ("k:", 0, 2),
        ("k: !!str", 0, 8),
        (r'k: "a\tb"', 2, 7),
        (r'k: "a\t"', 2, 7),
        ("k: |\n  ab\n", 2, 9),
        ("k: |\n  ab\n", 3, 10),
    ],
)
def test_an_empty_range_stands_between_two_characters(text: str, index: int, offset: int) -> None:
    assert places(only_value(text)).span(index, index) == Span(offset, offset)


def test_one_line_costs_no_list() -> None:
    for text in ("k: abc", "k: 'abc'", 'k: !x "abc"'):
        found = places(only_value(text))
        assert isinstance(found.starts, range)
        assert isinstance(found.ends, range)


def test_what_cannot_be_told_apart_stands_at_the_whole_content() -> None:
    source = Source("test", "k: !x 'abc'")
    properties = Properties(None, None, "!x", Span(3, 5), 6)
    found = places(Scalar(source, 3, 11, "something else", Style.SINGLE_QUOTED, properties))
    assert not found.is_exact
    assert found.content == Span(7, 10)
    assert {found.span(index, index + 1) for index in range(14)} == {Span(7, 10)}
    assert found.span(3, 3) == Span(7, 7)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", ""),
        ("a'b", "a'b"),
        (r"\'", "'"),
        (r"\"", '"'),
        (r"\x41\u00e9", "Aé"),
        ("a \\\n  b", "a b"),
        ("a\n  b", "a b"),
        (r"\q", None),
        (r"\x4", None),
        (r"\ud800", None),
        (r"\U00110000", None),
        ("a\\", None),
    ],
)
def test_unescape_reads_what_stands_between_double_quotes(text: str, value: str | None) -> None:
    assert unescape(text) == value


def check(scalar: Scalar) -> Places:
    """Hold what must hold for every scalar; return its places."""
    found = places(scalar)
    text = scalar.source.text
    assert found.is_exact, (scalar.style, text[scalar.start : scalar.end], scalar.text)
    assert len(found.starts) == len(found.ends) == len(scalar.text)
    for index, (start, end) in enumerate(zip(found.starts, found.ends, strict=True)):
        assert found.content.start <= start < end <= found.content.end
        if text[start] != "\\" and text[start:end] not in ("''", "\n", "\r\n", "\r"):
            assert text[start:end] == scalar.text[index]
    for end, start in itertools.pairwise(
        itertools.chain.from_iterable(zip(found.starts, found.ends, strict=True))
    ):
        assert end <= start
    return found


@requires_shared
def test_no_scalar_of_the_corpus_is_misjudged() -> None:
    count = 0
    for file in corpus():
        for scalar in scalars(file.text.removeprefix("\ufeff")):
            if scalar.style is not Style.PLAIN or "\n" in scalar.source.slice(scalar.span):
                check(scalar)
            else:
                assert isinstance(places(scalar).starts, range)
            count += 1
    assert count > 300_000


@requires_shared
def test_no_scalar_of_the_yaml_probes_is_misjudged() -> None:
    for probe in yaml_probes():
        for scalar in scalars(probe.text):
            check(scalar)


# Texts that go through every rule: words, blanks, breaks, escapes, characters of all widths.
PIECES = st.sampled_from(
    [
        "a",
        "bc",
        "é",
        "\U0001f600",
        " ",
        "  ",
        "\t",
        "\n",
        "\n\n",
        "\r\n",
        ":",
        "#",
        "'",
        '"',
        "\\",
        "$",
    ]
)
CONTENTS = st.lists(PIECES, max_size=12).map("".join)
BREAKS = st.sampled_from(["\n", "\r\n", "\r"])


@given(CONTENTS)
@settings(max_examples=400)
def test_single_quoted(content: str) -> None:
    written = content.replace("'", "''").replace("\n", "\n ")
    document = load(Source("test", f"k: '{written}'\n"))
    for scalar in _scalars(document.roots):
        check(scalar)


ESCAPED = st.lists(
    PIECES.map(lambda piece: piece.replace("\\", r"\\").replace('"', r"\""))
    | st.sampled_from(
        [r"\t", r"\x41", r"\u00e9", r"\U0001F600", r"\N", r"\L", "\\\n", "\\ ", r"\n"]
    ),
    max_size=12,
).map("".join)


@given(ESCAPED)
@settings(max_examples=400)
def test_double_quoted(written: str) -> None:
    indented = written.replace("\n", "\n ")
    for scalar in scalars(f'k: "{indented}"\n'):
        check(scalar)
        if scalar.style is Style.DOUBLE_QUOTED:
            assert unescape(indented) == scalar.text


@given(st.lists(st.sampled_from(["a", "bc", "é", " d", "x\ty", "e:f", "g#h"]), min_size=1), BREAKS)
def test_plain_over_several_lines(words: list[str], line_break: str) -> None:
    for space in (" ", f"{line_break}  ", f"  {line_break}{line_break} {line_break}  "):
        found = scalars(f"k: {space.join(words)}{line_break}")
        assert len(found) == 2
        for scalar in found:
            check(scalar)


LINES = st.lists(
    st.sampled_from(["", "", " ", "   ", "a", "b c", "  deep", "\ttab", "é#", "# x", "- y", "  "]),
    max_size=7,
)


@given(
    LINES,
    st.sampled_from("|>"),
    st.sampled_from(["", "-", "+"]),
    st.integers(0, 4),
    BREAKS,
    st.booleans(),
)
@settings(max_examples=600)
def test_block_scalars(
    lines: list[str], style: str, chomping: str, indicator: int, line_break: str, ends: bool
) -> None:
    indentation = " " * (indicator or 2)
    header = f"{style}{indicator or ''}{chomping}"
    body = line_break.join(indentation + line if line else line for line in lines)
    text = f"k: {header}{line_break}{body}{line_break if ends else ''}"
    for scalar in scalars(text):
        check(scalar)
