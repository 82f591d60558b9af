"""Rules on dates: text that YAML reads as a moment in time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.expressions import expression
from composecheck.finding import Edit, Fix, Safety, Severity
from composecheck.project.problem import Fault
from composecheck.rule import Category, rule
from composecheck.rules.marks import is_shared, once
from composecheck.rules.places import find_at, scalar_at
from composecheck.rules.values import name_at
from composecheck.schema.grammar import ANYTHING, Kind, compose_file
from composecheck.schema.words import REFUSED, quoted, wanted
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
    texts = (file.document.source.text for file in project.files)
    if not any(map(_DATE.search, texts)):
        return
    for stage in project.stages:
        for node, path, shape in _values(stage.root, compose_file(), ()):
            yield _find(project, node, path, shape)
    for problem in project.problems:
        source, span = problem.source, problem.span
        is_of_kind = problem.fault in (Fault.NOT_TEXT, Fault.WRONG_KIND)
        if is_of_kind and source is not None and span is not None:
            scalar = scalar_at(project, source, span)
            if scalar is not None and _is_date(scalar):
                yield _find(project, scalar, problem.path, ANYTHING)


def _values(node: Node, shape: Shape, path: Path) -> Iterator[tuple[Node, Path, Shape]]:
    """Yield the dates in the part `node` of a file where Compose cannot take one.

    With each comes its path in the effective tree, and what may stand there.
    """
    if isinstance(node, Mapping):
        for entry in node.entries:
            name = name_of(entry.key) or ""
            below = shape.child(name)
            if below is None or (name.startswith("x-") and path[-1:] != ("ulimits",)):
                continue
            if not _is_date(entry.value):
                yield from _values(entry.value, below, (*path, name))
            elif (
                _is_refused_at(name, below)
                if name in shape.keys
                else name_at(path) in _NEEDS_TEXT_BELOW or _is_below_driver(path)
            ):
                yield entry.value, (*path, name), below
    elif isinstance(node, Sequence) and shape.item is not None:
        takes_dates = not _LISTS_WITH_DATES.isdisjoint(map(str, path[-2:])) or (
            path[-1:] == ("expose",) and path[0] == "jobs"
        )
        for index, item in enumerate(node.items):
            if not _is_date(item):
                yield from _values(item, shape.item, (*path, index))
            elif not takes_dates:
                yield item, (*path, index), shape.item


def _is_refused_at(name: str, shape: Shape) -> bool:
    """Whether Compose refuses a date behind the key `name` of its own (measured one by one)."""
    return shape.syntax not in ("byte-size", "command-line") and name not in _TAKE_DATES


_DATE = expression(r"\b[0-9]{4}-[0-9]")

_TAKE_DATES = frozenset({"mem_swappiness", "provenance", "sbom", "version"})
_LISTS_WITH_DATES = frozenset(
    {
        "annotations",
        "args",
        "env_file",
        "environment",
        "extra_hosts",
        "labels",
        "options",
        "sysctls",
    }
)
"""Where Compose makes text of a date: in the list behind the key, or behind a name under it."""

_NEEDS_TEXT_BELOW = frozenset({"extra_hosts", "storage_opt", "ulimits"})
"""Where it does not, although the names there are the user's (measured)."""


def _is_below_driver(path: Path) -> bool:
    return path[-1:] == ("driver_opts",) and path[0] in ("secrets", "configs")


def _is_date(node: Node) -> bool:
    if not isinstance(node, Scalar) or node.text[4:5] != "-":
        return False
    return isinstance(resolve(node), Timestamp)


_WRITE = {
    "boolean": 'Write "true" or "false".',
    "integer": "Write a whole number.",
    "number": "Write a number.",
}
_NO_TEXT = frozenset({Kind.BOOLEAN, Kind.INTEGER, Kind.NUMBER})


def _find(project: Project, node: Node, path: Path, shape: Shape) -> Finding:
    source, span = node.source, node.span
    written = source.slice(span)
    is_text = _NO_TEXT.isdisjoint(shape.kinds)
    must, what = ("must be text", "a date") if is_text else ("cannot be a date", "one")
    fix = None
    scalar = scalar_at(project, source, span)
    is_alone = scalar is not None and scalar.properties is None
    if is_text and is_alone and not is_shared(project, source, span):
        edit = Edit(source, span, f'"{written}"')
        fix = Fix("Put quotes around it", Safety.SAFE, (edit,))
    return find_at(
        project,
        "date-unquoted",
        Severity.ERROR,
        source,
        span,
        f"{quoted(name_at(path))} {must}, and {quoted(written)} without quotes is {what} to YAML;"
        f" {REFUSED}.",
        f'Put quotes around it: "{written}".'
        if is_text
        else _WRITE.get(shape.cast, f"Write {wanted(shape)}."),
        fix=fix,
    )


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (date_unquoted,)
