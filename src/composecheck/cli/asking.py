"""From what the command line says to a question, with the settings files that count."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from composecheck.check import Question
from composecheck.cli.output import fail
from composecheck.finding import Severity
from composecheck.rules.selection import UnknownRule
from composecheck.settings import Flags, InForce, InvalidSettings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from composecheck.cli.choices import FailOn
    from composecheck.settings.values import Version

_PATH_AND_FILE = (
    'A PATH and "-f" cannot be given together: what "-f" names is one project, each file laid over'
    " those before it; each PATH stands for itself."
)


def make_question(
    paths: Sequence[str],
    *,
    file: Sequence[str],
    env_file: Sequence[str],
    profile: Sequence[str],
    project_directory: str | None,
    stdin_filename: str | None,
    force_exclude: bool,
    target_compose: str | None,
    is_here: bool,
    select: Sequence[str],
    extend_select: Sequence[str],
    ignore: Sequence[str],
    include: Sequence[str],
    exclude: Sequence[str],
    fail_on: FailOn | None,
) -> Question:
    """Return the question that these options ask. Complains, and ends, where they cannot be."""
    if paths and file:
        fail(_PATH_AND_FILE)
    in_force = InForce(
        Flags(
            select=tuple(_names_in(select)),
            extend_select=tuple(_names_in(extend_select)),
            ignore=tuple(_names_in(ignore)),
            include=tuple(include),
            exclude=tuple(exclude),
            target_compose=_version(target_compose),
            env_files=tuple(map(Path, env_file)),
            profiles=tuple(profile),
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
        paths=tuple(paths),
        files=tuple(file),
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


def _names_in(options: Sequence[str]) -> list[str]:
    """Return the names in options that may hold several, with commas between them."""
    names = [name.strip() for option in options for name in option.split(",")]
    return [name for name in names if name]
