"""The effective project for programs, and the page about the library."""

from __future__ import annotations

import doctest
import json
import re
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

import composecheck
from composecheck.library import Origin, ProjectRefused, ProjectUnknown, load_project
from tests.shared_material import REPOSITORY, docker_compose, requires_compose

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PAGE = REPOSITORY / "docs" / "library.md"
TEXT = PAGE.read_text(encoding="utf-8")

FILES = {
    "compose.yaml": """\
name: shop
include: [monitoring/compose.yaml]
services:
  web:
    extends: {file: common.yaml, service: base}
    image: nginx:${TAG:-1.29}
    ports: ["8080:80"]
    environment:
      PRICE: $$5
  extra:
    image: busybox
    profiles: [extra]
""",
    "compose.override.yaml": "services:\n  web:\n    environment:\n      MODE: ${MODE}\n",
    "common.yaml": "services:\n  base:\n    restart: always\n    volumes: [./data:/data]\n",
    "monitoring/compose.yaml": "services:\n  metrics:\n    image: prom/prometheus\n",
    ".env": "MODE=production\n",
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a folder with a project of several files, and make it the working folder."""
    for name, text in FILES.items():
        path = tmp_path / "shop" / name
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path / "shop")
    for variable in ("TAG", "MODE", "COMPOSE_FILE", "COMPOSE_PROFILES", "PWD"):
        monkeypatch.delenv(variable, raising=False)
    return tmp_path / "shop"


def ask(folder: Path, *arguments: str) -> str:
    """Return what the real Docker Compose prints of the project."""
    return subprocess.run(
        [docker_compose(), *arguments],
        cwd=folder,
        env={"HOME": str(folder)},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=True,
    ).stdout


@requires_compose
def test_the_model_is_that_of_compose(folder: Path) -> None:
    project = load_project()
    wanted: dict[str, Any] = json.loads(ask(folder, "config", "--format", "json"))
    assert wanted["services"]["web"]["environment"]["PRICE"] == "$$5"
    wanted["services"]["web"]["environment"]["PRICE"] = "$5"
    assert project.model() == wanted


@requires_compose
def test_the_texts_are_those_of_compose(folder: Path) -> None:
    project = load_project(profiles=["extra"])
    assert project.to_yaml() == ask(folder, "--profile", "extra", "config")
    assert project.to_json() == ask(folder, "--profile", "extra", "config", "--format", "json")


def test_it_knows_its_files(folder: Path) -> None:
    project = load_project()
    assert (project.name, project.folder) == ("shop", folder)
    assert project.files[:2] == ("compose.yaml", "compose.override.yaml")
    assert set(project.files[2:]) == {"common.yaml", "monitoring/compose.yaml"}
    assert set(project.model()["services"]) == {"web", "metrics"}
    assert project.unset == ()


def test_each_value_knows_where_it_was_set(folder: Path) -> None:
    project = load_project()
    web = ("services", "web")
    for path, place in {
        ("name",): ("compose.yaml", 1, 7),
        (*web, "image"): ("compose.yaml", 6, 12),
        (*web, "environment", "PRICE"): ("compose.yaml", 9, 7),
        (*web, "environment", "MODE"): ("compose.override.yaml", 4, 7),
        (*web, "restart"): ("common.yaml", 3, 14),
        (*web, "volumes", 0, "target"): ("common.yaml", 4, 22),
        ("services", "metrics", "image"): ("monitoring/compose.yaml", 3, 12),
    }.items():
        origin = project.origin(path)
        assert (origin.file, origin.line, origin.column) == place, path
        assert not origin.is_added
    added = project.origin(["networks", "default", "name"])
    assert added == Origin(("networks", "default", "name"), None, None, None, is_added=True)


def test_every_value_of_the_model_has_one_origin(folder: Path) -> None:
    project = load_project()

    def leaves(value: Any, path: tuple[str | int, ...]) -> list[tuple[str | int, ...]]:
        if not isinstance(value, dict | list) or not value:
            return [path]
        parts = value.items() if isinstance(value, dict) else enumerate(value)
        return [leaf for key, part in parts for leaf in leaves(part, (*path, key))]

    assert [origin.path for origin in project.origins()] == leaves(project.model(), ())


@pytest.mark.parametrize("path", [(), ("services",), ("services", "no"), ("name", 0)])
def test_what_is_no_value_has_no_origin(folder: Path, path: tuple[str | int, ...]) -> None:
    with pytest.raises(KeyError):
        load_project().origin(path)


def test_each_call_returns_data_of_its_own(folder: Path) -> None:
    project = load_project()
    project.model()["services"].clear()
    assert set(project.model()["services"]) == {"web", "metrics"}


def test_origins_can_stand_in_the_text(folder: Path) -> None:
    lines = load_project().to_yaml(with_origin=True).splitlines()
    assert "    image: nginx:1.29  # compose.yaml:6" in lines


def test_the_options_are_those_of_compose(folder: Path, tmp_path: Path) -> None:
    (folder / "other.env").write_text("MODE=test\nTAG=1.28\n", encoding="utf-8")
    project = load_project(
        ["compose.yaml", folder / "compose.override.yaml"],
        env_files=["other.env"],
        profiles=["extra"],
        project_name="another",
    )
    services = project.model()["services"]
    assert project.name == "another"
    assert services["web"]["image"] == "nginx:1.28"
    assert services["web"]["environment"]["MODE"] == "test"
    assert "extra" in services


def test_a_folder_can_be_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder.parent)
    project = load_project(project_directory=folder)
    assert project.files[:2] == ("shop/compose.yaml", "shop/compose.override.yaml")


def test_what_is_not_set_is_told(folder: Path) -> None:
    (folder / ".env").unlink()
    project = load_project()
    assert [finding.rule for finding in project.unset] == ["variable-unset"]
    assert project.model()["services"]["web"]["environment"]["MODE"] == ""


def test_what_compose_refuses_is_refused(folder: Path) -> None:
    (folder / "compose.yaml").write_text("services:\n  a:\n    imag: b\n", encoding="utf-8")
    with pytest.raises(ProjectRefused) as caught:
        load_project(["compose.yaml"])
    assert [finding.rule for finding in caught.value.findings] == ["key-unknown"]
    first, *others = str(caught.value).splitlines()
    assert first == "Compose refuses this project."
    assert [line.partition(" ")[0] for line in others] == ["compose.yaml:3:5:"]


def test_what_is_wrong_with_the_call_is_told(folder: Path) -> None:
    with pytest.raises(ProjectRefused, match="none that Compose takes") as caught:
        load_project(project_name="Not A Name")
    assert caught.value.findings == ()
    assert len(caught.value.complaints) == 1


@pytest.mark.parametrize(
    ("prepare", "reason"),
    [
        (lambda folder: (folder / "compose.yaml").unlink(), "There is no such file or folder."),
        (
            lambda folder: (folder / "compose.yaml").write_text(
                "include: [https://example.org/a.git]\nservices: {a: {image: b}}\n"
            ),
            "would have to be fetched",
        ),
    ],
)
def test_what_cannot_be_known_is_told(
    folder: Path, prepare: Callable[[Path], object], reason: str
) -> None:
    prepare(folder)
    with pytest.raises(ProjectUnknown, match=re.escape(reason)) as caught:
        load_project(["compose.yaml"])
    assert len(caught.value.reasons) == 1


# The page


def test_the_examples_of_the_page_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(REPOSITORY)
    results = doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8")
    assert results.attempted >= 20
    assert results.failed == 0


def test_the_page_names_all_that_there_is() -> None:
    named = set(re.findall(r"[A-Za-z_]+", TEXT))
    assert set(composecheck.__all__) - named == set()


def test_the_helper_for_tests_does_what_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (helper,) = re.findall(r"```python\n(from pathlib.*?)```", TEXT, re.DOTALL)
    (use,) = re.findall(r"```python\n(def test_.*?)```", TEXT, re.DOTALL)
    names: dict[str, Any] = {}
    exec(helper + use, names)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "deploy").mkdir()
    for file in ("compose.yaml", "deploy/compose.yaml"):
        (tmp_path / file).write_text("version: '3'\nservices: {a: {image: b}}\n", encoding="utf-8")
    names["test_our_compose_files"]()
    with pytest.raises(AssertionError, match="missing"):
        names["assert_compose_ok"]("missing.yaml")
    slip = "services:\n  a: {image: b, enviroment: {}}\n"
    (tmp_path / "deploy/compose.yaml").write_text(slip, encoding="utf-8")
    with pytest.raises(AssertionError, match=r'deploy/compose.yaml:2: "enviroment" .*key-unknown'):
        names["test_our_compose_files"]()
    names["assert_compose_ok"](tmp_path, ignore=("key-unknown",))
