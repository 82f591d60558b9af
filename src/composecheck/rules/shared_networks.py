"""The rule on what a container cannot have that has no network, or no name, of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Severity
from composecheck.language.namespaces import Owner
from composecheck.project.reading import text_of
from composecheck.rule import Category, rule
from composecheck.rules.activity import members
from composecheck.rules.claimed_ports import network_of
from composecheck.rules.marks import content_span, once, path_at, related
from composecheck.rules.places import find_at
from composecheck.rules.removing import removal
from composecheck.schema.words import quoted
from composecheck.yaml.nodes import Mapping, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.finding import Finding
    from composecheck.project.project import Project
    from composecheck.rules.activity import Member
    from composecheck.yaml.nodes import Entry, Node


@rule("network-mode-conflict", Severity.WARNING, Category.RUNTIME)
def network_mode_conflict(project: Project) -> Iterator[Finding]:
    """A container that uses the network of another one, or of this machine, wants more of its own.

    With `network_mode: service:` or `container:` a container has the name, the hosts and the name
    servers of the other one: Docker refuses to create it if it has a `hostname`, `dns`,
    `extra_hosts`, `links` or `expose`. Write these at the other service, or remove them. With
    `network_mode: host`, it refuses `links`; with `uts: host`, a `hostname`.

    Bad:

        services:
          vpn:
            image: example/vpn
          downloader:
            image: example/downloader
            hostname: downloader
            network_mode: service:vpn

    Good:

        services:
          vpn:
            image: example/vpn
          downloader:
            image: example/downloader
            network_mode: service:vpn
    """
    # The source: moby, `daemon/internal/runconfig/hostconfig.go` and `hostconfig_unix.go`
    # ("conflicting options: hostname and the network mode", and so on).
    yield from once(_conflicts(project))


_OF_THE_OTHER: tuple[str, ...] = (
    "hostname",
    "dns",
    "extra_hosts",
    "links",
    "external_links",
    "expose",
)
_OF_NO_MACHINE: tuple[str, ...] = ("links", "external_links")


def _conflicts(project: Project) -> Iterator[Finding]:
    for member in members(project):
        keys = member.entries
        if "network_mode" in keys:
            network = network_of(member, project)
            if network is None or not network.name.is_known:
                continue
            mode = keys["network_mode"]
            name = network.name.text
            if network.owner in (Owner.SERVICE, Owner.CONTAINER):
                wrong = _OF_THE_OTHER
                what = quoted(f"network_mode: {network.owner.value}:{name}")
                why = f"uses the network of {quoted(name)}"
            elif name == "host":
                wrong = _OF_NO_MACHINE
                what = '"network_mode: host"'
                why = "uses the network of this machine"
            else:
                continue
            for key in wrong:
                if key in keys and _says_something(keys[key].value):
                    yield _conflict(project, member, keys[key], key, mode, what, why)
        if "uts" in keys and "hostname" in keys and text_of(keys["uts"].value) == "host":
            yield _conflict(
                project,
                member,
                keys["hostname"],
                "hostname",
                keys["uts"],
                '"uts: host"',
                "has the name of this machine",
            )


def _says_something(node: Node) -> bool:
    if isinstance(node, Mapping):
        return bool(node.entries)
    if isinstance(node, Sequence):
        return bool(node.items)
    return isinstance(node, Scalar) and bool(text_of(node))


def _conflict(
    project: Project, member: Member, entry: Entry, key: str, mode: Entry, what: str, why: str
) -> Finding:
    source, span = entry.key.source, content_span(entry.key)
    path = path_at(project, source, entry.key.span)
    return find_at(
        project,
        "network-mode-conflict",
        Severity.WARNING,
        source,
        span,
        f"With {what}, the container of {quoted(member.name)} {why}: together with {quoted(key)},"
        " Docker refuses to create it.",
        f"Remove {quoted(key)}, or {what}.",
        related=(related(mode.value, "What it does not go together with."),),
        fix=removal(project, entry, path, f"Remove {quoted(key)}"),
    )


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (network_mode_conflict,)
