"""What is written is read as what it is: by Compose's rules, and by those of YAML 1.1."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from composecheck.source import Source
from composecheck.yaml.editing import CannotEdit, get_value, insert_entry, insert_item, set_value
from composecheck.yaml.editing.scalars import as_written, block_lines
from composecheck.yaml.nodes import Style
from tests.yaml.editing.oracle import read

SOURCE = Source("test", "")
STYLES = (Style.PLAIN, Style.SINGLE_QUOTED, Style.DOUBLE_QUOTED)

# Words that some reader takes for something else than text, and signs that mean something to YAML.
WORDS = (
    *("yes", "No", "on", "OFF", "y", "N", "true", "True", "TRUE", "null", "Null", "~", "", "<<"),
    *(
        "0",
        "12",
        "-1",
        "+1",
        "0777",
        "0o17",
        "0x1F",
        "0b11",
        "1_000",
        "1.5",
        "-.5",
        "1e3",
        "1.",
        ".",
    ),
    *("22:22", "1:30:00", "8080:80", "127.0.0.1:80:80", "1:20.5", ".inf", "-.Inf", ".NaN", "+.INF"),
    *("2020-01-01", "2020-1-1 10:00:00", "2001-12-14t21:59:43.10-05:00", "1.2.3", "=", "-", "--"),
    *(
        "---",
        "...",
        "--- x",
        "... x",
        "-x",
        "- x",
        "?",
        "? x",
        "?x",
        ":",
        ":x",
        ": x",
        "x:",
        "x: y",
    ),
    *(
        "x:y",
        "x :y",
        "#",
        "#x",
        "x#y",
        "x #y",
        "x\t#y",
        "&x",
        "*x",
        "!x",
        "!!str x",
        "|",
        ">",
        "%x",
    ),
    *(
        "@x",
        "`x`",
        "'",
        "''",
        '"',
        "'x'",
        '"x"',
        "it's",
        'a"b',
        "a'b\"c",
        "\\",
        "a\\b",
        "C:\\x",
        "[x]",
    ),
    *(
        "[",
        "]",
        "{",
        "}",
        "{x: y}",
        "a,b",
        "a, b",
        ",",
        " ",
        "  x",
        "x  ",
        "\tx",
        "x\t",
        "a  b",
        "a\tb",
    ),
    *(
        "é",
        "日本",
        "😀",
        "\xa0",
        "x\xa0",
        "\x85",
        "\u2028",
        "\ufeff",
        "\ufeffx",
        "a\ufeffb",
        "\x00",
    ),
    *(
        "\x07",
        "\x1b[0m",
        "\x7f",
        "\ufffe",
        "\ue000",
        "${X:-y}",
        "$$x",
        "~/x",
        "./x",
        "/",
        "*",
        "a&b",
    ),
    *(
        "x" * 900,
        "x y " * 100,
        "0x",
        "1_",
        "_1",
        "1e",
        "e1",
        "0o9",
        "08",
        "0_1",
        "++1",
        "1:60",
        "0:0",
    ),
)

SIGNS = " \t:#-?,[]{}&*!|>'\"%@`~=<.+_\\/0157xyeonfNYéß日😀\x85\u2028\ufeff\x00\x1b\xa0$"
TEXTS = st.text(SIGNS, max_size=8) | st.text(max_size=8).filter(
    lambda text: not any("\ud800" <= sign <= "\udfff" for sign in text)
)


def read_by_1_1(text: str) -> Any:
    """Return what a reader of YAML 1.1 makes of a text."""
    yaml = YAML(typ="safe", pure=True)
    yaml.version = (1, 1)
    return yaml.load(text)


def judge_text(text: str, style: Style) -> None:
    """Assert that `text` is read as itself wherever it is written on one line."""
    block, flow = (
        as_written(text, style, Style.DOUBLE_QUOTED, SOURCE, in_flow=in_flow)
        for in_flow in (False, True)
    )
    document = (
        f"k: {block} # c\nl:\n- {block}\nm:\n  {block}: v\n"
        f"q: [{flow}, b, {flow}]\no: {{a: {flow}}}\np: {{{flow}: a}}\n"
    )
    expected: dict[str, Any] = {"k": text, "l": [text], "m": {text: "v"}, "q": [text, "b", text]}
    expected |= {"o": {"a": text}, "p": {text: "a"}}
    assert get_value(read(document), ()) == expected, document
    assert read_by_1_1(document) == expected, document


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("text", WORDS)
def test_text_stays_text(text: str, style: Style) -> None:
    judge_text(text, style)


@given(TEXTS, st.sampled_from(STYLES))
@settings(max_examples=150)
def test_any_text_stays_text(text: str, style: Style) -> None:
    judge_text(text, style)


PLAIN = (
    *(
        "nginx",
        "postgres:17",
        "a b",
        "x:y",
        "./data",
        "/x",
        "1.2.3",
        "8080:80",
        "a-b",
        "http://x/y#z",
    ),
    *("a, b", "é", "--flag"[1:], "a'b", 'a"b', "a\\b", "$X", "~/x", "127.0.0.1:80:80"),
)


@pytest.mark.parametrize("text", PLAIN)
def test_no_quotes_where_none_are_needed(text: str) -> None:
    assert as_written(text, Style.PLAIN, Style.DOUBLE_QUOTED, SOURCE, in_flow=False) == text


QUOTED = [
    ("x", Style.SINGLE_QUOTED, "'x'"),
    ("x", Style.DOUBLE_QUOTED, '"x"'),
    ("it's", Style.SINGLE_QUOTED, '"it\'s"'),
    ('say "x"', Style.DOUBLE_QUOTED, "'say \"x\"'"),
    ("C:\\x", Style.DOUBLE_QUOTED, "'C:\\x'"),
    ("'\"", Style.SINGLE_QUOTED, "'''\"'"),
    ("'\"", Style.DOUBLE_QUOTED, '"\'\\""'),
    ("\x1b", Style.SINGLE_QUOTED, '"\\x1b"'),
    ("a\nb\n\n", Style.PLAIN, '"a\\nb\\n\\n"'),
]


@pytest.mark.parametrize(("text", "style", "written"), QUOTED)
def test_quotes_are_the_nearest_that_read_well(text: str, style: Style, written: str) -> None:
    assert as_written(text, style, Style.DOUBLE_QUOTED, SOURCE, in_flow=False) == written


def test_half_a_character_is_refused() -> None:
    with pytest.raises(CannotEdit):
        set_value(read("k: v\n"), ("k",), "\udc80")


LINES = st.lists(
    st.sampled_from(("a", "", " ", "  b", "\tc", "# d", "- e", "f: g", "h  ", "---", "é"))
)


@given(LINES, st.booleans(), st.sampled_from((1, 2, 4)), st.sampled_from(("\n", "\r\n")))
@settings(max_examples=150)
def test_texts_of_several_lines(
    lines: list[str], has_break: bool, step: int, line_break: str
) -> None:
    text = "\n".join(lines) + ("\n" if has_break else "")
    before = f"a:\n{' ' * step}b: c # d\n\n# e\nf:\n{' ' * step}- g\n"
    document = read(before.replace("\n", line_break))
    for edited, path in (
        (set_value(document, ("a", "b"), text), ("a", "b")),
        (insert_entry(document, ("a",), "x", text), ("a", "x")),
        (insert_entry(document, ("a",), "x", text, before="b"), ("a", "x")),
        (insert_entry(document, (), "x", text), ("x",)),
        (insert_item(document, ("f",), text), ("f", 1)),
        (insert_item(document, ("f",), {"x": text, "y": "z"}, index=0), ("f", 0, "x")),
    ):
        assert get_value(read(edited.text), path) == text
        by_1_1: Any = read_by_1_1(edited.text)
        for key in path:
            by_1_1 = by_1_1[key]
        assert by_1_1 == text
        assert [comment.text for comment in edited.comments] == ["# d", "# e"]


def test_a_block_of_text_is_written_as_one() -> None:
    assert block_lines("a\n b\n", 2) == ("", ["a", " b"])
    assert block_lines("a\nb", 2) == ("-", ["a", "b"])
    assert block_lines(" a\nb", 4) == ("4-", [" a", "b"])
    assert block_lines("a", 2) is None
    assert block_lines("a\n\n", 2) is None
    assert block_lines("a\r\nb", 2) is None
    edited = set_value(read("a:\n    b: c # d\n"), ("a", "b"), "x\ny\n")
    assert edited.text == "a:\n    b: | # d\n        x\n        y\n"


NUMBERS = [
    (0, "0"),
    (-12, "-12"),
    (2**64 - 1, "18446744073709551615"),
    (-(2**63), "-9223372036854775808"),
    (1.5, "1.5"),
    (1e20, "1.0e+20"),
    (1e-7, "1.0e-07"),
    (-0.0, "-0.0"),
    (math.inf, ".inf"),
    (-math.inf, "-.inf"),
]


@pytest.mark.parametrize(("number", "written"), NUMBERS)
def test_numbers_are_read_as_numbers(number: float, written: str) -> None:
    edited = set_value(read("k: v\n"), ("k",), number)
    assert edited.text == f"k: {written}\n"
    found = read_by_1_1(edited.text)["k"]
    assert (type(found), repr(found)) == (type(number), repr(number))


@given(st.integers(-(2**63), 2**64 - 1) | st.floats(allow_nan=False))
@settings(max_examples=100)
def test_any_number_is_read_as_that_number(number: float) -> None:
    edited = insert_item(read("k: [a]\n"), ("k",), number)
    found = get_value(read(edited.text), ("k", 1))
    assert (type(found), repr(found)) == (type(number), repr(number))
    assert read_by_1_1(edited.text)["k"][1] == number


def test_numbers_that_compose_does_not_read_are_refused() -> None:
    for number in (2**64, -(2**63) - 1):
        with pytest.raises(CannotEdit):
            set_value(read("k: v\n"), ("k",), number)


def test_no_number_is_itself() -> None:
    assert set_value(read("k: v\n"), ("k",), math.nan).text == "k: .nan\n"
    assert set_value(read("k: .NaN\n"), ("k",), math.nan).text == "k: .NaN\n"


WORDS_OF_FILES = [
    ("a: TRUE\nb: v\n", False, "a: TRUE\nb: false\n"),
    ("a: False\nb: v\n", False, "a: False\nb: False\n"),
    ("a: ~\nb: v\n", None, "a: ~\nb: ~\n"),
    ("a: null\nb: v # c\n", None, "a: null\nb: null # c\n"),
    ("a:\nb: v # c\n", None, "a:\nb: # c\n"),
    ("b: v\n", None, "b:\n"),
    ("b: {c: v}\n", {"c": None}, "b:\n  c:\n"),
]


@pytest.mark.parametrize(("text", "value", "after"), WORDS_OF_FILES)
def test_words_are_those_of_the_file(text: str, value: object, after: str) -> None:
    assert set_value(read(text), ("b",), value).text == after


def test_only_plain_data_is_written() -> None:
    document = read("k: v\n")
    for value in ({1, 2}, b"x", {1: 2}, [object()], {"a": {None: 1}}):
        with pytest.raises(TypeError):
            set_value(document, ("k",), value)
