"""Projects of several files: the same verdict and the same model as Docker Compose itself."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pytest

from composecheck.project.model import to_model
from composecheck.project.problem import UNKNOWN_HERE
from composecheck.project.project import load_project
from tests.project import (
    scenarios_of_calls,
    scenarios_of_extends,
    scenarios_of_includes,
    scenarios_of_merges,
    scenarios_of_resets,
)
from tests.project.comparing import differences, doubled
from tests.shared_material import docker_compose

if TYPE_CHECKING:
    from pathlib import Path

    from tests.project.scenario import Scenario

SCENARIOS = (
    *scenarios_of_calls.SCENARIOS,
    *scenarios_of_extends.SCENARIOS,
    *scenarios_of_includes.SCENARIOS,
    *scenarios_of_merges.SCENARIOS,
    *scenarios_of_resets.SCENARIOS,
)


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_same_project_as_compose(scenario: Scenario, tmp_path: Path) -> None:
    scenario.write(tmp_path)
    answer = subprocess.run(
        [docker_compose(), *scenario.arguments, "config", "--format", "json"],
        cwd=tmp_path / scenario.folder,
        env=scenario.variables(tmp_path),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (answer.returncode != 0) == scenario.is_refused, answer.stderr

    project = load_project(scenario.call(tmp_path))
    problems = [problem for problem in project.problems if problem.fault not in UNKNOWN_HERE]
    assert bool(problems) == scenario.is_refused, (problems, answer.stderr)
    if not scenario.is_refused:
        model = doubled(to_model(project))
        assert not list(differences(model, json.loads(answer.stdout)))


def test_scenarios_have_names_of_their_own() -> None:
    names = [scenario.name for scenario in SCENARIOS]
    assert len(set(names)) == len(names)
