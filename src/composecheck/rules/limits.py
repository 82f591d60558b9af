"""Rules on numbers that Compose takes only in some form: limits, weights, and how often."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.expressions import expression
from composecheck.finding import Severity
from composecheck.language.block_devices import Fault, InvalidWeight, read_block_devices
from composecheck.language.traced import Traced
from composecheck.language.ulimits import InvalidLimit, read_ulimits
from composecheck.language.values import read_value
from composecheck.project.problem import Fault as Trouble
from composecheck.project.reading import entries_of, value_of
from composecheck.rule import Category, rule
from composecheck.rules.marks import once
from composecheck.rules.places import find_at, scalar_at, unquoted
from composecheck.rules.values import name_at, table_of, values_at, written_at
from composecheck.schema.words import REFUSED, quoted
from composecheck.yaml.nodes import Mapping, Scalar
from composecheck.yaml.scalars import resolve

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from collections.abc import Mapping as Table

    from composecheck.finding import Finding
    from composecheck.project.project import Project
    from composecheck.source import Source, Span
    from composecheck.yaml.nodes import Entry, Node

_NEVER_NEGATIVE = table_of(
    dict.fromkeys(
        (
            "services.*.healthcheck.retries",
            "services.*.deploy.placement.max_replicas_per_node",
            "services.*.deploy.restart_policy.max_attempts",
            "services.*.deploy.rollback_config.parallelism",
            "services.*.deploy.update_config.parallelism",
        ),
        "",
    )
)


@rule("number-negative", Severity.ERROR, Category.COMPOSE)
def number_negative(project: Project) -> Iterator[Finding]:
    """A number below zero where Compose takes none.

    So it is for `retries`, `parallelism`, `max_attempts`, `max_replicas_per_node`, the `target` of
    a port and the weights of `blkio_config`.

    Bad:

        services:
          web:
            image: nginx
            healthcheck:
              test: ["CMD", "true"]
              retries: -1

    Good:

        services:
          web:
            image: nginx
            healthcheck:
              test: ["CMD", "true"]
              retries: 3
    """
    for node, path, _ in values_at(project, _NEVER_NEGATIVE):
        value = value_of(node)
        if isinstance(value, int | float) and value < 0:
            yield _negative(project, node.source, node.span, name_at(path))
    for node, wrong in _weights(project):
        if wrong.fault is Fault.NEGATIVE:
            yield _negative(project, node.source, wrong.span, "weight")


def _negative(project: Project, source: Source, span: Span, name: str) -> Finding:
    return find_at(
        project,
        "number-negative",
        Severity.ERROR,
        source,
        span,
        f"{quoted(name)} cannot be below zero; {REFUSED}.",
        "Write 0, or a number above it.",
    )


_WEIGHTS = table_of({"services.*.blkio_config": ""}, with_hooks=True)
_BUILD_LIMITS = table_of({"services.*.build.ulimits": ""})
_LIMITS = table_of({"services.*.ulimits": "", "services.*.build.ulimits": ""}, with_hooks=True)


def _weights(project: Project) -> Iterator[tuple[Node, InvalidWeight]]:
    for node, _, _ in values_at(project, _WEIGHTS):
        devices = read_block_devices(node, project.text)
        if devices is not None:
            weights = (devices.weight, *(device.weight for device in devices.device_weights))
            yield from ((node, weight) for weight in weights if isinstance(weight, InvalidWeight))


@rule("number-quoted", Severity.ERROR, Category.COMPOSE)
def number_quoted(project: Project) -> Iterator[Finding]:
    """A number in quotes where Compose takes no text.

    Almost everywhere Compose makes a number of a text. Not so for the weights of `blkio_config`
    and for the `ulimits` of a build: there it fails, and no variable can stand there either.

    Bad:

        services:
          web:
            image: nginx
            blkio_config:
              weight: "300"

    Good:

        services:
          web:
            image: nginx
            blkio_config:
              weight: 300
    """
    for node, wrong in _weights(project):
        if wrong.fault is Fault.TEXT:
            yield _quoted_number(project, node.source, wrong.span, "weight")
    yield from once(_quoted_limits(project))


def _quoted_limits(project: Project) -> Iterator[Finding]:
    for node, name in _build_limits(project):
        if isinstance(read_value(node, project.text), Traced):
            yield _quoted_number(project, node.source, node.span, name)
    # In a file to extend from, of another service.
    for problem in project.problems:
        source, span, path = problem.source, problem.span, problem.path
        is_text = problem.fault is Trouble.WRONG_KIND and problem.name == "text"
        if is_text and "ulimits" in path[-2:-1] and source is not None and span is not None:
            yield _quoted_number(project, source, span, name_at(path))


def _build_limits(project: Project) -> Iterator[tuple[Node, str]]:
    """Yield the numbers among the `ulimits` of builds, each with the name of its limit."""
    for node, _, _ in values_at(project, _BUILD_LIMITS):
        for name, entry in entries_of(node).items():
            if not isinstance(entry.value, Mapping):
                yield entry.value, name
            elif not name.startswith("x-"):  # there, Compose does not look at it
                parts = entries_of(entry.value)
                yield from ((parts[key].value, name) for key in ("soft", "hard") if key in parts)


def _quoted_number(project: Project, source: Source, span: Span, name: str) -> Finding:
    text = written_at(project, source, span)
    is_number = text.removeprefix("-").isdecimal()
    return find_at(
        project,
        "number-quoted",
        Severity.ERROR,
        source,
        span,
        f"{quoted(name)} must be a number without quotes here, and {quoted(text)} is text;"
        f" {REFUSED}.",
        f"Write {text} without quotes." if is_number else "Write a number, without a variable.",
        fix=unquoted(project, source, span) if is_number else None,
    )


@rule("number-fraction", Severity.ERROR, Category.COMPOSE)
def number_fraction(project: Project) -> Iterator[Finding]:
    """A limit that YAML reads as a number with a fraction, or that is too large.

    `ulimits` take whole numbers. `1e6` is one with a fraction to YAML: write all of its digits.

    Bad:

        services:
          web:
            image: nginx
            ulimits:
              nofile: 1e6

    Good:

        services:
          web:
            image: nginx
            ulimits:
              nofile: 1000000
    """
    yield from once(_fractions(project))


def _fractions(project: Project) -> Iterator[Finding]:
    for node, _, _ in values_at(project, _LIMITS):
        keys = entries_of(node)
        for limit in read_ulimits(node, project.text):
            if limit.name.shape.startswith("x-") and isinstance(
                keys[limit.name.shape].value, Mapping
            ):
                continue  # there, Compose does not look at it
            for part in (limit.soft, limit.hard):
                if not isinstance(part, InvalidLimit):
                    continue
                written = node.source.slice(part.span)
                scalar = scalar_at(project, node.source, part.span)
                value = value_of(scalar)
                if isinstance(value, float) and not value.is_integer():
                    continue  # the shape is wrong, too, and that is said already
                yield find_at(
                    project,
                    "number-fraction",
                    Severity.ERROR,
                    node.source,
                    part.span,
                    f"{quoted(written)} is not a whole number that Compose can hold; {REFUSED}.",
                    "Write a whole number, with all of its digits.",
                )


@rule("limit-invalid", Severity.ERROR, Category.COMPOSE)
def limit_invalid(project: Project) -> Iterator[Finding]:
    """A limit of an unusual name that is no whole number.

    `ulimits` take whole numbers, or `soft` and `hard` with one each. The names that Docker knows
    consist of small letters; of any other, too, Compose needs that.

    Bad:

        services:
          web:
            image: nginx
            ulimits:
              NOFILE: true

    Good:

        services:
          web:
            image: nginx
            ulimits:
              nofile: 65536
    """
    yield from once(_wrong_limits(project))


def _wrong_limits(project: Project) -> Iterator[Finding]:
    for node, _, _ in values_at(project, _LIMITS):
        for name, entry in entries_of(node).items():
            if _USUAL_NAME.fullmatch(name):
                continue  # the schema refuses these, and says so
            parts: Table[str, Entry] = {name: entry}
            if isinstance(entry.value, Mapping):
                # Of a name that begins with x-, Compose looks no further.
                written = {} if name.startswith("x-") else entries_of(entry.value)
                parts = {key: written[key] for key in ("soft", "hard") if key in written}
            for key, found in parts.items():
                part, source = found.value, found.value.source
                if _is_no_limit(part):
                    yield find_at(
                        project,
                        "limit-invalid",
                        Severity.ERROR,
                        source,
                        source.first_line(part.span if len(part.span) else entry.key.span),
                        f"{quoted(key)} must be a whole number; {REFUSED}.",
                        "Write a whole number, with all of its digits.",
                    )


_USUAL_NAME = expression("[a-z]+")


def _is_no_limit(node: Node) -> bool:
    """Whether it is neither a number nor text; of large numbers and dates other rules tell."""
    if not isinstance(node, Scalar):
        return True
    value = resolve(node)
    if isinstance(value, float):
        return not value.is_integer()
    return value is None or isinstance(value, bool)


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (
    number_negative,
    number_quoted,
    number_fraction,
    limit_invalid,
)
