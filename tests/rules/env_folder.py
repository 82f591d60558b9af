"""What the tests of rules on env files share: a folder that has some."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING, Any

from tests.rules.accepted import find, variables_of
from tests.rules.fitting import FOLDER

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from composecheck.finding import Finding
    from tests.rules.fitting import Rule


def reading(files: dict[str, str]) -> Callable[[Path], bytes]:
    """Return what reads files where there are but `files`, each with its text."""

    def read(path: Path) -> bytes:
        for name, text in files.items():
            if path == FOLDER / name:
                return text.encode()
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))

    return read


def find_in(
    rule: Rule, text: str, files: dict[str, str], *characters: str, **options: Any
) -> list[Finding]:
    """Return the findings of `rule` on a text among `files`, which must be on `characters`."""
    return find(rule, text, *characters, read=reading(files), **options)


SERVICE = "services: {a: {image: x, env_file: a.env}}"
"""A file with a service that has the file `a.env`."""


def read_by_compose(env: str, folder: Path, **variables: str) -> dict[str, str | None]:
    """Return what the real Docker Compose makes of the env file of a service."""
    (folder / "a.env").write_text(env, encoding="utf-8")
    return variables_of(SERVICE, folder, **variables)
