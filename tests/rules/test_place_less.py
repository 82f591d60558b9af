"""What is wrong with a call itself, in sentences: there is no file to point into."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from composecheck.project.call import Call
from composecheck.project.project import load_project
from composecheck.rules import judge_project
from composecheck.rules.place_less import place_less
from tests.shared_material import docker_compose

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "services: {a: {image: x}}"

# Options of a Call, those of the program, its variables, and words of what is said.
REFUSED: tuple[tuple[dict[str, Any], list[str], dict[str, str], str], ...] = (
    ({"project_name": "Foo"}, ["-p", "Foo"], {}, '"foo"'),
    ({"project_name": "___"}, ["-p", "___"], {}, "--project-name"),
    ({}, [], {"COMPOSE_PROJECT_NAME": "Foo"}, "COMPOSE_PROJECT_NAME"),
    ({}, [], {"COMPOSE_DISABLE_ENV_FILE": "maybe"}, "COMPOSE_DISABLE_ENV_FILE"),
)


def say(folder: Path, *, is_here: bool = True, **options: Any) -> list[str]:
    options = {"files": ("compose.yaml",), **options}
    project = load_project(Call(working_folder=folder, is_here=is_here, **options))
    assert all(finding.source is not None for finding in judge_project(project))
    return list(place_less(project).values())


@pytest.mark.parametrize(("options", "arguments", "variables", "words"), REFUSED)
def test_what_compose_refuses(
    options: dict[str, Any],
    arguments: list[str],
    variables: dict[str, str],
    words: str,
    tmp_path: Path,
) -> None:
    (tmp_path / "compose.yaml").write_text(TEXT, encoding="utf-8")
    (sentence,) = say(tmp_path, environment=variables, **options)
    assert words in sentence
    assert sentence.endswith((".", "example."))
    answer = subprocess.run(
        [docker_compose(), *arguments, "config", "-q"],
        cwd=tmp_path,
        env={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), **variables},
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert answer.returncode != 0


def test_a_folder_of_which_no_name_can_be_made(tmp_path: Path) -> None:
    folder = tmp_path / "___"
    folder.mkdir()
    (folder / "compose.yaml").write_text(TEXT, encoding="utf-8")
    (sentence,) = say(folder)
    assert '"___"' in sentence
    assert say(folder, is_here=False) == []


def test_a_file_that_would_have_to_be_fetched(tmp_path: Path) -> None:
    (sentence,) = say(tmp_path, files=("oci://registry.example.com/app",))
    assert "fetches nothing" in sentence


def test_what_hangs_on_this_machine_is_not_said_of_the_text(tmp_path: Path) -> None:
    (tmp_path / "compose.yaml").write_text(TEXT, encoding="utf-8")
    for variables in ({"COMPOSE_PROJECT_NAME": "Foo"}, {"COMPOSE_DISABLE_ENV_FILE": "maybe"}):
        assert say(tmp_path, is_here=False, environment=variables) == []
    assert say(tmp_path, is_here=False, project_name="Foo") != []


def test_nothing_is_said_of_a_good_call(tmp_path: Path) -> None:
    (tmp_path / "compose.yaml").write_text(TEXT, encoding="utf-8")
    assert say(tmp_path) == []
