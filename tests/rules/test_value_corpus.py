"""The rules on values, measured on published files and on small inputs with Compose's verdict."""

from __future__ import annotations

import functools
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from composecheck.finding import Severity
from composecheck.project.call import Call
from composecheck.project.project import load_project
from tests.rules.value_rules import judge
from tests.shared_material import corpus, requires_shared

if TYPE_CHECKING:
    from composecheck.finding import Finding
    from tests.shared_material import CorpusFile

FOLDER = Path("/nowhere/proj")

OUR_CAUSES = re.compile(
    r"invalid interpolation|required variable|failed to cast|decoding failed"
    r"|env file .* not found|no such file or directory|no port specified|containerPort|hostPort"
    r"|invalid proto|IP address|invalid ranges|missing a target|missing a mount|invalid spec"
    r"|empty volume spec|cannot extend|Circular|include cycle|healthcheck.test|trailing space"
    r"|cannot override|confusing device|expected key=value|ssh key \"|failed to read"
    r"|project name must not"
)


def _findings(file: CorpusFile, *, is_here: bool) -> list[Finding]:
    def read(path: Path) -> bytes:
        if path == FOLDER / "docker-compose.yml":
            return file.text.encode("utf-8", "surrogatepass")
        if path == Path("/dev/null"):
            return b""
        raise FileNotFoundError(2, "No such file or directory", str(path))

    call = Call(
        files=("docker-compose.yml",),
        working_folder=FOLDER,
        read=read,
        is_here=is_here,
        environment={"PATH": "/usr/bin:/bin", "HOME": "/nowhere"},
    )
    return judge(load_project(call))


@functools.cache
def _judged(*, is_here: bool) -> tuple[tuple[CorpusFile, list[Finding]], ...]:
    return tuple((file, _findings(file, is_here=is_here)) for file in corpus())


def _errors(findings: list[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.severity is Severity.ERROR]


def _is_ours(file: CorpusFile) -> bool:
    return file.refused and OUR_CAUSES.search(file.stderr) is not None


@requires_shared
@pytest.mark.parametrize("is_here", [True, False])
def test_no_error_on_a_file_that_compose_accepts(is_here: bool) -> None:
    wrong = [
        (file.id, finding.rule, finding.text)
        for file, findings in _judged(is_here=is_here)
        if not file.refused
        for finding in _errors(findings)
    ]
    assert wrong == []


@requires_shared
def test_each_refusal_for_a_cause_of_ours_is_explained() -> None:
    missed = [
        (file.id, file.stderr)
        for file, findings in _judged(is_here=True)
        if _is_ours(file) and not _errors(findings)
    ]
    assert missed == []


@requires_shared
def test_each_refusal_for_a_cause_of_ours_is_told_of_in_the_text() -> None:
    silent = [
        (file.id, file.stderr)
        for file, findings in _judged(is_here=False)
        if _is_ours(file) and not findings
    ]
    assert silent == []
