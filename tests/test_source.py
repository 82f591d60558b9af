"""A file's text: bytes in and out, lines and columns."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from composecheck.source import Position, Source, Span, decode, read

if TYPE_CHECKING:
    from pathlib import Path

ENCODED = [
    # bytes, and the encoding, mark and text that they are read as
    (b"", "utf-8", b"", ""),
    (b"a\n", "utf-8", b"", "a\n"),
    ("é\U0001f600".encode(), "utf-8", b"", "é\U0001f600"),
    (codecs.BOM_UTF8 + b"a", "utf-8", codecs.BOM_UTF8, "a"),
    (codecs.BOM_UTF8 * 2, "utf-8", codecs.BOM_UTF8, "\ufeff"),
    (codecs.BOM_UTF16_LE + "aé".encode("utf-16-le"), "utf-16-le", codecs.BOM_UTF16_LE, "aé"),
    (
        codecs.BOM_UTF16_BE + "\U0001f600".encode("utf-16-be"),
        *("utf-16-be", codecs.BOM_UTF16_BE, "\U0001f600"),
    ),
    (codecs.BOM_UTF16_LE, "utf-16-le", codecs.BOM_UTF16_LE, ""),
    # No text: each byte that is none stands for itself.
    (b"a\xff", "utf-8", b"", "a\udcff"),
    (b"\xe9t\xe9", "utf-8", b"", "\udce9t\udce9"),
    (b"\xed\xa0\x80", "utf-8", b"", "\udced\udca0\udc80"),
    (codecs.BOM_UTF8 + b"\xff", "utf-8", codecs.BOM_UTF8, "\udcff"),
    # Half a character: then it is not read as UTF-16 at all.
    (codecs.BOM_UTF16_LE + b"a", "utf-8", b"", "\udcff\udcfea"),
    (codecs.BOM_UTF16_BE + b"\xd8\x00", "utf-8", b"", "\udcfe\udcff\udcd8\x00"),
    (codecs.BOM_UTF16_LE + b"\x00\xdc", "utf-8", b"", "\udcff\udcfe\x00\udcdc"),
]


@pytest.mark.parametrize(("data", "encoding", "mark", "text"), ENCODED)
def test_bytes_are_decoded_and_given_back(
    data: bytes, encoding: str, mark: bytes, text: str
) -> None:
    source = decode(data, "name")
    assert (source.encoding, source.byte_order_mark, source.text) == (encoding, mark, text)
    assert source.name == "name"
    assert source.encode() == data


@given(st.binary(max_size=50))
def test_any_bytes_are_given_back(data: bytes) -> None:
    assert decode(data, "name").encode() == data


@given(st.sampled_from([codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE]), st.binary(max_size=20))
def test_any_bytes_with_a_mark_of_utf16_are_given_back(mark: bytes, data: bytes) -> None:
    assert decode(mark + data, "name").encode() == mark + data


def test_a_file_is_read_under_the_name_that_people_gave(tmp_path: Path) -> None:
    path = tmp_path / "compose.yaml"
    path.write_bytes(b"a\r\nb")
    assert read(path).text == "a\r\nb"
    assert read(path).name == str(path)
    assert read(path, "x").name == "x"
    with pytest.raises(OSError, match="absent"):
        read(tmp_path / "absent")


POSITIONS = [
    # text, offset, line and column
    ("", 0, 1, 1),
    ("ab", 0, 1, 1),
    ("ab", 2, 1, 3),
    ("a\nb", 1, 1, 2),
    ("a\nb", 2, 2, 1),
    ("a\r\nb", 1, 1, 2),
    ("a\r\nb", 2, 1, 3),
    ("a\r\nb", 3, 2, 1),
    ("a\rb", 2, 2, 1),
    ("a\r\rb", 3, 3, 1),
    ("\n\n", 2, 3, 1),
    ("\U0001f600b", 1, 1, 2),
    ("\ud55c\n\U0001f600b", 3, 2, 2),
    ("a\u2028b\x85c", 4, 1, 5),
]


@pytest.mark.parametrize(("text", "offset", "line", "column"), POSITIONS)
def test_positions_count_from_one(text: str, offset: int, line: int, column: int) -> None:
    assert Source("name", text).position(offset) == Position(line, column)


LINES = ["", "a", "a\n", "a\nb", "a\r\nb\r\n", "\r\ra", "\n\n", "a\r\n\r\nb", "é\U0001f600\n"]


@pytest.mark.parametrize("text", LINES)
def test_lines_are_those_of_the_text_without_breaks(text: str) -> None:
    source = Source("name", text)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    spans = [source.line_span(number) for number in range(1, len(lines) + 1)]
    assert [source.slice(span) for span in spans] == lines
    assert [span.start for span in spans] == source.line_starts


@given(st.text(st.sampled_from("a\r\n\U0001f600"), max_size=20))
def test_every_character_is_in_its_line(text: str) -> None:
    source = Source("name", text)
    for offset in range(len(text)):
        position = source.position(offset)
        assert source.line_starts[position.line - 1] + position.column - 1 == offset


BYTES = [
    (b"ab", 1, 1),
    ("éb".encode(), 1, 2),
    (codecs.BOM_UTF8 + "\U0001f600b".encode(), 1, 7),
    (codecs.BOM_UTF16_LE + "\U0001f600b".encode("utf-16-le"), 1, 6),
    (b"a\xffb", 2, 2),
    (codecs.BOM_UTF16_LE + b"a\x00b", 3, 3),
]


@pytest.mark.parametrize(("data", "offset", "place"), BYTES)
def test_offsets_of_bytes(data: bytes, offset: int, place: int) -> None:
    assert decode(data, "name").byte_offset(offset) == place


def test_the_first_bad_byte() -> None:
    assert decode("é\n".encode() + b"\xe9\xff", "name").undecodable == 2
    assert decode("é\U0001f600".encode(), "name").undecodable is None


def test_sources_are_the_same_if_their_text_is() -> None:
    first, second = Source("name", "a\nb"), Source("name", "a\nb")
    assert first.position(2) == Position(2, 1)
    assert first == second
    assert len(Span(2, 5)) == 3


def test_the_first_line_of_a_span() -> None:
    source = Source("a", "one\ntwo\n")
    assert source.first_line(Span(1, 6)) == Span(1, 3)
    assert source.first_line(Span(4, 6)) == Span(4, 6)
