"""What is said of `include`, and that Docker Compose v5.6.1 agrees."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composecheck.finding import Severity
from tests.rules.value_rules import characters, find, find_in
from tests.shared_material import ask_compose

if TYPE_CHECKING:
    from pathlib import Path

A = "\nservices: {a: {image: x}}\n"

REFUSED = (
    ("include: [compose.yaml]" + A, "include-cycle", "compose.yaml"),
    ("include: [absent.yaml]" + A, "include-absent", "absent.yaml"),
    ("include: [{path: [o.yaml, absent.yaml]}]" + A, "include-absent", "absent.yaml"),
    ("include: [folder]" + A, "include-absent", "folder"),
    ("include: [{path: o.yaml, env_file: no.env}]" + A, "env-file-absent", "no.env"),
)


@pytest.mark.parametrize(("text", "rule", "wanted"), REFUSED)
def test_refused(text: str, rule: str, wanted: str, tmp_path: Path) -> None:
    (tmp_path / "o.yaml").write_text("services: {b: {image: x}}", encoding="utf-8")
    (tmp_path / "folder").mkdir()
    (tmp_path / "compose.yaml").write_text(text, encoding="utf-8")
    (finding,) = find_in(tmp_path)
    assert (finding.rule, characters(finding)) == (rule, wanted)
    assert finding.severity is Severity.ERROR
    assert ask_compose(text, tmp_path).returncode != 0


NO_PATHS = ("[x]", "{a: b}", "1.5", "true")


@pytest.mark.parametrize("written", NO_PATHS)
def test_what_is_no_path(written: str, tmp_path: Path) -> None:
    text = f"include: [{{path: o.yaml, project_directory: {written}}}]{A}"
    (tmp_path / "o.yaml").write_text("services: {b: {image: x}}", encoding="utf-8")
    (tmp_path / "compose.yaml").write_text(text, encoding="utf-8")
    (finding,) = find_in(tmp_path)
    assert (finding.rule, characters(finding)) == ("include-invalid", written)
    assert finding.severity is Severity.ERROR
    assert ask_compose(text, tmp_path).returncode != 0


@pytest.mark.parametrize("written", ["1", "", "~", "''"])
def test_what_compose_reads_as_a_path(written: str, tmp_path: Path) -> None:
    text = f"include: [{{path: o.yaml, project_directory: {written}}}]{A}"
    (tmp_path / "o.yaml").write_text("services: {b: {image: x}}", encoding="utf-8")
    (tmp_path / "compose.yaml").write_text(text, encoding="utf-8")
    assert find_in(tmp_path) == []
    assert ask_compose(text, tmp_path).returncode == 0


def test_a_date_is_no_path(tmp_path: Path) -> None:
    text = f"include: [{{path: 2024-01-01}}]{A}"
    (finding,) = find(text)
    assert (finding.rule, characters(finding)) == ("include-invalid", "2024-01-01")
    assert ask_compose(text, tmp_path).returncode != 0


def test_circle_is_told_step_by_step(tmp_path: Path) -> None:
    files = {
        "compose.yaml": "include: [o.yaml]" + A,
        "o.yaml": "include: [p.yaml]",
        "p.yaml": "include: [compose.yaml]",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (finding,) = find_in(tmp_path)
    assert '"compose.yaml" → "o.yaml" → "p.yaml" → "compose.yaml"' in finding.message
    assert finding.source.name == "p.yaml"
    assert [(place.source.name, place.message) for place in finding.related] == [
        ("compose.yaml", '"compose.yaml" includes "o.yaml".'),
        ("o.yaml", '"o.yaml" includes "p.yaml".'),
    ]
    assert ask_compose(files["compose.yaml"], tmp_path).returncode != 0


def test_absent_file_is_a_note_in_the_text() -> None:
    (finding,) = find("include: [o.yaml]" + A, is_here=False)
    assert (finding.rule, finding.severity) == ("include-absent", Severity.NOTE)
    assert finding.path == ("include", 0)


@pytest.mark.parametrize("is_here", [True, False])
def test_remote_file_is_a_note(is_here: bool) -> None:
    (finding,) = find("include: ['oci://x.org/y']" + A, is_here=is_here)
    assert (finding.rule, finding.severity) == ("include-remote", Severity.NOTE)


@pytest.mark.parametrize("text", ["include: []" + A, "include:" + A, "include: [o.yaml]" + A])
def test_accepted(text: str, tmp_path: Path) -> None:
    (tmp_path / "o.yaml").write_text("services: {b: {image: x}}", encoding="utf-8")
    (tmp_path / "compose.yaml").write_text(text, encoding="utf-8")
    assert find_in(tmp_path) == []
    assert ask_compose(text, tmp_path).returncode == 0


def test_mistakes_in_an_included_file_are_told_there() -> None:
    (finding,) = find(
        "include: [o.yaml]" + A,
        files={"o.yaml": "services: {b: {image: x, ports: [xx]}}"},
    )
    assert (finding.rule, finding.source.name) == ("port-invalid", "o.yaml")
