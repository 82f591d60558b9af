"""Rules on numbers: where Compose needs one and finds something else."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from composecheck.finding import Safety, Severity
from composecheck.language.casts import Fault, InvalidCast, cast_integer, cast_number
from composecheck.language.traced import Traced
from composecheck.language.values import read_value
from composecheck.project.casts import Cast
from composecheck.project.problem import Fault as Trouble
from composecheck.project.reading import value_of
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
    written_at,
)
from composecheck.schema.words import REFUSED, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.finding import Finding, Fix
    from composecheck.project.project import Project
    from composecheck.source import Source, Span

_LATE = table_of(
    {
        "services.*.deploy.resources.*.cpus": Cast.NUMBER.value,
        "services.*.deploy.resources.*.pids": Cast.INTEGER.value,
        "services.*.deploy.resources.*.generic_resources.*.discrete_resource_spec.value": (
            Cast.INTEGER.value
        ),
    }
)
"""Where Compose makes a number of a text only at the end, when the shape has been judged."""


_FRACTIONS = table_of(
    dict.fromkeys(
        (
            "services.*.cpus",
            "services.*.cpu_percent",
            "services.*.deploy.rollback_config.max_failure_ratio",
            "services.*.deploy.update_config.max_failure_ratio",
        ),
        "",
    ),
    with_hooks=True,
)


@rule("number-invalid", Severity.ERROR, Category.COMPOSE)
def number_invalid(project: Project) -> Iterator[Finding]:
    """A text that Compose must make a number of, and cannot.

    Text in quotes or from a variable is fine, if it is just the number: digits, perhaps with a sign
    before them, and where a fraction is allowed a point. Units belong to other keys: a share of a
    processor is written `0.59`, not `590m` as for Kubernetes.

    Bad:

        services:
          web:
            image: nginx
            cpus: "590m"

    Good:

        services:
          web:
            image: nginx
            cpus: "0.59"
    """
    yield from once(_casts(project))
    for node, path, kind in values_at(project, _LATE):
        text = read_value(node, project.text)
        if isinstance(text, Traced):
            wrong = (cast_number if kind == Cast.NUMBER.value else cast_integer)(text)
            if isinstance(wrong, InvalidCast):
                span = visible(project, node.source, wrong.span)
                yield _explain(project, node.source, span, wrong, name_at(path), kind)
    for node, path, _ in values_at(project, _FRACTIONS):
        value = value_of(node)
        # What is written without quotes as no number at all is a mistake of shape.
        if isinstance(value, float) and not math.isfinite(value) and node in project.texts:
            yield find_at(
                project,
                "number-invalid",
                Severity.ERROR,
                node.source,
                node.span,
                f"{quoted(name_at(path))} must be a number that has an end; {REFUSED}.",
                "Write a number, or remove the key: without it there is no limit.",
            )


def _casts(project: Project) -> Iterator[Finding]:
    for problem in project.problems:
        source, span, wrong = problem.source, problem.span, problem.payload
        if problem.fault is not Trouble.CAST or problem.name == Cast.BOOLEAN.value:
            continue
        if source is not None and span is not None and isinstance(wrong, InvalidCast):
            yield _explain(project, source, span, wrong, name_at(problem.path), problem.name)


def _explain(
    project: Project, source: Source, span: Span, wrong: InvalidCast, name: str, kind: str
) -> Finding:
    is_whole = kind == Cast.INTEGER.value
    noun = "a whole number" if is_whole else "a number"
    key, written = quoted(name), written_at(project, source, span)
    suggestion = ""
    variables = blank_variables(project, source, span) if wrong.fault is Fault.EMPTY else ()
    remedy = f"Write {noun}."
    if variables:
        span = span_of(variables)
        message = f"{because_blank(project, variables)}, so that {key} has no value"
        remedy = give_value(variables, "1")
    elif wrong.fault is Fault.EMPTY:
        message = f"{key} is empty, but must be {noun}"
    elif wrong.fault is Fault.TOO_LARGE:
        message = f"{quoted(written)} is larger than {key} can be"
        remedy = "Write a smaller number."
    else:
        message = f"{key} must be {noun}, and {quoted(written)} is none"
        suggestion, safety = _meant(name, written, is_whole=is_whole)
        soft, colon, hard = written.partition(":")
        if colon and soft.isdecimal() and hard.isdecimal():
            remedy = 'Write the two numbers below it, as "soft:" and "hard:".'
    fix = None
    if suggestion:
        fix = _rewrite(project, source, span, written, suggestion, safety)
        remedy = f"Write {quoted(suggestion)}."
    return find_at(
        project,
        "number-invalid",
        Severity.ERROR,
        source,
        span,
        f"{message}; {REFUSED}.",
        remedy,
        fix=fix,
    )


def _rewrite(
    project: Project, source: Source, span: Span, written: str, text: str, safety: Safety
) -> Fix | None:
    """Return the fix that writes `text` for all of the value that ends with `span`."""
    begin = span.end - len(written)
    for shift in (0, 1):  # the span of a whole value has its quotes in it
        whole = type(span)(begin - shift, span.end - shift)
        fix = replacement(project, source, whole, written, text, safety)
        if fix is not None:
            return fix
    return None


def _meant(name: str, written: str, *, is_whole: bool) -> tuple[str, Safety]:
    """Return the number that must have been meant, or nothing, and how sure that is."""
    text = written.strip()
    plain = text.replace("_", "")
    if plain.isdecimal() and plain.isascii():
        return plain, Safety.SAFE
    number, unit = text[:-1], text[-1:]
    if name == "cpus" and unit == "m" and number.isdecimal() and number.isascii():
        thousandths = int(number)
        return f"{thousandths // 1000}.{thousandths % 1000:03}".rstrip("0").rstrip("."), Safety.SAFE
    if text.lower() in ("unlimited", "infinity", "-1"):
        return ("-1", Safety.SAFE) if is_whole else ("", Safety.SAFE)
    whole, comma, fraction = text.partition(",")
    if comma and not is_whole and whole.isdecimal() and fraction.isdecimal() and len(fraction) < 3:
        return f"{whole}.{fraction}", Safety.SAFE
    if name in ("cpu_quota", "cpu_period", "cpu_rt_period", "cpu_rt_runtime"):
        # Docker's own documentation has such times; what counts are microseconds.
        for ending, factor in (("us", 1), ("ms", 1_000), ("s", 1_000_000)):
            number = text.removesuffix(ending)
            if number != text and number.isdecimal() and number.isascii():
                return str(int(number) * factor), Safety.SAFE
    return "", Safety.SAFE


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (number_invalid,)
