"""Rules on true and false: where Compose needs one of them and finds another text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Severity
from composecheck.language.casts import Fault, InvalidCast, cast_boolean
from composecheck.language.traced import Traced
from composecheck.language.values import read_value
from composecheck.project.casts import Cast
from composecheck.project.problem import Fault as Trouble
from composecheck.rule import Category, rule
from composecheck.rules.marks import once
from composecheck.rules.places import find_at, replacement, visible
from composecheck.rules.values import (
    because_blank,
    blank_variables,
    give_value,
    name_at,
    span_of,
    table_of,
    values_at,
)
from composecheck.schema.words import REFUSED, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.finding import Finding
    from composecheck.project.project import Project
    from composecheck.source import Source, Span

_LATE = table_of(
    dict.fromkeys(
        (
            "jobs.*.triggers.manual",
            "services.*.attach",
            "services.*.build.no_cache",
            "services.*.build.privileged",
            "services.*.build.pull",
            "services.*.develop.watch.*.exec.privileged",
            "services.*.env_file.*.required",
            "services.*.post_start.*.privileged",
            "services.*.pre_start.*.per_replica",
            "services.*.pre_stop.*.privileged",
            "services.*.volumes.*.bind.create_host_path",
        ),
        "",
    ),
    with_hooks=True,
)
"""Where Compose reads true or false only at the end, when the shape has been judged (measured)."""

_MEANT = {
    "1": "true",
    "t": "true",
    "enable": "true",
    "enabled": "true",
    "0": "false",
    "f": "false",
    "disable": "false",
    "disabled": "false",
}


@rule("boolean-invalid", Severity.ERROR, Category.COMPOSE)
def boolean_invalid(project: Project) -> Iterator[Finding]:
    """A text that is neither true nor false where one of them belongs.

    Compose takes `true` and `false`, and the old words `yes`, `no`, `on`, `off`, `y` and `n`, also
    in quotes or from a variable; but no number, and not nothing.

    Bad:

        services:
          web:
            image: nginx
            read_only: "1"

    Good:

        services:
          web:
            image: nginx
            read_only: "true"
    """
    yield from once(_booleans(project))


def _booleans(project: Project) -> Iterator[Finding]:
    for problem in project.problems:
        source, span, wrong = problem.source, problem.span, problem.payload
        if problem.fault is not Trouble.CAST or problem.name != Cast.BOOLEAN.value:
            continue
        if source is not None and span is not None and isinstance(wrong, InvalidCast):
            yield _explain(project, source, span, wrong, name_at(problem.path))
    for node, path, _ in values_at(project, _LATE):
        text = read_value(node, project.text)
        outcome = cast_boolean(text) if isinstance(text, Traced) else None
        if isinstance(outcome, InvalidCast):
            span = visible(project, node.source, outcome.span)
            yield _explain(project, node.source, span, outcome, name_at(path))


def _explain(
    project: Project, source: Source, span: Span, wrong: InvalidCast, name: str
) -> Finding:
    key, suggestion, remedy = quoted(name), "", 'Write "true" or "false".'
    variables = blank_variables(project, source, span) if wrong.fault is Fault.EMPTY else ()
    if variables:
        span = span_of(variables)
        message = f"{because_blank(project, variables)}, so that {key} has no value"
        remedy = give_value(variables, "false")
    elif wrong.fault is Fault.EMPTY:
        message = f"{key} is empty, but must be true or false"
    else:
        message = f"{key} must be true or false, and {quoted(wrong.text)} is neither"
        word = wrong.text.strip().lower()
        suggestion = word if word in ("true", "false") else _MEANT.get(word, "")
        remedy = f"Write {quoted(suggestion)}." if suggestion else remedy
    return find_at(
        project,
        "boolean-invalid",
        Severity.ERROR,
        source,
        span,
        f"{message}; {REFUSED}.",
        remedy,
        suggestions=(suggestion,) if suggestion else (),
        fix=replacement(project, source, span, wrong.text, suggestion) if suggestion else None,
    )


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (boolean_invalid,)
