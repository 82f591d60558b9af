"""A call of Compose as it is made here: the variables of this process, this folder, stdin."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from composecheck.project.call import Call
from composecheck.project.environment import process_environment
from composecheck.project.files import ComposeFile
from composecheck.source import decode
from composecheck.yaml import limits, load

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def call_from_here(
    files: Sequence[str] = (),
    *,
    env_files: Sequence[str] = (),
    profiles: Sequence[str] = (),
    project_directory: str | None = None,
    project_name: str | None = None,
    keep_variables: bool = False,
) -> Call:
    """Return the call of `docker compose` with these options in this folder and environment.

    Of `files`, `-` is standard input, which is read at once. Raises OSError if that cannot be done,
    or if this folder no longer exists.
    """
    environment = process_environment()
    return Call(
        files=tuple(_standard_input() if file == "-" else file for file in files),
        env_files=tuple(env_files),
        profiles=tuple(profiles),
        project_directory=project_directory,
        project_name=project_name,
        environment=environment,
        working_folder=_working_folder(environment),
        is_here=True,
        keep_variables=keep_variables,
    )


def _standard_input() -> ComposeFile:
    if sys.stdin is None:  # so it is in a process that was started without one
        raise OSError(errno.EBADF, "it is closed")
    most = 4 * limits.FILE_SIZE + 4  # tells that it is too long for us, as for a file
    data = sys.stdin.buffer.read(most)
    return ComposeFile(None, load(decode(data, "<stdin>")))


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
