"""The report that GitLab shows in a merge request: Code Quality, a part of Code Climate's format.

https://docs.gitlab.com/ci/testing/code_quality/ says which of its keys GitLab reads.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from composecheck.finding import Severity
from composecheck.fingerprint import fingerprints
from composecheck.report.repository_paths import path_in_checkout
from composecheck.report.visible import visible

if TYPE_CHECKING:
    from composecheck.check import Report
    from composecheck.discovery import Skipped
    from composecheck.finding import Finding

# GitLab knows, from the least to the worst: info, minor, major, critical, blocker.
_SEVERITIES = {Severity.ERROR: "blocker", Severity.WARNING: "major", Severity.NOTE: "info"}


def render(report: Report) -> str:
    """Return the report as JSON in ASCII: a list, empty where there is nothing to say.

    GitLab takes an issue for the one it knows by the fingerprint, so no two are equal, and they
    stay what they are while lines move. Files are named as seen from the top of the checkout
    (CI_PROJECT_DIR). A file that could not be checked is an issue, too: GitLab would take its
    silence for a repair.
    """
    prints = fingerprints(report.findings)
    issues = [
        _issue(finding, known_by) for finding, known_by in zip(report.findings, prints, strict=True)
    ]
    issues += [_unchecked(skipped) for skipped in report.skipped]
    return json.dumps(issues, indent=2) + "\n"


def _issue(finding: Finding, known_by: str) -> dict[str, Any]:
    lines = {
        "begin": finding.source.position(finding.span.start).line,
        "end": finding.source.position(finding.span.end).line,
    }
    return {
        # GitLab shows the description alone, so the rule must be in it.
        "description": f"{finding.rule}: {visible(finding.text)}",
        "check_name": finding.rule,
        "fingerprint": known_by,
        "severity": _SEVERITIES[finding.severity],
        "location": {"path": _path(finding.source.name), "lines": lines},
    }


def _unchecked(skipped: Skipped) -> dict[str, Any]:
    known_by = json.dumps(["not-checked", skipped.file, skipped.reason]).encode("ascii")
    return {
        "description": f"This was not checked. {visible(skipped.reason)}",
        "check_name": "not-checked",
        "fingerprint": hashlib.sha256(known_by).hexdigest()[:32],
        "severity": "blocker",
        "location": {"path": _path(skipped.file), "lines": {"begin": 1, "end": 1}},
    }


def _path(name: str) -> str:
    return path_in_checkout(name, "CI_PROJECT_DIR")
