"""From what somebody names (files, folders, `-`, nothing) to the Compose files to check.

What cannot be checked is a value, not an exception: one wrong name must not keep the other files
from being checked.
"""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from composecheck.expressions import expression
from composecheck.gitignore import ignored_in
from composecheck.project.call import BASE_NAMES, OVERRIDE_NAMES
from composecheck.project.files import STANDARD_INPUT, join_path
from composecheck.settings import InForce, is_excluded, is_included

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from composecheck.gitignore import Ignored

# What is a Compose file by its name, when a folder is searched: `composer.yaml` is none.
_COMPOSE_NAME = expression(
    r"(?:docker-compose.*|compose(?:[-._].*)?|docker-stack|stack(?=\.yml))\.ya?ml", re.IGNORECASE
)
_OVERRIDE_NAME = expression(r".*[-._]override(?:[-._].*)?\.ya?ml", re.IGNORECASE)
_OVERRIDE_PART = expression(r"[-._]override", re.IGNORECASE)
_VARIANT_NAME = expression(r"(?:docker-)?compose[-._].+\.ya?ml", re.IGNORECASE)

_FOREIGN_FOLDERS = frozenset({"node_modules"})
"""Folders with other people's files; hidden ones (`.git`, `.venv`) are passed by in any case."""


class ComposeFile(Struct, frozen=True):
    """A file to check.

    `name` is what to call it: relative to the working folder, with `/`, where it lies inside it,
    else absolute. `path` is None for standard input. `was_searched` says that nobody has named it:
    it was found in a folder, by its name.
    """

    name: str
    path: Path | None
    was_searched: bool = False


class Skipped(Struct, frozen=True):
    """Something that was not checked; `reason` is one or more whole sentences.

    `is_failure` is False for what nobody has named, and need not be checked: then all is well.
    """

    file: str
    reason: str
    is_failure: bool = True


class Found(Struct, frozen=True):
    """The files to check, each once and in the order named, and what could not be found."""

    files: tuple[ComposeFile, ...]
    skipped: tuple[Skipped, ...]


def find(
    paths: Sequence[Path | str],
    in_force: InForce | None = None,
    *,
    force_exclude: bool = False,
) -> Found:
    """Find the Compose files that `paths` mean.

    A folder is searched for files with the name of a Compose file, folders below included, but not
    those that are hidden or hold other people's files, nor what Git ignores there; the settings of
    `in_force` may include more, and exclude some. A file is itself, whatever its name. `-` is
    standard input. With `force_exclude`, files that are named count as if they were found: somebody
    else has searched for them, as pre-commit does.
    """
    search = _Search(in_force or InForce(), force_exclude)
    files: dict[object, ComposeFile] = {}
    skipped: list[Skipped] = []
    for outcome in _look(paths, search):
        if isinstance(outcome, Skipped):
            skipped.append(outcome)
        else:
            files.setdefault(outcome.path and outcome.path.resolve(), outcome)
    return Found(tuple(files.values()), tuple(skipped))


class Group(Struct, frozen=True):
    """Files that make one project, in the order in which Compose lays them over each other.

    `base` are files that these may be laid over, if it turns out that they make no project by
    themselves: `compose.yaml`, for a `compose.prod.yaml` beside it.
    """

    files: tuple[ComposeFile, ...]
    base: tuple[ComposeFile, ...] = ()


def group_files(files: Sequence[ComposeFile]) -> list[Group]:
    """Put the files together that belong together, each group once.

    A base and its override are together, whichever of them is among `files`: in a hook for commits
    only what has changed is named. Every other file is a group of its own.
    """
    groups: dict[object, Group] = {}
    for file in files:
        group = _group_of(file)
        groups.setdefault(tuple(_identity(member) for member in group.files), group)
    return list(groups.values())


def _identity(file: ComposeFile) -> object:
    return file.path and file.path.resolve()


def _group_of(file: ComposeFile) -> Group:
    if file.path is None:
        return Group((file,))
    base = _first_existing(file.path.parent, BASE_NAMES)
    if base is None or not base.is_file():
        base_files: tuple[ComposeFile, ...] = ()
    else:
        override = _first_existing(base.parent, OVERRIDE_NAMES)
        members = [base] if override is None or not override.is_file() else [base, override]
        base_files = tuple(file_at(path) for path in members)
    if file.path.name in [member.path.name for member in base_files if member.path]:
        return Group(base_files)
    if is_override_name(file.path.name):
        under = _overridden(file.path)
        if under is not None:
            return Group((file_at(under), file))
        return Group((*base_files[:1], file))
    return Group((file,), base_files if _VARIANT_NAME.fullmatch(file.path.name) else ())


def is_override_name(name: str) -> bool:
    """Tell whether a file of this name is made to be laid over another: `compose.override.yaml`."""
    return bool(_OVERRIDE_NAME.fullmatch(name))


def _overridden(path: Path) -> Path | None:
    """Return what a file such as `compose.dev.override.yml` is laid over: `compose.dev.yml`."""
    name = _OVERRIDE_PART.sub("", path.stem, count=1)
    paths = (path.with_name(name + suffix) for suffix in (path.suffix, ".yml", ".yaml"))
    return next((other for other in paths if other.is_file()), None)


def file_at(path: Path) -> ComposeFile:
    """Return the file at `path`, be it there or not."""
    return ComposeFile(display_name(path), path)


def _look(paths: Sequence[Path | str], search: _Search) -> Iterator[ComposeFile | Skipped]:
    for path in paths:
        if str(path) == STANDARD_INPUT:
            yield ComposeFile("<stdin>", None)
        else:
            yield from _named(Path(path), search)


def _first_existing(folder: Path, names: Sequence[str]) -> Path | None:
    for name in names:
        # As for Compose: something of this name that is no file is an error, not passed over.
        if os.path.exists(folder / name):  # noqa: PTH110 - Path.exists raises on what may not be read
            return folder / name
    return None


def _named(path: Path, search: _Search) -> Iterator[ComposeFile | Skipped]:
    if not path.is_dir():
        yield from search.file_named(path)
        return
    outcomes = list(search.files_in(path))
    yield from outcomes
    if not outcomes:
        yield Skipped(
            display_name(path),
            'There is no Compose file in this folder or below it ("compose.yaml",'
            ' "docker-compose.yml" and the like).',
        )


def _file_or_complaint(path: Path) -> ComposeFile | Skipped:
    name = display_name(path)
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return Skipped(name, absent(path))
    except OSError as error:
        return Skipped(name, unreadable(error))
    except ValueError:
        return Skipped(name, "No file can have such a name.")
    if stat.S_ISREG(mode) or stat.S_ISFIFO(mode):
        return ComposeFile(name, path)
    if stat.S_ISDIR(mode):
        return Skipped(name, _FOLDER)
    return Skipped(name, "This is neither a file nor a folder.")


def absent(path: Path) -> str:
    """Say in whole sentences that there is no file at `path`, and which one may be meant."""
    if path.is_symlink():
        return f'This is a link to "{path.readlink()}", which does not exist.'
    # Imported here, because a file that is there needs no suggestion.
    from composecheck.nearest import nearest

    siblings = [file.name for file in compose_files_in(path.parent) if file.name != path.name]
    suggestions = nearest(path.name, siblings)
    hint = f' Is "{display_name(path.parent / suggestions[0])}" meant?' if suggestions else ""
    return f"There is no such file or folder.{hint}"


_FOLDER = "This is a folder; Compose expects a file of this name."


def unreadable(error: OSError) -> str:
    """Say in a sentence why a file could not be read."""
    if isinstance(error, IsADirectoryError):
        return _FOLDER
    if isinstance(error, PermissionError):
        return "It cannot be read: you have no permission for that."
    return f"It cannot be read: {error.strerror or error}."


class _Search(Struct, frozen=True):
    """How folders are searched: what is passed by, and what is taken beside Compose's names."""

    in_force: InForce
    force_exclude: bool = False

    def file_named(self, path: Path) -> Iterator[ComposeFile | Skipped]:
        """Yield the file at `path`, or what is to be said of it."""
        outcome = _file_or_complaint(path)
        if not self.force_exclude or isinstance(outcome, Skipped):
            yield outcome
            return
        absolute = _absolute(path)
        settings = self.in_force.at(absolute.parent)
        places = (absolute, *absolute.parents)
        if not any(
            is_excluded(settings, place, Path.cwd(), is_folder=place != absolute)
            for place in places
        ):
            yield replace(outcome, was_searched=True)

    def files_in(
        self, folder: Path, ignored: Ignored | None = None
    ) -> Iterator[ComposeFile | Skipped]:
        """Yield the Compose files in a folder and below, but for what Git ignores there."""
        absolute = _absolute(folder)
        ignored = ignored_in(absolute) if ignored is None else ignored.within(absolute)
        try:
            names = sorted(os.listdir(folder))  # noqa: PTH208 - only few of many need a Path
        except OSError as error:
            yield Skipped(display_name(folder), unreadable(error))
            return
        settings = self.in_force.at(absolute)
        for name in names:
            is_usual = bool(_COMPOSE_NAME.fullmatch(name))
            if not is_usual and not settings.include.value:
                continue
            path = absolute / name
            if not is_usual and not is_included(settings, path, Path.cwd()):
                continue
            if ignored.ignores(path, is_folder=False) or is_excluded(settings, path, Path.cwd()):
                continue
            if path.is_file():
                yield ComposeFile(display_name(path), folder / name, was_searched=True)
        for name in names:
            path = absolute / name
            if name in _FOREIGN_FOLDERS or name.startswith("."):
                continue
            if not path.is_dir() or path.is_symlink() or ignored.ignores(path, is_folder=True):
                continue
            if not is_excluded(settings, path, Path.cwd(), is_folder=True):
                yield from self.files_in(folder / name, ignored)


def compose_files_in(folder: Path) -> list[Path]:
    """Return the files in a folder that have the name of a Compose file, sorted."""
    try:
        return sorted(
            entry
            for entry in folder.iterdir()
            if _COMPOSE_NAME.fullmatch(entry.name) and entry.is_file()
        )
    except OSError:
        return []


def display_name(path: Path) -> str:
    """Return what to call `path`: relative to the working folder where it lies in it."""
    absolute = _absolute(path)
    try:
        return absolute.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return str(absolute)


def _absolute(path: Path) -> Path:
    return join_path(Path.cwd(), str(path))
