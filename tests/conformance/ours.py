"""What we make of a case."""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from composecheck.calling import call_from_here
from composecheck.check import Report, check
from composecheck.finding import Finding, Severity
from composecheck.project.model import to_model
from composecheck.project.project import load_project
from tests.project.comparing import doubled

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from tests.conformance.case import Case

_NAME = "COMPOSE_PROJECT_NAME"
"""What says the same as `-p`, an option that `check` does not have."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """Our findings, and why we cannot judge, if so; the model, where we find no error."""

    findings: tuple[Finding, ...]
    unjudged: tuple[str, ...] = ()
    model: dict[str, Any] | None = None

    @property
    def errors(self) -> tuple[Finding, ...]:
        """Those findings for which Compose would refuse."""
        return tuple(found for found in self.findings if found.severity is Severity.ERROR)

    @property
    def refuses(self) -> bool:
        """Whether we say that Compose refuses."""
        return bool(self.errors)


def judge(case: Case, root: Path, *, wants_model: bool = True) -> Judgement:
    """Judge a case below `root`, with `--here`. An exception is a mistake of ours."""
    with _process(case, root):
        report = check(**_options(case), is_here=True)
        unjudged = tuple(skipped.reason for skipped in report.skipped)
        if unjudged or report.worst is Severity.ERROR or not wants_model:
            return Judgement(report.findings, unjudged)
        project = load_project(call_from_here(**case.options(), is_here=True))
        return Judgement(report.findings, model=doubled(to_model(project)))


def judge_text(case: Case, root: Path) -> Report:
    """Judge the texts of a case alone, as `check` does without `--here`."""
    with _process(case, root):
        return check(**_options(case), is_here=False)


def _options(case: Case) -> dict[str, Any]:
    options = case.options()
    options.pop("project_name", None)
    return options


@contextlib.contextmanager
def _process(case: Case, root: Path) -> Iterator[None]:
    """Be where the case's call is made, with its environment and no other."""
    environment = case.variables(root) | {"COMPOSECHECK_DEBUG": "1"}
    if "project_name" in case.options():
        environment[_NAME] = case.options()["project_name"]
    with _environment(environment), contextlib.chdir(case.write(root)):
        yield


@contextlib.contextmanager
def _environment(environment: Mapping[str, str]) -> Iterator[None]:
    before = dict(os.environ)
    try:
        os.environ.clear()
        os.environ.update(environment)
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
