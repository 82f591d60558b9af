"""Globs are those of Git."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from composecheck.finding import Severity
from composecheck.settings import Flags, Settings, is_excluded, is_included, merge
from composecheck.settings.globs import fits, is_glob
from composecheck.settings.values import Origin, Setting, Where

if TYPE_CHECKING:
    from pathlib import Path

GLOBS = (
    "compose.yaml",
    "*.yml",
    "a/",
    "/a",
    "a/*.yaml",
    "**/b/*.yaml",
    "a/**",
    "a/**/c.yaml",
    "?.yaml",
    "[ab]",
    "b",
    "/*.yaml",
    "ü*",
)
FILES = (
    "compose.yaml",
    "a/compose.yaml",
    "a/b/compose.yaml",
    "a/b/c.yaml",
    "b/c.yaml",
    "b/a/x.yml",
    "c.yaml",
    "a.yml",
    "d/a",
    "üx.yaml",
)


def test_they_fit_what_git_ignores(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True)
    for file in FILES:
        path = tmp_path / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    for glob in GLOBS:
        (tmp_path / ".git" / "info" / "exclude").write_text(f"{glob}\n", encoding="utf-8")
        process = subprocess.run(
            ["git", "-c", "core.quotePath=false", "check-ignore", "--no-index", *FILES],
            cwd=tmp_path,
            capture_output=True,
            encoding="utf-8",
            check=False,  # that nothing is ignored is told by the status
        )
        ignored = process.stdout.splitlines()
        assert [file for file in FILES if fits([glob], tmp_path / file, tmp_path)] == ignored, glob
        assert is_glob(glob)


def test_what_lies_elsewhere_fits_nothing(tmp_path: Path) -> None:
    assert fits(["**"], tmp_path / "x", tmp_path)
    assert not fits(["**"], tmp_path.parent / "x", tmp_path)


def test_a_folder_fits_with_all_that_is_in_it(tmp_path: Path) -> None:
    assert fits(["a/"], tmp_path / "a", tmp_path, is_folder=True)
    assert not fits(["a/"], tmp_path / "a", tmp_path)
    assert fits(["a/"], tmp_path / "a" / "b" / "c", tmp_path)


@pytest.mark.parametrize("glob", ["", " ", "#", "# a", "/", "a\\"])
def test_what_fits_nothing_is_no_glob(glob: str) -> None:
    assert not is_glob(glob)


def test_globs_are_seen_from_where_they_are_written(tmp_path: Path) -> None:
    here = tmp_path / "inner"
    origin = Origin(Where.FILE, "composecheck.toml", 1)
    settings = Settings(
        tmp_path,
        include=Setting(("/stack.yml",), origin),
        exclude=Setting(("/inner/a/",), origin),
    )
    assert is_included(settings, tmp_path / "stack.yml", here)
    assert not is_included(settings, here / "stack.yml", here)
    assert is_excluded(settings, here / "a", here, is_folder=True)
    assert not is_excluded(settings, here / "b", here, is_folder=True)
    flags = Flags(include=("/stack.yml",), exclude=("/b",), fail_on=Severity.NOTE)
    settings = merge(settings, flags)
    assert is_included(settings, here / "stack.yml", here)
    assert not is_excluded(settings, here / "a" / "x", here)
    assert is_excluded(settings, here / "b" / "x", here)
    assert not is_excluded(Settings(tmp_path), here, here)
