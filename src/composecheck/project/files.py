"""Reading the files of a project, and what is remembered of that."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from composecheck.source import decode
from composecheck.yaml import limits, load

if TYPE_CHECKING:
    from collections.abc import Callable

    from composecheck.yaml import Document
    from composecheck.yaml.nodes import Node

    ReadBytes = Callable[[Path], bytes]


@dataclass(frozen=True, slots=True)
class ComposeFile:
    """A Compose file that is part of a project.

    `path` is absolute; None for standard input, or a text that is no file.
    """

    path: Path | None
    document: Document


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file that was read, or looked for, because of what another one says.

    `asked_by` is the text that names it, in an `include`, `extends`, `env_file` or `label_file`;
    None for what somebody named outright, or what Compose looks for by itself.
    """

    path: Path
    asked_by: Node | None


def read_bytes(path: Path) -> bytes:
    """Read a file, but never more than tells that it is too long for us. Raises OSError."""
    most = 4 * limits.FILE_SIZE + 4  # no code point has more than four bytes, nor has a mark
    with path.open("rb") as file:
        return file.read(most)


def display_name(path: Path, working_folder: Path) -> str:
    """Return what to call `path`: relative to the working folder where it lies in it."""
    try:
        return path.relative_to(working_folder).as_posix()
    except ValueError:
        return str(path)


def load_compose_file(path: Path, working_folder: Path, read: ReadBytes) -> ComposeFile:
    """Read the Compose file at `path`, which is absolute. Raises OSError if it cannot be read."""
    return ComposeFile(path, load(decode(read(path), display_name(path, working_folder))))


def is_remote(path: str) -> bool:
    """Tell whether Compose would fetch `path` from Git or from a registry.

    (Facts: docker/compose, `pkg/remote/`, and what BuildKit takes for a Git reference.)
    """
    if path.startswith(("oci://", "git://", "ssh://", "git@", "github.com/")):
        return True
    address = path.partition("#")[0].partition("?")[0]
    return address.startswith(("https://", "http://")) and address.endswith(".git")


def join_path(folder: Path, path: str, home: str | None = None) -> Path:
    """Return `path` as seen from `folder`, without `.` and `..` where that can be done."""
    if path.startswith("~") and home is not None:
        path = home + "/" + path[1:]
    return Path(os.path.normpath(folder / path))
