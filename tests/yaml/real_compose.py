"""What the real Docker Compose makes of a text, and what we make of it, as plain values."""

from __future__ import annotations

import json
import re
import subprocess
from typing import TYPE_CHECKING, Any

from composecheck.yaml.merge import effective_entries
from composecheck.yaml.nodes import Mapping, Node, Scalar, Sequence, follow
from composecheck.yaml.scalars import Absent, Timestamp, resolve
from composecheck.yaml.structure import is_reset
from tests.shared_material import docker_compose

if TYPE_CHECKING:
    from pathlib import Path

    from composecheck.yaml import Document

REFUSED_AS_YAML = re.compile(
    "go-yaml load error|construct errors|already defined|unknown anchor|incompatible YAML"
    "|non-string key|cycle detected: node"
)
"""What Compose writes where it refuses a file as YAML, or for what that YAML says of itself."""


def extensions_in_compose(text: str, folder: Path) -> dict[str, Any] | str:
    """Return the `x-…` keys at the top of a project as Compose reads them, or its complaint."""
    (folder / "compose.yaml").write_bytes(text.encode())
    result = subprocess.run(
        [docker_compose(), "-f", "compose.yaml", "config", "--format", "json", "--no-interpolate"],
        cwd=folder,
        env={"PATH": "/usr/bin:/bin", "HOME": str(folder)},
        capture_output=True,
        encoding="utf-8",
        errors="replace",  # it cuts what it quotes, in the middle of letters too
        timeout=60,
        check=False,
    )
    return result.stderr if result.returncode else _extensions(json.loads(result.stdout))


def extensions(document: Document) -> dict[str, Any]:
    """Return the same of a file that we have read: later documents are laid over earlier ones."""
    found: dict[str, Any] = {}
    for root in document.roots:
        found.update(_extensions(meaning(root)))
    return found


def _extensions(project: Any) -> dict[str, Any]:
    return {key: value for key, value in project.items() if key.startswith("x-")}


def meaning(node: Node) -> Any:
    """Return a tree as Compose's JSON has it: aliases and merges followed, `!reset` dropped."""
    match follow(node):
        case Scalar() as scalar:
            value = resolve(scalar)
            return value.text if isinstance(value, Timestamp) else value
        case Sequence() as sequence:
            return [meaning(item) for item in sequence.items if not _is_dropped(item)]
        case Mapping() as mapping:
            return {
                key: meaning(entry.value)
                for key, entry in effective_entries(mapping).items()
                if not _is_dropped(entry.value)
            }
        case None:
            raise AssertionError("an alias of nothing")


def _is_dropped(node: Node) -> bool:
    content = follow(node)
    return is_reset(node) or (isinstance(content, Scalar) and isinstance(resolve(content), Absent))
