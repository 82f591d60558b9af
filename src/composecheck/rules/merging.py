"""Rules on files that are laid over each other, and on the name that a project has then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Related, Severity
from composecheck.project.problem import Fault
from composecheck.rule import Category, rule
from composecheck.rules.places import find_at
from composecheck.rules.values import (
    because_blank,
    blank_variables,
    give_value,
    name_at,
    span_of,
)
from composecheck.schema.grammar import Kind, compose_file
from composecheck.schema.words import quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.finding import Finding, Path
    from composecheck.project.project import Project

_REFUSES = "Compose refuses the project"

_KINDS = {
    "mapping": (Kind.OBJECT, "keys with values"),
    "list": (Kind.ARRAY, "a list"),
    "text": (Kind.STRING, "text"),
    "number": (Kind.NUMBER, "a number"),
    "boolean": (Kind.BOOLEAN, "true or false"),
    "null": (Kind.NULL, "empty"),
}


@rule("merge-clash", Severity.ERROR, Category.COMPOSE)
def merge_clash(project: Project) -> Iterator[Finding]:
    """One place has a list, and what is laid over it has keys with values; or the like.

    That may be two files, two documents of a file, or a service and the one that it extends.
    Compose joins lists with lists, and keys with keys. To replace what is there, write the tag
    `!override` before the new value.

    Bad:

        services:
          base:
            image: nginx
            logging:
              driver: local
            cap_add:
              - NET_ADMIN
          web:
            extends: base
            cap_add: NET_RAW

    Good:

        services:
          base:
            image: nginx
            logging:
              driver: local
            cap_add:
              - NET_ADMIN
          web:
            extends: base
            cap_add:
              - NET_RAW
    """
    for problem in project.problems:
        source, span = problem.source, problem.span
        if problem.fault is not Fault.CANNOT_OVERRIDE or source is None or span is None:
            continue
        (other,) = problem.related
        if not _is_right(problem.path, other.name):
            continue  # the shape of the other one is wrong, and that is said already
        key = quoted(name_at(problem.path))
        here, there = _KINDS[problem.name][1], _KINDS[other.name][1]
        where = "elsewhere" if other.source is source else f"in {quoted(other.source.name)}"
        yield find_at(
            project,
            "merge-clash",
            Severity.ERROR,
            source,
            source.first_line(span),
            f"{key} is {here} here, and {there} {where}; Compose cannot lay the one over the"
            f" other, and refuses the project.",
            f"Write {there} here, too.",
            related=(
                Related(other.source, other.source.first_line(other.span), f"Here it is {there}."),
            ),
        )


def _is_right(path: Path, kind: str) -> bool:
    """Whether a value of this kind may stand at `path`."""
    shape = compose_file()
    for key in path:
        below = shape.item if isinstance(key, int) else shape.child(key)
        if below is None:
            return False
        shape = below
    return shape.takes(_KINDS[kind][0])


@rule("project-name-empty", Severity.ERROR, Category.COMPOSE)
def project_name_empty(project: Project) -> Iterator[Finding]:
    """Nothing is left of the name of the project.

    Compose keeps small letters, digits, `-` and `_` of it, the first one a letter or a digit, and
    drops all else. It needs something to remain.

    Bad:

        name: "___"
        services:
          web:
            image: nginx

    Good:

        name: "shop"
        services:
          web:
            image: nginx
    """
    for problem in project.problems:
        source, span = problem.source, problem.span
        if problem.fault is not Fault.NAME_EMPTY or source is None or span is None:
            continue
        variables = blank_variables(project, source, span)
        if variables:
            message = f"{because_blank(project, variables)}, so that the project has no name"
            remedy = give_value(variables, "shop")
        else:
            message = (
                "This name has no letter and no digit that Compose can keep, so that the project"
                " has no name"
            )
            remedy = 'Write a name in small letters and digits, such as "shop".'
        yield find_at(
            project,
            "project-name-empty",
            Severity.ERROR,
            source,
            span_of(variables) if variables else span,
            f"{message}; {_REFUSES}.",
            remedy,
        )


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (
    merge_clash,
    project_name_empty,
)
