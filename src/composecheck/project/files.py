"""Reading the files of a project, and what is remembered of that."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from composecheck.source import decode
from composecheck.yaml import limits, load

if TYPE_CHECKING:
    from collections.abc import Callable

    from composecheck.yaml import Document
    from composecheck.yaml.nodes import Node

    ReadBytes = Callable[[Path], bytes]


class ComposeFile(Struct, frozen=True):
    """A Compose file that is part of a project.

    `path` is absolute; None for standard input, or a text that is no file.
    """

    path: Path | None
    document: Document


class ReadFile(Struct, frozen=True):
    """A file that was read, or looked for, because of what another one says.

    `asked_by` is the text that names it, in an `include`, `extends`, `env_file` or `label_file`;
    None for what somebody named outright, or what Compose looks for by itself.
    """

    path: Path
    asked_by: Node | None


_MOST = 4 * limits.FILE_SIZE + 4
"""How many bytes are read at most: no code point has more than four, nor has a mark."""


def read_bytes(path: Path) -> bytes:
    """Read a file, but never more than tells that it is too long for us. Raises OSError."""
    with path.open("rb") as file:
        return file.read(_MOST)


STANDARD_INPUT = "-"
"""What stands for standard input where a Compose file is named."""


def read_standard_input() -> bytes:
    """Read standard input, but never more than tells that it is too long for us. Raises OSError."""
    if sys.stdin is None:  # so it is in a process that was started without one
        raise OSError(errno.EBADF, "standard input is closed")
    return sys.stdin.buffer.read(_MOST)


def display_name(path: Path, working_folder: Path) -> str:
    """Return what to call `path`: relative to the working folder where it lies in it."""
    try:
        return path.relative_to(working_folder).as_posix()
    except ValueError:
        return str(path)


def load_standard_input() -> ComposeFile:
    """Read a Compose file from standard input. Raises OSError if that cannot be done."""
    return ComposeFile(None, load(decode(read_standard_input(), "<stdin>")))


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
