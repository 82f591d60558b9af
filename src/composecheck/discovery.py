"""From what somebody names (files, folders, `-`, nothing) to the Compose files to check.

What cannot be checked is a value, not an exception: one wrong name must not keep the other files
from being checked.
"""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from composecheck.project.call import BASE_NAMES, OVERRIDE_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

STANDARD_INPUT = "-"
"""The PATH that stands for standard input."""

# What is a Compose file by its name, when a folder is searched: `composer.yaml` is none.
_COMPOSE_NAME = re.compile(r"(?:docker-compose.*|compose(?:[-._].*)?)\.ya?ml", re.IGNORECASE)
_OVERRIDE_NAME = re.compile(r".*[-._]override(?:[-._].*)?\.ya?ml", re.IGNORECASE)
_VARIANT_NAME = re.compile(r"((?:docker-)?compose)[-._].+\.ya?ml", re.IGNORECASE)

_FOREIGN_FOLDERS = frozenset({"node_modules"})
"""Folders with other people's files; hidden ones (`.git`, `.venv`) are passed by in any case."""


@dataclass(frozen=True, slots=True)
class ComposeFile:
    """A file to check.

    `name` is what to call it: relative to the working folder, with `/`, where it lies inside it,
    else absolute. `path` is None for standard input. `is_override` says that it is made to be
    laid over another file, so that alone it may lack what the other one supplies.
    """

    name: str
    path: Path | None
    is_override: bool = False


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that was named and not checked; `reason` is one or more whole sentences."""

    file: str
    reason: str


@dataclass(frozen=True, slots=True)
class Found:
    """The files to check, each once and in the order named, and what could not be found."""

    files: tuple[ComposeFile, ...]
    skipped: tuple[Skipped, ...]


def find(paths: Sequence[Path | str] = ()) -> Found:
    """Find the Compose files that `paths` mean.

    Without paths, the files that `docker compose` would take here: the first of its names in the
    working folder or else the nearest folder above it, with its override file. A folder is
    searched for files with the name of a Compose file, folders below included, but not those that
    are hidden or hold other people's files. A file is itself, whatever its name. `-` is standard
    input.
    """
    files: dict[object, ComposeFile] = {}
    skipped: list[Skipped] = []
    for outcome in _look(paths):
        if isinstance(outcome, Skipped):
            skipped.append(outcome)
        else:
            files.setdefault(outcome.path and outcome.path.resolve(), outcome)
    return Found(tuple(files.values()), tuple(skipped))


def group_files(files: Sequence[ComposeFile]) -> list[list[ComposeFile]]:
    """Put the files together that Compose takes together by itself: a base and its override.

    Every other file is a group of its own.
    """
    groups: list[list[ComposeFile]] = []
    bases: dict[Path, list[ComposeFile]] = {}
    for file in sorted(files, key=lambda file: _name(file) in OVERRIDE_NAMES):
        folder = file.path.parent if file.path else Path()
        if _name(file) in OVERRIDE_NAMES and folder in bases:
            bases[folder].append(file)
            continue
        groups.append([file])
        if _name(file) in BASE_NAMES:
            bases.setdefault(folder, groups[-1])
    return groups


def _name(file: ComposeFile) -> str:
    return file.path.name if file.path else ""


def _look(paths: Sequence[Path | str]) -> Iterator[ComposeFile | Skipped]:
    if not paths:
        yield from _project_here()
    for path in paths:
        if str(path) == STANDARD_INPUT:
            yield ComposeFile("<stdin>", None)
        else:
            yield from _named(Path(path))


def _project_here() -> Iterator[ComposeFile | Skipped]:
    here = Path.cwd()
    for folder in (here, *here.parents):
        base = _first_existing(folder, BASE_NAMES)
        if base:
            yield _file_or_complaint(base)
            override = _first_existing(folder, OVERRIDE_NAMES)
            if override:
                yield _file_or_complaint(override)
            return
    yield Skipped(
        ".",
        f"There is no Compose file ({', '.join(BASE_NAMES[:-1])} or {BASE_NAMES[-1]}) in this"
        " folder or above it. To search the folders below, name this one:"
        ' "composecheck check .".',
    )


def _first_existing(folder: Path, names: Sequence[str]) -> Path | None:
    for name in names:
        # As for Compose: something of this name that is no file is an error, not passed over.
        if os.path.exists(folder / name):  # noqa: PTH110 - Path.exists raises on what may not be read
            return folder / name
    return None


def _named(path: Path) -> Iterator[ComposeFile | Skipped]:
    if not path.is_dir():
        yield _file_or_complaint(path)
        return
    outcomes = list(_search(path))
    yield from outcomes
    if not outcomes:
        yield Skipped(
            _display_name(path),
            'There is no Compose file in this folder or below it ("compose.yaml",'
            ' "docker-compose.yml" and the like).',
        )


def _file_or_complaint(path: Path) -> ComposeFile | Skipped:
    name = _display_name(path)
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return Skipped(name, _absent(path))
    except OSError as error:
        return Skipped(name, unreadable(error))
    except ValueError:
        return Skipped(name, "No file can have such a name.")
    if stat.S_ISREG(mode) or stat.S_ISFIFO(mode):
        return ComposeFile(name, path, _is_override(path))
    if stat.S_ISDIR(mode):
        return Skipped(name, "This is a folder; Compose expects a file of this name.")
    return Skipped(name, "This is neither a file nor a folder.")


def _absent(path: Path) -> str:
    if path.is_symlink():
        return f'This is a link to "{path.readlink()}", which does not exist.'
    # Imported here, because a file that is there needs no suggestion.
    from composecheck.nearest import nearest

    siblings = [file.name for file in _compose_files_in(path.parent)]
    suggestions = nearest(path.name, siblings)
    hint = f' Is "{_display_name(path.parent / suggestions[0])}" meant?' if suggestions else ""
    return f"There is no such file or folder.{hint}"


def unreadable(error: OSError) -> str:
    """Say in a sentence why a file could not be read."""
    if isinstance(error, PermissionError):
        return "It cannot be read: you have no permission for that."
    return f"It cannot be read: {error.strerror or error}."


def _search(folder: Path) -> Iterator[ComposeFile | Skipped]:
    complaints: list[OSError] = []
    for place, folders, _ in os.walk(folder, onerror=complaints.append):
        folders[:] = sorted(
            name for name in folders if name not in _FOREIGN_FOLDERS and not name.startswith(".")
        )
        for file in _compose_files_in(Path(place)):
            yield ComposeFile(_display_name(file), file, _is_override(file))
    for error in complaints:
        yield Skipped(_display_name(Path(error.filename)), unreadable(error))


def _compose_files_in(folder: Path) -> list[Path]:
    try:
        return sorted(
            entry
            for entry in folder.iterdir()
            if _COMPOSE_NAME.fullmatch(entry.name) and entry.is_file()
        )
    except OSError:
        return []


def _is_override(path: Path) -> bool:
    if _OVERRIDE_NAME.fullmatch(path.name):
        return True
    # `docker-compose.dev.yml` beside a `docker-compose.yml` is usually laid over it.
    return bool(_VARIANT_NAME.fullmatch(path.name)) and any(
        (path.parent / base).is_file() for base in BASE_NAMES
    )


def _display_name(path: Path) -> str:
    absolute = Path(os.path.abspath(path))  # noqa: PTH100 - resolve() would follow links
    try:
        return absolute.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return str(absolute)
