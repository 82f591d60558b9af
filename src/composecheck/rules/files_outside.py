"""Files outside of the project that were read because a Compose file names them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from composecheck.finding import Related, Severity
from composecheck.project.problem import HANGS_ON_THIS_MACHINE
from composecheck.rule import Category, rule
from composecheck.rules.places import find_at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.finding import Finding
    from composecheck.project.project import Project
    from composecheck.yaml.nodes import Node


@rule("file-outside", Severity.NOTE, Category.COMPOSE)
def file_outside(project: Project) -> Iterator[Finding]:
    """A file far from the project was read, because a Compose file names it.

    What `include`, `extends`, `env_file` and `label_file` name may lie anywhere on the machine.
    Composecheck reads it, as Compose does, and says so where nobody would expect it: in none of the
    folder in which it is called, that of the Compose file, and the one above that. Nothing is wrong
    if you know that file. Somebody else who has the project may not have it.

    Bad:

        include:
          - ../../shared.yaml
        services:
          web:
            image: nginx

    Good:

        services:
          web:
            image: nginx
    """
    near = _near(project)
    failed = {
        (id(problem.source), problem.span)
        for problem in project.problems
        if problem.fault in HANGS_ON_THIS_MACHINE
    }
    asking: dict[Path, Node] = {}
    for file in project.read_files:
        node, path = file.asked_by, Path(os.path.normpath(file.path))
        if node is None or (id(node.source), node.span) in failed or str(path) == os.devnull:
            continue
        if not any(path.is_relative_to(folder) for folder in near):
            asking.setdefault(path, node)
    if not asking:
        return
    (path, first), *others = asking.items()
    yield find_at(
        project,
        "file-outside",
        Severity.NOTE,
        first.source,
        first.span,
        f'"{path}" lies outside of this project, and was read since it is named here.',
        related=tuple(
            Related(node.source, node.span, f'So does "{other}".') for other, node in others
        ),
    )


def _near(project: Project) -> list[Path]:
    """Return the folders in which files of a project are to be expected."""
    folders = [project.call.working_folder, project.folder]
    folders += [
        file.path.parent for file in project.files[: len(project.call.files) or 1] if file.path
    ]
    above = [folder.parent for folder in folders[1:]]
    return [folder for folder in (*folders, *above) if folder != Path(folder.anchor)]


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (file_outside,)
