"""What is said of names that services use and nothing defines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Finding, Fix, Related, Safety
from composecheck.language.names import is_resource_name
from composecheck.language.traced import known
from composecheck.nearest import nearest, only_slip
from composecheck.project.reading import child, entries_of
from composecheck.rules.activity import members
from composecheck.rules.definitions import defining, is_sound, is_whole
from composecheck.rules.marks import content_span, path_at, replacing
from composecheck.rules.paths import as_path
from composecheck.schema.words import join_and, join_or, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from composecheck.project.project import Project
    from composecheck.rules.activity import Member
    from composecheck.rules.uses import Use

_MOST_NAMES = 4
_OWN = ("volumes", "secrets", "configs")
"""Sections of what mostly belongs to one service."""


def undefined(
    what: str, section: str, uses_of: Callable[[Member, Project], Iterable[Use]], project: Project
) -> Iterator[Finding]:
    """Yield a finding for each name that is used and not defined under `section`, at its first use.

    Several names that nothing is known of but that there is no such section are one finding: that
    is what is missing. `what` says what one of them is: `volume`.
    """
    defined = project.section(section)
    missing: dict[str, dict[tuple[int, int], Use]] = {}
    used: set[str] = set()
    for member in members(project):
        for use in uses_of(member, project):
            # One that is not known may be any of them.
            used.update((use.name.text,) if use.name.is_known else defined)
            if use.name.is_known and use.name.text not in defined:
                place = (id(use.name.source), use.span.start)
                missing.setdefault(use.name.text, {}).setdefault(place, use)
    if not missing or not is_whole(project) or not is_sound(project, section):
        return
    alike: dict[str, list[Use]] = {}
    for name, found in missing.items():
        uses = list(found.values())
        is_plain = is_resource_name(name) and (
            uses[0].target is None or as_path(name, uses[0].target) is None
        )
        if is_plain and not _has_any(section, project) and not uses[0].member.profile:
            alike[name] = uses
        else:
            yield _one(what, section, name, uses, used, project)
    if len(alike) == 1:
        (only,) = alike.items()
        yield _one(what, section, *only, used, project)
    elif alike:
        yield _several(what, section, alike, project)


def _several(what: str, section: str, missing: dict[str, list[Use]], project: Project) -> Finding:
    """Return the finding that none of several names is defined."""
    uses = [use for found in missing.values() for use in found]
    first, *others = sorted(uses, key=lambda use: (use.name.source.name, use.span.start))
    source, span = first.name.source, first.span
    shown = [quoted(name) for name in missing][:_MOST_NAMES]
    if len(missing) > _MOST_NAMES:
        listed = f"{', '.join(shown)} and {len(missing) - _MOST_NAMES} more"
    else:
        listed = join_and(shown)
    fix = None
    if section != "models" and all(use.name.source is source for use in uses):
        fix = defining(project, section, tuple(missing), source)
    return Finding(
        rule=f"{what}-undefined",
        severity=first.member.severity,
        message=f"The {what}s {listed} are not defined; {first.member.refused}.",
        source=source,
        span=span,
        remedy=f"Define them under {_place(section)}{_or_elsewhere(section, project)}.",
        path=path_at(project, source, span),
        related=tuple(
            Related(use.name.source, use.span, f"{quoted(use.name.text)} is used here.")
            for use in others
        ),
        fix=fix,
    )


def _has_any(section: str, project: Project) -> bool:
    """Whether anything is defined under `section`, but for the network that Compose adds."""
    return any(name != "default" for name in project.section(section))


def _place(section: str) -> str:
    return f'"{section}:" at the top of the file'


def _or_elsewhere(section: str, project: Project) -> str:
    """Say what else may be right if a file has no such section, and its use is not known."""
    if project.call.is_here or _has_any(section, project) or len(project.call.files) != 1:
        return ""
    return "; or if another file does, check both together, each after a -f"


def _one(
    what: str, section: str, name: str, uses: list[Use], used: set[str], project: Project
) -> Finding:
    use, member = uses[0], uses[0].member
    source, span = use.name.source, use.span
    suggestions: tuple[str, ...] = ()
    fix = None
    path = as_path(name, use.target) if use.target is not None else None
    if not name:
        message = f"There is no name of a {what} here; {member.refused}."
        remedy = f'Write in "source" which {what} it is.'
    elif path is not None:
        message = (
            f"{quoted(name)} is the name of a volume to Compose, since it begins with none of"
            f' ".", "/" and "~", and no such volume is defined; {member.refused}.'
        )
        suggestions = path.suggestions
        remedy = f"If it is a path, write {join_or(map(quoted, suggestions))}."
        safety = Safety.SAFE if path.is_certain else Safety.UNSAFE
        fix = _renaming(project, uses, suggestions[0], safety)
    else:
        message = f"The {what} {quoted(name)} is not defined; {member.refused}."
        # A name that is there already cannot be meant a second time; a volume can.
        taken: set[str] = set()
        if section in ("networks", "models"):
            taken.update(*(entries_of(use.member.child(section)) for use in uses))
        candidates = [other for other in project.section(section) if other not in taken]
        suggestions = tuple(nearest(name, candidates))
        if suggestions:
            best = suggestions[0]
            if len({use.member.name for use in uses}) > 1 and best not in used:
                # Several services agree on one name, and nobody uses the one that is defined.
                fix = _renaming_definition(project, section, best, name)
            if fix is not None:
                remedy = f"Write {quoted(name)} instead of {quoted(best)} under {_place(section)}."
            else:
                written = join_or(map(quoted, suggestions))
                remedy = f"Write {written}, or define it under {_place(section)}."
                fix = _renaming(project, uses, best, Safety.UNSAFE)
                if section in _OWN and best in used and only_slip(name, candidates) != best:
                    # Two services that would come to share their data, say.
                    fix = defining(project, section, (name,), source)
        elif is_resource_name(name):
            remedy = f"Define it under {_place(section)}{_or_elsewhere(section, project)}."
            if section != "models":  # which one is meant, nobody can tell
                fix = defining(project, section, (name,), source)
        elif what == "volume" and "/" in name:
            remedy = 'Write "type: bind" if it is a path, else the name of a volume.'
        else:
            remedy = (
                f'Use a name of letters, digits, ".", "_" and "-", and define it under'
                f" {_place(section)}."
            )
    return Finding(
        rule=f"{what}-undefined",
        severity=member.severity,
        message=message,
        source=source,
        span=span,
        remedy=remedy,
        path=path_at(project, source, span),
        suggestions=suggestions,
        related=tuple(
            Related(other.name.source, other.span, f"{quoted(other.member.name)} uses it, too.")
            for other in uses[1:]
        ),
        fix=fix,
    )


def _renaming(project: Project, uses: list[Use], text: str, safety: Safety) -> Fix | None:
    """Return the fix that writes `text` in all places; None if one of them cannot be edited."""
    edits = [replacing(project, use.name, text) for use in uses]
    known_edits = tuple(edit for edit in edits if edit is not None)
    if len(known_edits) < len(edits):
        return None
    changes = tuple(path_at(project, edit.source, edit.span) for edit in known_edits)
    return Fix(f"Write {quoted(text)}", safety, known_edits, changes)


def _renaming_definition(project: Project, section: str, old: str, new: str) -> Fix | None:
    """Return the fix that gives what is defined as `old` the name `new`; None if that cannot be."""
    entry = entries_of(child(project.root, section)).get(old)
    if entry is None or entry.key in project.implied:
        return None
    edit = replacing(project, known(entry.key.source, old, content_span(entry.key)), new)
    if edit is None:
        return None
    changes = ((section, old), (section, new))
    return Fix(f"Write {quoted(new)} instead of {quoted(old)}", Safety.UNSAFE, (edit,), changes)
