"""Rules on dates: text that YAML reads as a moment in time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Edit, Fix, Safety, Severity
from composecheck.project.problem import Fault
from composecheck.rule import Category, rule
from composecheck.rules.marks import is_shared, once
from composecheck.rules.places import find_at, scalar_at
from composecheck.rules.values import name_at, places_of, values_at
from composecheck.schema.grammar import Kind, compose_file
from composecheck.schema.words import REFUSED, quoted
from composecheck.yaml.merge import name_of
from composecheck.yaml.nodes import Mapping, Scalar, Sequence
from composecheck.yaml.scalars import Timestamp, resolve

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.finding import Finding, Path
    from composecheck.project.project import Project
    from composecheck.schema.grammar import Shape
    from composecheck.yaml.nodes import Node


@rule("date-unquoted", Severity.ERROR, Category.COMPOSE)
def date_unquoted(project: Project) -> Iterator[Finding]:
    """Text that is a date to YAML, since it has no quotes.

    Compose needs text here, and fails. In values of labels, variables and options it takes a date,
    and writes it in another form.

    Bad:

        services:
          web:
            image: nginx
            hostname: 2024-05-17

    Good:

        services:
          web:
            image: nginx
            hostname: "2024-05-17"
    """
    yield from once(_findings(project))


def _findings(project: Project) -> Iterator[Finding]:
    if project.root is not None:
        for node, path in _values(project.root, compose_file(), ()):
            yield _find(project, node, path)
    for node, path, _ in values_at(project, places_of("command-line")):
        for item in node.items if isinstance(node, Sequence) else ():
            if _is_date(item):
                yield _find(project, item, path)
    for problem in project.problems:
        source, span = problem.source, problem.span
        if problem.fault is Fault.NOT_TEXT and source is not None and span is not None:
            scalar = scalar_at(project, source, span)
            if scalar is not None and _is_date(scalar):
                yield _find(project, scalar, problem.path)


def _values(node: Node, shape: Shape, path: Path) -> Iterator[tuple[Node, Path]]:
    """Yield the dates that stand behind a key of Compose's own which takes nothing but text."""
    if isinstance(node, Mapping):
        for entry in node.entries:
            name = name_of(entry.key) or ""
            below = shape.child(name)
            if below is None:
                continue
            # Numbers of bytes are read from anything (measured).
            is_text = below.kinds == {Kind.STRING} and below.syntax != "byte-size"
            if is_text and name in shape.keys and _is_date(entry.value):
                yield entry.value, (*path, name)
            else:
                yield from _values(entry.value, below, (*path, name))
    elif isinstance(node, Sequence) and shape.item is not None:
        for index, item in enumerate(node.items):
            yield from _values(item, shape.item, (*path, index))


def _is_date(node: Node) -> bool:
    if not isinstance(node, Scalar) or node.text[4:5] != "-":
        return False
    return isinstance(resolve(node), Timestamp)


def _find(project: Project, node: Node, path: Path) -> Finding:
    source, span = node.source, node.span
    written = source.slice(span)
    fix = None
    scalar = scalar_at(project, source, span)
    if scalar is not None and scalar.properties is None and not is_shared(project, source, span):
        edit = Edit(source, span, f'"{written}"')
        fix = Fix("Put quotes around it", Safety.SAFE, (edit,))
    return find_at(
        project,
        "date-unquoted",
        Severity.ERROR,
        source,
        span,
        f"{quoted(name_at(path))} must be text, and {quoted(written)} without quotes is a date to"
        f" YAML; {REFUSED}.",
        f'Put quotes around it: "{written}".',
        fix=fix,
    )


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (date_unquoted,)
