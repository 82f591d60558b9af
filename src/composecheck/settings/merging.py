"""Settings from the file and from the command line together, and what they are for one file.

Of two that say the same, the command line wins. About rules, its wishes come after those of the
file, as with ruff: `--select` replaces all that the file says about which rules speak,
`--extend-select` and `--ignore` change it. What a file says for some files in `per-file` may
narrow what `--select` asks for, and never widens it: a rule that is to be silent in these files
stays so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from composecheck.rules.selection import Selection, UnknownRule, Wish, known_names, unknown_rule
from composecheck.settings.values import COMMAND_LINE, Setting

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from composecheck.finding import Finding, Severity
    from composecheck.settings.values import PerFile, Settings, Severities, Version


class Flags(Struct, frozen=True):
    """What the command line says; None, or no names, where it says nothing."""

    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    target_compose: Version | None = None
    env_files: tuple[Path, ...] = ()
    profiles: tuple[str, ...] = ()
    fail_on: Severity | None = None
    here: bool | None = None


_REPLACING = (
    "include",
    "exclude",
    "target_compose",
    "env_files",
    "profiles",
    "fail_on",
    "here",
)
"""The flags that stand in place of what the file says."""


class RulesInForce(Struct, frozen=True):
    """Which rules speak about one file, and how bad they are where somebody has said so."""

    selection: Selection
    severities: Severities


def merge(settings: Settings, flags: Flags) -> Settings:
    """Return `settings` with what the command line says.

    Raises UnknownRule for a name of a rule that is none.
    """
    named = (*flags.select, *flags.extend_select, *flags.ignore)
    if named:
        known = known_names()
        for name in named:
            if name not in known:
                raise UnknownRule(unknown_rule(name, known))
    said: dict[str, Any] = {
        name: Setting(value, COMMAND_LINE)
        for name in _REPLACING
        if (value := getattr(flags, name)) not in (None, ())
    }
    wish = Wish(
        frozenset(flags.select) or None, frozenset(flags.extend_select), frozenset(flags.ignore)
    )
    return replace(settings, on_command_line=wish, **said)


def rules_for(settings: Settings, path: Path | None) -> RulesInForce:
    """Return which rules speak about the file at `path` (absolute; None if it has none)."""
    special = _special(settings, path)
    wishes = [
        _wish(
            settings.select.value,
            settings.extend_select.value,
            settings.ignore.value,
            settings.severity.value,
        )
    ]
    wishes += [
        _wish(each.select, each.extend_select, each.ignore, each.severity) for each in special
    ]
    wishes.append(settings.on_command_line)
    if settings.on_command_line.select is not None:
        # These are about the file, not about what is asked for today.
        wishes += [Wish(ignore=_silenced(each.ignore, each.severity)) for each in special]
    severities = dict(settings.severity.value)
    for each in special:
        severities.update(each.severity)
    return RulesInForce(Selection(tuple(wishes)), severities)


def is_included(settings: Settings, path: Path, working_folder: Path) -> bool:
    """Whether `include` names the file at `path` (absolute), found in a folder that is searched.

    The globs of the command line are seen from `working_folder`.
    """
    return _fits(settings.include, settings, path, working_folder)


def is_excluded(
    settings: Settings, path: Path, working_folder: Path, *, is_folder: bool = False
) -> bool:
    """Whether `exclude` names the file or folder at `path` (absolute); else as `is_included`."""
    return _fits(settings.exclude, settings, path, working_folder, is_folder=is_folder)


def _fits(
    globs: Setting[tuple[str, ...]],
    settings: Settings,
    path: Path,
    working_folder: Path,
    *,
    is_folder: bool = False,
) -> bool:
    if not globs.value:
        return False
    # Imported here, because most settings have no globs.
    from composecheck.settings.globs import fits

    folder = working_folder if globs.origin == COMMAND_LINE else settings.folder
    return fits(globs.value, path, folder, is_folder=is_folder)


def with_severity(finding: Finding, severities: Severities) -> Finding:
    """Return `finding` as bad as somebody wants it."""
    severity = severities.get(finding.rule)
    return finding if severity is None else replace(finding, severity=severity)


def _special(settings: Settings, path: Path | None) -> list[PerFile]:
    if path is None or not settings.per_file.value:
        return []
    # Imported here, because most settings have no globs.
    from composecheck.settings.globs import fits

    return [each for each in settings.per_file.value if fits([each.glob], path, settings.folder)]


def _wish(
    select: Iterable[str] | None,
    extend_select: Iterable[str],
    ignore: Iterable[str],
    severity: Severities,
) -> Wish:
    return Wish(
        None if select is None else frozenset(select),
        frozenset(extend_select),
        _silenced(ignore, severity),
    )


def _silenced(ignore: Iterable[str], severity: Severities) -> frozenset[str]:
    return frozenset(ignore).union(name for name, value in severity.items() if value is None)
