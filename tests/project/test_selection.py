"""Services that are asked for by name, beside what Docker Compose itself prints of them."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from composecheck.project.call import Call
from composecheck.project.model import to_model
from composecheck.project.problem import Fault
from composecheck.project.project import Project, load_project
from composecheck.project.selection import NoSuchService, select_services
from tests.project.comparing import differences, doubled
from tests.shared_material import docker_compose

if TYPE_CHECKING:
    from pathlib import Path

TEXT = """
services:
  a:
    image: x
    depends_on:
      b: {condition: service_started}
      off2: {condition: service_started, required: false}
    networks: [n]
  b: {build: ., links: [c], volumes: ["vol:/v"]}
  c: {image: y, pre_start: [{command: a, image: init}, {command: b}]}
  d-1: {image: z, depends_on: [a]}
  d-2: {image: z, env_file: e.env, labels: [own=1], label_file: l.env}
  off: {image: o, profiles: [p, q], env_file: e.env, label_file: l.env, secrets: [absent]}
  off2: {image: o2, profiles: [p]}
jobs:
  j: {image: jx, triggers: {manual: true}, networks: [m]}
  k: {build: ., triggers: {manual: true}, profiles: [p], depends_on: [b]}
networks: {n: , m: }
volumes: {vol: , unused: }
"""
FILES = {"compose.yaml": TEXT, "e.env": "E=$$1\nF=$E\n", "l.env": "L=1\n"}

SELECTIONS = (
    ("a",),
    ("b",),
    ("c", "d-2"),
    ("off",),
    ("off", "d-1"),
    ("d-*",),
    ("d-?",),
    ("d-[1]",),
    ("d-[^1]",),
    ("[a-c]",),
    (r"\a",),
    ("a", "a"),
)
REFUSED = ("nope", "j", "k", "off*", "o*", "[", "a[", "\\", "d-[]", "", "A")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def _ask(folder: Path, *names: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [docker_compose(), "config", "--format", "json", *names],
        cwd=folder,
        env={"HOME": str(folder)},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def _load(folder: Path, **changes: Any) -> Project:
    options: dict[str, Any] = {
        "environment": {"HOME": str(folder)},
        "working_folder": folder,
        "is_here": True,
        **changes,
    }
    return load_project(Call(**options))


@pytest.mark.parametrize("names", SELECTIONS, ids=" ".join)
def test_selected_as_by_compose(names: tuple[str, ...], folder: Path) -> None:
    answer = _ask(folder, *names)
    assert answer.returncode == 0, answer.stderr
    selected = select_services(_load(folder), names)
    assert not selected.problems
    assert not list(differences(doubled(to_model(selected)), json.loads(answer.stdout)))


@pytest.mark.parametrize("name", REFUSED)
def test_no_such_service(name: str, folder: Path) -> None:
    assert _ask(folder, "a", name).returncode == 1
    with pytest.raises(NoSuchService) as caught:
        select_services(_load(folder), ("a", name))
    assert caught.value.name == name
    assert caught.value.choices == ("a", "b", "c", "d-1", "d-2")


def test_env_files_of_a_service_that_was_off_are_read(folder: Path) -> None:
    (folder / "e.env").write_text("A B=1\n", encoding="utf-8")
    text = TEXT.replace("  d-2: {image: z, env_file: e.env,", "  d-2: {image: z,")
    (folder / "compose.yaml").write_text(text, encoding="utf-8")
    project = _load(folder)
    assert not project.problems
    assert not select_services(project, ("a",)).problems
    (problem,) = select_services(project, ("off",)).problems
    assert problem.fault is Fault.ENV_FILE_INVALID
    assert _ask(folder, "a").returncode == 0
    assert _ask(folder, "off").returncode == 1


def test_profiles_that_are_on_stay_on(folder: Path) -> None:
    text = TEXT.replace(", secrets: [absent]", "")
    (folder / "compose.yaml").write_text(text, encoding="utf-8")
    selected = select_services(_load(folder, profiles=("p",)), ("a",))
    assert sorted(selected.section("services")) == ["a", "b", "c", "off2"]
