"""What somebody asks for, as on the command line of `docker compose`, and what follows from it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from composecheck.project.environment import BOOLEANS, DISABLING, default_env_file, read_env_files
from composecheck.project.files import (
    STANDARD_INPUT,
    ComposeFile,
    is_remote,
    join_path,
    load_compose_file,
    load_standard_input,
    read_bytes,
)
from composecheck.project.problem import Fault, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from composecheck.project.files import ReadBytes

BASE_NAMES = ("compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml")
"""What Compose looks for, in this order: of several in one folder it takes the first."""

OVERRIDE_NAMES = (
    "compose.override.yml",
    "compose.override.yaml",
    "docker-compose.override.yml",
    "docker-compose.override.yaml",
)
"""What it then lays over that, the first of these in the same folder."""


class Call(Struct, frozen=True):
    """A call of `docker compose`: its options by their names, and where it is made.

    `files` are those of `-f`, in order: paths as they are given, `-` for standard input, or files
    that are read already; without any, Compose looks for them. `environment` is that of the
    process, `working_folder` an absolute path. `is_here` says that the question is what Compose
    does here and now: variables that are not set are blank then, otherwise unknown; but if it
    `assumes_defaults`, those with a default stand for it. `is_part` says that the files are made to
    be laid over others, which are not named. `keep_variables` is `--no-interpolate`.
    `target_compose` is the oldest Docker Compose that the files are for, such as (2, 20); None is
    the one that composecheck tracks. `read` gives the bytes of the file at an absolute path, or
    raises OSError.
    """

    files: tuple[str | ComposeFile, ...] = ()
    env_files: tuple[str, ...] = ()
    profiles: tuple[str, ...] = ()
    project_directory: str | None = None
    project_name: str | None = None
    environment: Mapping[str, str] = field(default_factory=dict)
    working_folder: Path = field(default_factory=Path.cwd)
    is_here: bool = False
    assumes_defaults: bool = False
    is_part: bool = False
    keep_variables: bool = False
    target_compose: tuple[int, ...] | None = None
    read: ReadBytes = read_bytes


class Setting(Struct, frozen=True):
    """What follows from a call: the files to read in order, the folder, and the variables.

    `profiles` are those that are on; `*` is all. `problems` is what went wrong on the way.
    """

    files: tuple[ComposeFile, ...]
    folder: Path
    environment: Mapping[str, str]
    profiles: tuple[str, ...]
    problems: tuple[Problem, ...]
    has_remote_files: bool = False


def settle(call: Call) -> Setting:
    """Find the files and variables that `call` means. Raises nothing: see `Setting.problems`."""
    problems: list[Problem] = []
    environment = {"PWD": str(call.working_folder), **call.environment}
    env_paths: list[Path] = []
    if not call.files:
        # A COMPOSE_FILE may stand in the `.env` of the working folder.
        env_paths = _env_paths(call, _given_folder(call))
        environment = _with_env_files(call, env_paths, environment, problems)
        call = replace(call, files=_chosen(call, environment))
    files, has_remote_files = _read_files(call, problems)
    folder = _given_folder(call) if call.project_directory else _folder_of(call)
    more_paths = [path for path in _env_paths(call, folder) if path not in env_paths]
    environment = _with_env_files(call, more_paths, environment, problems)
    disabled = call.environment.get(DISABLING)
    if not call.env_files and disabled is not None and disabled not in BOOLEANS:
        problems.append(Problem(Fault.SETTING_INVALID, None, None, name=DISABLING))
    profiles = call.profiles or tuple(
        name.strip() for name in environment.get("COMPOSE_PROFILES", "").split(",")
    )
    return Setting(files, folder, environment, profiles, tuple(problems), has_remote_files)


def _given_folder(call: Call) -> Path:
    if not call.project_directory:
        return call.working_folder
    return join_path(call.working_folder, call.project_directory)


def _folder_of(call: Call) -> Path:
    """Return the folder of the first file that is a file; else the working folder."""
    for file in call.files:
        if isinstance(file, ComposeFile):
            if file.path is not None:
                return file.path.parent
        elif file != STANDARD_INPUT and not is_remote(file):
            return join_path(call.working_folder, file).parent
    return call.working_folder


def _env_paths(call: Call, folder: Path) -> list[Path]:
    """Return the env files that are named, or else the `.env` in `folder`."""
    named = call.env_files
    if not named and call.environment.get("COMPOSE_ENV_FILES"):
        named = tuple(call.environment["COMPOSE_ENV_FILES"].split(","))
    if named:
        return [join_path(call.working_folder, name) for name in named]
    return default_env_file(folder, call.environment, call.read)


def _with_env_files(
    call: Call, paths: list[Path], environment: Mapping[str, str], problems: list[Problem]
) -> dict[str, str]:
    """Return `environment` with what the env files at `paths` set beside it."""
    values = read_env_files(
        [(path, None) for path in paths],
        environment,
        call.working_folder,
        call.read,
        problems,
        unset_is_blank=call.is_here,
        assumes_defaults=call.assumes_defaults,
    )
    return {**values, **environment}


def _chosen(call: Call, environment: Mapping[str, str]) -> tuple[str, ...]:
    """Return the files that Compose takes where none are named."""
    named = environment.get("COMPOSE_FILE")
    if named is not None:
        return tuple(named.split(environment.get("COMPOSE_PATH_SEPARATOR") or os.pathsep))
    start = _given_folder(call)
    for folder in (start, *start.parents):
        base = _first_existing(folder, BASE_NAMES)
        if base is not None:
            override = _first_existing(folder, OVERRIDE_NAMES)
            return (base,) if override is None else (base, override)
    return ()


def _first_existing(folder: Path, names: tuple[str, ...]) -> str | None:
    paths = (folder / name for name in names)
    return next((str(path) for path in paths if os.path.exists(path)), None)  # noqa: PTH110 - Path.exists raises on what may not be read


def _read_files(call: Call, problems: list[Problem]) -> tuple[tuple[ComposeFile, ...], bool]:
    files = []
    has_remote = False
    for file in call.files:
        if isinstance(file, ComposeFile):
            files.append(file)
        elif is_remote(file):
            has_remote = True
            problems.append(Problem(Fault.REMOTE, None, None, name=file))
        else:
            try:
                files.append(_read_file(file, call))
            except OSError as error:
                problems.append(unreadable(file, error))
    if not call.files:
        problems.append(Problem(Fault.NO_FILES, None, None))
    return tuple(files), has_remote


def _read_file(file: str, call: Call) -> ComposeFile:
    if file == STANDARD_INPUT:
        return load_standard_input()
    path = join_path(call.working_folder, file)
    return load_compose_file(path, call.working_folder, call.read)


def unreadable(name: str, error: OSError) -> Problem:
    """Return the problem that the Compose file `name` cannot be read."""
    is_absent = isinstance(error, FileNotFoundError)
    fault = Fault.FILE_ABSENT if is_absent else Fault.FILE_UNREADABLE
    return Problem(fault, None, None, name=name, payload=error)
