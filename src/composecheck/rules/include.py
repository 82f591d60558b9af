"""Rules on `include`: other projects that become part of this one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Related, Severity
from composecheck.project.problem import Fault
from composecheck.rule import Category, rule
from composecheck.rules.files_elsewhere import absent_files, problems_of, remote_files
from composecheck.rules.places import find_at
from composecheck.schema.words import quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.finding import Finding
    from composecheck.project.project import Project

_REFUSES = "Compose refuses the project"


@rule("include-cycle", Severity.ERROR, Category.COMPOSE)
def include_cycle(project: Project) -> Iterator[Finding]:
    """Files include each other in a circle.

    What a file includes becomes a part of it, so that there would be no end. Include what they have
    in common from one of them only.

    Bad:

        include:
          - compose.yaml
        services:
          web:
            image: nginx

    Good:

        services:
          web:
            image: nginx
    """
    for problem, source, span in problems_of(project, Fault.INCLUDE_CYCLE):
        paths = [place.name for place in problem.related]
        names = [_display_name(project, path) for path in paths]
        if len(paths) < 2:
            message = f"{quoted(problem.name)} includes itself"
        else:
            message = f"Files include each other in a circle: {' → '.join([*names, names[0]])}"
        yield find_at(
            project,
            "include-cycle",
            Severity.ERROR,
            source,
            span,
            f"{message}; {_REFUSES}.",
            "Remove this line." if len(paths) < 2 else "Remove one of these lines.",
            related=tuple(_steps(project, paths, names)),
        )


def _display_name(project: Project, path: str) -> str:
    return next(
        (file.document.source.name for file in project.files if str(file.path) == path), path
    )


def _steps(project: Project, paths: list[str], names: list[str]) -> Iterator[Related]:
    """Yield the places at which each file includes the next one, but for the last."""
    for name, following, path in zip(names, names[1:], paths[1:], strict=False):
        for file in project.read_files:
            node = file.asked_by
            if node is not None and str(file.path) == path and node.source.name == name:
                yield Related(
                    node.source, node.span, f"{quoted(name)} includes {quoted(following)}."
                )
                break


@rule("include-absent", Severity.ERROR, Category.COMPOSE)
def include_absent(project: Project) -> Iterator[Finding]:
    """An included file does not exist here, or cannot be read.

    Its name is seen from the folder of the project. Where the file is not checked where it runs,
    this is a note.

    Bad:

        include:
          - database.yaml
        services:
          web:
            image: nginx

    Good:

        services:
          web:
            image: nginx
    """
    yield from absent_files(
        project,
        "include-absent",
        [problem for problem in project.problems if problem.path[:1] == ("include",)],
    )


@rule("include-remote", Severity.NOTE, Category.COMPOSE)
def include_remote(project: Project) -> Iterator[Finding]:
    """A file is included that Compose would fetch from elsewhere.

    Composecheck never fetches anything: what that file holds is unknown to it, and may be whatever
    seems to be missing here.

    Bad:

        include:
          - oci://registry.example.com/database
        services:
          web:
            image: nginx

    Good:

        services:
          web:
            image: nginx
    """
    yield from remote_files(
        project,
        "include-remote",
        [problem for problem in project.problems if problem.path[:1] == ("include",)],
    )


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (
    include_cycle,
    include_absent,
    include_remote,
)
