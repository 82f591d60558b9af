"""From what somebody names to the projects that are to be judged, each a call of Compose."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from composecheck.companions import judge_group
from composecheck.discovery import Skipped, file_at, find, group_files, unreadable
from composecheck.foreign import why_foreign
from composecheck.project.files import (
    STANDARD_INPUT,
    ComposeFile,
    join_path,
    read_standard_input,
)
from composecheck.source import decode
from composecheck.stages import Judgement, judge_call
from composecheck.yaml import load

if TYPE_CHECKING:
    from collections.abc import Sequence

    from composecheck.discovery import ComposeFile as DiscoveredFile
    from composecheck.discovery import Group
    from composecheck.project.call import Call
    from composecheck.project.files import ReadBytes
    from composecheck.settings import InForce
    from composecheck.source import Source

Texts = Mapping[Path | None, bytes]
"""What files hold, by their absolute paths, whatever is on the disk; None is what is no file."""


class Asked(Struct, frozen=True):
    """One project that somebody asks about.

    `judge` finds what is wrong, given what some of its files hold in place of what is on the disk;
    it can be sent to another process. `named` are the files that somebody named, as absolute paths,
    or None for standard input and for a text. It is None where none was named: then all files of
    the call are meant.
    """

    judge: Callable[[Texts], Judgement]
    named: frozenset[Path | None] | None = None


def ask_about_paths(
    paths: Sequence[Path | str],
    call: Call,
    in_force: InForce,
    *,
    stdin_filename: str | None = None,
    force_exclude: bool = False,
) -> tuple[list[Asked], tuple[Skipped, ...]]:
    """Return the projects that `paths` mean, and what could not be found.

    `call` has the options for each of them, and no files; `in_force` may say for the files of a
    folder which belong together, and with which options. `stdin_filename` is the file whose text,
    perhaps not saved yet, is on standard input. For `force_exclude` see `find`.
    """
    found = find(paths, in_force, force_exclude=force_exclude)
    asked = []
    skipped = list(found.skipped)
    named = frozenset(
        join_path(call.working_folder, str(file.path)) for file in found.files if file.path
    )
    grouped, others = _grouped_by_settings(found.files, call, in_force)
    asked += [Asked(_judging(one), named) for one in grouped]
    for group in group_files(others):
        path = group.files[0].path
        if path is not None:
            options = _with_options(
                call, in_force, join_path(call.working_folder, str(path)).parent
            )
            asked.append(Asked(partial(_judge_group, group, options, named), named))
            continue
        try:
            if stdin_filename is None:
                asked.append(ask_about_call(replace(call, files=(STANDARD_INPUT,))))
            else:
                asked.append(_ask_about_unsaved(stdin_filename, call, in_force, named))
        except OSError as error:
            skipped.append(Skipped("<stdin>", unreadable(error)))
    return asked, tuple(skipped)


def _with_options(call: Call, in_force: InForce, folder: Path) -> Call:
    """Return `call` with the options that settings give to projects in `folder`."""
    settings = in_force.at(folder)
    return replace(
        call,
        env_files=tuple(map(str, settings.env_files.value)),
        profiles=settings.profiles.value,
        target_compose=settings.target_compose.value,
    )


def _grouped_by_settings(
    files: Sequence[DiscoveredFile], call: Call, in_force: InForce
) -> tuple[list[Call], list[DiscoveredFile]]:
    """Return the groups that settings make with any of `files`, and the files that are in none."""
    calls: dict[object, Call] = {}
    others = []
    for file in files:
        path = file.path and join_path(call.working_folder, str(file.path))
        groups = in_force.at(path.parent).groups.value if path else ()
        own = [group for group in groups if path in group.files]
        if path is None or not own:
            others.append(file)
            continue
        for group in own:
            options = _with_options(call, in_force, path.parent)
            directory = group.project_directory
            calls[group.files, group.profiles] = replace(
                options,
                files=tuple(map(str, group.files)),
                env_files=tuple(map(str, group.env_files)) or options.env_files,
                profiles=group.profiles or options.profiles,
                project_directory=options.project_directory
                if directory is None
                else str(directory),
            )
    return list(calls.values()), others


def ask_about_call(call: Call) -> Asked:
    """Return the one project that `call` means. Raises OSError if it needs standard input in vain.

    That is read here, and only once.
    """
    if STANDARD_INPUT in call.files:
        source = decode(read_standard_input(), "<stdin>")
        return _ask_about_text(source, call)
    return Asked(_judging(call))


def _judging(call: Call) -> Callable[[Texts], Judgement]:
    return partial(_judge, call)


def _judge(call: Call, texts: Texts) -> Judgement:
    return judge_call(_reading(call, texts))


def ask_about_text(source: Source, call: Call) -> Asked:
    """Return the project that is one text; `call` has the options, and no files."""
    return _ask_about_text(source, replace(call, files=(STANDARD_INPUT,)))


def _ask_about_text(source: Source, call: Call) -> Asked:
    return Asked(partial(_judge_text, source, call))


def _judge_text(source: Source, call: Call, texts: Texts) -> Judgement:
    now = decode(texts[None], source.name) if None in texts else source
    text = ComposeFile(None, load(now))
    files = tuple(text if file == STANDARD_INPUT else file for file in call.files)
    return judge_call(_reading(replace(call, files=files), texts))


def _ask_about_unsaved(name: str, call: Call, in_force: InForce, named: frozenset[Path]) -> Asked:
    """Return the project of a file, in place of whose text counts what is on standard input."""
    path = join_path(call.working_folder, name)
    (group,) = group_files([file_at(Path(name))])
    options = _with_options(call, in_force, path.parent)
    call = _reading(options, {path: read_standard_input()})
    return Asked(partial(_judge_group, group, call, named), frozenset([path]))


def _judge_group(group: Group, call: Call, named: frozenset[Path], texts: Texts) -> Judgement:
    judgement = judge_group(group, _reading(call, texts), named=named)
    if not (judgement.has_errors and all(file.was_searched for file in group.files)):
        return judgement
    reason = why_foreign(judgement.files[0].document) if judgement.files else None
    return judgement if reason is None else _passed_by(judgement, group, reason)


def _passed_by(judgement: Judgement, group: Group, reason: str) -> Judgement:
    """Return the judgement on a file that only has the name of a Compose file."""
    return replace(
        judgement,
        findings=(),
        blocking=(),
        sources=(),
        skipped=tuple(Skipped(file.name, reason, is_failure=False) for file in group.files),
    )


def _reading(call: Call, texts: Texts) -> Call:
    """Return `call` with files that hold what `texts` says."""
    return replace(call, read=partial(_read, texts, call.read)) if texts else call


def _read(texts: Texts, otherwise: ReadBytes, path: Path) -> bytes:
    return texts[path] if path in texts else otherwise(path)
