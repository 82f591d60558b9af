"""Code Quality, with what GitLab's documentation says of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from composecheck.check import check_text
from composecheck.discovery import Skipped
from composecheck.finding import Severity
from composecheck.report.gitlab import render
from composecheck.report.visible import visible
from composecheck.source import Source
from tests.report.findings import HOSTILE, finding_on, report_of, source_of

if TYPE_CHECKING:
    from pathlib import Path

SOURCE = source_of("a: 1\nbb: 22\n")
SEVERITIES = {"info", "minor", "major", "critical", "blocker"}


@pytest.fixture(autouse=True)
def outside_of_a_pipeline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI_PROJECT_DIR", raising=False)


def issues(text: str) -> list[dict[str, Any]]:
    """Return the issues in `text`, once each has what GitLab needs, of the types it needs."""
    assert text.isascii()
    found: list[dict[str, Any]] = json.loads(text)
    for issue in found:
        assert isinstance(issue["description"], str)
        assert issue["description"]
        assert isinstance(issue["check_name"], str)
        assert isinstance(issue["fingerprint"], str)
        assert issue["severity"] in SEVERITIES
        assert isinstance(issue["location"]["path"], str)
        assert isinstance(issue["location"]["lines"]["begin"], int)
        assert issue["location"]["lines"]["begin"] >= 1
    assert len({issue["fingerprint"] for issue in found}) == len(found)
    return found


def test_an_issue() -> None:
    report = report_of(finding_on(SOURCE, "1\nbb", message="It is wrong.", remedy="Write 2."))
    (issue,) = issues(render(report))
    assert len(issue.pop("fingerprint")) == 32
    assert issue == {
        "description": "key-unknown: It is wrong. Write 2.",
        "check_name": "key-unknown",
        "severity": "blocker",
        "location": {"path": "compose.yaml", "lines": {"begin": 1, "end": 2}},
    }


def test_nothing_found_is_an_empty_list() -> None:
    assert render(report_of()) == "[]\n"


def test_severities() -> None:
    report = report_of(
        *(finding_on(SOURCE, "a", severity=severity) for severity in sorted(Severity))
    )
    assert [issue["severity"] for issue in issues(render(report))] == ["info", "major", "blocker"]


def test_fingerprints_hold_still_while_lines_move() -> None:
    text = "services:\n  db:\n    image: mysql\n    enviroment: {A: b}\n    prts: []\n"
    first = issues(render(check_text(text, "compose.yaml")))
    later = issues(render(check_text(f"# One.\n\n{text}", "compose.yaml")))
    assert [issue["fingerprint"] for issue in first] == [issue["fingerprint"] for issue in later]
    assert [issue["location"]["lines"]["begin"] for issue in first] == [4, 5]
    assert [issue["location"]["lines"]["begin"] for issue in later] == [6, 7]


def test_what_could_not_be_checked_is_an_issue() -> None:
    skipped = (Skipped("b.yaml", "There is no such file."), Skipped("c.yaml", "It is a folder."))
    first, second = issues(render(report_of(skipped=skipped)))
    assert first["description"] == "This was not checked. There is no such file."
    assert first["location"]["path"] == "b.yaml"
    assert second["severity"] == "blocker"


@pytest.mark.parametrize("hostile", HOSTILE)
def test_whatever_is_quoted_comes_out_as_text_that_can_be_seen(hostile: str) -> None:
    source = Source(f"{hostile}.yaml", f"{hostile}: 1\n")
    report = report_of(
        finding_on(source, hostile, message=f"{hostile} is wrong."),
        skipped=(Skipped(hostile, hostile),),
    )
    issue, unchecked = issues(render(report))
    assert issue["description"] == f"key-unknown: {visible(hostile)} is wrong."
    assert issue["location"]["path"] == f"{hostile}.yaml"
    assert unchecked["location"]["path"] == hostile


def test_files_are_named_as_seen_from_the_top_of_the_checkout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "deploy").mkdir()
    monkeypatch.chdir(tmp_path / "deploy")
    monkeypatch.setenv("CI_PROJECT_DIR", str(tmp_path))
    (issue,) = issues(render(report_of(finding_on(SOURCE, "a"))))
    assert issue["location"]["path"] == "deploy/compose.yaml"
