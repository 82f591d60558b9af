"""Published files and the small probes, alone in a folder: what Compose makes of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from composecheck.project.call import Call
from composecheck.project.files import ComposeFile
from composecheck.project.model import to_model
from composecheck.project.problem import HANGS_ON_THIS_MACHINE, UNKNOWN_HERE, Problem
from composecheck.project.project import Project, load_project
from composecheck.source import Source, decode
from composecheck.yaml import Document, load
from tests.project.comparing import absent, differences, doubled, placed
from tests.shared_material import corpus, probes, requires_shared

FOLDER = Path("/tmp/somewhere/proj")
NAMES = {str(FOLDER): "$D", str(FOLDER.parent): "$P", "/home/somebody": "$HOME"}
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "HOME": "/home/somebody"}


def _project(document: Document, **changes: Any) -> Project:
    file = ComposeFile(FOLDER / document.source.name, document)
    options: dict[str, Any] = {
        "files": (file,),
        "environment": ENVIRONMENT,
        "working_folder": FOLDER,
        "read": absent,
        "is_here": True,
        **changes,
    }
    return load_project(Call(**options))


@requires_shared
def test_real_files_that_compose_accepts_here() -> None:
    different: dict[str, object] = {}
    compared = 0
    for file in corpus():
        if file.refused:
            continue
        project = _project(load(Source("docker-compose.yml", file.text)))
        if _certain(project):
            different[file.id] = _certain(project)[0].fault
        # Above the parent folder, the measurements do not say which folder was which.
        if file.model is None or "../../" in file.text:
            continue
        compared += 1
        model = placed(doubled(to_model(project)), NAMES)
        found = list(differences(model, file.model))
        if found:
            different[file.id] = found[:3]
    assert compared > 1400
    assert not different


@requires_shared
def test_real_files_that_compose_accepts_are_right_as_text() -> None:
    wrong: dict[str, object] = {}
    for file in corpus():
        if file.refused:
            continue
        document = load(Source("docker-compose.yml", file.text))
        project = _project(document, is_here=False, environment={})
        found = [p for p in _certain(project) if p.fault not in HANGS_ON_THIS_MACHINE]
        if found:
            wrong[file.id] = found[0].fault
    assert not wrong


def _certain(project: Project) -> list[Problem]:
    """Return the problems for which Compose would refuse."""
    return [
        problem
        for problem in project.problems
        if problem.fault not in UNKNOWN_HERE and not problem.may_be
    ]


@requires_shared
def test_probes_have_the_models_of_compose() -> None:
    different = {}
    compared = 0
    for row in probes():
        if row["rc"] or not row["stdout"].startswith("{"):
            continue
        compared += 1
        variables = {**ENVIRONMENT, **row["env"]}
        project = _project(load(decode(row["data"], row["name"])), environment=variables)
        theirs = json.loads(row["stdout"])
        # Each probe had a folder with a name of its own, and so a project name.
        is_named = project.name != FOLDER.name
        names = NAMES if is_named else {**NAMES, FOLDER.name: theirs["name"]}
        model = placed(doubled(to_model(project)), names)
        found = list(differences(model, theirs))
        if found:
            different[row["id"]] = found[:3]
    assert compared > 100
    assert not different
