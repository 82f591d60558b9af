"""Rules on values that Compose needs as text, where the shape of a file allows other kinds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Edit, Fix, Safety, Severity
from composecheck.project.reading import entries_of, is_null, kind_of, value_of
from composecheck.rule import Category, rule
from composecheck.rules.marks import content_span, may_edit, once
from composecheck.rules.places import find_at, scalar_at
from composecheck.rules.values import name_at, table_of, values_at
from composecheck.schema.words import REFUSED, quoted
from composecheck.yaml.nodes import Mapping, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.finding import Finding
    from composecheck.project.project import Project
    from composecheck.yaml.nodes import Node

_OPTION, _ITEM, _NAMES, _NAMESPACE = "option", "item", "names", "namespace"
_PLACES = table_of(
    {
        "secrets.*.driver_opts": _NAMES,
        "secrets.*.driver_opts.*": _ITEM,
        "services.*.build.extra_hosts": _NAMES,
        "services.*.extra_hosts": _NAMES,
        "services.*.group_add.*": _ITEM,
        "services.*.storage_opt": _NAMES,
        "services.*.storage_opt.*": _OPTION,
    },
    with_hooks=True,
)
_NAMESPACES = table_of({"services.*.pid": _NAMESPACE})
"""Not so in what runs before the start of a service (measured)."""

_LARGEST = 2**63


@rule("text-needed", Severity.ERROR, Category.COMPOSE)
def text_needed(project: Project) -> Iterator[Finding]:
    """A value of which Compose makes no text, although it needs one.

    In `storage_opt`, `group_add` and the `driver_opts` of a secret, Compose makes text of a whole
    number, but not of one with a fraction, nor of true and false. Put the value in quotes.

    Bad:

        services:
          web:
            image: nginx
            storage_opt:
              size: 1.5

    Good:

        services:
          web:
            image: nginx
            storage_opt:
              size: "1.5"
    """
    yield from once(_values(project))


def _values(project: Project) -> Iterator[Finding]:
    for node, path, row in values_at(project, _PLACES):
        what = _kind_of_no_text(node, row)
        if row == _NAMES or not what or name_at(path).startswith("x-"):
            continue
        source, span = node.source, node.source.first_line(node.span)
        written = source.slice(span)
        is_scalar = isinstance(node, Scalar)
        yield find_at(
            project,
            "text-needed",
            Severity.ERROR,
            source,
            span,
            f"{quoted(name_at(path))} takes text, and {quoted(written)} without quotes is {what};"
            f" {REFUSED}."
            if is_scalar
            else f"{quoted(name_at(path))} takes text, and this is {what}; {REFUSED}.",
            f'Put quotes around it: "{written}".' if is_scalar else "Write one value.",
            fix=_in_quotes(project, node) if is_scalar else None,
        )
    for node, path, _ in values_at(project, _NAMESPACES):
        if is_null(node):
            place = node.source.first_line(node.span)
            yield find_at(
                project,
                "text-needed",
                Severity.ERROR,
                node.source,
                place,
                f"{quoted(name_at(path))} is empty, and Compose fails on that.",
                'Write "host" or "service:" and the name of a service, or remove the line.',
            )


def _kind_of_no_text(node: Node, row: str) -> str:
    """Return what a value is of which Compose makes no text; nothing if it does.

    Of an item, the schema refuses some kinds, and says so.
    """
    if isinstance(node, Mapping | Sequence):
        return {"list": "a list", "mapping": "keys with values"}[kind_of(node)] * (row == _OPTION)
    value = value_of(node)
    if isinstance(value, bool):
        return "true or false" if row == _OPTION else ""
    if isinstance(value, float) and not value.is_integer():
        return "a number with a fraction"
    if isinstance(value, float):
        return "a number with a fraction, or too large"
    if isinstance(value, int) and not -_LARGEST <= value < _LARGEST:
        return "a number that is too large"
    return ""


def _in_quotes(project: Project, node: Node) -> Fix | None:
    source, span = node.source, node.span
    scalar = scalar_at(project, source, span)
    if scalar is None or scalar.properties is not None or not may_edit(project, source, span):
        return None
    written = source.slice(span)
    return Fix("Put quotes around it", Safety.SAFE, (Edit(source, span, f'"{written}"'),))


@rule("name-ignored", Severity.ERROR, Category.COMPOSE)
def name_ignored(project: Project) -> Iterator[Finding]:
    """A name that begins with `x-` where Compose takes only text.

    Compose takes it for a key of your own, puts it aside together with its value, and then fails,
    since what it has put aside is no text. So it is in `storage_opt`, in `extra_hosts` and in the
    `driver_opts` of a secret.

    Bad:

        services:
          web:
            image: nginx
            extra_hosts:
              x-ray: 10.0.0.7

    Good:

        services:
          web:
            image: nginx
            extra_hosts:
              - x-ray=10.0.0.7
    """
    yield from once(_names(project))


def _names(project: Project) -> Iterator[Finding]:
    for node, path, row in values_at(project, _PLACES):
        for name, entry in entries_of(node).items() if row == _NAMES else ():
            if not name.startswith("x-"):
                continue
            key = entry.key
            yield find_at(
                project,
                "name-ignored",
                Severity.ERROR,
                key.source,
                content_span(key),
                f'{quoted(name)} begins with "x-", so that Compose does not take it for a name'
                f" here, and fails on it; {REFUSED}.",
                "Write a list with NAME=address instead."
                if name_at(path) == "extra_hosts"
                else 'Write a name that does not begin with "x-".',
            )


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (text_needed, name_ignored)
