"""Fixing what can be fixed: the counterpart of `check`, which says what that is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from composecheck.check import ask, rule_selection, source_of, text_alone
from composecheck.check import report as make_report
from composecheck.finding import Safety
from composecheck.rules import rule_named

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from composecheck.check import Report
    from composecheck.finding import Finding
    from composecheck.fixing import Dropped, Fixed, FixedFile
    from composecheck.rules.selection import Selection
    from composecheck.source import Source


@dataclass(frozen=True, slots=True)
class FixReport:
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


@dataclass(frozen=True, slots=True)
class FixedText:
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
    is_unsafe: bool = False,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
) -> FixReport:
    """Fix files in memory; `write_fixed` then writes each of `FixReport.files`.

    The files are those that `check` would check with the same arguments, and it raises the same. Of
    files that belong together, only those are changed that were named, or all where none was.
    `is_unsafe` makes fixes, too, that are our best guess or change what Compose does. `select` and
    `ignore` narrow what is fixed, and what is reported as remaining.
    """
    selection = rule_selection(select, ignore)
    asked, skipped = ask(
        paths,
        files=files,
        env_files=env_files,
        profiles=profiles,
        project_directory=project_directory,
    )
    from composecheck.fixing import fix_project

    is_wanted = _wanted(selection, is_unsafe=is_unsafe)
    fixed = [fix_project(project, is_wanted) for project in asked]
    return FixReport(
        files=tuple(file for project in fixed for file in project.files),
        applied=tuple(finding for project in fixed for finding in project.applied),
        dropped=tuple(dropped for project in fixed for dropped in project.dropped),
        remaining=make_report([project.judgement for project in fixed], selection, skipped),
        standard_input=next(
            (
                file.document.source
                for project in fixed
                for file in project.judgement.files
                if file.path is None
            ),
            None,
        ),
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
    from composecheck.fixing import fix_project

    selection = rule_selection(select, ignore)
    source = source_of(text, name)
    fixed: Fixed = fix_project(
        text_alone(source, is_override=is_override), _wanted(selection, is_unsafe=is_unsafe)
    )
    return FixedText(
        text=fixed.files[0].after.text if fixed.files else source.text,
        applied=fixed.applied,
        dropped=fixed.dropped,
        remaining=make_report([fixed.judgement], selection),
    )


def _wanted(selection: Selection, *, is_unsafe: bool) -> Callable[[Finding], bool]:
    def is_wanted(finding: Finding) -> bool:
        if finding.fix is None or not selection.keeps(rule_named(finding.rule)):
            return False
        return is_unsafe or finding.fix.safety is Safety.SAFE

    return is_wanted
