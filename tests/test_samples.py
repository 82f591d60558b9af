"""The samples: the beginner's file byte for byte, and what is said of each."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from composecheck import Report, Safety, Severity, check, splice
from tests.console_examples import REPOSITORY
from tests.shared_material import ask_compose

if TYPE_CHECKING:
    from pathlib import Path

SAMPLES = REPOSITORY / "samples"
FIRST_STEPS = SAMPLES / "first-steps" / "docker-compose.yml"

EXPECTED = {
    "anchors/compose.yaml": [],
    "block-scalars/compose.yaml": [],
    "first-steps/docker-compose.yml": [
        ("key-obsolete", 1),
        ("key-unknown", 9),
        ("key-blank", 12),
    ],
    "several-documents/compose.yaml": [("yaml-documents", 8), ("key-unknown", 13)],
    "tabs/compose.yaml": [("yaml-tab", 4)],
    "version-1/docker-compose.yml": [("key-unknown", 2)],
    "web-stack/compose.yaml": [],
    "wrong-indentation/compose.yaml": [
        ("key-unknown", 7),
        ("key-unknown", 17),
        ("key-unknown", 19),
    ],
}
"""The rule and line (from 1) of each finding, by file."""


def _found(report: Report) -> list[tuple[str, int]]:
    return [
        (finding.rule, finding.source.position(finding.span.start).line)
        for finding in report.findings
    ]


def test_every_sample_is_in_the_table() -> None:
    files = {path.relative_to(SAMPLES).as_posix() for path in SAMPLES.glob("*/*.y*ml")}
    assert files == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_sample(name: str) -> None:
    assert _found(check([SAMPLES / name])) == EXPECTED[name]


@pytest.mark.parametrize("name", EXPECTED)
def test_compose_agrees(name: str, tmp_path: Path) -> None:
    report = check([SAMPLES / name])
    verdict = ask_compose((SAMPLES / name).read_bytes(), tmp_path)
    assert (report.worst is Severity.ERROR) == (verdict.returncode != 0), verdict.stderr


@pytest.mark.parametrize("name", [name for name, found in EXPECTED.items() if found])
def test_fixing_everything_makes_compose_accept_it(name: str, tmp_path: Path) -> None:
    text = (SAMPLES / name).read_bytes().decode()
    findings = check([SAMPLES / name]).findings
    assert all(finding.fix for finding in findings if finding.severity is Severity.ERROR)
    fixed = splice(
        text, [edit for finding in findings if finding.fix for edit in finding.fix.edits]
    )
    assert ask_compose(fixed, tmp_path).returncode == 0


def test_first_steps_is_the_beginners_file_byte_for_byte() -> None:
    # It has two blanks that matter: before the colon of "ports :", and in "MYSQL_DATABASE= jjdb".
    data = FIRST_STEPS.read_bytes()
    assert b"        ports :\n" in data
    assert b"MYSQL_DATABASE= jjdb\n" in data
    assert hashlib.sha256(data).hexdigest() == (
        "c3d40f2744a3888a50f1c3b0d0ea8ac20a4f932c0593b57c29d862ca264ca7ed"
    )


def test_first_steps_is_explained_on_the_exact_characters() -> None:
    finding = next(f for f in check([FIRST_STEPS]).findings if f.rule == "key-unknown")
    start = finding.source.position(finding.span.start)
    end = finding.source.position(finding.span.end)
    assert (start.line, start.column, end.line, end.column) == (9, 9, 9, 19)
    assert finding.suggestions == ("environment",)
    assert finding.fix is not None
    assert finding.fix.safety is Safety.SAFE
    assert '"environment"' in finding.remedy
