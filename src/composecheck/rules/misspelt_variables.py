"""Rules on variables whose name is not quite that of one that is set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.expressions import expression
from composecheck.finding import Edit, Fix, Related, Safety, Severity
from composecheck.language.traced import trace
from composecheck.language.variables import read_variables
from composecheck.nearest import only_slip
from composecheck.project.names import NAME_VARIABLE
from composecheck.rule import Category, rule
from composecheck.rules.marks import is_shared, path_at
from composecheck.rules.places import find_at
from composecheck.rules.written_nodes import written_nodes
from composecheck.schema.words import quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.finding import Finding
    from composecheck.language.variables import Variable
    from composecheck.project.problem import Unset
    from composecheck.project.project import Project

_DIGITS = expression("[0-9]+")


@rule("variable-misspelt", Severity.WARNING, Category.RUNTIME)
def variable_misspelt(project: Project) -> Iterator[Finding]:
    """A variable that is not set, where the `.env` file sets one that is spelled nearly the same.

    Compose puts nothing in the place of the one, and never asks for the other. It prints a warning,
    and starts the containers with an empty password or an image without a tag. Write the name as
    it stands in the `.env` file.

    Bad:

        services:
          web:
            image: nginx:${NGINX_VERSON}

    Good:

        services:
          web:
            image: nginx:${NGINX_VERSION}
    """
    # The corpus has no env files. The source: Docker's reference on interpolation: where a variable
    # cannot be resolved, Compose warns and puts an empty text in its place; measured.
    set_there = _set_in_files(project)
    groups: dict[str, list[Unset]] = {}
    for use in project.unset if set_there else ():
        groups.setdefault(use.variable.name, []).append(use)
    if not groups:
        return
    unused = set_there - {variable.name for variable in _variables(project)}
    for name, uses in groups.items():
        candidates = [
            other for other in sorted(unused) if _DIGITS.sub("", other) != _DIGITS.sub("", name)
        ]
        meant = only_slip(name, candidates)
        if meant is not None:
            yield _misspelt(project, name, meant, uses)


def _set_in_files(project: Project) -> set[str]:
    """Return the variables that env files of the project set, and nothing else."""
    return {
        name
        for name in project.environment
        if name not in project.call.environment and name not in ("PWD", NAME_VARIABLE)
    }


def _misspelt(project: Project, name: str, meant: str, uses: list[Unset]) -> Finding:
    first, *others = uses
    edits = tuple(Edit(use.source, use.variable.name_span, meant) for use in uses)
    is_written = all(use.source.slice(use.variable.name_span) == name for use in uses)
    shared = any(is_shared(project, use.source, use.variable.span) for use in uses)
    return find_at(
        project,
        "variable-misspelt",
        Severity.WARNING,
        first.source,
        first.variable.name_span,
        f"{quoted(name)} is not set here, but the .env file sets {quoted(meant)}, which nothing"
        " uses: Compose puts nothing in the place of this one.",
        f"Write {quoted(meant)}.",
        suggestions=(meant,),
        related=tuple(
            Related(use.source, use.variable.name_span, "It is used here as well.")
            for use in others
        ),
        fix=None
        if shared or not is_written
        else Fix(
            f"Write {quoted(meant)}",
            Safety.UNSAFE,
            edits,
            tuple(path_at(project, use.source, use.variable.span) for use in others),
        ),
    )


def _variables(project: Project) -> Iterator[Variable]:
    for scalar in written_nodes(project).dollar_values:
        yield from read_variables(trace(scalar)).variables()


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (variable_misspelt,)
