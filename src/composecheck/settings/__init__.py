"""What somebody wants: settings from a file and from the command line.

`read_settings` of `reading` reads a file, `render_settings` of `showing` prints what is in force;
most runs need neither, so they are not imported here.
"""

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
    "rules_for",
    "with_severity",
]
