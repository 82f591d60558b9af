"""Bytes that are no text, and characters that Compose's YAML reader refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composecheck.finding import Safety, splice
from composecheck.source import decode
from composecheck.yaml.mistakes import explain_unreadable
from tests.shared_material import ask_compose

if TYPE_CHECKING:
    from pathlib import Path

TEMPLATE = 'services:\n  web:\n    image: nginx\n    labels:\n      k: "a%sb"\n'

REFUSED = [*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0xFFFE, 0xFFFF]
TAKEN = [0x09, 0x0A, 0x0D, 0x7F, 0x80, 0x85, 0x9F, 0xA0, 0x200B, 0x2028, 0x2029, 0xFEFF, 0xFFFD]
TAKEN += [0xD7FF, 0xE000, 0xFDD0, 0x1FFFE, 0x10FFFF]


@pytest.mark.parametrize("code", [*REFUSED, *TAKEN], ids=hex)
def test_a_character_is_refused_if_compose_refuses_it(code: int, tmp_path: Path) -> None:
    data = (TEMPLATE % chr(code)).encode()
    refused = ask_compose(data, tmp_path).returncode != 0
    findings = explain_unreadable(decode(data, "compose.yaml"))
    assert refused == (code in REFUSED)
    assert [finding.rule for finding in findings] == ["yaml-control-character"] * refused


@pytest.mark.parametrize(
    ("data", "refused"),
    [
        (TEMPLATE.encode() % b"\xff", True),
        (TEMPLATE.encode() % b"\xe9", True),
        (TEMPLATE.encode() % b"\xc0\x80", True),
        (TEMPLATE.encode() % b"\xed\xa0\x80", True),
        (TEMPLATE.encode() % b"\xf4\x90\x80\x80", True),
        (b"\xef\xbb\xbf" + (TEMPLATE % "é").encode(), False),
        (b"\xff\xfe" + (TEMPLATE % "é").encode("utf-16-le"), False),
        (b"\xfe\xff" + (TEMPLATE % "😀").encode("utf-16-be"), False),
        (b"\xff\xfe" + (TEMPLATE % "\ud800").encode("utf-16-le", "surrogatepass"), True),
        (b"\xfe\xff" + (TEMPLATE % "\udc00").encode("utf-16-be", "surrogatepass"), True),
        (b"\xff\xfe" + (TEMPLATE % "e").encode("utf-16-le")[:-1], True),
        ((TEMPLATE % "e").encode("utf-16-le"), True),
        ((TEMPLATE % "é").encode("utf-16-be"), True),
        ((TEMPLATE % "e").encode("utf-32"), True),
    ],
)
def test_an_encoding_is_refused_if_compose_refuses_it(
    data: bytes, refused: bool, tmp_path: Path
) -> None:
    assert (ask_compose(data, tmp_path).returncode != 0) == refused
    source = decode(data, "compose.yaml")
    findings = explain_unreadable(source)
    assert [finding.rule for finding in findings] == ["yaml-encoding"] * refused
    for finding in findings:
        assert 0 <= finding.span.start < finding.span.end <= len(source.text)
        assert finding.message.endswith(".")
        assert "UTF-8" in finding.remedy


def test_the_byte_and_its_offset_are_named_and_the_word_is_guessed() -> None:
    data = "# Café\nservices: {}\n# Öl\n".encode("cp1252")
    (finding,) = explain_unreadable(decode(data, "compose.yaml"))
    assert "byte 0xE9 at offset 5" in finding.message
    assert "1 more such place" in finding.message
    assert '"Café"' in finding.remedy
    assert finding.span.start == 5
    assert finding.fix is not None
    assert finding.fix.safety is Safety.UNSAFE
    fixed = splice(finding.source.text, finding.fix.edits)
    assert fixed == "# Café\nservices: {}\n# Öl\n"


def test_the_offset_counts_the_byte_order_mark() -> None:
    (finding,) = explain_unreadable(decode(b"\xef\xbb\xbfa: \xff\n", "compose.yaml"))
    assert "at offset 6" in finding.message
    assert finding.span.start == 3


def test_half_a_character_in_utf_16_is_found_at_its_byte() -> None:
    data = b"\xff\xfe" + "a: \ud800b\n".encode("utf-16-le", "surrogatepass")
    (finding,) = explain_unreadable(decode(data, "compose.yaml"))
    assert "at offset 8" in finding.message


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le"])
def test_a_file_without_its_mark_is_saved_as_utf_8(encoding: str) -> None:
    text = TEMPLATE % "é"
    (finding,) = explain_unreadable(decode(text.encode(encoding), "compose.yaml"))
    assert finding.fix is not None
    assert splice(finding.source.text, finding.fix.edits) == text


def test_each_run_of_control_characters_is_one_finding() -> None:
    text = "a: \x07\x07\x1b[0m\nb: c\x00\n"
    source = decode(text.encode(), "compose.yaml")
    findings = explain_unreadable(source)
    assert [(finding.span.start, finding.span.end) for finding in findings] == [(3, 6), (14, 15)]
    assert "U+0007 (a bell), 3 in a row" in findings[0].message
    assert "U+0000 (NUL)" in findings[1].message
    edits = [edit for finding in findings if finding.fix for edit in finding.fix.edits]
    assert splice(text, edits) == "a: [0m\nb: c\n"


def test_a_file_that_is_no_text_at_all_is_one_finding() -> None:
    data = b"a: b\n" + b"x\x01" * 50
    (finding,) = explain_unreadable(decode(data, "compose.yaml"))
    assert "50 places" in finding.message
    assert finding.fix is None


def test_bytes_of_a_picture_are_one_finding() -> None:
    data = bytes(range(256)) * 40
    (finding,) = explain_unreadable(decode(data, "compose.yaml"))
    assert finding.rule == "yaml-encoding"
