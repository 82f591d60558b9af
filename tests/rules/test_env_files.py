"""What is said of env files, and that Docker Compose v5.6.1 agrees."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composecheck.finding import Severity
from tests.rules.value_rules import characters, find, find_in, service
from tests.shared_material import ask_compose

if TYPE_CHECKING:
    from pathlib import Path

ABSENT = (
    ("env_file: no.env", "no.env"),
    ("env_file: [no.env]", "no.env"),
    ("env_file: [{path: no.env}]", "no.env"),
    ("label_file: no.env", "no.env"),
)


@pytest.mark.parametrize(("lines", "wanted"), ABSENT)
def test_absent_file(lines: str, wanted: str, tmp_path: Path) -> None:
    text = service(lines)
    (finding,) = find(text)
    assert (finding.rule, finding.severity) == ("env-file-absent", Severity.ERROR)
    assert characters(finding) == wanted
    assert ask_compose(text, tmp_path).returncode != 0
    assert ("required: false" in finding.remedy) is lines.startswith("env_file")

    (note,) = find(text, is_here=False)
    assert note.severity is Severity.NOTE
    assert "where it stays so" in note.message


def test_absent_file_is_told_once() -> None:
    text = "services: {a: {image: x, env_file: [e]}, b: {image: x, env_file: [e]}}"
    (finding,) = find(text)
    assert finding.path == ("services", "a", "env_file", 0)
    (related,) = finding.related
    assert related.span.start > finding.span.end


@pytest.mark.parametrize(
    "lines",
    [
        "env_file: [{path: no.env, required: false}]",
        "env_file: no.env\nprofiles: [p]",
        "env_file: []",
    ],
)
def test_file_that_may_be_absent(lines: str, tmp_path: Path) -> None:
    text = service(lines)
    assert find(text) == []
    assert ask_compose(text, tmp_path).returncode == 0


def test_path_with_a_variable_is_unknown_in_the_text() -> None:
    (note,) = find(service("env_file: ${E}"), is_here=False)
    assert note.rule == "variable-unset"


def test_folder_is_no_env_file(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    text = service("env_file: folder")
    (tmp_path / "compose.yaml").write_text(text, encoding="utf-8")
    (finding,) = find_in(tmp_path)
    assert finding.message == '"folder" is a folder; Compose refuses the project.'
    assert ask_compose(text, tmp_path).returncode != 0


def test_unknown_format(tmp_path: Path) -> None:
    text = service("env_file: [{path: e.env, format: rwa}]")
    (tmp_path / "e.env").write_text("", encoding="utf-8")
    (finding,) = find(text, files={"e.env": ""})
    assert (finding.rule, finding.severity) == ("env-file-format", Severity.ERROR)
    assert characters(finding) == "rwa"
    assert ask_compose(text, tmp_path).returncode != 0


@pytest.mark.parametrize("required", ["false", "'no'", "true"])
def test_format_of_a_file_that_is_there(required: str, tmp_path: Path) -> None:
    text = service(f"env_file: [{{path: e.env, format: foo, required: {required}}}]")
    (tmp_path / "e.env").write_text("A=1", encoding="utf-8")
    (tmp_path / "compose.yaml").write_text(text, encoding="utf-8")
    (finding,) = find_in(tmp_path)
    assert (finding.rule, finding.severity) == ("env-file-format", Severity.ERROR)
    assert ask_compose(text, tmp_path).returncode != 0

    (in_text,) = find_in(tmp_path, is_here=False)
    is_certain = required == "true"
    assert in_text.severity is (Severity.ERROR if is_certain else Severity.WARNING)


def test_format_of_a_file_that_may_be_absent_is_not_looked_at(tmp_path: Path) -> None:
    text = service("env_file: [{path: e.env, format: foo, required: false}]")
    assert find(text) == []
    assert ask_compose(text, tmp_path).returncode == 0


def test_format_that_is_a_variable_is_not_known() -> None:
    text = service("env_file: [{path: e.env, format: $FORMAT}]")
    found = find(text, is_here=False, files={"e.env": "A=1"})
    assert [finding.rule for finding in found] == ["variable-unset"]


CONTENTS = (
    ("A=1\nB C=2\n", "B C"),
    ("A@=1\n", "@"),
    ('A="x\nB=1', '"x'),
    ("A=${B:1}\n", "${B:1}"),
    ("A=${B:?set B}\n", "${B:?set B}"),
    ("some words\n", "some words"),
)


@pytest.mark.parametrize(("content", "wanted"), CONTENTS)
@pytest.mark.parametrize("name", [".env", "e.env"])
def test_file_that_cannot_be_read(content: str, wanted: str, name: str, tmp_path: Path) -> None:
    text = service("env_file: e.env")
    for file in (".env", "e.env"):
        (tmp_path / file).write_text(content if file == name else "", encoding="utf-8")
    (tmp_path / "compose.yaml").write_text(text, encoding="utf-8")
    (finding,) = find_in(tmp_path)
    assert (finding.rule, finding.severity) == ("env-file-syntax", Severity.ERROR)
    assert finding.source.name == name
    assert characters(finding) == wanted
    assert finding.path == ()
    assert ask_compose(text, tmp_path).returncode != 0


@pytest.mark.parametrize(
    "content", ["", "# a b\n", "export A=1\nB: 2\nC\n", "A='${x'\n", "=1\n1A=1\n", 'A="x\ny"\n']
)
def test_file_that_can_be_read(content: str, tmp_path: Path) -> None:
    text = service("env_file: e.env")
    (tmp_path / "e.env").write_text(content, encoding="utf-8")
    (tmp_path / "compose.yaml").write_text(text, encoding="utf-8")
    assert find_in(tmp_path) == []
    assert ask_compose(text, tmp_path).returncode == 0


def test_mistake_is_told_once_however_many_services_read_the_file() -> None:
    text = "services: {a: {image: x, env_file: [e]}, b: {image: x, env_file: [e]}}"
    (finding,) = find(text, files={"e": "A B=1\n"})
    assert characters(finding) == "A B"


def test_required_variable_of_an_env_file_is_a_note_in_the_text() -> None:
    (finding,) = find(service("env_file: e"), files={"e": "A=${B:?}\n"}, is_here=False)
    assert (finding.rule, finding.severity) == ("env-file-syntax", Severity.NOTE)
