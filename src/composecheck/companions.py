"""A file and those it is used with: what it lacks by itself, they may supply."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from composecheck.discovery import compose_files_in, display_name, is_override_name
from composecheck.finding import Finding, Severity
from composecheck.project.files import join_path, read_bytes
from composecheck.project.reading import child, entries_of, text_of
from composecheck.source import decode
from composecheck.stages import SUPPLIED_ELSEWHERE, judge_call
from composecheck.yaml import load
from composecheck.yaml.nodes import Sequence

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from composecheck.discovery import ComposeFile, Group
    from composecheck.project.call import Call
    from composecheck.stages import Judgement
    from composecheck.yaml.nodes import Node

_MOST_LOOKED_AT = 50
"""How many Compose files are looked into at most for one that names another."""

_LEVELS_UP = 3
"""How many folders above that of a file are looked into for a file that names it."""


def judge_group(group: Group, call: Call, *, named: Collection[Path] = ()) -> Judgement:
    """Judge files that belong together as a call of Compose with the options of `call`.

    If they make no project by themselves, and may be laid over others, they are judged as laid over
    those. If a Compose file beside them or above includes or extends one of them, it is not blamed
    for what that file may supply, but where the question is what Compose does here and now. `named`
    are the files of all groups, as absolute paths: one of these speaks for itself.
    """
    alone = _judge(group.files, call)
    if not _missing(alone) or not group.files[0].path:
        return alone
    if group.base:
        together = _judge((*group.base, *group.files), call)
        still = {
            (finding.rule, finding.source.name, finding.span) for finding in _missing(together)
        }
        if any((f.rule, f.source.name, f.span) not in still for f in _missing(alone)):
            return together
    users = () if call.is_here else list(_users_of(group.files[0].path))
    if not users:
        return alone
    kept = [finding for finding in alone.findings if finding not in _missing(alone)]
    if not any(join_path(call.working_folder, str(path)) in named for path, _ in users):
        kept.append(_note(alone, *users[0]))
    return replace(alone, findings=tuple(kept))


def _judge(files: tuple[ComposeFile, ...], call: Call) -> Judgement:
    first = files[0].path
    is_alone = len(files) == 1 and first is not None and is_override_name(first.name)
    return judge_call(
        replace(
            call,
            files=tuple(str(file.path or "-") for file in files),
            is_part=is_alone and not call.is_here,
        )
    )


def _missing(judgement: Judgement) -> list[Finding]:
    """Return what is said of a file because something is not in it."""
    return [
        finding
        for finding in judgement.findings
        if finding.rule in SUPPLIED_ELSEWHERE or finding.rule == "project-fragment"
    ]


def _note(judgement: Judgement, path: Path, way: str) -> Finding:
    """Return a note in place of what is missing in a file that the one at `path` uses."""
    first = min(_missing(judgement), key=lambda finding: finding.span.start)
    name = display_name(path)
    return replace(
        first,
        rule="project-fragment",
        severity=Severity.NOTE,
        message=(
            f'"{name}" {way} this file, and may supply what it lacks. Alone, Compose refuses it.'
        ),
        remedy=f'To see the whole, check "{name}".',
        suggestions=(),
        related=(),
        fix=None,
    )


def _users_of(path: Path) -> Iterator[tuple[Path, str]]:
    """Yield the Compose files that include or extend the one at `path`, and which of the two."""
    wanted = path.resolve()
    folders = (path.resolve().parent, *path.resolve().parents[1 : _LEVELS_UP + 1])
    candidates = [file for folder in folders for file in compose_files_in(folder)]
    for candidate in candidates[:_MOST_LOOKED_AT]:
        if candidate.resolve() == wanted:
            continue
        try:
            document = load(decode(read_bytes(candidate), str(candidate)))
        except OSError:
            continue
        for way, name in (use for root in document.roots for use in _uses(root)):
            if join_path(candidate.parent, name).resolve() == wanted:
                yield candidate, way
                break


def _uses(root: Node) -> Iterator[tuple[str, str]]:
    """Yield the files that a document includes and extends, as they are written."""
    include = child(root, "include")
    for item in include.items if isinstance(include, Sequence) else ():
        path = child(item, "path") or item
        for part in path.items if isinstance(path, Sequence) else (path,):
            if name := text_of(part):
                yield "includes", name
    for entry in entries_of(child(root, "services")).values():
        if name := text_of(child(entry.value, "extends", "file")):
            yield "extends services of", name
