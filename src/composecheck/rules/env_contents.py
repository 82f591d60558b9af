"""What stands in the env files of a project: the `.env`, and those of `env_file`."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from composecheck.language.env_files import decode_env_file, read_env_file
from composecheck.language.key_values import read_key_values
from composecheck.language.raw_env_files import read_raw_env_file
from composecheck.language.traced import HOLE
from composecheck.project.environment import default_env_file
from composecheck.project.files import display_name, join_path
from composecheck.project.reading import child, text_of
from composecheck.project.service_files import RAW_FORMAT
from composecheck.yaml.nodes import Scalar, Sequence

if TYPE_CHECKING:
    from composecheck.language.assignments import Assignment, EnvFile
    from composecheck.project.project import Project
    from composecheck.yaml.nodes import Node


class EnvContent(Struct, frozen=True, eq=False):
    """An env file and what is in it.

    `is_own` says that Compose itself reads it, to put its variables into the Compose files.
    `services` are those that have it under `env_file`, also such as a profile keeps off.
    """

    path: Path
    file: EnvFile
    is_raw: bool
    is_own: bool
    services: tuple[str, ...]

    @property
    def last(self) -> dict[str, Assignment]:
        """The assignments that count: of several for one key the last."""
        return {assignment.key: assignment for assignment in self.file.assignments}


# Several rules look at them.
@functools.lru_cache(maxsize=1)
def env_contents(project: Project) -> tuple[EnvContent, ...]:
    """Return the env files of a project that can be read and that Compose does not refuse."""
    own = _own_paths(project)
    asked = _asked_for(project)
    contents = []
    for path, is_raw in dict.fromkeys([*((path, False) for path in own), *asked]):
        services = asked.get((path, is_raw), ())
        content = _read(project, path, is_raw=is_raw, is_own=path in own, services=tuple(services))
        if content is not None and not content.file.refused:
            contents.append(content)
    return tuple(contents)


def _own_paths(project: Project) -> list[Path]:
    call = project.call
    listed = call.environment.get("COMPOSE_ENV_FILES", "")
    named = call.env_files or (tuple(listed.split(",")) if listed else ())
    if named:
        return [join_path(call.working_folder, name) for name in named]
    return default_env_file(project.folder, call.environment, call.read)


def _asked_for(project: Project) -> dict[tuple[Path, bool], dict[str, None]]:
    """Return which services have which files, each with whether it is raw."""
    asked: dict[tuple[Path, bool], dict[str, None]] = {}
    for name, service in project.section("services").items():
        for path, is_raw in _files_of(service):
            asked.setdefault((path, is_raw), {})[name] = None
    return asked


def _files_of(service: Node) -> list[tuple[Path, bool]]:
    files = child(service, "env_file")
    found = []
    for item in files.items if isinstance(files, Sequence) else ():
        path = child(item, "path")
        if isinstance(path, Scalar) and HOLE not in path.text:
            is_raw = text_of(child(item, "format")) == RAW_FORMAT
            found.append((Path(path.text), is_raw))
    return found


def _read(
    project: Project, path: Path, *, is_raw: bool, is_own: bool, services: tuple[str, ...]
) -> EnvContent | None:
    call = project.call
    try:
        data = call.read(path)
    except OSError:
        return None  # which another rule tells
    source = decode_env_file(data, display_name(path, call.working_folder))
    known: dict[str, str | None] = dict(call.environment if is_own else project.environment)
    for name in services:
        own = child(project.root, "services", name, "environment")
        for pair in () if own is None else read_key_values(own, project.text):
            if pair.key.is_known:
                known.setdefault(pair.key.text, None)
        # What stands in other files of the service may be used in this one.
        others = child(project.root, "services", name, "env_file")
        if isinstance(others, Sequence) and len(others.items) > 1:
            known.update(_keys_of_others(project, others, path))
    if is_raw:
        file = read_raw_env_file(source, known, unset_is_blank=False)
    else:
        file = read_env_file(source, known, unset_is_blank=False)
    return EnvContent(path, file, is_raw, is_own, services)


def _keys_of_others(project: Project, files: Sequence, path: Path) -> dict[str, str | None]:
    """Return the keys of other env files of a service, set to nobody knows what."""
    keys: dict[str, str | None] = {}
    for item in files.items:
        other = child(item, "path")
        if not isinstance(other, Scalar) or HOLE in other.text or Path(other.text) == path:
            continue
        try:
            data = project.call.read(Path(other.text))
        except OSError:
            continue
        source = decode_env_file(data, display_name(Path(other.text), project.call.working_folder))
        for assignment in read_env_file(source, {}, unset_is_blank=False).assignments:
            keys.setdefault(assignment.key, None)
    return keys
