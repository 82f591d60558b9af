"""Judging the shape of texts, as `check` does it: what they add up to, each laid over the last."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from composecheck.finding import Severity
from composecheck.project.call import Call
from composecheck.project.files import ComposeFile
from composecheck.project.project import load_project
from composecheck.schema import judge_stages
from composecheck.source import Source, decode
from composecheck.yaml import load

if TYPE_CHECKING:
    from composecheck.finding import Finding
    from composecheck.project.project import Project


def read_nothing(path: Path) -> bytes:
    raise FileNotFoundError(2, "No such file or directory", str(path))


def load_sources(*sources: Source, is_here: bool = False, is_part: bool = False) -> Project:
    """Return the project of these files, beside which there are no others."""
    files = tuple(ComposeFile(None, load(source)) for source in sources)
    return load_project(
        Call(
            files,
            working_folder=Path("/proj"),
            read=read_nothing,
            is_here=is_here,
            is_part=is_part,
        )
    )


def judge(*texts: str | bytes, is_override: bool = False) -> list[Finding]:
    """Return all findings on the shape of files; the first is `compose.yaml`."""
    sources = [
        Source(name, text) if isinstance(text, str) else decode(text, name)
        for name, text in zip(("compose.yaml", "compose.override.yaml"), texts, strict=False)
    ]
    return judge_stages(load_sources(*sources, is_part=is_override))


def errors(*texts: str | bytes, is_override: bool = False) -> list[Finding]:
    """Return the errors in the shape of files."""
    return [
        finding
        for finding in judge(*texts, is_override=is_override)
        if finding.severity is Severity.ERROR
    ]
