"""Bytes that are no text, and characters that YAML forbids."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from composecheck.expressions import expression
from composecheck.finding import Edit, Finding, Fix, Safety, Severity
from composecheck.rule import Category, rule
from composecheck.source import Span
from composecheck.yaml.forbidden import FORBIDDEN
from composecheck.yaml.mistakes.cause import shown

if TYPE_CHECKING:
    from composecheck.source import Source

_BAD_BYTES = expression("[\udc80-\udcff]+")

_NAMES = {
    0x00: "NUL",
    0x07: "a bell",
    0x08: "a backspace",
    0x0B: "a vertical tab",
    0x0C: "a form feed",
    0x1A: "an end-of-file mark of DOS",
    0x1B: "an escape, as in the colour codes of a terminal",
}

# So many control characters in one file: it is no text at all.
_MANY = 20


def explain_unreadable(source: Source) -> list[Finding]:
    """Return what in `source` cannot be text of a YAML file, in the order of the text."""
    wrong = wrong_encoding(source)
    return [wrong] if wrong is not None else control_characters(source)


@rule("yaml-encoding", Severity.ERROR, Category.COMPOSE)
def wrong_encoding(source: Source) -> Finding | None:
    """The file is not stored as UTF-8.

    Compose reads UTF-8, and UTF-16 if the file begins with a byte order mark. An editor that saves
    in an older way, such as Windows-1252, writes letters like é or ü as bytes that are no UTF-8; a
    file in UTF-16 without its mark has a NUL after every letter. Save the file as UTF-8.

    Bad:

        s\0e\0r\0v\0i\0c\0e\0s\0:\0 \0{\0}\0
        \0

    Good:

        services: {}
    """
    text = source.text
    if source.encoding == "utf-8" and text.startswith(("\udcff\udcfe", "\udcfe\udcff")):
        return _broken_utf16(source)
    if text.count("\0") * 3 > len(text):
        return _wider_characters(source)
    bad = _BAD_BYTES.search(text)
    if bad is None:
        return None
    return _bad_bytes(source, bad)


def _bad_bytes(source: Source, first: re.Match[str]) -> Finding:
    text = source.text
    runs = list(_BAD_BYTES.finditer(text))
    byte = ord(first.group()[0]) - 0xDC00
    letters = [_windows_1252(run.group()) for run in runs]
    count = len(runs)
    others = "" if count == 1 else f" There are {count - 1} more such places."
    fix = None
    remedy = "Save the file as UTF-8."
    letter = letters[0]
    if letter is not None:
        word = _word_around(text, first, letter)
        remedy = f"Save the file as UTF-8. This is probably {shown(word)}, saved in Windows-1252."
    if None not in letters and count <= 1000:
        edits = tuple(
            Edit(source, Span(*run.span()), found or "")
            for run, found in zip(runs, letters, strict=True)
        )
        title = "Read the bytes as Windows-1252 and write them as UTF-8"
        fix = Fix(title, Safety.UNSAFE, edits)
    return Finding(
        rule="yaml-encoding",
        severity=Severity.ERROR,
        message=f"The file is not UTF-8: byte 0x{byte:02X} at offset "
        f"{source.byte_offset(first.start())} is "
        f"no letter there. Compose refuses the file.{others}",
        source=source,
        span=Span(*first.span()),
        remedy=remedy,
        fix=fix,
    )


def _windows_1252(run: str) -> str | None:
    data = bytes(ord(sign) - 0xDC00 for sign in run)
    try:
        found = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    return found if found.isprintable() else None


def _word_around(text: str, run: re.Match[str], letter: str) -> str:
    before = re.search(r"\w*\Z", text[max(0, run.start() - 30) : run.start()])
    after = re.match(r"\w*", text[run.end() : run.end() + 30])
    return (before.group() if before else "") + letter + (after.group() if after else "")


def _broken_utf16(source: Source) -> Finding:
    data = source.encode()
    little = data.startswith(b"\xff\xfe")
    try:
        data[2:].decode("utf-16-le" if little else "utf-16-be")
        offset = len(data)
    except UnicodeDecodeError as error:
        offset = 2 + error.start
    at = min(offset, len(data) - 1)
    # Bytes below 0x80 and those that are no UTF-8 are one character each; others are fewer.
    start = len(data[:at].decode("utf-8", "surrogateescape"))
    start = min(start, len(source.text) - 1)
    return Finding(
        rule="yaml-encoding",
        severity=Severity.ERROR,
        message="The file begins with the byte order mark of UTF-16, but has half a character in "
        "it: byte "
        f"0x{data[at]:02X} at offset {at}. Compose refuses the file.",
        source=source,
        span=Span(start, start + 1),
        remedy="Save the file as UTF-8.",
    )


def _wider_characters(source: Source) -> Finding:
    data = source.encode()
    fix = None
    for encoding in ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"):
        try:
            found = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if FORBIDDEN.search(found) is None and sum(map(str.isascii, found)) * 2 > len(found):
            edit = Edit(source, Span(0, len(source.text)), found.removeprefix("\ufeff"))
            fix = Fix("Save the file as UTF-8", Safety.SAFE, (edit,))
            break
    start = source.text.index("\0")
    return Finding(
        rule="yaml-encoding",
        severity=Severity.ERROR,
        message="The file is not UTF-8: there is a NUL beside every letter, as in UTF-16 without "
        "a byte order mark, and in UTF-32. Compose takes neither, and refuses the file.",
        source=source,
        span=Span(start, start + 1),
        remedy="Save the file as UTF-8.",
        fix=fix,
    )


@rule("yaml-control-character", Severity.ERROR, Category.COMPOSE)
def control_characters(source: Source) -> list[Finding]:
    """The file has a control character in it.

    Such characters cannot be seen in most editors. They come from a terminal, from text that was
    copied out of another program, or from a disk that lost data; YAML forbids them, even in
    comments. Remove the character. If a value needs it, write it as an escape in double quotes:
    "\\x1B".

    Bad:

        services:
          web:
            image: nginx\x07

    Good:

        services:
          web:
            image: nginx
    """
    runs = list(FORBIDDEN.finditer(source.text))
    if len(runs) > _MANY:
        first = runs[0]
        return [
            _control(
                source,
                first,
                f"The file has control characters at {len(runs)} places, the first of them "
                f"{_described(first.group())}. It is hardly a text file, and Compose refuses it.",
                "Check whether this is the right file, and whether it is damaged.",
            )
        ]
    findings = []
    for run in runs:
        remedy = "Remove it." if len(run.group()) == 1 else "Remove them."
        message = (
            f"There is a control character here: {_described(run.group())}. It cannot be seen, and "
        )
        message += "Compose refuses the file."
        edit = Edit(source, Span(*run.span()), "")
        fix = Fix("Remove the control character", Safety.UNSAFE, (edit,))
        findings.append(_control(source, run, message, remedy, fix))
    return findings


def _control(
    source: Source, run: re.Match[str], message: str, remedy: str, fix: Fix | None = None
) -> Finding:
    return Finding(
        rule="yaml-control-character",
        severity=Severity.ERROR,
        message=message,
        source=source,
        span=Span(*run.span()),
        remedy=remedy,
        fix=fix,
    )


def _described(run: str) -> str:
    code = ord(run[0])
    name = f" ({_NAMES[code]})" if code in _NAMES else ""
    more = f", {len(run)} in a row" if len(run) > 1 else ""
    return f"U+{code:04X}{name}{more}"
