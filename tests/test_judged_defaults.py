"""`check` warns of what is refused as long as variables that have a default are not set."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composecheck.check import Report, check, check_text
from composecheck.finding import Severity

if TYPE_CHECKING:
    from pathlib import Path

PORTS = 'services:\n  a:\n    image: x\n    ports: ["{port}:80"]\n'


def told(report: Report) -> list[tuple[Severity, str, str]]:
    return [
        (finding.severity, finding.rule, finding.source.slice(finding.span))
        for finding in report.findings
    ]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PORT", raising=False)
    monkeypatch.delenv("OTHER", raising=False)
    return tmp_path


def test_a_default_that_compose_refuses_is_a_warning() -> None:
    text = PORTS.format(port="${PORT:-80800}")
    assert told(check_text(text)) == [(Severity.WARNING, "port-invalid", "80800")]
    assert told(check_text(text.replace("80800", "8080"))) == []


def test_a_default_beside_something_unknown() -> None:
    found = told(check_text(PORTS.format(port="${ADDRESS}:${PORT:-80800}")))
    assert found == [
        (Severity.NOTE, "variable-unset", "${ADDRESS}"),
        (Severity.WARNING, "port-invalid", "80800"),
    ]


def test_the_name_of_the_project_may_have_a_default() -> None:
    text = f"name: ${{NAME:-___}}\n{PORTS.format(port='80')}"
    assert told(check_text(text)) == [(Severity.WARNING, "project-name-empty", "${NAME:-___}")]


def test_a_default_in_an_env_file(here: Path) -> None:
    (here / "compose.yaml").write_text(PORTS.format(port="${PORT}"), "utf-8")
    (here / ".env").write_text("PORT=${OTHER:-80800}\n", "utf-8")
    (warning,) = [finding for finding in check().findings if finding.severity is Severity.WARNING]
    assert warning.rule == "port-invalid"


def test_here_a_default_is_what_compose_takes(here: Path) -> None:
    (here / "compose.yaml").write_text(PORTS.format(port="${PORT:-80800}"), "utf-8")
    assert told(check(is_here=True)) == [(Severity.ERROR, "port-invalid", "80800")]
