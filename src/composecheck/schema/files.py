"""Finds and reads the schemas that stand at the top level of the project.

In a wheel they lie inside the package (`composecheck/schemas/`); in a checkout, installed or not,
in the folder `schemas/` beside `src/`.
"""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

import msgspec

COMPOSE_SCHEMA = "compose.schema.json"


def read_schema(name: str) -> str:
    """Return the text of the schema file `name`, such as `compose.schema.json`.

    Raises FileNotFoundError if the installation is incomplete.
    """
    package = Path(__file__).resolve().parents[1]
    # `importlib.resources` would do, and takes longer to import than the schema to read.
    folders = (package / "schemas", package.parents[1] / "schemas")
    for folder in folders:
        file = folder / name
        if file.is_file():
            return file.read_text(encoding="utf-8")
    raise FileNotFoundError(
        f"the schema {name} is missing: composecheck is not completely installed"
    )


@functools.cache
def compose_schema() -> dict[str, Any]:
    """Return the schema of a Compose file. It is read once; do not change what you get."""
    schema: dict[str, Any] = msgspec.json.decode(read_schema(COMPOSE_SCHEMA))
    return schema
