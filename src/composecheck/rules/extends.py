"""Rules on `extends`: services that begin as a copy of another one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Related, Severity
from composecheck.nearest import nearest, only_slip
from composecheck.project.problem import Fault
from composecheck.project.reading import child, text_of
from composecheck.rule import Category, rule
from composecheck.rules.files_elsewhere import absent_files, problems_of, remote_files
from composecheck.rules.marks import circle_of
from composecheck.rules.places import enclosing, find_at, replacement
from composecheck.schema.words import join_and, quoted
from composecheck.yaml.nodes import Mapping, Scalar, follow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.finding import Finding, Fix
    from composecheck.project.project import Project
    from composecheck.source import Source, Span

_REFUSES = "Compose refuses the project"
_MOST_NAMES = 8


@rule("extends-undefined", Severity.ERROR, Category.COMPOSE)
def extends_undefined(project: Project) -> Iterator[Finding]:
    """A service extends one that does not exist.

    `extends` names a service of the same file, or with `file` one of another file; services that
    another file includes or that are laid over do not count.

    Bad:

        services:
          base:
            image: nginx
          web:
            extends:
              service: bsae

    Good:

        services:
          base:
            image: nginx
          web:
            extends:
              service: base
    """
    for problem, source, span in problems_of(project, Fault.EXTENDED_UNDEFINED):
        name, choices = problem.name, problem.choices
        file = _file_beside(project, source, span)
        where = f"in {quoted(file)}" if file else "in this file"
        meant = only_slip(name, choices)
        near = nearest(name, choices)
        if near:
            remedy = f"Write {quoted(near[0])}."
        elif not choices:
            remedy = "Define it, or remove the key."
        else:
            shown = [quoted(choice) for choice in choices[:_MOST_NAMES]]
            more = len(choices) - len(shown)
            others = f" and {more} more" if more else ""
            listed = ", ".join(shown) + others if more else join_and(shown)
            remedy = f"Write the name of one that is there: {listed}."
        yield find_at(
            project,
            "extends-undefined",
            Severity.ERROR,
            source,
            span,
            f"There is no service {quoted(name)} {where} to extend; {_REFUSES}."
            if name
            else f"The name of the service to extend is empty; {_REFUSES}.",
            remedy,
            suggestions=tuple(near),
            fix=_rename(project, source, span, name, meant) if meant is not None else None,
        )
    for problem, source, span in problems_of(project, Fault.NO_SERVICES_TO_EXTEND):
        yield find_at(
            project,
            "extends-undefined",
            Severity.ERROR,
            source,
            span,
            f"{quoted(problem.name)} has no services to extend; {_REFUSES}.",
            "Name a Compose file that has some.",
        )


def _rename(project: Project, source: Source, span: Span, old: str, new: str) -> Fix | None:
    way = enclosing(project, source, span)
    scalar = way[-1] if way else None
    if not isinstance(scalar, Scalar):
        return None
    begin = scalar.source.text.find(old, scalar.start, scalar.end)
    whole = type(span)(begin, begin + len(old))
    return replacement(project, source, whole, old, new) if begin >= 0 else None


def _file_beside(project: Project, source: Source, span: Span) -> str:
    """Return the `file` that stands beside the name of a service to extend."""
    way = enclosing(project, source, span)
    parent = next((node for node in reversed(way) if isinstance(node, Mapping)), None)
    file = child(parent, "file")
    content = follow(file) if file is not None else None
    return text_of(content) or ""


@rule("extends-cycle", Severity.ERROR, Category.COMPOSE)
def extends_cycle(project: Project) -> Iterator[Finding]:
    """Services extend each other in a circle.

    None of them can be the first to be made. Move what they have in common into a service that
    extends none of them.

    Bad:

        services:
          web:
            image: nginx
            extends: worker
          worker:
            image: nginx
            extends: web

    Good:

        services:
          web:
            image: nginx
            extends: worker
          worker:
            image: nginx
    """
    for problem, source, span in problems_of(project, Fault.EXTENDS_CYCLE):
        names = [place.name for place in problem.related]
        start = names.index(problem.name) if problem.name in names else 0
        steps = problem.related[start:]
        circle = [*names[start:], problem.name]
        if len(steps) < 2:
            message = f"{quoted(problem.name)} extends itself"
        else:
            message = f"Services extend each other in a circle: {circle_of(circle[:-1])}"
        yield find_at(
            project,
            "extends-cycle",
            Severity.ERROR,
            source,
            span,
            f"{message}; {_REFUSES}.",
            'Remove one "extends" of them.' if len(steps) > 1 else "Remove it.",
            related=tuple(
                Related(step.source, step.span, f'"{step.name}" extends "{extended}".')
                for step, extended in zip(steps, circle[1:], strict=True)
                if (step.source, step.span) != (source, span)
            ),
        )


@rule("extends-file-absent", Severity.ERROR, Category.COMPOSE)
def extends_file_absent(project: Project) -> Iterator[Finding]:
    """The file to extend a service from does not exist here, or cannot be read.

    Its name is seen from the folder of the file that extends it. Where the file is not checked
    where it runs, this is a note.

    Bad:

        services:
          web:
            image: nginx
            extends:
              file: base.yaml
              service: web

    Good:

        services:
          web:
            image: nginx
    """
    yield from absent_files(
        project,
        "extends-file-absent",
        [problem for problem in project.problems if problem.path[-1:] == ("extends",)],
    )


@rule("extends-remote", Severity.NOTE, Category.COMPOSE)
def extends_remote(project: Project) -> Iterator[Finding]:
    """A service is extended from a file that Compose would fetch from elsewhere.

    Composecheck never fetches anything: what that file holds is unknown to it, and so is all that
    depends on it.

    Bad:

        services:
          web:
            image: nginx
            extends:
              file: oci://registry.example.com/base
              service: web

    Good:

        services:
          web:
            image: nginx
    """
    yield from remote_files(
        project,
        "extends-remote",
        [problem for problem in project.problems if problem.path[-1:] == ("extends",)],
    )


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (
    extends_undefined,
    extends_cycle,
    extends_file_absent,
    extends_remote,
)
