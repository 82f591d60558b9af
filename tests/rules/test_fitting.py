"""The rules on what does not fit together: their documentation, and published files."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from composecheck.finding import Severity, splice
from composecheck.project.call import Call
from composecheck.project.files import ComposeFile
from composecheck.project.project import load_project
from composecheck.rule import describe
from composecheck.rules import (
    container_names,
    cycles,
    dependencies,
    exclusive_keys,
    fragments,
    jobs,
    mounts,
    references,
    resources,
    scales,
    services,
    watch,
)
from composecheck.source import Source
from composecheck.yaml import load
from tests.project.comparing import absent
from tests.rules.fitting import FOLDER, judge
from tests.shared_material import ask_compose, corpus, probes, requires_shared

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from composecheck.finding import Finding
    from composecheck.project.project import Project
    from composecheck.yaml import Document
    from tests.rules.fitting import Rule

AREAS = (
    container_names,
    cycles,
    dependencies,
    exclusive_keys,
    fragments,
    jobs,
    mounts,
    references,
    resources,
    scales,
    services,
    watch,
)
RULES: tuple[Rule, ...] = tuple(function for area in AREAS for function in area.RULES)

# What Compose says of that with which these rules are concerned.
OURS = re.compile(
    r"neither an image|undefined (volume|network|secret|config|model|build secret|service)"
    r"|dependency cycle|mutual|in use by|already mounted|distinct values|must be greater than"
    r"|conflicting parameters|one of .* must be set|must declare either|exclusive|MUST include"
    r"|non-buildable|unknown service|target is required|value can't be blank|cannot depend on job"
    r"|both as a service|external\.name conflict|must be unique|not found for network_mode"
)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: describe(rule).name)
def test_examples_are_true(rule: Rule, tmp_path: Path) -> None:
    described = describe(rule)
    found = _judge_all(described.bad, is_here=False)
    assert [(f.rule, f.severity) for f in found] == [(described.name, described.severity)]
    assert not _judge_all(described.good, is_here=False)
    assert not _judge_all(described.good, is_here=True)
    (finding,) = found
    if finding.fix is not None:
        assert splice(described.bad, finding.fix.edits) == described.good
    assert ask_compose(described.bad, tmp_path).returncode == 1
    assert ask_compose(described.good, tmp_path).returncode == 0


def _judge_all(text: str, *, is_here: bool) -> list[Finding]:
    return [finding for rule in RULES for finding in judge(rule, text, is_here=is_here)]


@requires_shared
def test_no_error_on_real_files_that_compose_accepts() -> None:
    wrong = {}
    for file in corpus():
        if file.refused:
            continue
        document = load(Source("docker-compose.yml", file.text))
        for is_here in (True, False):
            errors = list(_errors(_project(document, is_here=is_here)))
            if errors:
                wrong[file.id, is_here] = errors[0].text
    assert not wrong


@requires_shared
def test_what_compose_says_of_real_files_is_found() -> None:
    missed = {}
    explained: Counter[str] = Counter()
    for file in corpus():
        cause = OURS.search(_message(file.stderr))
        if file.refused and cause:
            document = load(Source("docker-compose.yml", file.text))
            if any(_errors(_project(document, is_here=True))):
                explained[cause[0]] += 1
            else:
                missed[file.id] = cause[0]
    assert not missed
    assert explained.total() > 400


@requires_shared
def test_probes_have_the_verdict_of_compose() -> None:
    different = {}
    compared = 0
    for row in probes():
        options = [*row["pre"], *row["args"]]
        profiles = tuple(b for a, b in pairwise(options) if a == "--profile")
        if {"-f", "--no-consistency", "--no-interpolate", "--env-file"} & set(options):
            continue
        files = row["files"]

        def read(path: Path, files: dict[str, str] = files) -> bytes:
            name = path.relative_to(FOLDER).as_posix() if path.is_relative_to(FOLDER) else ""
            if name not in files:
                raise FileNotFoundError(2, "No such file or directory", str(path))
            return files[name].encode()

        document = load(Source(row["name"], row["data"].decode("utf-8", "surrogateescape")))
        project = _project(
            document,
            is_here=True,
            environment=row["env"],
            profiles=profiles,
            read=read,
        )
        cause = OURS.search(_message(row["stderr"])) if row["rc"] else None
        found = any(_errors(project))
        compared += cause is not None
        if (found and not row["rc"]) or (cause and not found):
            different[row["id"]] = row["stderr"]
    assert not different
    assert compared > 50


def _project(document: Document, **options: object) -> Project:
    file = ComposeFile(FOLDER / document.source.name, document)
    call = {"files": (file,), "working_folder": FOLDER, "read": absent, **options}
    return load_project(Call(**call))  # type: ignore[arg-type] # options of several types


def _errors(project: Project) -> Iterator[Finding]:
    for rule in RULES:
        yield from (f for f in rule(project) if f.severity is Severity.ERROR)


def _message(stderr: str) -> str:
    """Return what Compose said, without its warnings."""
    lines = stderr.splitlines()
    return " ".join(line for line in lines if not line.startswith(("time=", "level=")))
