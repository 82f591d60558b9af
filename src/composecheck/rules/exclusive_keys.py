"""Keys of a service that exclude each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Finding, Severity
from composecheck.project.reading import child, entries_of, text_of
from composecheck.rule import Category, rule
from composecheck.rules.activity import members, refused
from composecheck.rules.marks import content_span, once, path_at, related
from composecheck.schema.words import quoted
from composecheck.yaml.nodes import Mapping, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.project.project import Project


@rule("network-mode-and-networks", Severity.ERROR, Category.COMPOSE)
def network_mode_and_networks(project: Project) -> Iterator[Finding]:
    """A service has both a `network_mode` and `networks`.

    `network_mode` says whose network the service uses (that of the host, of another service, none),
    so it has no networks of its own. Compose refuses the project.

    Bad:

        services:
          web:
            image: nginx
            network_mode: host
            networks:
              - front
        networks:
          front:

    Good:

        services:
          web:
            image: nginx
            networks:
              - front
        networks:
          front:
    """
    yield from once(_modes(project))


def _modes(project: Project) -> Iterator[Finding]:
    for member in members(project):
        keys = member.entries
        mode, networks = keys.get("network_mode"), keys.get("networks")
        if mode is None or networks is None or not entries_of(networks.value):
            continue
        if not isinstance(mode.value, Scalar) or text_of(mode.value) is None:
            continue
        if project.text(mode.value).may_be_empty:
            continue
        source, span = mode.key.source, content_span(mode.key)
        yield Finding(
            rule="network-mode-and-networks",
            severity=member.severity,
            message=f'"network_mode" stands beside "networks" in {quoted(member.name)};'
            f" {member.refused}.",
            source=source,
            span=span,
            remedy='Remove "network_mode" if the service shall be in these networks, else remove'
            ' "networks".',
            path=path_at(project, source, span),
            related=(related(networks.key, 'The "networks".'),),
        )


@rule("device-count-and-ids", Severity.ERROR, Category.COMPOSE)
def device_count_and_ids(project: Project) -> Iterator[Finding]:
    """A request for devices has both a `count` and `device_ids`.

    Either as many as `count` says are given to the service, whichever they are, or just those that
    `device_ids` lists. Compose refuses the project, whichever profiles are on.

    Bad:

        services:
          model:
            image: example/model
            gpus:
              - count: 1
                device_ids: ["0"]

    Good:

        services:
          model:
            image: example/model
            gpus:
              - device_ids: ["0"]
    """
    yield from once(found for part in project.parts for found in _requests(part))


def _requests(project: Project) -> Iterator[Finding]:
    for service in project.section("services").values():
        for path in (("gpus",), ("deploy", "resources", "reservations", "devices")):
            requests = child(service, *path)
            for request in requests.items if isinstance(requests, Sequence) else ():
                keys = entries_of(request)
                if not isinstance(request, Mapping) or not {"count", "device_ids"} <= keys.keys():
                    continue
                count = keys["count"].key
                source, span = count.source, content_span(count)
                yield Finding(
                    rule="device-count-and-ids",
                    severity=Severity.ERROR,
                    message=f'"count" stands beside "device_ids"; {refused()}.',
                    source=source,
                    span=span,
                    remedy="Remove one of them.",
                    path=path_at(project, source, span),
                    related=(related(keys["device_ids"].key, 'The "device_ids".'),),
                )


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (
    network_mode_and_networks,
    device_count_and_ids,
)
