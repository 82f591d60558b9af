"""Rules on `include`: other projects that become part of this one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Related, Severity
from composecheck.project.problem import Fault
from composecheck.project.reading import is_null, text_of, value_of
from composecheck.rule import Category, rule
from composecheck.rules.files_elsewhere import absent_files, problems_of, remote_files
from composecheck.rules.marks import circle_of
from composecheck.rules.places import enclosing, find_at
from composecheck.schema.words import quoted
from composecheck.yaml.merge import effective_entries
from composecheck.yaml.nodes import Mapping, Sequence, follow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.finding import Finding
    from composecheck.project.project import Project
    from composecheck.yaml.nodes import Node

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
            message = f"Files include each other in a circle: {circle_of(names)}"
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


@rule("include-invalid", Severity.ERROR, Category.COMPOSE)
def include_invalid(project: Project) -> Iterator[Finding]:
    """Something under `include` is no path.

    `path` and `env_file` are a path or a list of paths, `project_directory` is one path. Compose
    fails if something else stands there.

    Bad:

        include:
          - path: /dev/null
            project_directory:
              - database
        services:
          web:
            image: nginx

    Good:

        services:
          web:
            image: nginx
    """
    for _, source, span in problems_of(project, Fault.INCLUDE_INVALID):
        way = enclosing(project, source, span)
        item = next((node for node in reversed(way) if node.span == span), None)
        for key, entry in effective_entries(item).items() if isinstance(item, Mapping) else ():
            value = follow(entry.value) or entry.value
            if key not in _PATHS or _is_path(key, value):
                continue
            place = source.first_line(entry.value.span)
            written = source.slice(place)
            yield find_at(
                project,
                "include-invalid",
                Severity.ERROR,
                source,
                place,
                f"{quoted(key)} must be a path, and {quoted(written)} is none; {_REFUSES}.",
                "Write a path as text."
                if key == "project_directory"
                else "Write a path as text, or a list of such paths.",
            )


_PATHS = ("path", "env_file", "project_directory")


def _is_path(key: str, node: Node) -> bool:
    """Whether Compose can read what stands under `key` (measured)."""
    if is_null(node) or text_of(node) is not None:
        return True
    if key == "project_directory":
        value = value_of(node)
        return isinstance(value, int) and not isinstance(value, bool)
    items = node.items if isinstance(node, Sequence) else (None,)
    return all(item is not None and text_of(follow(item)) is not None for item in items)


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (
    include_cycle,
    include_absent,
    include_remote,
    include_invalid,
)
