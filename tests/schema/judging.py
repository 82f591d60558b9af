"""Judging a text as `check.py` will: every YAML document, later ones laid over the first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Severity
from composecheck.schema import judge_shape
from composecheck.source import Source, decode
from composecheck.yaml import load

if TYPE_CHECKING:
    from composecheck.finding import Finding


def judge(text: str | bytes, *, is_override: bool = False) -> list[Finding]:
    """Return all findings on the shape of a file."""
    source = Source("compose.yaml", text) if isinstance(text, str) else decode(text, "compose.yaml")
    return [
        finding
        for number, root in enumerate(load(source).roots)
        for finding in judge_shape(root, is_override=is_override or number > 0)
    ]


def errors(text: str | bytes, *, is_override: bool = False) -> list[Finding]:
    """Return the errors in the shape of a file."""
    return [
        finding
        for finding in judge(text, is_override=is_override)
        if finding.severity is Severity.ERROR
    ]
