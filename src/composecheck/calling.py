"""A call of Compose as it is made here: the variables of this process, and this folder."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from composecheck.project.call import Call
from composecheck.project.environment import process_environment

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def call_from_here(
    files: Iterable[str] = (),
    *,
    env_files: Iterable[str] = (),
    profiles: Iterable[str] = (),
    project_directory: str | None = None,
    project_name: str | None = None,
    is_here: bool = True,
    keep_variables: bool = False,
) -> Call:
    """Return the call of `docker compose` with these options in this folder and environment.

    For what they mean see `Call`. Raises FileNotFoundError if this folder no longer exists.
    """
    environment = process_environment()
    return Call(
        files=tuple(files),
        env_files=tuple(env_files),
        profiles=tuple(profiles),
        project_directory=project_directory,
        project_name=project_name,
        environment=environment,
        working_folder=_working_folder(environment),
        is_here=is_here,
        keep_variables=keep_variables,
    )


def _working_folder(environment: Mapping[str, str]) -> Path:
    """Return this folder by the way that led here: through a link, if PWD says so, as in Go."""
    here = Path.cwd()
    said = environment.get("PWD", "")
    try:
        # A path that Python would write otherwise is none that a shell sets.
        is_here = said == os.path.normpath(said) and Path(said).is_absolute()
        return Path(said) if is_here and Path(said).samefile(here) else here
    except (OSError, ValueError):
        return here
