"""Rules on devices: those of the host, and what is asked of a driver."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Severity
from composecheck.language.device_requests import Fault, InvalidDeviceRequest, read_device_request
from composecheck.language.devices import InvalidDevice
from composecheck.project.problem import Fault as Trouble
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
)
from composecheck.schema.words import REFUSED, quoted
from composecheck.yaml.nodes import Mapping

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.finding import Finding
    from composecheck.project.project import Project


@rule("device-invalid", Severity.ERROR, Category.COMPOSE)
def device_invalid(project: Project) -> Iterator[Finding]:
    """A device that Compose cannot read.

    The short form is `source:target:permissions`, such as `/dev/ttyUSB0:/dev/tty:rw`; the long form
    needs `target`.

    Bad:

        services:
          hub:
            image: zigbee2mqtt
            devices:
              - source: /dev/ttyUSB0

    Good:

        services:
          hub:
            image: zigbee2mqtt
            devices:
              - source: /dev/ttyUSB0
                target: /dev/ttyUSB0
    """
    yield from once(_devices(project))


def _devices(project: Project) -> Iterator[Finding]:
    for problem in project.problems:
        source, span = problem.source, problem.span
        if source is None or span is None:
            continue
        if isinstance(problem.payload, InvalidDevice):
            yield find_at(
                project,
                "device-invalid",
                Severity.ERROR,
                source,
                problem.payload.span,
                f"{quoted(problem.payload.text)} is one part too many: a device has a path on this"
                f" machine, one in the container, and permissions; {REFUSED}.",
                'Write a device such as "/dev/ttyUSB0:/dev/ttyUSB0:rw".',
            )
        elif problem.fault is Trouble.NO_TARGET and "devices" in problem.path[-2:]:
            yield find_at(
                project,
                "device-invalid",
                Severity.ERROR,
                source,
                source.first_line(span),
                f'This device has no "target", its path in the container; {REFUSED}.',
                'Write it, as in "target: /dev/ttyUSB0".',
            )


_REQUESTS = table_of(
    dict.fromkeys(
        (
            "services.*.gpus.*",
            "services.*.deploy.resources.limits.devices.*",
            "services.*.deploy.resources.reservations.devices.*",
        ),
        "",
    ),
    with_hooks=True,
)


@rule("device-count", Severity.ERROR, Category.COMPOSE)
def device_count(project: Project) -> Iterator[Finding]:
    """A number of devices that is neither a whole number nor `all`.

    `count` says how many devices of the driver a container gets. Without it, and without
    `device_ids`, it gets all of them.

    Bad:

        services:
          model:
            image: ollama/ollama
            gpus:
              - driver: nvidia
                count: "every"

    Good:

        services:
          model:
            image: ollama/ollama
            gpus:
              - driver: nvidia
                count: "all"
    """
    for node, _, _ in values_at(project, _REQUESTS):
        wrong = read_device_request(node, project.text) if isinstance(node, Mapping) else ()
        for part in wrong if isinstance(wrong, tuple) else ():
            if isinstance(part, InvalidDeviceRequest) and part.fault is Fault.COUNT:
                span = visible(project, node.source, part.span)
                variables = () if part.text else blank_variables(project, node.source, span)
                span = span_of(variables) if variables else span
                yield find_at(
                    project,
                    "device-count",
                    Severity.ERROR,
                    node.source,
                    span,
                    f'{because_blank(project, variables)}, so that "count" has no value; {REFUSED}.'
                    if variables
                    else f'"count" must be a whole number or "all", and {quoted(part.text)} is'
                    f" neither; {REFUSED}.",
                    give_value(variables, "1") if variables else 'Write "all", or a number.',
                )


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (device_invalid, device_count)
