"""The settings that hold for each file of a run: from files, and from the command line."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field

from composecheck.settings.locating import find_settings
from composecheck.settings.merging import Flags, merge, rules_for
from composecheck.settings.values import Settings

if TYPE_CHECKING:
    from composecheck.settings.merging import RulesInForce
    from composecheck.source import Source


class InForce(Struct, frozen=True):
    """What holds for which file: `flags`, over what the nearest settings file says.

    With `reads_files` False, as for a program that uses this package, no settings file counts. What
    was found for a folder is remembered. Everything here raises InvalidSettings if a settings file
    cannot be used, and UnknownRule for a name in `flags` that is no rule.
    """

    flags: Flags = field(default_factory=Flags)
    reads_files: bool = False
    _found: dict[Path, Settings] = field(default_factory=dict)
    _merged: dict[int, Settings] = field(default_factory=dict)
    _rules: dict[tuple[int, Path | None], RulesInForce] = field(default_factory=dict)

    def at(self, folder: Path) -> Settings:
        """Return the settings that hold for what is in `folder`, an absolute path."""
        found = find_settings(folder, self._found) if self.reads_files else self._none
        if id(found) not in self._merged:
            self._merged[id(found)] = merge(found, self.flags)
        return self._merged[id(found)]

    def here(self) -> Settings:
        """Return the settings that hold in the working folder."""
        return self.at(Path.cwd())

    def rules_for(self, source: Source) -> RulesInForce:
        """Return which rules speak about a file, and how bad they are."""
        path = path_of(source)
        settings = self.here() if path is None else self.at(path.parent)
        # Of the files of a folder, only globs tell one from another.
        key = (id(settings), path if settings.per_file.value else None)
        if key not in self._rules:
            self._rules[key] = rules_for(settings, path)
        return self._rules[key]

    @property
    def _none(self) -> Settings:
        return self._found.setdefault(Path(), Settings(Path.cwd()))


def path_of(source: Source) -> Path | None:
    """Return the absolute path of the file that `source` was read from; None if it is no file."""
    if source.name.startswith("<"):
        return None
    return Path(os.path.abspath(source.name))  # noqa: PTH100 - resolve() would follow links
