"""What somebody wants: settings from a file and from the command line."""

from __future__ import annotations

from composecheck.settings.in_force import InForce, path_of
from composecheck.settings.locating import find_settings
from composecheck.settings.merging import (
    Flags,
    RulesInForce,
    is_excluded,
    is_included,
    merge,
    rules_for,
    with_severity,
)
from composecheck.settings.reading import read_settings
from composecheck.settings.showing import render_settings
from composecheck.settings.values import InvalidSettings, Settings

__all__ = [
    "Flags",
    "InForce",
    "InvalidSettings",
    "RulesInForce",
    "Settings",
    "find_settings",
    "is_excluded",
    "is_included",
    "merge",
    "path_of",
    "read_settings",
    "render_settings",
    "rules_for",
    "with_severity",
]
