"""Projects as people write them, a folder for each rule: what is said of them, and what is not.

The name of the folder is that of the rule. `compose.yaml` is judged with whatever else there is,
and everything that is found must be in `expected.json`; of `silent.yaml`, which comes close, the
rule says nothing. Where there is a `fixed.yaml`, that is what all fixes make of the project.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from composecheck.check import check
from composecheck.fix import fix
from composecheck.rules import rule_named

if TYPE_CHECKING:
    from composecheck.finding import Finding

HERE = Path(__file__).resolve().parent
FOLDERS = sorted(path.parent for path in HERE.glob("*/expected.json"))
each_folder = pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)


@pytest.fixture(autouse=True)
def nothing_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no variable of whoever runs the tests count."""
    monkeypatch.setattr("composecheck.calling.process_environment", dict)


def found_in(path: Path) -> tuple[Finding, ...]:
    report = check([path])
    assert report.skipped == ()
    return report.findings


def as_row(finding: Finding) -> dict[str, Any]:
    """Return what is expected of a finding: its rule, its place from 1, and its characters."""
    position = finding.source.position(finding.span.start)
    return {
        "rule": finding.rule,
        "line": position.line,
        "column": position.column,
        "text": finding.source.slice(finding.span),
    }


def test_there_are_cases() -> None:
    assert FOLDERS
    assert all((folder / "compose.yaml").is_file() for folder in FOLDERS)


@each_folder
def test_all_that_is_expected_is_found_and_nothing_else(folder: Path) -> None:
    rows = [as_row(finding) for finding in found_in(folder / "compose.yaml")]
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    assert rows == expected
    assert folder.name in {row["rule"] for row in rows}
    assert rule_named(folder.name)


@each_folder
def test_what_comes_close_is_left_alone(folder: Path) -> None:
    found = found_in(folder / "silent.yaml")
    assert [as_row(finding) for finding in found if finding.rule == folder.name] == []


@each_folder
def test_all_fixes_make_the_fixed_project(folder: Path) -> None:
    report = fix([folder / "compose.yaml"], is_unsafe=True)
    assert report.dropped == ()
    if (folder / "fixed.yaml").exists():
        (file,) = report.files
        assert file.after.text == (folder / "fixed.yaml").read_text(encoding="utf-8")
    else:
        assert not any(finding.rule == folder.name for finding in report.applied)
