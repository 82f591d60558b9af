"""The hooks for pre-commit: which files they get, and what they do in a commit."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from composecheck.discovery import compose_files_in
from tests.precommit_session import (
    PAGE,
    README,
    Scratch,
    project_files,
    readme_text,
    rewrite,
    why_not,
)
from tests.shared_material import REPOSITORY
from tests.wheelhouse import NoWheel
from tests.yaml_data import yaml_data

if TYPE_CHECKING:
    from pathlib import Path

MANIFEST = REPOSITORY / ".pre-commit-hooks.yaml"
HOOKS: dict[str, dict[str, Any]] = {
    hook["id"]: hook for hook in yaml_data(MANIFEST.read_text(encoding="utf-8"))
}
TEXT = PAGE.read_text(encoding="utf-8")


def test_the_hooks_call_our_commands() -> None:
    entries = {name: hook["entry"] for name, hook in HOOKS.items()}
    assert entries == {
        "composecheck": "composecheck check --force-exclude",
        "composecheck-fix": "composecheck fix --force-exclude",
    }
    for hook in HOOKS.values():
        assert hook["language"] == "python"
        assert hook["require_serial"] is True


def gets(hook: dict[str, Any], name: str) -> bool:
    """Whether pre-commit gives a hook the file of this name."""
    return re.search(hook["files"], name) is not None


NAMES = (
    "compose.yaml",
    "compose.yml",
    "Compose.YAML",
    "compose.prod.yaml",
    "compose-dev.yml",
    "compose_test.yml",
    "compose.override.yml",
    "docker-compose.yml",
    "docker-compose.yaml",
    "docker-compose2.yml",
    "docker-compose.override.yml",
    "docker-stack.yml",
    "stack.yml",
    "stack.yaml",
    "composer.yaml",
    "my-compose.yaml",
    "compose.yaml.j2",
    "compose.json",
    "compose",
    "xcompose.yml",
    "haystack.yml",
    "values.yaml",
)


def test_the_hooks_get_the_files_that_a_search_finds(tmp_path: Path) -> None:
    for name in NAMES:
        (tmp_path / name).write_text("", encoding="utf-8")
    found = {path.name for path in compose_files_in(tmp_path)}
    assert {"compose.yaml", "docker-compose2.yml", "stack.yml"} <= found < set(NAMES)
    for hook in HOOKS.values():
        for folder in ("", "a/", "a b/compose.d/"):
            assert {name for name in NAMES if gets(hook, folder + name)} == found


PIECES = ("docker-", "compose", "stack", "-", ".", "_", "x", "r", "override", ".yaml", ".yml", "/")


@given(st.lists(st.sampled_from(PIECES), max_size=6).map("".join))
def test_the_hooks_mean_the_same_names_as_a_search(name: str) -> None:
    from composecheck.discovery import _COMPOSE_NAME

    is_meant = _COMPOSE_NAME.fullmatch(name.rpartition("/")[2]) is not None
    assert [gets(hook, name) for hook in HOOKS.values()] == [is_meant, is_meant]


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Scratch]:
    """Return the page as it must be, and the folder in which its session was run."""
    if reason := why_not():
        pytest.skip(f"NOT RUN: {reason}, so that the hooks cannot be tried")
    try:
        scratch = Scratch(tmp_path_factory.mktemp("pre-commit").resolve())
    except NoWheel as reason_without_wheels:
        pytest.skip(f"NOT RUN: {reason_without_wheels}, so that the hooks cannot be installed")
    return rewrite(TEXT, scratch), scratch


def test_the_page_shows_what_pre_commit_does(shown: tuple[str, Scratch]) -> None:
    assert shown[0] == TEXT, "run `make docs`"


def test_the_readme_shows_the_same() -> None:
    text = README.read_text(encoding="utf-8")
    assert readme_text(TEXT) == text, "run `make docs`"


def test_a_commit_fails_and_then_goes_through(shown: tuple[str, Scratch]) -> None:
    scratch = shown[1]
    assert scratch.run("git log --format=%s") == "The first version\n"
    (slip,) = (text for name, text in project_files(TEXT).items() if name == "compose.yaml")
    wanted = slip.replace("enviroment", "environment").replace("80800", "8080")
    assert scratch.run("git show HEAD:compose.yaml") == wanted
    assert scratch.run("git status --porcelain") == ""


def test_the_other_hook_changes_nothing(shown: tuple[str, Scratch]) -> None:
    scratch = shown[1]
    configuration = scratch.project / ".pre-commit-config.yaml"
    text = configuration.read_text(encoding="utf-8")
    configuration.write_text(text.replace("composecheck-fix", "composecheck"), encoding="utf-8")
    slip = "services:\n  a:\n    image: b\n    enviroment: {}\n"
    (scratch.project / "sub").mkdir()
    names = ("sub/docker-compose.prod.yml", "sub/Compose.yaml", "sub/values.yaml")
    for name in names:
        (scratch.project / name).write_text(slip, encoding="utf-8")
    (scratch.project / "compose.override.yaml").write_text(
        "services:\n  web:\n    ports: !override []\n", encoding="utf-8"
    )
    printed = scratch.run("git add . && pre-commit run --all-files")
    blamed = [line.split(":")[0] for line in printed.splitlines() if " error[" in line]
    assert sorted(blamed) == ["sub/Compose.yaml", "sub/docker-compose.prod.yml"]
    assert "files were modified" not in printed
    assert (scratch.project / names[0]).read_text(encoding="utf-8") == slip


def test_pre_commit_takes_the_list_of_hooks() -> None:
    if reason := why_not():
        pytest.skip(f"NOT RUN: {reason}, so that nobody reads the list of hooks")
    command = [sys.executable, "-m", "pre_commit", "validate-manifest", str(MANIFEST)]
    subprocess.run(command, check=True, timeout=60)
