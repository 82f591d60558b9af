"""Which settings file counts for a folder."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from composecheck.settings import InvalidSettings, Settings, find_settings


def put(path: Path, name: str) -> None:
    """Write a settings file that has a profile of this name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    table = "[tool.composecheck]\n" if path.name == "pyproject.toml" else ""
    path.write_text(f'{table}profiles = ["{name}"]\n')


def found(folder: Path) -> tuple[str, ...]:
    """Return the profiles that are set for a folder."""
    return find_settings(folder).profiles.value


def test_the_nearest_file_counts_and_no_other(tmp_path: Path) -> None:
    put(tmp_path / "composecheck.toml", "top")
    put(tmp_path / "a" / "b" / "pyproject.toml", "deep")
    (tmp_path / "a" / "b" / "c").mkdir()
    assert found(tmp_path / "a") == ("top",)
    assert found(tmp_path / "a" / "b" / "c") == ("deep",)
    (tmp_path / "a" / "b" / "pyproject.toml").write_text("[tool.composecheck]\nhere = true\n")
    assert found(tmp_path / "a" / "b" / "c") == ()


def test_of_several_in_one_folder_the_first_counts(tmp_path: Path) -> None:
    put(tmp_path / "pyproject.toml", "shared")
    assert found(tmp_path) == ("shared",)
    put(tmp_path / "composecheck.toml", "plain")
    assert found(tmp_path) == ("plain",)
    put(tmp_path / ".composecheck.toml", "hidden")
    assert found(tmp_path) == ("hidden",)


def test_a_file_of_others_without_our_table_is_passed_over(tmp_path: Path) -> None:
    put(tmp_path / "composecheck.toml", "top")
    inner = tmp_path / "inner"
    inner.mkdir()
    for text in ("[tool.ruff]\n", "no TOML [\n", ""):
        (inner / "pyproject.toml").write_text(text)
        assert found(inner) == ("top",)


def test_what_is_no_file_is_passed_over(tmp_path: Path) -> None:
    put(tmp_path / "composecheck.toml", "top")
    inner = tmp_path / "inner"
    (inner / "composecheck.toml").mkdir(parents=True)
    (inner / ".composecheck.toml").symlink_to(inner / "nowhere")
    assert found(inner) == ("top",)


def test_a_broken_file_is_not_passed_over(tmp_path: Path) -> None:
    put(tmp_path / "composecheck.toml", "top")
    put(tmp_path / "inner" / "composecheck.toml", 'x"')
    with pytest.raises(InvalidSettings):
        find_settings(tmp_path / "inner")


def test_a_folder_that_does_not_exist_has_the_settings_of_those_above(tmp_path: Path) -> None:
    put(tmp_path / "composecheck.toml", "top")
    assert found(tmp_path / "no" / "such" / "folder") == ("top",)


def test_the_way_up_is_the_one_that_was_named(tmp_path: Path) -> None:
    put(tmp_path / "one" / "composecheck.toml", "one")
    put(tmp_path / "other" / "composecheck.toml", "other")
    (tmp_path / "one" / "folder").mkdir()
    (tmp_path / "other" / "link").symlink_to(tmp_path / "one" / "folder")
    assert found(tmp_path / "other" / "link") == ("other",)


def test_each_folder_is_looked_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path / "composecheck.toml", "top")
    known: dict[Path, Settings] = {}
    first = find_settings(tmp_path / "a" / "b", known)
    assert set(known) == {tmp_path, tmp_path / "a", tmp_path / "a" / "b"}
    monkeypatch.setattr(os.path, "isfile", lambda _: pytest.fail("looked again"))
    assert find_settings(tmp_path / "a", known) is first


def test_a_file_is_called_as_it_is_seen_from_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path / "inner" / "composecheck.toml", "x")
    monkeypatch.chdir(tmp_path)
    assert str(find_settings(Path("inner")).profiles.origin) == "inner/composecheck.toml:1"
    monkeypatch.chdir(tmp_path / "inner")
    assert str(find_settings(Path()).profiles.origin) == "composecheck.toml:1"
    (tmp_path / "beside").mkdir()
    monkeypatch.chdir(tmp_path / "beside")
    path = tmp_path / "inner" / "composecheck.toml"
    assert str(find_settings(Path("../inner")).profiles.origin) == f"{path}:1"


def test_without_any_file_everything_is_as_by_default(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    settings = find_settings(tmp_path)
    if settings.file is None:  # unless whoever runs the tests has one above
        assert settings == Settings(tmp_path)
