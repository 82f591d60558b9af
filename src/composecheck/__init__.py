"""What is wrong with a Docker Compose project, and what to write instead.

    >>> import composecheck
    >>> report = composecheck.check_text("services: {db: {image: mysql, enviroment: {A: b}}}")
    >>> [finding.rule for finding in report.findings]
    ['key-unknown']

`check` looks at files and folders, `check_text` and `check_bytes` at what is in memory; each
returns a Report with its Findings. `fix` and `fix_text` make the fixes of what they find, and
`write_fixed` writes a file that was fixed. `load_project` puts the files of a project together as
Compose does, and tells where each value was set. `load` reads YAML into a Document: a tree in which
everything knows its characters in the text.

Importing this module imports nothing else; what is used is imported on first use.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING

__version__ = "0.1.0"

COMPOSE_VERSION = "5.6.1"
"""The Docker Compose whose language this is about."""

if TYPE_CHECKING:
    from composecheck.check import Report, check, check_bytes, check_text, load
    from composecheck.discovery import Skipped
    from composecheck.finding import Edit, Finding, Fix, Related, Safety, Severity, splice
    from composecheck.fix import FixedText, FixReport, fix, fix_text, write_fixed
    from composecheck.fixing import Dropped, FixedFile
    from composecheck.library import (
        Origin,
        Project,
        ProjectRefused,
        ProjectUnknown,
        load_project,
    )
    from composecheck.rule import Category, Rule
    from composecheck.rules import all_rules
    from composecheck.rules.selection import UnknownRule
    from composecheck.settings import InvalidSettings
    from composecheck.source import Position, Source, Span
    from composecheck.yaml import Document

__all__ = [
    "COMPOSE_VERSION",
    "Category",
    "Document",
    "Dropped",
    "Edit",
    "Finding",
    "Fix",
    "FixReport",
    "FixedFile",
    "FixedText",
    "InvalidSettings",
    "Origin",
    "Position",
    "Project",
    "ProjectRefused",
    "ProjectUnknown",
    "Related",
    "Report",
    "Rule",
    "Safety",
    "Severity",
    "Skipped",
    "Source",
    "Span",
    "UnknownRule",
    "__version__",
    "all_rules",
    "check",
    "check_bytes",
    "check_text",
    "fix",
    "fix_text",
    "load",
    "load_project",
    "splice",
    "write_fixed",
]

_HOMES = {
    "Category": "rule",
    "Document": "yaml",
    "Dropped": "fixing",
    "Edit": "finding",
    "Finding": "finding",
    "Fix": "finding",
    "FixReport": "fix",
    "FixedFile": "fixing",
    "FixedText": "fix",
    "InvalidSettings": "settings",
    "Origin": "library",
    "Position": "source",
    "Project": "library",
    "ProjectRefused": "library",
    "ProjectUnknown": "library",
    "Related": "finding",
    "Report": "check",
    "Rule": "rule",
    "Safety": "finding",
    "Severity": "finding",
    "Skipped": "discovery",
    "Source": "source",
    "Span": "source",
    "UnknownRule": "rules.selection",
    "all_rules": "rules",
    "check": "check",
    "check_bytes": "check",
    "check_text": "check",
    "fix": "fix",
    "fix_text": "fix",
    "load": "check",
    "load_project": "library",
    "splice": "finding",
    "write_fixed": "fix",
}


if not TYPE_CHECKING:  # or else every name would be known to type checkers

    def __getattr__(name: str) -> object:
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module

        value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted(__all__)


class _FrontDoor(ModuleType):
    """The type of this module, in which `check` and `fix` are always the functions.

    These are the names of submodules, too, and importing one binds the name to it.
    """

    def __setattr__(self, name: str, value: object) -> None:
        if name in ("check", "fix") and isinstance(value, ModuleType):
            value = getattr(value, name)
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _FrontDoor
