"""Workflow commands, read back as the runner of GitHub Actions reads them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from composecheck.discovery import Skipped
from composecheck.finding import Severity
from composecheck.report.github import render
from composecheck.report.visible import visible
from composecheck.source import Source, Span
from tests.report.findings import HOSTILE, finding_on, report_of, source_of

if TYPE_CHECKING:
    from pathlib import Path

SOURCE = source_of("a: 1\nbb: 22\n")


@dataclass(frozen=True)
class Command:
    """A workflow command as the runner understands it."""

    name: str
    values: dict[str, str]
    message: str


def read(line: str) -> Command:
    """Read a command as `TryParseV2` in ActionCommand.cs of actions/runner does."""
    assert line.startswith("::")
    information, separator, data = line[2:].partition("::")
    assert separator
    name, _, written = information.partition(" ")
    values = {}
    for piece in written.strip().split(","):
        key, _, value = piece.partition("=")
        values[key] = _unescape(value, {"%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ","})
    return Command(name, values, _unescape(data, {"%0D": "\r", "%0A": "\n"}))


def _unescape(text: str, escapes: dict[str, str]) -> str:
    for escape, character in escapes.items():
        text = text.replace(escape, character)
    return text.replace("%25", "%")  # the runner does this one last, too


@pytest.fixture(autouse=True)
def outside_of_a_pipeline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)


def test_findings_are_commands() -> None:
    report = report_of(
        finding_on(SOURCE, "22", message="It is wrong.", remedy='Write "23".'),
        finding_on(SOURCE, "bb", severity=Severity.WARNING),
        finding_on(SOURCE, "a", severity=Severity.NOTE, rule="key-obsolete"),
    )
    assert render(report) == (
        "::error file=compose.yaml,line=2,endLine=2,col=5,endColumn=7,"
        'title=composecheck (key-unknown)::It is wrong. Write "23".\n'
        "::warning file=compose.yaml,line=2,endLine=2,col=1,endColumn=3,"
        "title=composecheck (key-unknown)::This is wrong.\n"
        "::notice file=compose.yaml,line=1,endLine=1,col=1,endColumn=2,"
        "title=composecheck (key-obsolete)::This is wrong.\n"
    )


def test_nothing_found_is_nothing_said() -> None:
    assert render(report_of()) == ""


def test_over_several_lines_there_are_no_columns() -> None:
    command = read(render(report_of(finding_on(SOURCE, "1\nbb"))))
    assert command.values == {
        "file": "compose.yaml",
        "line": "1",
        "endLine": "2",
        "title": "composecheck (key-unknown)",
    }


def test_what_could_not_be_checked_is_an_error() -> None:
    text = render(report_of(skipped=(Skipped("b,c.yaml", "There is no such file."),)))
    assert text == (
        '::error title=composecheck::"b,c.yaml" was not checked. There is no such file.\n'
    )


@pytest.mark.parametrize("hostile", HOSTILE)
def test_whatever_is_quoted_is_one_command_and_comes_out_as_it_went_in(hostile: str) -> None:
    source = Source(f"{hostile}.yaml", f"{hostile}: 1\n")
    text = render(report_of(finding_on(source, hostile, message=f"{hostile} is wrong.")))
    # The runner takes these three for the end of a line.
    assert re.split("\r\n|\n|\r", text) == [text.removesuffix("\n"), ""]
    command = read(text.removesuffix("\n"))
    assert command.name == "error"
    assert command.message == visible(f"{hostile} is wrong.")
    # The name of a file is what it is.
    assert command.values["file"] == f"{hostile}.yaml"


@given(st.text(), st.text())
def test_so_does_any_text(name: str, message: str) -> None:
    source = Source(f"f{name}", "x: 1\n")
    text = render(report_of(finding_on(source, "x", message=message)))
    command = read(text.removesuffix("\n"))
    assert command.values["file"] == f"f{name}"
    assert command.message == visible(message)
    assert list(command.values) == ["file", "line", "endLine", "col", "endColumn", "title"]


def test_a_finding_at_the_end_of_the_text_has_a_line() -> None:
    finding = finding_on(SOURCE, "22")
    at_end = type(finding)(finding.rule, finding.severity, "x", SOURCE, Span(12, 12))
    assert read(render(report_of(at_end))).values["line"] == "3"


def test_files_are_named_as_seen_from_the_top_of_the_checkout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "deploy" / "here"
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    report = report_of(
        finding_on(SOURCE, "a"),
        finding_on(source_of("a: 1\n", str(tmp_path / "top.yaml")), "a"),
        finding_on(source_of("a: 1\n", "/elsewhere/compose.yaml"), "a"),
        finding_on(source_of("a: 1\n", "<stdin>"), "a"),
    )
    assert [read(line).values["file"] for line in render(report).splitlines()] == [
        "deploy/here/compose.yaml",
        "top.yaml",
        "/elsewhere/compose.yaml",
        "<stdin>",
    ]
