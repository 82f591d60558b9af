"""Fixing what can be fixed: the counterpart of `check`, which says what that is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from composecheck.check import Question, ask, settings_of_call, source_of, text_alone
from composecheck.check import report as make_report
from composecheck.finding import Safety
from composecheck.hearing import hear
from composecheck.outcome import outcome_of
from composecheck.project.files import STANDARD_INPUT, join_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from composecheck.check import Report
    from composecheck.finding import Finding
    from composecheck.fixing import Dropped, Fixed, FixedFile
    from composecheck.projects import Asked
    from composecheck.settings import InForce
    from composecheck.source import Source


class FixReport(Struct, frozen=True):
    """What came of fixing some projects.

    `files` are those whose text has changed, before and after. `applied` are the findings whose
    fixes were made; each points into the text that was there then. `dropped` are fixes that were
    found to change something else, or to be of no use, and were not made. `remaining` is what
    `check` says of the new texts. `standard_input` is the new text of that, changed or not, where
    it was one of the files.
    """

    files: tuple[FixedFile, ...]
    applied: tuple[Finding, ...]
    dropped: tuple[Dropped, ...]
    remaining: Report
    standard_input: Source | None = None


class FixedText(Struct, frozen=True):
    """One text that was fixed: the new `text`, and the rest as in FixReport."""

    text: str
    applied: tuple[Finding, ...]
    dropped: tuple[Dropped, ...]
    remaining: Report


def fix(
    paths: Sequence[Path | str] = (),
    *,
    files: Sequence[Path | str] = (),
    env_files: Sequence[Path | str] = (),
    profiles: Sequence[str] = (),
    project_directory: Path | str | None = None,
    stdin_filename: str | None = None,
    is_unsafe: bool = False,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    reads_settings: bool = False,
) -> FixReport:
    """Fix files in memory; `write_fixed` then writes each of `FixReport.files`.

    The files are those that `check` would check with the same arguments, and it raises the same. Of
    files that belong together, only those are changed that were named, or all where none was.
    `is_unsafe` makes fixes, too, that are our best guess or change what Compose does. `select` and
    `ignore` narrow what is fixed, and what is reported as remaining.
    """
    return fix_asked(
        Question(
            paths=tuple(paths),
            files=tuple(files),
            project_directory=project_directory,
            stdin_filename=stdin_filename,
            in_force=settings_of_call(
                select,
                ignore,
                env_files=tuple(map(Path, env_files)),
                profiles=tuple(profiles),
                reads_files=reads_settings,
            ),
        ),
        is_unsafe=is_unsafe,
    )


def fix_asked(question: Question, *, is_unsafe: bool = False) -> FixReport:
    """Fix what a question is about; see `fix`."""
    asked, skipped = ask(question)
    fixed = [_fix(project, question.in_force, is_unsafe=is_unsafe) for project in asked]
    stdin_path = _stdin_path(question)
    return FixReport(
        files=tuple(file for project in fixed for file in project.files),
        applied=tuple(finding for project in fixed for finding in project.applied),
        dropped=tuple(dropped for project in fixed for dropped in project.dropped),
        remaining=make_report(
            [outcome_of(project.judgement) for project in fixed], question.in_force, skipped
        ),
        standard_input=next(
            (
                file.document.source
                for project in fixed
                for file in project.judgement.files
                if file.path == stdin_path
            ),
            None,
        ),
    )


def _stdin_path(question: Question) -> Path | None:
    """Return of which file standard input is the text, if it is that of one."""
    if question.stdin_filename is None or STANDARD_INPUT not in question.paths:
        return None
    return join_path(Path.cwd(), question.stdin_filename)


def _fix(project: Asked, in_force: InForce, *, is_unsafe: bool) -> Fixed:
    from composecheck.fixing import fix_project

    def is_wanted(finding: Finding) -> bool:
        return finding.fix is not None and (is_unsafe or finding.fix.safety is Safety.SAFE)

    return fix_project(
        project,
        lambda judgement: hear([outcome_of(judgement)], in_force).findings,
        is_wanted,
    )


def write_fixed(file: FixedFile) -> None:
    """Write a file that was fixed; see `writing.replace_file` for how, and for what is raised.

    Raises ValueError for a text that is no file.
    """
    from composecheck.writing import replace_file

    if file.path is None:
        raise ValueError("this text is no file")
    replace_file(file.path, file.before.encode(), file.after.encode())


def fix_text(
    text: str | bytes,
    name: str = "<text>",
    *,
    is_override: bool = False,
    is_unsafe: bool = False,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
) -> FixedText:
    """Fix one file's text; see `fix`, and `check_text` for the rest."""
    in_force = settings_of_call(select, ignore)
    source = source_of(text, name)
    fixed = _fix(text_alone(source, is_override=is_override), in_force, is_unsafe=is_unsafe)
    mark = "\ufeff" if isinstance(text, str) and source.byte_order_mark else ""
    return FixedText(
        text=mark + (fixed.files[0].after.text if fixed.files else source.text),
        applied=fixed.applied,
        dropped=fixed.dropped,
        remaining=make_report([outcome_of(fixed.judgement)], in_force),
    )
