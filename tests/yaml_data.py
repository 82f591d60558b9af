"""YAML as plain data, for the tests that read YAML which is not Compose: workflows, hooks."""

from __future__ import annotations

from typing import Any

from ruamel.yaml import YAML


def yaml_data(text: str) -> Any:
    """Return what `text` says as lists, dicts and plain values, read as YAML 1.2."""
    return YAML(typ="safe", pure=True).load(text)
