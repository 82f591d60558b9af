"""Rules on ports: `ports` in the short and the long form, and `expose`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Severity
from composecheck.language.long_ports import read_port
from composecheck.language.ports import Fault, InvalidPort
from composecheck.project.problem import Fault as Trouble
from composecheck.project.reading import child, value_of
from composecheck.rule import Category, rule
from composecheck.rules.marks import once
from composecheck.rules.places import find_at, scalar_at, visible
from composecheck.rules.port_mistakes import fix_for, in_quotes, words_for
from composecheck.rules.values import (
    because_blank,
    blank_variables,
    give_value,
    places_of,
    span_of,
    values_at,
    written_at,
)
from composecheck.schema.words import REFUSED, quoted
from composecheck.source import Span
from composecheck.yaml.nodes import Mapping, Sequence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.finding import Finding
    from composecheck.project.project import Project
    from composecheck.source import Source, Span


@rule("port-invalid", Severity.ERROR, Category.COMPOSE)
def port_invalid(project: Project) -> Iterator[Finding]:
    """A port that Compose cannot read.

    The short form is `[[address:]published:]target[/protocol]`: first the address and the port of
    this machine, last the port in the container. The address is an IP address, not a name. Where
    there is one, both ports belong behind it: Compose takes the first part of `127.0.0.1:80` for a
    port. Ports go from 1 to 65535; two ranges must have the same length.

    Bad:

        services:
          web:
            image: nginx
            ports:
              - "localhost:8080:80"

    Good:

        services:
          web:
            image: nginx
            ports:
              - "127.0.0.1:8080:80"
    """
    yield from once(_short_ports(project))
    yield from once((*_long_ports(project), *_included_ports(project)))


def _short_ports(project: Project) -> Iterator[Finding]:
    for problem in project.problems:
        source, span, wrong = problem.source, problem.span, problem.payload
        if source is not None and span is not None and isinstance(wrong, InvalidPort):
            yield _explain(project, source, span, wrong)


def _long_ports(project: Project) -> Iterator[Finding]:
    for node, path, _ in values_at(project, places_of("port")):
        if node in project.written:
            continue
        is_of_job = path[:1] == ("jobs",)
        wrong = read_port(node, project.text)
        for part in wrong if isinstance(wrong, tuple) else ():
            if not isinstance(part, InvalidPort):
                continue
            # Short forms have been read when the project was put together, but for numbers with a
            # fraction; and a missing target is the rule `port-no-target`.
            is_new = isinstance(node, Mapping) or part.fault is Fault.NO_WHOLE_NUMBER
            if is_of_job and part.fault is Fault.ADDRESS:
                continue  # Compose does not look at it (measured)
            if is_new and part.fault is not Fault.NO_TARGET:
                yield _explain(project, node.source, part.span, part)


def _included_ports(project: Project) -> Iterator[Finding]:
    """Yield the wrong addresses of ports that are included, whatever is laid over them."""
    for part in project.parts[1:]:
        for service in part.section("services").values():
            ports = child(service, "ports")
            for node in ports.items if isinstance(ports, Sequence) else ():
                outcome = read_port(node, project.text) if isinstance(node, Mapping) else ()
                for wrong in outcome if isinstance(outcome, tuple) else ():
                    if isinstance(wrong, InvalidPort) and wrong.fault is Fault.ADDRESS:
                        yield _explain(project, node.source, wrong.span, wrong)


def _explain(project: Project, source: Source, whole: Span, wrong: InvalidPort) -> Finding:
    """Return the finding of a port that stands at `whole`."""
    variables = blank_variables(project, source, whole)
    span = visible(project, source, wrong.span)
    written = written_at(project, source, whole)
    if variables and wrong.fault in (Fault.EMPTY, Fault.NO_TARGET, Fault.ADDRESS):
        return find_at(
            project,
            "port-invalid",
            Severity.ERROR,
            source,
            span_of(variables),
            f"{because_blank(project, variables)}, so that {quoted(written)} is no port;"
            f" {REFUSED}.",
            give_value(variables, "8080"),
        )
    clause, remedy = words_for(wrong, written)
    fix, suggestion = fix_for(project, source, whole, wrong)
    return find_at(
        project,
        "port-invalid",
        Severity.ERROR,
        source,
        span,
        f"{clause}; {REFUSED}.",
        remedy if not suggestion else f"Write {quoted(suggestion)}.",
        suggestions=(suggestion,) if fix is not None and fix.edits[0].span == span else (),
        fix=fix,
    )


@rule("port-no-target", Severity.ERROR, Category.COMPOSE)
def port_no_target(project: Project) -> Iterator[Finding]:
    """A port in the long form that does not say which port of the container it is.

    `target` is the port in the container, and Compose needs it; `published` is the one on this
    machine, and may be left out.

    Bad:

        services:
          web:
            image: nginx
            ports:
              - published: "8080"

    Good:

        services:
          web:
            image: nginx
            ports:
              - published: "8080"
                target: 80
    """
    for problem in project.problems:
        if problem.fault is Trouble.NO_TARGET and "ports" in problem.path[-2:]:
            assert problem.source is not None
            assert problem.span is not None
            yield find_at(
                project,
                "port-no-target",
                Severity.ERROR,
                problem.source,
                problem.source.first_line(problem.span),
                f'This port has no "target", the port in the container; {REFUSED}.',
                'Write it, as in "target: 80".',
            )


@rule("expose-invalid", Severity.ERROR, Category.COMPOSE)
def expose_invalid(project: Project) -> Iterator[Finding]:
    """An exposed port that YAML does not read as a whole number, or that is far too large.

    `expose` takes whole numbers, and any text in quotes. `080` is a number with a fraction to YAML.

    Bad:

        services:
          web:
            image: nginx
            expose:
              - 80.5

    Good:

        services:
          web:
            image: nginx
            expose:
              - 80
    """
    for problem in project.problems:
        source, span = problem.source, problem.span
        if problem.fault is not Trouble.NOT_TEXT or "expose" not in problem.path[-2:]:
            continue
        # What else can stand there is a mistake of shape.
        if source is not None and span is not None and problem.name == "number":
            written = source.slice(span)
            is_large = isinstance(value_of(scalar_at(project, source, span)), int)
            yield find_at(
                project,
                "expose-invalid",
                Severity.ERROR,
                source,
                span,
                f"{quoted(written)} is larger than any port; {REFUSED}."
                if is_large
                else f"Without quotes, {quoted(written)} is no whole number to YAML, and so no"
                f" port; {REFUSED}.",
                "Write a number from 1 to 65535." if is_large else "Write a whole number.",
                fix=None if is_large else in_quotes(project, source, span, written),
            )


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (
    port_invalid,
    port_no_target,
    expose_invalid,
)
