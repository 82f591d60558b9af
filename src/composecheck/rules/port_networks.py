"""The rule on ports of containers that have no network of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Fix, Safety, Severity
from composecheck.language.namespaces import Owner
from composecheck.language.ports import PortRange
from composecheck.project.reading import child
from composecheck.rule import Category, rule
from composecheck.rules.activity import members
from composecheck.rules.claimed_ports import network_of, published_ports
from composecheck.rules.marks import content_span, document_of, is_shared, once, path_at
from composecheck.rules.places import find_at
from composecheck.schema.words import quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.finding import Finding
    from composecheck.project.project import Project
    from composecheck.rules.claimed_ports import PublishedPort
    from composecheck.yaml.nodes import Entry


@rule("port-network-mode", Severity.WARNING, Category.RUNTIME)
def port_network_mode(project: Project) -> Iterator[Finding]:
    """A service publishes ports, and has no network of its own to publish them from.

    With `network_mode: host` a container uses the network of this machine: what listens at port 80
    in it, listens at port 80 of the machine, and Docker leaves `ports` out. If all of them are the
    same on both sides, nothing is lost, and this is a note. With `service:` or `container:` it uses
    the network of another container. Docker then refuses to start it: publish the ports of that
    other one.

    Bad:

        services:
          vpn:
            image: example/vpn
          downloader:
            image: example/downloader
            network_mode: service:vpn
            ports:
              - "9091:9091"

    Good:

        services:
          vpn:
            image: example/vpn
            ports:
              - "9091:9091"
          downloader:
            image: example/downloader
            network_mode: service:vpn
    """
    # The sources: docker/docs, the pages on the network drivers; moby/moby, issue 5725.
    yield from once(_without_network(project))


def _without_network(project: Project) -> Iterator[Finding]:
    published: dict[int, list[PublishedPort]] = {}
    for port in published_ports(project):
        published.setdefault(id(port.member), []).append(port)
    for member in members(project):
        ports = published.get(id(member), [])
        network = network_of(member, project) if ports else None
        if network is None or not network.name.is_known:
            continue
        entry = member.entries["ports"]
        name, mode = network.name.text, quoted(f"network_mode: {network.name.text}")
        severity = Severity.WARNING
        fix = None
        if network.owner is Owner.NAMED and name == "host":
            other = next((port for port in ports if _is_same_on_both_sides(port) is False), None)
            if other is None:
                if child(project.root, "x-casaos") is not None:
                    continue  # CasaOS reads them: what to open in a browser
                severity = Severity.NOTE
                if all(map(_is_same_on_both_sides, ports)):
                    fix = _without(project, entry)
                message = (
                    f'With {mode}, the container uses the ports of this machine itself: "ports"'
                    " publishes nothing, and Docker leaves it out."
                )
                remedy = 'Remove "ports".'
            else:
                message = (
                    f"With {mode}, the container uses the ports of this machine itself, and Docker"
                    f' leaves "ports" out: {_lost(other)}.'
                )
                remedy = f'Remove {mode} to publish ports, or remove "ports".'
        elif network.owner in (Owner.SERVICE, Owner.CONTAINER):
            where = network.owner.value
            mode = quoted(f"network_mode: {where}:{name}")
            message = (
                f"With {mode}, this container has no ports of its own to publish: Docker does not"
                " start it."
            )
            remedy = f"Publish these ports of the {where} {quoted(name)}, and remove them here."
        else:
            continue
        span = content_span(entry.key)
        yield find_at(
            project, "port-network-mode", severity, entry.key.source, span, message, remedy, fix=fix
        )


def _is_same_on_both_sides(port: PublishedPort) -> bool | None:
    """Whether the ports are the same in the container; None if a variable decides it."""
    target, published = port.mapping.target, port.mapping.published
    if published is None and isinstance(target, PortRange):
        return True
    if not isinstance(target, PortRange) or not isinstance(published, PortRange):
        return None
    return (target.first, target.last) == (published.first, published.last)


def _lost(port: PublishedPort) -> str:
    target, published = port.mapping.target, port.mapping.published
    assert isinstance(target, PortRange)
    assert isinstance(published, PortRange)
    return (
        f"what listens at port {target.text} of the container can be reached there, and nothing at"
        f" port {published.text}"
    )


def _without(project: Project, entry: Entry) -> Fix | None:
    """Return the fix that removes `entry`; None if a comment would go, or others use it, too."""
    # Imported here: hardly any file needs it.
    from composecheck.yaml.editing import CannotEdit, deleting

    source = entry.key.source
    document = document_of(project, source)
    if document is None or is_shared(project, source, entry.key.span):
        return None
    try:
        edits = deleting(document, path_at(project, source, entry.key.span)).edits
    except (CannotEdit, LookupError):
        return None
    if any("#" in edit.source.slice(edit.span) for edit in edits):
        return None
    return Fix('Remove "ports"', Safety.UNSAFE, edits)


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (port_network_mode,)
