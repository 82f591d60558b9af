"""What the real Compose makes of a file: the model that it prints."""

from __future__ import annotations

import json
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.shared_material import docker_compose

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from composecheck.finding import Path as PathInFile


def model_of(text: str) -> dict[str, Any] | None:
    """Return the model of a file that is alone in a folder `proj`; None if Compose refuses it."""
    with tempfile.TemporaryDirectory() as parent:
        folder = Path(parent) / "proj"
        folder.mkdir()
        (folder / "docker-compose.yml").write_bytes(text.encode("utf-8", "surrogateescape"))
        answer = subprocess.run(
            [docker_compose(), "-f", "docker-compose.yml", "config", "--format", "json"],
            cwd=folder,
            env={"PATH": "/usr/bin:/bin", "HOME": parent},
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=60,
            check=False,
        )
        if answer.returncode != 0:
            return None
        printed: dict[str, Any] = json.loads(answer.stdout.replace(parent, "/parent"))
        return printed


def is_accepted(text: str) -> bool:
    """Tell whether the real Compose takes a file."""
    return model_of(text) is not None


def differences(
    before: dict[str, Any], after: dict[str, Any], declared: Collection[PathInFile]
) -> list[str]:
    """Return the paths at which two models differ, but for those near the `declared` paths.

    Compose changes the form of much (a list of variables becomes keys with values), so what counts
    of a path is the service or the section's entry, and the key in it.
    """
    free = {path[:3] for path in declared}
    old, new = dict(_leaves(before, ())), dict(_leaves(after, ()))
    return sorted(
        ".".join(map(str, path))
        for path in old.keys() | new.keys()
        if old.get(path, "") != new.get(path, "")
        and not any(path[: len(top)] == top for top in free)
    )


def _leaves(value: object, path: PathInFile) -> Iterator[tuple[PathInFile, str]]:
    if isinstance(value, dict) and value:
        for key, part in value.items():
            yield from _leaves(part, (*path, key))
    elif isinstance(value, list) and value:
        for index, part in enumerate(value):
            yield from _leaves(part, (*path, index))
    else:
        yield path, repr(value)
