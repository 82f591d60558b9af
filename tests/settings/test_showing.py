"""`--show-settings`: what is in force and from where, as settings that say the same."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from composecheck.finding import Severity
from composecheck.settings import Flags, Settings, merge
from composecheck.settings.keys import KEYS
from composecheck.settings.reading import read_settings
from composecheck.settings.showing import render_settings
from tests.settings.test_reading import EVERYTHING


def values(settings: Settings) -> dict[str, Any]:
    """Return what is set, without where it stands."""
    return {
        name: getattr(settings, name).value
        for name in Settings.__struct_fields__
        if name not in ("folder", "file", "on_command_line")
    }


def read(folder: Path, text: str) -> Settings:
    path = folder / "composecheck.toml"
    path.write_text(text, encoding="utf-8")
    settings = read_settings(path, "composecheck.toml")
    assert settings is not None
    return settings


def test_what_is_shown_says_the_same(tmp_path: Path) -> None:
    odd = 'profiles = ["a\\"b\\u007f", "ü"]\nper-file."a b/*.y?ml".ignore = ["all"]\n'
    for text in (EVERYTHING, "", odd):
        settings = read(tmp_path, text)
        shown = render_settings(settings, "compose.yaml")
        assert values(read(tmp_path, shown)) == values(settings)


def test_every_setting_is_shown_with_its_origin(tmp_path: Path) -> None:
    shown = render_settings(read(tmp_path, EVERYTHING), "a/compose.yaml")
    assert shown.startswith('# The settings in force for "a/compose.yaml".\n')
    for key in KEYS:
        (line,) = [
            line
            for line in shown.splitlines()[1:]
            if line.startswith((f"{key.name} = ", f"[{key.name}")) or line == f"[[{key.name}]]"
        ][:1] or [shown.splitlines()[shown.splitlines().index("") :][0]]
        if line:
            assert "# composecheck.toml:" in line
    assert '\nenv-files = [".env", "../other.env"]' in shown


def test_defaults_are_shown_as_such() -> None:
    assert (
        render_settings(Settings(Path("/nowhere")))
        == """\
# The settings in force.
# select: the rules of compose, runtime and upkeep (default)
extend-select = []                            # default
ignore = []                                   # default
include = []                                  # default
exclude = []                                  # default
# target-compose: the newest that composecheck knows (default)
# env-files: the .env of the project (default)
profiles = []                                 # default
fail-on = "warning"                           # default
here = false                                  # default
"""
    )


def test_the_command_line_is_shown_where_it_wins(tmp_path: Path) -> None:
    settings = read(tmp_path, EVERYTHING)
    shown = render_settings(merge(settings, Flags(select=("upkeep",), fail_on=Severity.NOTE)))
    assert 'select = ["upkeep"]                           # command line\n' in shown
    assert "ignore = []                                   # command line\n" in shown
    assert 'fail-on = "note"                              # command line\n' in shown
    assert tomllib.loads(shown)["extend-select"] == []
    shown = render_settings(merge(settings, Flags(ignore=("style", "key-unknown"))))
    assert 'ignore = ["key-obsolete"]                     # composecheck.toml:3\n' in shown
    assert "# then --ignore key-unknown,style (command line)\n" in shown


def test_paths_are_seen_from_the_folder_of_the_settings(tmp_path: Path) -> None:
    settings = replace(read(tmp_path, EVERYTHING), folder=tmp_path / "deploy")
    assert 'files = ["../compose.yaml", "prod.yaml"]' in render_settings(settings)
