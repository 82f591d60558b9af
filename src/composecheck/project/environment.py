"""The variables that Compose reads: of the process, and of env files.

What the process has wins over all files; of several env files the last one wins. (Facts:
compose-go, `cli/options.go` and `dotenv/env.go`, measured.)
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from composecheck.language.env_files import decode_env_file, read_env_file
from composecheck.language.variables import MissingVariable
from composecheck.project.files import display_name
from composecheck.project.interpolation import assume_defaults
from composecheck.project.problem import Fault, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from composecheck.language.assignments import EnvFile
    from composecheck.project.files import ReadBytes
    from composecheck.yaml.nodes import Node


def process_environment() -> dict[str, str]:
    """Return the variables of this process. Nothing else in this package asks for them."""
    return dict(os.environ)


def read_env_files(
    paths: Iterable[tuple[Path, Node | None]],
    environment: Mapping[str, str],
    working_folder: Path,
    read: ReadBytes,
    problems: list[Problem],
    *,
    unset_is_blank: bool,
    assumes_defaults: bool = False,
) -> dict[str, str]:
    """Return what the files at `paths` set, each with the node that names it, if any does.

    `environment` is what their own variables are read from first. A value that is unknown in part
    is left out; for `assumes_defaults` see `Call`. What cannot be read is added to `problems`.
    """
    values: dict[str, str] = {}
    for path, asked_by in paths:
        try:
            data = read(path)
        except OSError as error:
            problems.append(_unreadable(path, error, asked_by))
            continue
        source = decode_env_file(data, display_name(path, working_folder))
        content = read_env_file(source, environment, unset_is_blank=unset_is_blank, earlier=values)
        problems += refusals_in(content)
        for key, found in content.values.items():
            value = assume_defaults(found) if assumes_defaults else found
            if value.is_known:
                values[key] = value.text
            else:
                values.pop(key, None)
    return values


def refusals_in(content: EnvFile) -> Iterator[Problem]:
    """Yield why Compose refuses an env file, or may refuse it."""
    for may_be, refusals in ((False, content.refused), (True, content.may_be_refused)):
        for refusal in refusals:
            span = refusal.variable.span if isinstance(refusal, MissingVariable) else refusal.span
            yield Problem(
                Fault.ENV_FILE_INVALID, content.source, span, payload=refusal, may_be=may_be
            )


def _unreadable(path: Path, error: OSError, asked_by: Node | None) -> Problem:
    is_absent = isinstance(error, FileNotFoundError)
    fault = Fault.ENV_FILE_ABSENT if is_absent else Fault.ENV_FILE_UNREADABLE
    if asked_by is None:
        return Problem(fault, None, None, name=str(path), payload=error)
    return Problem(fault, asked_by.source, asked_by.span, name=str(path), payload=error)


DISABLING = "COMPOSE_DISABLE_ENV_FILE"
"""The variable that keeps Compose from the `.env` of a project folder."""

_TRUE = frozenset(("1", "t", "T", "TRUE", "true", "True"))
BOOLEANS = _TRUE | {"0", "f", "F", "FALSE", "false", "False"}
"""What Compose takes for true or false in that variable."""


def default_env_file(folder: Path, process: Mapping[str, str], read: ReadBytes) -> list[Path]:
    """Return the `.env` of a project folder, if there is one and nobody has turned that off."""
    if process.get(DISABLING) in _TRUE:
        return []
    path = folder / ".env"
    try:
        read(path)
    except OSError as error:
        # Something that is there and cannot be read is an error; a folder is passed over.
        return [] if isinstance(error, FileNotFoundError | IsADirectoryError) else [path]
    return [path]
