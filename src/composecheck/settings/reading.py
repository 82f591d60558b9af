"""A settings file → Settings, or everything that is wrong with it."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

from composecheck.expressions import expression
from composecheck.settings.checking import Reader
from composecheck.settings.keys import GROUP_KEYS, KEYS, PER_FILE_KEYS, WRONG_NAMES
from composecheck.settings.locating import PROJECT_FILE
from composecheck.settings.toml_places import Place, find_places
from composecheck.settings.values import (
    Group,
    InvalidSettings,
    Origin,
    PerFile,
    Problem,
    Setting,
    Settings,
    Where,
)
from composecheck.source import decode

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from composecheck.source import Source

TABLE = ("tool", "composecheck")

_SIZE_LIMIT = 1_000_000  # bytes; no settings are longer, and some readers take their time
_PLACE = expression(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


def read_settings(path: Path, name: str | None = None) -> Settings | None:
    """Read the settings file at `path`, which is absolute; `name` is what to call it.

    A `pyproject.toml` without our table gives None; any other file is ours as a whole. Raises
    InvalidSettings, with all that is wrong with it, if it cannot be used.
    """
    name = str(path) if name is None else name
    try:
        with path.open("rb") as file:
            data = file.read(_SIZE_LIMIT + 1)
    except OSError as error:
        reason = error.strerror or str(error)
        raise _invalid(name, f"These settings cannot be read: {reason}.") from None
    is_shared = path.name == PROJECT_FILE
    if is_shared and TABLE[-1].encode() not in data:
        return None  # whatever it is, and be it no TOML
    source = decode(data, name)
    raw = _parse(source, data)
    place = find_places(source.text)
    for key in TABLE if is_shared else ():
        if not isinstance(raw, dict) or key not in raw:
            return None
        raw, place = raw[key], place.parts[key]
    reader = Reader(source, path.parent)
    settings = _settings(reader, path, raw, place)
    if reader.problems:
        raise InvalidSettings(tuple(sorted(reader.problems, key=_order)))
    return settings


def _order(problem: Problem) -> tuple[int, int]:
    return problem.line, problem.column


def _invalid(name: str, message: str, line: int = 0, column: int = 0) -> InvalidSettings:
    return InvalidSettings((Problem(name, message, line, column),))


def _parse(source: Source, data: bytes) -> Mapping[str, Any]:
    """Return what the TOML says. Raises InvalidSettings if it is none."""
    if len(data) > _SIZE_LIMIT:
        raise _invalid(source.name, "These settings are longer than a million bytes.")
    wrong_byte = source.undecodable
    if wrong_byte is not None or source.encoding != "utf-8":
        position = source.position(wrong_byte or 0)
        message = "This is no TOML: the file is not stored as UTF-8."
        raise _invalid(source.name, message, position.line, position.column)
    try:
        return tomllib.loads(source.text)
    except RecursionError:
        raise _invalid(source.name, "These settings are nested too deeply.") from None
    except ValueError as error:
        raise _no_toml(source, str(error)) from None


def _no_toml(source: Source, reason: str) -> InvalidSettings:
    """Say what `tomllib` says, at the place that it tells at the end of its message."""
    place = _PLACE.search(reason)
    if place is None:  # a number with thousands of digits
        return _invalid(source.name, f"This is no TOML: {_sentence(reason)}")
    reason = reason[: place.start()]
    if place[1]:
        return _invalid(
            source.name, f"This is no TOML: {_sentence(reason)}", int(place[1]), int(place[2])
        )
    end = source.position(len(source.text.rstrip()))
    message = f"This is no TOML: {_sentence(f'{reason}, at the end of the file')}"
    return _invalid(source.name, message, end.line, end.column)


def _sentence(text: str) -> str:
    return f"{text[:1].lower()}{text[1:].rstrip('.')}."


def _settings(reader: Reader, path: Path, raw: Any, place: Place) -> Settings:
    known = {key.name: key.kind for key in KEYS}
    values = reader.table(raw, place, known, wrong_names=WRONG_NAMES)
    source = reader.source

    def setting(name: str, value: Any) -> Setting[Any]:
        line = source.position(place.parts[name].key.start).line
        return Setting(value, Origin(Where.FILE, source.name, line))

    fields: dict[str, Any] = {}
    for name, value in values.items():
        field = name.replace("-", "_")
        if name == "per-file":
            value = _per_file(reader, value, place.parts[name])
        elif name == "group":
            field = "groups"
            value = _groups(reader, value, place.parts[name])
        fields[field] = setting(name, value)
    return Settings(path.parent, path, **fields)


def _per_file(reader: Reader, tables: dict[str, Any], place: Place) -> tuple[PerFile, ...]:
    result = []
    for glob, raw in tables.items():
        inner = place.parts[glob]
        reader.glob(glob, Place(inner.key, inner.key))
        owner = f'"per-file.{glob}"'
        if not reader.is_table(raw, inner, owner, 'ignore = ["upkeep"]'):
            continue
        values = reader.table(raw, inner, PER_FILE_KEYS, "per-file")
        fields = {name.replace("-", "_"): value for name, value in values.items()}
        result.append(PerFile(glob, **fields))
    return tuple(result)


def _groups(reader: Reader, tables: list[Any], place: Place) -> tuple[Group, ...]:
    result = []
    for index, raw in enumerate(tables):
        inner = place.parts[index]
        if not reader.is_table(raw, inner, 'each "group"', 'files = ["compose.yaml"]'):
            continue
        values = reader.table(raw, inner, GROUP_KEYS, "group")
        if raw.get("files", []) == []:
            span = inner.parts["files"].value if "files" in raw else inner.key
            reader.complain(
                span,
                'A "group" needs the "files" that belong together: files = ["compose.yaml",'
                ' "compose.prod.yaml"].',
            )
        fields = {name.replace("-", "_"): value for name, value in values.items()}
        if "files" in fields:
            result.append(Group(**fields))
    return tuple(result)
