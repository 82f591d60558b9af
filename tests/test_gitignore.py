"""What a search passes by is what Git itself ignores: Git is asked."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from composecheck.discovery import find

if TYPE_CHECKING:
    from pathlib import Path

requires_git = pytest.mark.skipif(
    shutil.which("git") is None, reason="NOT RUN: there is no Git here"
)

PLACES = ("", "a", "a/b", "a/b/c", "build", "build/deep", "other/build", "vendor")


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    subprocess.run(["git", "init", "--quiet", "."], check=True)
    for place in PLACES:
        for name in ("compose.yaml", "docker-compose.dev.yml"):
            (tmp_path / place).mkdir(parents=True, exist_ok=True)
            (tmp_path / place / name).write_text("services: {}\n", encoding="utf-8")
    return tmp_path


def not_ignored_by_git(repository: Path) -> list[str]:
    out = subprocess.run(
        ["git", "ls-files", "--others", "--exclude-standard", "--", "*.yaml", "*.yml"],
        cwd=repository,
        env={"PATH": "/usr/bin:/bin", "HOME": str(repository), "GIT_CONFIG_NOSYSTEM": "1"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return sorted(out.splitlines())


@requires_git
@pytest.mark.parametrize(
    "files",
    [
        {},
        {"": "build/\n"},
        {"": "/build/\n"},
        {"": "build\n!build/deep\n"},
        {"": "*.yml\n!/a/*.yml\n"},
        {"": "*\n!*/\n!compose.yaml\n"},
        {"": "*.yml\n", "a/b": "!docker-compose.dev.yml\n"},
        {"a": "compose.yaml\n", "a/b": "!compose.yaml\n"},
        {"a": "/b/c\n"},
        {"": "a/**/compose.yaml\n\n# a comment\n!\n\\#x\n"},
        {"": "vendor/*\n!vendor/compose.yaml\n"},
        {".git/info": "other\n", "": "build/\n"},
    ],
)
def test_what_git_ignores_is_passed_by(repository: Path, files: dict[str, str]) -> None:
    for place, text in files.items():
        name = "exclude" if place == ".git/info" else ".gitignore"
        (repository / place / name).write_text(text, encoding="utf-8")
    found = find(["."])
    assert sorted(file.name for file in found.files) == not_ignored_by_git(repository)


@requires_git
def test_patterns_above_the_named_folder_count(repository: Path) -> None:
    (repository / ".gitignore").write_text("c\n", encoding="utf-8")
    names = [file.name for file in find(["a"]).files]
    assert "a/b/compose.yaml" in names
    assert "a/b/c/compose.yaml" not in names


@requires_git
def test_what_is_named_is_taken_although_git_ignores_it(repository: Path) -> None:
    (repository / ".gitignore").write_text("build\n", encoding="utf-8")
    assert [file.name for file in find(["build/compose.yaml"]).files] == ["build/compose.yaml"]
    assert len(find(["build"]).files) == 4
    assert "build/compose.yaml" not in [file.name for file in find(["."]).files]


def test_a_gitignore_counts_without_a_repository_too(tmp_path: Path) -> None:
    (tmp_path / "compose.yaml").write_text("", encoding="utf-8")
    (tmp_path / "compose.old.yaml").write_text("", encoding="utf-8")
    (tmp_path / ".gitignore").write_bytes(b"*.old.yaml\n\xff\n")
    assert [file.path for file in find([tmp_path]).files] == [tmp_path / "compose.yaml"]


def test_a_gitignore_that_cannot_be_read_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "compose.yaml").write_text("", encoding="utf-8")
    (tmp_path / ".gitignore").mkdir()
    assert [file.path for file in find([tmp_path]).files] == [tmp_path / "compose.yaml"]
