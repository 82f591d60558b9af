"""From what the command line says to a question, with the settings files that count."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from composecheck.check import Question
from composecheck.cli.options import PATH_AND_FILE, names_in
from composecheck.cli.output import fail
from composecheck.finding import Severity
from composecheck.rules.selection import UnknownRule
from composecheck.settings import Flags, InForce, InvalidSettings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from composecheck.cli.options import FailOn
    from composecheck.settings.values import Version


def make_question(
    paths: Sequence[str] | None,
    *,
    file: Sequence[str] | None,
    env_file: Sequence[str] | None,
    profile: Sequence[str] | None,
    project_directory: str | None,
    stdin_filename: str | None,
    force_exclude: bool,
    target_compose: str | None,
    is_here: bool,
    select: list[str] | None,
    extend_select: list[str] | None,
    ignore: list[str] | None,
    include: list[str] | None,
    exclude: list[str] | None,
    fail_on: FailOn | None,
) -> Question:
    """Return the question that these options ask. Complains, and ends, where they cannot be."""
    if paths and file:
        fail(PATH_AND_FILE)
    in_force = InForce(
        Flags(
            select=tuple(names_in(select)),
            extend_select=tuple(names_in(extend_select)),
            ignore=tuple(names_in(ignore)),
            include=tuple(include or ()),
            exclude=tuple(exclude or ()),
            target_compose=_version(target_compose),
            env_files=tuple(map(Path, env_file or ())),
            profiles=tuple(profile or ()),
            fail_on=None if fail_on is None else Severity[fail_on.name],
            here=is_here or None,
        ),
        reads_files=True,
    )
    try:
        in_force.here()
    except (UnknownRule, InvalidSettings) as error:
        fail(str(error))
    except FileNotFoundError:
        fail("The folder in which you are no longer exists.")
    return Question(
        paths=tuple(paths or ()),
        files=tuple(file or ()),
        project_directory=project_directory,
        stdin_filename=stdin_filename,
        force_exclude=force_exclude,
        in_force=in_force,
    )


def _version(text: str | None) -> Version | None:
    if text is None:
        return None
    from composecheck.settings.checking import read_version

    try:
        return read_version(text)
    except ValueError as error:
        fail(str(error))
