"""What the real Docker Compose makes of a case."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.shared_material import docker_compose

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conformance.case import Case

_CANNOT_PRINT = "error calling MarshalJSON"
"""What it says of a project that it takes, and cannot print as JSON (a path in `build.ssh`)."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The verdict, in Compose's words if it refuses; else the model, if it can be printed.

    `folder` is below which the case stood.
    """

    refuses: bool
    stderr: str
    model: dict[str, Any] | None = None
    folder: Path | None = None


def ask(case: Case, root: Path, program: str | None = None) -> Answer:
    """Ask Compose about a case whose files stand below `root`; `program` is another Compose."""
    result = _call(case, root, ("--format", "json"), program)
    if _CANNOT_PRINT in result.stderr:
        result = _call(case, root, ("-q",), program)
    if result.returncode or not result.stdout:
        return Answer(result.returncode != 0, result.stderr, folder=root)
    return Answer(False, result.stderr, json.loads(result.stdout), root)


def recorded(*, refused: bool, stderr: str, model: dict[str, Any] | None = None) -> Answer:
    """Return an answer that was taken before, with `config --format json`."""
    return Answer(refused and _CANNOT_PRINT not in stderr, stderr, model)


def _call(
    case: Case, root: Path, output: tuple[str, ...], program: str | None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [program or docker_compose(), *case.arguments, "config", *output],
        cwd=case.write(root),
        env=case.variables(root),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",  # Compose cuts letters in half in its messages
        timeout=60,
        check=False,
    )


def own_words(stderr: str) -> str:
    """Return what Compose complains of, without its warnings."""
    return "\n".join(line for line in stderr.splitlines() if "level=warning" not in line)
