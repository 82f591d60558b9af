"""The places of keys and values in TOML: held against what Python's own reader reads."""

from __future__ import annotations

import string
import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as run
from hypothesis import strategies as st

from composecheck.settings.toml_places import Place, find_places


def assert_places(text: str) -> None:
    """Assert that every value has a place, that no other has, and that it stands there."""
    _assert_same(text, find_places(text), tomllib.loads(text), is_top=True)


def _assert_same(text: str, place: Place, value: Any, *, is_top: bool = False) -> None:
    parts: dict[str | int, Any] = {}
    if isinstance(value, dict):
        parts = value
    elif isinstance(value, list):
        parts = dict(enumerate(value))
    assert list(place.parts) == list(parts)
    if not is_top and place.value != place.key:  # no table with a header, and none on the way
        written = text[place.value.start : place.value.end]
        assert repr(tomllib.loads(f"value = {written}")["value"]) == repr(value)
    for key, part in parts.items():
        inner = place.parts[key]
        if isinstance(key, str):
            written = text[inner.key.start : inner.key.end]
            assert list(tomllib.loads(f"{written} = 1")) == [key]
        _assert_same(text, inner, part)


def where(text: str, *path: str | int) -> tuple[str, str]:
    """Return the characters of the key and of the value at `path`."""
    place = find_places(text)
    for key in path:
        place = place.parts[key]
    return text[place.key.start : place.key.end], text[place.value.start : place.value.end]


def test_a_value_of_each_kind() -> None:
    values = {
        "a": '"x # y"',
        "b": "'x \" y'",
        "c": '"""\nx "" \\""" y""""',
        "d": "'''x '' y'''''",
        "e": "1979-05-27 07:32:00",
        "f": "1_000",
        "g": "[ 1, # one\n  [2], { x = 3, y.z = 'q' },\n]",
        "h": "{ }",
        "i": "true",
        "j": '""',
        "k": '""""""',
        "l": "-inf",
    }
    text = "".join(f"{key} = {value}  # said so\n" for key, value in values.items())
    assert_places(text)
    for key, value in values.items():
        assert where(text, key) == (key, value)
    assert where(text, "g", 2, "y", "z") == ("z", "'q'")
    assert where(text, "g", 1, 0) == ("2", "2")


def test_headers_and_keys_with_dots() -> None:
    text = (
        '[tool . "compose.check"] # here\nselect = []\nper-file.\'*.yml\'.ignore = ["x"]\n'
        "[[tool.list]]\na = 1\n[tool.list.inner]\nb = 2\n"
        "[[tool.list]]\na.b = 3\n[[tool.list.more]]\n"
    )
    assert_places(text)
    assert where(text, "tool", "compose.check") == ('"compose.check"', '"compose.check"')
    assert where(text, "tool", "compose.check", "per-file", "*.yml", "ignore", 0)[1] == '"x"'
    assert where(text, "tool", "list", 0, "inner", "b") == ("b", "2")
    assert where(text, "tool", "list", 1, "a", "b") == ("b", "3")
    assert where(text, "tool", "list", 1, "more", 0) == ("more", "more")


def test_a_header_after_its_inner_table_is_the_place_of_the_table() -> None:
    text = "[a.b]\nx = 1\n[a]\ny = 2\n"
    assert_places(text)
    place = find_places(text).parts["a"]
    assert place.key.start == text.index("[a]") + 1


@pytest.mark.parametrize(
    "text", ["", "\n", "# only this", "a=1", "a=[]#", "a = 1\r\n[b]\r\nc=2\r\n"]
)
def test_small_files(text: str) -> None:
    assert_places(text)


_NAMES = st.one_of(
    st.text(string.ascii_letters + string.digits + "_-", min_size=1, max_size=3),
    st.sampled_from(["", "a b", "a.b", "ü", 'say "x"', "it's", "#", "=", "]", "\\"]),
)


def _quoted(text: str) -> str:
    escaped = "".join(
        f"\\u{ord(char):04x}" if char in '"\\' or char < " " or char == "\x7f" else char
        for char in text
    )
    return f'"{escaped}"'


def _key(draw: st.DrawFn) -> tuple[str, str]:
    name = draw(_NAMES)
    is_bare = name != "" and set(name) <= set(string.ascii_letters + string.digits + "_-")
    forms = [_quoted(name)] + [name] * is_bare + [f"'{name}'"] * ("'" not in name)
    return name, draw(st.sampled_from(forms))


_SCALARS = st.sampled_from(
    [
        *("1", "0x1F", "1.5e3", "true", "nan", "1979-05-27", "07:32:00", "1979-05-27 07:32:00Z"),
        *(
            "''",
            '"]"',
            "'}'",
            '"a # b"',
            '"""\n,"""',
            "'''\n''a'''",
            '"\\""',
            '"\\\\"',
            '""""x"""""',
        ),
    ]
)
_GAPS = st.sampled_from(["", " ", "\t", "  "])
_WIDE_GAPS = st.sampled_from(["", " ", "\n", " # [x, {\n", "\r\n"])


@st.composite
def _values(draw: st.DrawFn, depth: int = 0) -> str:
    kind = draw(st.integers(0, 2 if depth > 2 else 4))
    if kind == 3:
        items = draw(st.lists(_values(depth + 1), max_size=3))
        gaps = [draw(_WIDE_GAPS) for _ in range(2 * len(items) + 1)]
        inner = "".join(
            f"{gaps[2 * i]}{item}{gaps[2 * i + 1]}{',' if i < len(items) - 1 else ''}"
            for i, item in enumerate(items)
        )
        return f"[{inner}{gaps[-1]}]"
    if kind == 4:
        pairs = []
        for index in range(draw(st.integers(0, 3))):
            _, written = _key(draw)
            value = draw(_values(depth + 1))
            pairs.append(f"k{index}{draw(_GAPS)}.{draw(_GAPS)}{written}{draw(_GAPS)}={value}")
        return f"{{{draw(_GAPS)}{','.join(pairs)}{draw(_GAPS)}}}"
    return draw(_SCALARS)


@st.composite
def _files(draw: st.DrawFn) -> str:
    """Draw lines of which each is TOML; together they may not be (a key twice)."""
    lines = []
    for index in range(draw(st.integers(0, 8))):
        _, key = _key(draw)
        gap, other = draw(_GAPS), draw(_GAPS)
        header = draw(st.sampled_from(["t", f"t{gap}.{other}{key}", f"'t'.l.{key}", "l", key]))
        match draw(st.integers(0, 4)):
            case 0:
                lines.append(f"{gap}[{other}{header}{gap}]")
            case 1:
                lines.append(f"[[{gap}{header}{other}]]{gap}# ]]")
            case 2:
                lines.append(f"{gap}# {key} = 1")
            case _:
                dots = draw(st.sampled_from([key, f"d{gap}.{other}{key}", f"v{index}"]))
                lines.append(f"{other}{dots}{gap}={gap}{draw(_values())}{other}")
    line_break: str = draw(st.sampled_from(["\n", "\r\n"]))
    return line_break.join(lines)


@given(_files())
@run(max_examples=250)
def test_every_value_has_its_place(text: str) -> None:
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    assert_places(text)


@given(st.text("a.=[]{}\"'# ,\n\\1", max_size=25))
@run(max_examples=250)
def test_whatever_python_reads_has_its_places(text: str) -> None:
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    assert_places(text)


def test_the_random_files_are_mostly_toml() -> None:
    """Or else the test above would be about nothing."""
    read = []

    @given(_files())
    @run(max_examples=60)
    def count(text: str) -> None:
        try:
            read.append(len(tomllib.loads(text)))
        except tomllib.TOMLDecodeError:
            read.append(-1)

    count()
    assert sum(number > 0 for number in read) > len(read) / 3
