"""The schema is found in a checkout and in a wheel."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from composecheck.schema.files import COMPOSE_SCHEMA, compose_schema, read_schema
from tests.shared_material import REPOSITORY

if TYPE_CHECKING:
    from pathlib import Path

PROGRAM = "from composecheck.schema.files import compose_schema; print(compose_schema()['title'])"


def installed(tmp_path: Path, schemas: bool) -> subprocess.CompletedProcess[str]:
    """Run with a copy of the package that lies where no checkout is."""
    package = tmp_path / "site" / "deeper" / "composecheck"
    shutil.copytree(REPOSITORY / "src" / "composecheck", package)
    if schemas:
        shutil.copytree(REPOSITORY / "schemas", package / "schemas")
    return subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env={**os.environ, "PYTHONPATH": str(package.parent)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_in_a_checkout() -> None:
    assert read_schema(COMPOSE_SCHEMA) == (REPOSITORY / "schemas" / COMPOSE_SCHEMA).read_text(
        "utf-8"
    )
    assert compose_schema()["title"] == "a Compose file"


def test_in_a_wheel(tmp_path: Path) -> None:
    assert installed(tmp_path, schemas=True).stdout == "a Compose file\n"


def test_an_incomplete_installation_says_so(tmp_path: Path) -> None:
    answer = installed(tmp_path, schemas=False)

    assert "FileNotFoundError" in answer.stderr
    assert "not completely installed" in answer.stderr


def test_no_such_schema() -> None:
    with pytest.raises(FileNotFoundError, match=r"nothing\.json"):
        read_schema("nothing.json")
