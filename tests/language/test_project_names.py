"""Names of projects: as Compose takes them, which is asked."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pytest

from composecheck.language.project_names import is_project_name, normalize_project_name
from tests.shared_material import docker_compose

if TYPE_CHECKING:
    from pathlib import Path

NAMES = [
    ("web", "web"),
    ("Web", "web"),
    ("web app", "webapp"),
    ("web.app", "webapp"),
    ("-web", "web"),
    ("_-web_-", "web_-"),
    ("1web", "1web"),
    ("\u00c9web", "web"),
    ("\u212aelvin", "kelvin"),
    ("web/app", "webapp"),
]


def ask(folder: Path, name: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    text = f"name: {json.dumps(name)}\nservices: {{a: {{image: x}}}}\n"
    (folder / "compose.yaml").write_text(text, encoding="utf-8")
    return subprocess.run(
        [docker_compose(), "-f", "compose.yaml", *arguments, "config", "--format", "json"],
        cwd=folder,
        env={},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(("name", "normal"), NAMES)
def test_a_name_is_brought_into_shape(name: str, normal: str) -> None:
    assert normalize_project_name(name) == normal


def test_the_real_program_does_it_so(tmp_path: Path) -> None:
    # All of them at once: one behind the other, with an ordinary character between two.
    name = "1".join(name for name, _ in NAMES)
    assert json.loads(ask(tmp_path, name).stdout)["name"] == normalize_project_name(name)
    assert json.loads(ask(tmp_path, "_-web_-").stdout)["name"] == "web_-"


def test_of_some_names_nothing_is_left(tmp_path: Path) -> None:
    for name in ("...", "-_", "\u65e5\u672c"):
        assert normalize_project_name(name) == ""
        assert not is_project_name(name)
    (tmp_path / "...").mkdir()
    answer = ask(tmp_path / "...", "...")
    assert "project name must not be empty" in answer.stderr


@pytest.mark.parametrize(
    ("name", "is_one"),
    [("web", True), ("1_-", True), ("Web", False), ("-web", False), ("we b", False)],
)
def test_a_name_that_is_said_outright(name: str, is_one: bool, tmp_path: Path) -> None:
    assert is_project_name(name) is is_one
    assert (ask(tmp_path, "p", f"--project-name={name}").returncode == 0) is is_one


def test_no_name_is_no_name() -> None:
    assert not is_project_name("")
