"""Rules on additional host names: `extra_hosts` of a service and of a build."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Severity
from composecheck.language.extra_hosts import Fault, InvalidExtraHost, read_extra_hosts
from composecheck.rule import Category, rule
from composecheck.rules.marks import once
from composecheck.rules.places import find_at, visible
from composecheck.rules.values import (
    because_blank,
    blank_variables,
    give_value,
    span_of,
    table_of,
    values_at,
    written_at,
)
from composecheck.schema.words import REFUSED, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.finding import Finding
    from composecheck.project.project import Project
    from composecheck.yaml.nodes import Node

_HOSTS = table_of(
    {"services.*.extra_hosts": "", "services.*.build.extra_hosts": ""}, with_hooks=True
)


@rule("extra-host-invalid", Severity.ERROR, Category.COMPOSE)
def extra_host_invalid(project: Project) -> Iterator[Finding]:
    """An additional host name that Compose cannot read.

    Each is a name, `=` (or `:`), and an address: `host.docker.internal=host-gateway`.

    Bad:

        services:
          web:
            image: nginx
            extra_hosts:
              - host.docker.internal

    Good:

        services:
          web:
            image: nginx
            extra_hosts:
              - host.docker.internal=host-gateway
    """
    yield from once(_hosts(project))


def _hosts(project: Project) -> Iterator[Finding]:
    for node, _, _ in values_at(project, _HOSTS):
        for wrong in read_extra_hosts(node, project.text):
            if isinstance(wrong, InvalidExtraHost):
                yield _explain(project, node, wrong)


def _explain(project: Project, node: Node, wrong: InvalidExtraHost) -> Finding:
    source, text = node.source, quoted(wrong.text)
    span = wrong.span
    variables = blank_variables(project, source, span)
    remedy = 'Write a name and an address, as in "db.local=192.168.0.10".'
    if variables and wrong.fault is not Fault.SEPARATOR_IN_NAME:
        written = quoted(written_at(project, source, span))
        message = f"{because_blank(project, variables)}, so that a part is missing in {written}"
        example = "127.0.0.1" if wrong.fault is Fault.NO_ADDRESS else "db.local"
        remedy = give_value(variables, example)
    elif wrong.fault is Fault.NO_ADDRESS and wrong.text:
        message = f"The host name {text} has no address"
        if wrong.text in ("host.docker.internal", "gateway.docker.internal"):
            remedy = f"Write {quoted(f'{wrong.text}=host-gateway')}."
    elif wrong.fault is Fault.NO_ADDRESS:
        message = "This host name is empty"
    elif wrong.fault is Fault.NO_NAME:
        message = f"No name stands before the address in {text}"
    else:
        message = f'The name {text} of a host cannot have "=" or ":" in it'
    return find_at(
        project,
        "extra-host-invalid",
        Severity.ERROR,
        source,
        span_of(variables) if variables else visible(project, source, span),
        f"{message}; {REFUSED}.",
        remedy,
    )


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (extra_host_invalid,)
