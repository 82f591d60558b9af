"""Rules on values without quotes that YAML, or another reader of YAML, takes for something else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Safety, Severity
from composecheck.language.go_text import print_value
from composecheck.rule import Category, rule
from composecheck.rules.given_variables import LABELS, in_quotes, plain_values
from composecheck.rules.marks import content_span, once
from composecheck.rules.places import find_at
from composecheck.schema.words import quoted
from composecheck.yaml.scalars import Timestamp, resolve

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.finding import Finding
    from composecheck.project.project import Project


@rule("environment-rewritten", Severity.WARNING, Category.RUNTIME)
def environment_rewritten(project: Project) -> Iterator[Finding]:
    """A value without quotes that YAML reads as a number or a date, and Compose writes otherwise.

    The container gets what Compose makes of the number: of `3.10` the text `3.1`, of `0123` the
    text `83` (a zero in front means octal), of `1_000` the text `1000`, of a date one with a time
    of day. For a version, a postcode, a telephone number or a password that is another value. Put
    quotes around it; then it is text, and stays as it is. `True` becomes `true`, which matters
    only to programs that tell the two apart, so that is a note.

    Bad:

        services:
          web:
            build:
              context: .
              args:
                PYTHON_VERSION: 3.10

    Good:

        services:
          web:
            build:
              context: .
              args:
                PYTHON_VERSION: "3.10"
    """
    # Hits in the corpus: none. The source: gomods/athens, pull request 1925 (of Go 1.20 came 1.2);
    # and the tests, which ask Docker Compose v5.6.1.
    yield from once(_rewritten(project))


def _rewritten(project: Project) -> Iterator[Finding]:
    for given, name, scalar in plain_values(project):
        value = resolve(scalar)
        if isinstance(value, Timestamp):
            becomes, what = value.text, "a date"
        elif isinstance(value, bool | int | float):
            becomes, what = print_value(value), "a number"
        else:
            continue
        span = content_span(scalar)
        written = scalar.source.slice(span)
        if becomes == written or written != scalar.text:
            continue
        severity = Severity.WARNING
        if isinstance(value, bool):
            severity, what = Severity.NOTE, "true or false"
        yield find_at(
            project,
            "environment-rewritten",
            severity,
            scalar.source,
            span,
            f"Without quotes, {quoted(written)} is {what} to YAML: {given.gets} {quoted(becomes)}"
            f" as {quoted(name)}.",
            f'Put quotes around it: "{written}".',
            suggestions=(f'"{written}"',),
            fix=in_quotes(project, scalar, Safety.UNSAFE),
        )


@rule("environment-yes-no", Severity.NOTE, Category.UPKEEP)
def environment_yes_no(project: Project) -> Iterator[Finding]:
    """A `yes`, `no`, `on` or `off` without quotes.

    Compose takes it for text, and hands it on as it is written. Other programs read the same file
    by YAML 1.1, and take it for true or false: Docker Compose before version 2, Ansible, and most
    that are written in Python or Ruby. Put quotes around it, and it is text to all of them.

    Bad:

        services:
          kafka:
            image: apache/kafka
            environment:
              KAFKA_ENABLE_KRAFT: yes

    Good:

        services:
          kafka:
            image: apache/kafka
            environment:
              KAFKA_ENABLE_KRAFT: "yes"
    """
    yield from once(_yes_no(project))


_BOOLEANS = {"yes": "true", "no": "false", "on": "true", "off": "false"}


def _yes_no(project: Project) -> Iterator[Finding]:
    for given, name, scalar in plain_values(project):
        written = scalar.text
        meaning = _BOOLEANS.get(written.lower()) if len(written) <= 3 else None
        if meaning is None or written not in (written.lower(), written.title(), written.upper()):
            continue
        span = content_span(scalar)
        if scalar.source.slice(span) != written:
            continue  # it came from a variable
        what = "label" if given.kind == LABELS else "variable"
        yield find_at(
            project,
            "environment-yes-no",
            Severity.NOTE,
            scalar.source,
            span,
            f"{quoted(written)} is text to Compose, but {meaning} to many other programs that read"
            f" YAML: for them, the {what} {quoted(name)} has another value.",
            f'Put quotes around it: "{written}".',
            suggestions=(f'"{written}"',),
            fix=in_quotes(project, scalar, Safety.SAFE),
        )


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (environment_rewritten, environment_yes_no)
