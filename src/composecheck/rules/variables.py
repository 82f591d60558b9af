"""Rules on variables: `${NAME}` and its kin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Related, Severity
from composecheck.language.variables import InvalidVariable, MissingVariable
from composecheck.project.problem import Fault as Trouble
from composecheck.rule import Category, rule
from composecheck.rules.places import find_at, replacement
from composecheck.rules.variable_mistakes import explain
from composecheck.schema.words import quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.finding import Finding
    from composecheck.project.problem import Problem, Unset
    from composecheck.project.project import Project
    from composecheck.source import Source, Span


_IN_A_COMMAND = frozenset(("command", "entrypoint", "test"))


@rule("variable-syntax", Severity.ERROR, Category.COMPOSE)
def variable_syntax(project: Project) -> Iterator[Finding]:
    """A `${` behind which Compose cannot read a variable.

    Compose reads `${NAME}`, and behind the name `:-` with a default, `:?` with a message, or `:+`
    with what to put there if the variable has a value; each also without the colon, and then an
    empty variable counts as one that has a value. It refuses the file for anything else between the
    braces, also for what a shell would know. A `$` that is meant as it stands is written `$$`.

    Bad:

        services:
          git:
            image: gitea/gitea
            environment:
              USER_UID: ${USER_UID:1000}

    Good:

        services:
          git:
            image: gitea/gitea
            environment:
              USER_UID: ${USER_UID:-1000}
    """
    for problem in project.problems:
        if isinstance(problem.payload, InvalidVariable) and _is_in_compose_file(problem):
            assert problem.source is not None
            yield find_invalid(
                project, "variable-syntax", problem.payload, problem.source, may_be=problem.may_be
            )


def find_invalid(
    project: Project, rule_name: str, invalid: InvalidVariable, source: Source, *, may_be: bool
) -> Finding:
    """Return the finding of a `${…}` that cannot be read.

    `may_be` says that Compose looks at it only if some variable is not set: then it is a warning.
    """
    explanation = explain(invalid)
    effect = "Compose refuses the file whenever it needs this part" if may_be else _REFUSES_AT_ONCE
    fix = None
    if explanation.text is not None:
        fix = replacement(
            project,
            source,
            invalid.span,
            invalid.text,
            explanation.text,
            explanation.safety,
        )
    return find_at(
        project,
        rule_name,
        Severity.WARNING if may_be else Severity.ERROR,
        source,
        invalid.span,
        f"{explanation.clause}; {effect}.",
        explanation.remedy,
        suggestions=(explanation.text,) if explanation.text is not None else (),
        fix=fix,
    )


_REFUSES_AT_ONCE = "Compose cannot read it, and refuses the file"


def _is_in_compose_file(problem: Problem) -> bool:
    return problem.fault in (Trouble.VARIABLE_INVALID, Trouble.VARIABLE_MISSING)


@rule("variable-required", Severity.ERROR, Category.COMPOSE)
def variable_required(project: Project) -> Iterator[Finding]:
    """A variable that the file requires, and that is not set.

    `${NAME:?message}` makes Compose refuse the project with that message where NAME is not set, or
    is empty; `${NAME?message}` only where it is not set. Set it in the file `.env` beside the
    Compose file, or in the shell; or give it a default with `:-`. Where it is not known what is set
    (the file is not checked where it runs), this is a note.

    Bad:

        services:
          db:
            image: postgres
            environment:
              POSTGRES_PASSWORD: ${DB_PASSWORD:?choose a password}

    Good:

        services:
          db:
            image: postgres
            environment:
              POSTGRES_PASSWORD: ${DB_PASSWORD:-secret}
    """
    groups: dict[str, list[Problem]] = {}
    for problem in project.problems:
        if isinstance(problem.payload, MissingVariable) and _is_in_compose_file(problem):
            groups.setdefault(problem.payload.variable.name, []).append(problem)
    for problems in groups.values():
        first = problems[0]
        assert first.source is not None
        assert isinstance(first.payload, MissingVariable)
        places = [
            (problem.source, problem.payload.variable.span)
            for problem in problems
            if problem.source is not None and isinstance(problem.payload, MissingVariable)
        ]
        is_certain = any(not problem.may_be for problem in problems)
        yield find_missing(
            project, "variable-required", first.payload, places, is_certain=is_certain
        )


def find_missing(
    project: Project,
    rule_name: str,
    missing: MissingVariable,
    places: list[tuple[Source, Span]],
    *,
    is_certain: bool,
) -> Finding:
    """Return the finding of a required variable at the first of `places`, the others related.

    Unless `is_certain` that it has no value, it is a note.
    """
    name = missing.variable.name
    (source, span), *others = places
    said = missing.message.text.strip() if missing.message.is_known else ""
    says = f"; the file says of it: {quoted(said)}" if said else ""
    if is_certain:
        state = "is empty" if name in project.environment else "is not set"
        message = (
            f'"{name}" {state}, and {quoted(source.slice(span))} requires it;'
            f" Compose refuses the file{says}."
        )
    else:
        message = (
            f'"{name}" must be set wherever this runs: otherwise Compose refuses the file{says}.'
        )
    return find_at(
        project,
        rule_name,
        Severity.ERROR if is_certain else Severity.NOTE,
        source,
        span,
        message,
        f'Set it in a ".env" file beside the Compose file: {quoted(f"{name}=…")}.',
        related=tuple(Related(*place, "It is required here as well.") for place in others),
    )


@rule("variable-unset", Severity.NOTE, Category.COMPOSE)
def variable_unset(project: Project) -> Iterator[Finding]:
    """A variable that is not set here, and has no default.

    Compose puts nothing in its place and prints a warning. Set it in the file `.env` beside the
    Compose file, or in the shell; or write a default, as in `${TAG:-1.27}`. A `$` that Compose is
    to leave alone, for a shell in the container or as part of a password, is written `$$`.

    Bad:

        services:
          web:
            image: nginx
            hostname: ${NAME}

    Good:

        services:
          web:
            image: nginx
            hostname: ${NAME:-web}
    """
    groups: dict[str, list[Unset]] = {}
    for use in project.unset:
        groups.setdefault(use.variable.name, []).append(use)
    for name, uses in groups.items():
        first, *others = uses
        source, span = first.source, first.variable.span
        where = "here" if project.call.is_here else "here; where it is not set"
        remedy = f'Set it in a ".env" file, or write a default: {quoted(f"${{{name}:-…}}")}.'
        if _is_for_a_shell(first):
            remedy = (
                "If the shell in the container is to put its value there, write"
                f' "${_written(first)}". {remedy}'
            )
        yield find_at(
            project,
            "variable-unset",
            Severity.NOTE,
            source,
            span,
            f'"{name}" is not set {where}, Compose puts nothing in its place.'
            if not project.call.is_here
            else f'"{name}" is not set here; Compose puts nothing in its place.',
            remedy,
            related=tuple(
                Related(use.source, use.variable.span, "It is used here as well.") for use in others
            ),
        )


def _written(use: Unset) -> str:
    return use.source.slice(use.variable.span)


def _is_for_a_shell(use: Unset) -> bool:
    # The first two steps are a section and the name of a service, which may be "test".
    return bool(_IN_A_COMMAND.intersection(map(str, use.path[2:])))


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (
    variable_syntax,
    variable_required,
    variable_unset,
)
