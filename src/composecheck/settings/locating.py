"""Which settings hold for the files of a folder: those of the nearest settings file.

As for ruff: the nearest file counts, and those above it do not; of several in one folder, the one
that hides comes first, and a `pyproject.toml` counts only if it has our table.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from composecheck.settings.values import Settings

if TYPE_CHECKING:
    from collections.abc import MutableMapping

PROJECT_FILE = "pyproject.toml"
"""The one settings file that belongs to others, too: ours is the table `[tool.composecheck]`."""

FILE_NAMES = (".composecheck.toml", "composecheck.toml", PROJECT_FILE)
"""The names of settings files: of several in one folder, the first counts."""


def find_settings(folder: Path, known: MutableMapping[Path, Settings] | None = None) -> Settings:
    """Return the settings for the files in `folder`: of the nearest settings file, or defaults.

    Links are not followed on the way up. `known` remembers what was found, by folder, so that one
    run looks at each folder once. Raises InvalidSettings if the nearest file cannot be used.
    """
    known = {} if known is None else known
    here = Path(os.path.abspath(folder))  # noqa: PTH100 - resolve() would follow links
    passed: list[Path] = []
    settings = None
    for place in (here, *here.parents):
        settings = known.get(place) or _settings_in(place)
        passed.append(place)
        if settings is not None:
            break
    if settings is None:
        settings = Settings(_working_folder() or here)
    for place in passed:
        known[place] = settings
    return settings


def _settings_in(folder: Path) -> Settings | None:
    for name in FILE_NAMES:
        path = folder / name
        # A folder of that name, or a link to nothing, is no settings file.
        if os.path.isfile(path):  # noqa: PTH113 - Path.is_file raises on what may not be looked at
            # Imported here, because most projects have none.
            from composecheck.settings.reading import read_settings

            settings = read_settings(path, display_name(path))
            if settings is not None:
                return settings
    return None


def display_name(path: Path) -> str:
    """Return what to call `path`: relative to the working folder where it lies in it."""
    here = _working_folder()
    if here is not None and path.is_relative_to(here):
        return path.relative_to(here).as_posix()
    return str(path)


def _working_folder() -> Path | None:
    try:
        return Path.cwd()
    except FileNotFoundError:  # it was removed
        return None
