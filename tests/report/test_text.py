"""What a person sees on a terminal, as literal text."""

from __future__ import annotations

import io
import re
from textwrap import dedent
from typing import Literal

import pytest
from rich.cells import cell_len
from rich.console import Console

from composecheck.check import Report
from composecheck.discovery import Skipped
from composecheck.finding import Finding, Safety, Severity
from composecheck.report import rule_pages
from composecheck.report.summary import summary
from composecheck.report.text import console_for, print_report, render
from composecheck.source import Source, Span
from tests.report.findings import (
    finding_on,
    related_to,
    replacing,
    report_of,
    source_of,
    span_of,
)

STACK = source_of(
    """\
# A stack.
services:
  web:
    image: nginx

    # How to reach it.
    ports:
    - "80:80"
    - "443:443"
  db:
    image: mysql
    enviroment:
      A: b
    image: mariadb
"""
)


def shown(*findings: Finding, width: int = 80) -> str:
    """Return what a terminal of `width` cells shows of the findings, without the summary."""
    file = io.StringIO()
    print_report(report_of(*findings), Console(file=file, width=width))
    return file.getvalue().rpartition("\n\n")[0] + "\n"


def excerpt_of(text: str, characters: str, width: int = 60) -> list[str]:
    """Return the line of `characters` in `text` and the row below it, without their gutter."""
    rows = shown(finding_on(source_of(text), characters), width=width).splitlines()
    pointers = next(number for number, row in enumerate(rows) if row.lstrip("| ").startswith("^"))
    return [row[row.index("|") + 2 :] for row in rows[pointers - 1 : pointers + 1]]


def test_a_finding() -> None:
    finding = finding_on(
        STACK,
        "enviroment",
        message='A service has no key "enviroment".',
        remedy='Write "environment".',
        fix=replacing(
            STACK, "enviroment", "environment", 'Write "environment" instead of "enviroment"'
        ),
    )
    assert shown(finding) == dedent(
        """\
        error[key-unknown]: A service has no key "enviroment".
          --> compose.yaml:12:5
           |
         2 | services:
        ...
        10 |   db:
        ...
        12 |     enviroment:
           |     ^^^^^^^^^^
           |
           = help: Write "environment". A safe fix is available.
        """
    )


def test_without_remedy_and_at_the_top() -> None:
    assert shown(finding_on(STACK, "services", severity=Severity.NOTE)) == dedent(
        """\
        note[key-unknown]: This is wrong.
         --> compose.yaml:2:1
          |
        2 | services:
          | ^^^^^^^^
        """
    )


@pytest.mark.parametrize(
    ("remedy", "title", "safety", "expected"),
    [
        ("Write it.", "Write it", Safety.SAFE, ["help: Write it. A safe fix is available."]),
        (
            "Write it.",
            "Write it",
            Safety.UNSAFE,
            ["help: Write it. A fix is available, but unsafe: look at it."],
        ),
        ("", "Write it", Safety.SAFE, ["help: Write it. A safe fix is available."]),
        (
            "Write this or that.",
            "Write this",
            Safety.SAFE,
            ["help: Write this or that.", "fix: Write this (safe)."],
        ),
        (
            "Think.",
            "Write it.",
            Safety.UNSAFE,
            ["help: Think.", "fix: Write it (unsafe, so look at it)."],
        ),
    ],
)
def test_a_fix_is_announced(remedy: str, title: str, safety: Safety, expected: list[str]) -> None:
    fix = replacing(STACK, "mysql", "mysql:9", title, safety)
    rows = shown(finding_on(STACK, "mysql", remedy=remedy, fix=fix)).splitlines()
    assert rows[-1 - len(expected) :] == ["   |", *(f"   = {row}" for row in expected)]


def test_a_related_place_in_the_same_file_is_in_the_same_excerpt() -> None:
    finding = finding_on(
        STACK,
        "image",
        occurrence=2,
        message='The key "image" is here twice.',
        related=(related_to(STACK, "image", 'The first "image" is here.', occurrence=1),),
    )
    assert shown(finding) == dedent(
        """\
        error[key-unknown]: The key "image" is here twice.
          --> compose.yaml:14:5
           |
         2 | services:
        ...
        10 |   db:
        11 |     image: mysql
           |     ----- The first "image" is here.
        ...
        14 |     image: mariadb
           |     ^^^^^
        """
    )


def test_a_related_place_in_another_file_has_an_excerpt_of_its_own() -> None:
    other = source_of("services:\n  db:\n    image: x\n", "other/compose.override.yaml")
    finding = finding_on(
        STACK,
        "web",
        related=(related_to(other, "db", "It is laid over this."),),
    )
    assert shown(finding) == dedent(
        """\
        error[key-unknown]: This is wrong.
         --> compose.yaml:3:3
          |
        2 | services:
        3 |   web:
          |   ^^^
          |
         ::: other/compose.override.yaml:2:3
          |
        1 | services:
        2 |   db:
          |   -- It is laid over this.
        """
    )


def test_two_places_in_one_line() -> None:
    source = source_of("ports: [80, 80]\n")
    finding = finding_on(
        source, "80", occurrence=1, related=(related_to(source, "80", "The same is here."),)
    )
    assert shown(finding).splitlines()[3:6] == [
        "1 | ports: [80, 80]",
        "  |             ^^",
        "  |         -- The same is here.",
    ]


def test_a_list_at_the_indentation_of_its_key_is_shown_under_it() -> None:
    assert shown(finding_on(STACK, "443:443")).splitlines()[3:] == [
        "2 | services:",
        "3 |   web:",
        "...",
        "7 |     ports:",
        "...",
        '9 |     - "443:443"',
        "  |        ^^^^^^^",
    ]


def test_long_messages_are_wrapped_between_words() -> None:
    finding = finding_on(
        STACK,
        "web",
        message="A sentence that is too long for a narrow terminal, and goes on.",
        remedy="Write something else, which is also too long for one line of it.",
        related=(related_to(STACK, "nginx", "What is said of it is too long to be beside."),),
    )
    assert shown(finding, width=50) == dedent(
        """\
        error[key-unknown]: A sentence that is too long
          for a narrow terminal, and goes on.
         --> compose.yaml:3:3
          |
        2 | services:
        3 |   web:
          |   ^^^
        4 |     image: nginx
          |            -----
          | What is said of it is too long to be beside.
          |
          = help: Write something else, which is also too
                  long for one line of it.
        """
    )


def test_a_long_line_is_cut_around_the_span() -> None:
    text = "command: " + "echo " * 30 + "--bad " + "tail " * 30
    assert excerpt_of(text, "--bad") == [
        "...o echo echo echo echo --bad tail tail tail tail ta...",
        "                         ^^^^^",
    ]


@pytest.mark.parametrize("width", [44, 45, 60, 80, 81, 200])
@pytest.mark.parametrize("characters", ["START", "MIDDLE", "END", "x" * 300])
@pytest.mark.parametrize("filler", ["plain ", "한국어 ", "e\u0301 ", "\t", "👩\u200d💻 "])
def test_in_a_long_line_the_span_is_seen_and_the_row_fits(
    width: int, characters: str, filler: str
) -> None:
    text = f"START {filler * 40}MIDDLE{filler * 40} {'x' * 300} {filler * 9}END\n"
    rows = shown(finding_on(source_of(text), characters), width=width).splitlines()
    assert max(map(cell_len, rows)) <= width
    source, pointers = rows[3:5]
    seen = source_at(source, pointers.index("^"))
    # Of what is longer than the row at least the half is seen.
    assert seen.startswith(characters[: width // 2])
    assert pointers.count("^") >= min(len(characters), width // 2)


def source_at(row: str, cell: int) -> str:
    """Return what stands in `row` from `cell` (from 0) on."""
    for index in range(len(row)):
        if cell_len(row[:index]) == cell:
            return row[index:]
    raise AssertionError(f"no character begins at cell {cell} of {row!r}")


@pytest.mark.parametrize(
    ("text", "characters", "expected"),
    [
        ("a: 한국어 X\n", "X", ["a: 한국어 X", "          ^"]),
        ("a: 한국어 X\n", "국", ["a: 한국어 X", "     ^^"]),
        ("a: 👍 X\n", "X", ["a: 👍 X", "      ^"]),
        ("a: 👍🏽 X\n", "X", ["a: 👍 X", "      ^"]),
        ("a: 👩\u200d💻 X\n", "X", ["a: 👩💻 X", "        ^"]),
        ("a: ❤\ufe0f X\n", "X", ["a: ❤ X", "     ^"]),
        ("a: e\u0301 X\n", "X", ["a: e\u0301 X", "     ^"]),
        ("a: e\u0301 X\n", "\u0301", ["a: e\u0301 X", "    ^"]),
        ("a:\tX\n", "X", ["a:    X", "      ^"]),
        ("a:\tX\n", "\t", ["a:    X", "  ^^^^"]),
        ("\ta: X\n", "\ta", ["    a: X", "^^^^^"]),
        ("a: \x1b[31mX\n", "X", ["a: \\x1b[31mX", "           ^"]),
        ("a: \x1b[31mX\n", "\x1b", ["a: \\x1b[31mX", "   ^^^^"]),
        ("a: \x00\x07\x7fX\n", "X", ["a: \\x00\\x07\\x7fX", "               ^"]),
        ("a: \x9b31mX\n", "X", ["a: \\u009b31mX", "            ^"]),
        ("a: \u202eX\n", "X", ["a: \\u202eX", "         ^"]),
        ("a: \u2028X\n", "X", ["a: \\u2028X", "         ^"]),
        ("a:\u00a0X\n", "\u00a0", ["a:\\u00a0X", "  ^^^^^^"]),
        ("a: \udcffX\n", "\udcff", ["a: \\xffX", "   ^^^^"]),
        ("a: [red]X[/red]\n", "X", ["a: [red]X[/red]", "        ^"]),
        ("a: :smile: X\n", "X", ["a: :smile: X", "           ^"]),
        ("a: X\r\nb: y\r\n", "X", ["a: X", "   ^"]),
        ("a: |\n  one\n  two\nb: c\n", "|\n  one\n  two\n", ["a: |", "   ^..."]),
        ("a: X\n\nb: c\n", "X\n\n", ["a: X", "   ^"]),
    ],
)
def test_the_underline_stands_below_the_characters(
    text: str, characters: str, expected: list[str]
) -> None:
    assert excerpt_of(text, characters) == expected


@pytest.mark.parametrize("text", ["", "a: b", "a: b\n"])
def test_the_end_of_a_file_can_be_marked(text: str) -> None:
    source = source_of(text)
    end = len(text)
    finding = Finding("file-empty", Severity.ERROR, "Nothing.", source, Span(end, end))
    position = source.position(end)
    rows = shown(finding).splitlines()
    assert rows[1] == f" --> compose.yaml:{position.line}:{position.column}"
    assert rows[4] == "  | " + " " * (position.column - 1) + "^"


def test_names_and_messages_cannot_steer_the_terminal() -> None:
    source = source_of("a: b\n", "bad\x1b[2J[bold]\udcff.yaml")
    finding = finding_on(
        source,
        "a",
        message='The key "\x1b]0;x\x07\n[red]" is wrong.',
        remedy="Write [link=x]it[/link]\u202e.",
        related=(related_to(source, "b", "\x1b[1m here"),),
        fix=replacing(source, "a", "c", "Write \r c"),
    )
    assert shown(finding) == dedent(
        """\
        error[key-unknown]: The key "\\x1b]0;x\\x07\\n[red]" is wrong.
         --> bad\\x1b[2J[bold]\\xff.yaml:1:1
          |
        1 | a: b
          | ^
          |    - \\x1b[1m here
          |
          = help: Write [link=x]it[/link]\\u202e.
          = fix: Write \\r c (safe).
        """
    )


def test_a_line_of_a_megabyte_is_shown_at_once() -> None:
    text = "a: " + "x" * 1_000_000 + "Y" + "z" * 1_000_000
    source = source_of(text)
    end = excerpt_of(text, "Y")
    assert end[0].startswith("...xxx")
    assert end[0].endswith("zzz...")
    assert end[0][end[1].index("^")] == "Y"
    both = finding_on(source, "Y", related=(related_to(source, "a", "It begins here."),))
    assert [row for row in shown(both, width=60).splitlines() if "It begins" in row] == [
        "  | - It begins here."
    ]


def test_colours_are_there_on_a_terminal_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    report = report_of(finding_on(STACK, "enviroment"))

    def printed(color: Literal["auto", "always", "never"]) -> str:
        file = io.StringIO()
        print_report(report, console_for(file, color))
        return file.getvalue()

    assert "\x1b" not in printed("never")
    assert "\x1b" not in printed("auto")
    assert "\x1b[1;31merror[key-unknown]\x1b[0m" in printed("always")
    # The characters themselves are coloured, not only what is below them.
    assert "\x1b[1;31menviroment\x1b[0m" in printed("always")
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[1;31m" in printed("always")


@pytest.mark.parametrize(
    ("severities", "files", "fixable", "skipped", "expected"),
    [
        ("", 1, 0, 0, "No problems in 1 file."),
        ("", 3, 0, 0, "No problems in 3 files."),
        ("e", 1, 0, 0, "1 error in 1 file."),
        ("een", 1, 1, 0, "2 errors and 1 note in 1 file; 1 can be fixed."),
        ("wnneew", 2, 3, 0, "2 errors, 2 warnings and 2 notes in 2 files; 3 can be fixed."),
        ("", 1, 0, 2, "No problems in 1 file; 2 could not be checked."),
        ("w", 1, 1, 1, "1 warning in 1 file; 1 can be fixed; 1 could not be checked."),
    ],
)
def test_the_summary(
    severities: str, files: int, fixable: int, skipped: int, expected: str
) -> None:
    letters = {"e": Severity.ERROR, "w": Severity.WARNING, "n": Severity.NOTE}
    fix = replacing(STACK, "web", "www", "Rename it.")
    findings = tuple(
        finding_on(STACK, "web", severity=letters[letter], fix=fix if index < fixable else None)
        for index, letter in enumerate(severities)
    )
    report = Report(
        findings=findings,
        files=tuple(f"{number}.yaml" for number in range(files)),
        skipped=tuple(Skipped(f"{number}", "Why.") for number in range(skipped)),
    )
    assert summary(report) == expected


def test_a_file_of_ten_thousand_lines_is_shown_with_what_encloses_the_line() -> None:
    services = "".join(f"  s{number}:\n    image: x\n" for number in range(5000))
    source = Source("compose.yaml", f"services:\n{services}")
    finding = Finding("r", Severity.ERROR, "Wrong.", source, span_of(source, "x", 4998))
    assert shown(finding).splitlines()[3:7] == [
        "   1 | services:",
        "...",
        "9998 |   s4998:",
        "9999 |     image: x",
    ]


def test_many_notes_of_a_rule_do_not_hide_a_mistake() -> None:
    notes = [
        finding_on(
            STACK,
            characters,
            severity=Severity.NOTE,
            rule="variable-unset",
            message=f'"{characters}" is not set here.',
        )
        for characters in ("nginx", '"80:80"', "mysql")
    ]
    error = finding_on(STACK, "enviroment")
    expected = dedent(
        """\
        note[variable-unset]: "nginx" is not set here.
         --> compose.yaml:4:12
          |
        2 | services:
        3 |   web:
        4 |     image: nginx
          |            ^^^^^
          = also: "80:80" (line 8), mysql (line 11).

        error[key-unknown]: This is wrong.
        """
    )
    assert shown(*notes, error).startswith(expected)
    # Two are shown one by one, and so are those of another file, of other rules, and errors.
    assert "also" not in shown(*notes[:2], error)
    other = finding_on(
        source_of(STACK.text, "other.yaml"), "mysql", severity=Severity.NOTE, rule="variable-unset"
    )
    assert "also" not in shown(*notes[:2], other)
    assert "also" not in shown(error, error, error)


def test_in_a_terminal_with_links_the_rule_leads_to_its_page(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def written(color: Literal["always", "never"]) -> str:
        file = io.StringIO()
        print_report(report_of(finding_on(STACK, "enviroment")), console_for(file, color))
        return file.getvalue()

    monkeypatch.setenv("TERM", "xterm-256color")
    assert "\x1b]8;" not in written("always")
    monkeypatch.setattr(rule_pages, "PAGES", "https://example.org/rules/{rule}")
    link, _, after = written("always").partition("error[key-unknown]")
    assert re.search(r"\x1b]8;[^;]*;https://example\.org/rules/key-unknown\x1b\\", link)
    assert "\x1b]8;;\x1b\\" in after
    assert "\x1b" not in written("never")


def test_for_a_file_it_has_no_colours_and_is_as_wide_as_said() -> None:
    finding = finding_on(STACK, "enviroment", message="word " * 40)
    report = report_of(finding)
    assert max(map(len, render(report, width=60).splitlines())) <= 60
    assert "\x1b" not in render(report)
    assert render(report).endswith("\n1 error in 1 file.\n")
