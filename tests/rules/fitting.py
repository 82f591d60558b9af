"""Judging texts by one rule, and asking the real Compose about the same texts."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING, Any

from composecheck.finding import Severity, splice
from composecheck.project.call import Call
from composecheck.project.files import ComposeFile
from composecheck.project.project import load_project
from composecheck.source import Source
from composecheck.yaml import load
from tests.project.comparing import absent
from tests.shared_material import ask_compose

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.finding import Finding
    from composecheck.project.project import Project

    Rule = Callable[[Project], Iterator[Finding]]

FOLDER = Path("/proj")


def project_of(
    text: str, *, name: str = "compose.yaml", is_here: bool = True, **options: Any
) -> Project:
    """Load a project of one file, alone in its folder; `options` are more of a Call."""
    file = ComposeFile(FOLDER / name, load(Source(name, dedent(text))))
    changes: dict[str, Any] = {"files": (file,), "working_folder": FOLDER, "read": absent}
    return load_project(Call(**{**changes, "is_here": is_here, **options}))


def judge(rule: Rule, text: str, **options: Any) -> list[Finding]:
    """Return what `rule` says of a text; see `project_of`."""
    return list(rule(project_of(text, **options)))


def marked(findings: list[Finding]) -> list[str]:
    """Return the characters that each finding points to."""
    return [finding.source.slice(finding.span) for finding in findings]


def assert_refused(rule: Rule, text: str, characters: str, folder: Path) -> Finding:
    """Assert that `rule` has one error, on these characters, and that Compose refuses the text.

    With its fix, if it has one, Compose must accept it.
    """
    text = dedent(text)
    findings = judge(rule, text)
    assert marked(findings) == [characters]
    (finding,) = findings
    assert finding.severity is Severity.ERROR
    assert finding.message.endswith(".")
    assert finding.remedy.endswith(".")
    assert finding.path
    assert ask_compose(text, folder).returncode == 1
    if finding.fix is not None:
        fixed = splice(text, finding.fix.edits)
        answer = ask_compose(fixed, folder)
        assert answer.returncode == 0, (fixed, answer.stderr)
        assert not judge(rule, fixed)
    return finding


def assert_accepted(rule: Rule, text: str, folder: Path) -> None:
    """Assert that `rule` has no error, whether here or in the text, and that Compose accepts it."""
    text = dedent(text)
    for is_here in (True, False):
        found = judge(rule, text, is_here=is_here)
        assert not [f.text for f in found if f.severity is Severity.ERROR]
    answer = ask_compose(text, folder)
    assert answer.returncode == 0, answer.stderr
