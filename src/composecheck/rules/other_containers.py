"""Rules on addresses of databases that lead to the wrong container, or to a wrong port."""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from typing import TYPE_CHECKING

from msgspec import Struct

from composecheck.expressions import expression
from composecheck.finding import Related, Safety, Severity
from composecheck.knowledge.databases import DATABASE_KINDS
from composecheck.language.ports import PortRange
from composecheck.project.reading import text_of
from composecheck.rule import Category, rule
from composecheck.rules.activity import members
from composecheck.rules.claimed_ports import has_own_network, published_ports
from composecheck.rules.given_variables import ENVIRONMENT, given_variables
from composecheck.rules.marks import once, related
from composecheck.rules.official_images import image_of
from composecheck.rules.places import find_at, replacement
from composecheck.schema.words import quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from composecheck.finding import Finding
    from composecheck.knowledge.databases import DatabaseKind
    from composecheck.language.key_values import KeyValue
    from composecheck.language.traced import Traced
    from composecheck.project.project import Project
    from composecheck.rules.activity import Member
    from composecheck.source import Span


class _Address(Struct, frozen=True, eq=False):
    """Where a variable says that a server is; `port` is None if none is written."""

    kinds: tuple[DatabaseKind, ...]
    host: Traced
    port: Traced | None


_URL = expression(
    r"(?P<scheme>(?:jdbc:)?[a-z0-9]+)(?:\+[a-z0-9]+)?://(?:[^/@\s]*@)?"
    r"(?P<host>[A-Za-z0-9_.-]+)(?::(?P<port>[0-9]+))?(?=$|[/?,;\s])"
)
_HOST_ENDS = ("HOST", "HOSTNAME", "SERVER")
_HOST_NAME = expression(r"(?:.*_)?(?P<prefix>[A-Z]+)_?(?:HOST|HOSTNAME|SERVER)")
_LOCAL = frozenset({"localhost", "127.0.0.1"})


def _addresses(project: Project) -> Iterator[tuple[Member, _Address]]:
    """Yield what services that have a network of their own say about where servers are."""
    services = {member.name: member for member in members(project)}
    if len(services) < 2 or not _all_servers(project):
        return
    for given in given_variables(project):
        if given.kind != ENVIRONMENT or given.path[0] != "services" or len(given.path) != 3:
            continue
        member_here = services.get(str(given.path[1]))
        if member_here is None:
            continue
        pairs = [pair for pair in given.pairs if pair.value is not None and pair.key.is_known]
        found = [address for pair in pairs for address in _addresses_in(pair, pairs)]
        if found and has_own_network(member_here, project):
            for address in found:
                yield member_here, address


def _addresses_in(pair: KeyValue, pairs: Sequence[KeyValue]) -> Iterator[_Address]:
    value = pair.value
    if value is None or len(value) < 2:
        return
    if "://" in value.shape:
        for match in _URL.finditer(value.shape):
            kinds = tuple(kind for kind in DATABASE_KINDS if match["scheme"] in kind.schemes)
            port = value[match.start("port") : match.end("port")] if match["port"] else None
            if kinds:
                yield _Address(kinds, value[match.start("host") : match.end("host")], port)
        return
    named = None
    if value.is_known and pair.key.endswith(_HOST_ENDS):
        named = _HOST_NAME.fullmatch(pair.key.text)
    if named is None:
        return
    kinds = tuple(kind for kind in DATABASE_KINDS if named["prefix"] in kind.prefixes)
    beside = re.sub("(?:HOST|HOSTNAME|SERVER)$", "PORT", pair.key.text)
    port = next((other.value for other in pairs if other.key.equals(beside)), None)
    if kinds:
        yield _Address(kinds, value, port)


@functools.lru_cache(maxsize=1)
def _all_servers(project: Project) -> tuple[tuple[Member, DatabaseKind], ...]:
    """Return the services whose image is that of a server, and which it is."""
    found = []
    for member in members(project):
        image = member.child("image")
        if image is None or _IMAGES.search(text_of(image) or "") is None:
            continue
        reference = image_of(project, member.node)
        if reference is not None:
            name = reference.repository.text.removeprefix("library/")
            found += [(member, kind) for kind in DATABASE_KINDS if name in kind.images]
    return tuple(found)


_IMAGES = expression("|".join(sorted({name for kind in DATABASE_KINDS for name in kind.images})))


def _servers(
    project: Project, kinds: tuple[DatabaseKind, ...]
) -> list[tuple[Member, DatabaseKind]]:
    return [(member, kind) for member, kind in _all_servers(project) if kind in kinds]


def _servers_named(project: Project, name: str) -> list[tuple[Member, DatabaseKind]]:
    return _servers_by_name(project).get(name, [])


@functools.lru_cache(maxsize=1)
def _servers_by_name(project: Project) -> dict[str, list[tuple[Member, DatabaseKind]]]:
    by_name: dict[str, list[tuple[Member, DatabaseKind]]] = defaultdict(list)
    for member, kind in _all_servers(project):
        by_name[member.name].append((member, kind))
    return dict(by_name)


@rule("environment-localhost", Severity.WARNING, Category.RUNTIME)
def environment_localhost(project: Project) -> Iterator[Finding]:
    """A database is looked for at `localhost`, and it runs in a container of its own.

    In a container, `localhost` and `127.0.0.1` are the container itself, not this machine, and not
    the other containers. Nothing listens there: "connection refused". Containers of a project reach
    each other by the names of their services.

    Bad:

        services:
          web:
            build: .
            environment:
              DATABASE_URL: postgres://shop:secret@localhost:5432/shop
          db:
            image: postgres:17
            environment:
              POSTGRES_USER: shop
              POSTGRES_PASSWORD: secret

    Good:

        services:
          web:
            build: .
            environment:
              DATABASE_URL: postgres://shop:secret@db:5432/shop
          db:
            image: postgres:17
            environment:
              POSTGRES_USER: shop
              POSTGRES_PASSWORD: secret
    """
    # Hits in the corpus: none. The source: Docker's pages on networking in Compose: each container
    # reaches the others by the names of the services.
    yield from once(_local_addresses(project))


def _local_addresses(project: Project) -> Iterator[Finding]:
    for member, address in _addresses(project):
        if not address.host.is_known or address.host.text not in _LOCAL:
            continue
        servers = _servers(project, address.kinds)
        # One that is such a server itself, or is built upon one, may mean itself.
        if not servers or any(server.name == member.name for server, _ in servers):
            continue
        names = dict.fromkeys(server.name for server, _ in servers)
        (server, kind), *others = servers
        name = server.name if not others else None
        written = address.host
        right_port = address.port is None or address.port.equals(str(kind.port))
        says = " or ".join(map(quoted, names))
        yield find_at(
            project,
            "environment-localhost",
            Severity.WARNING,
            written.source,
            written.span,
            f"In a container, {quoted(written.text)} is the container itself: {kind.name} runs in"
            f" another one, of the service {says}, and nothing listens here.",
            f"Write {says} for {quoted(written.text)}"
            f"{'' if right_port else f', and the port {kind.port}'}.",
            related=tuple(related(other.key, "It runs here.") for other, _ in servers),
            suggestions=(name,) if name is not None and right_port else (),
            fix=None
            if name is None or not right_port
            else replacement(
                project, written.source, written.span, written.text, name, Safety.UNSAFE
            ),
        )


@rule("environment-published-port", Severity.WARNING, Category.RUNTIME)
def environment_published_port(project: Project) -> Iterator[Finding]:
    """A database is looked for at the port of this machine, not at that of its container.

    In `"8001:5432"`, the first port is one of this machine, for programs that run on it. Containers
    reach each other directly, and so by the second port, on which the server listens.

    Bad:

        services:
          web:
            build: .
            environment:
              DATABASE_URL: postgres://shop:secret@db:8001/shop
          db:
            image: postgres:17
            environment:
              POSTGRES_USER: shop
              POSTGRES_PASSWORD: secret
            ports:
              - "8001:5432"

    Good:

        services:
          web:
            build: .
            environment:
              DATABASE_URL: postgres://shop:secret@db:5432/shop
          db:
            image: postgres:17
            environment:
              POSTGRES_USER: shop
              POSTGRES_PASSWORD: secret
            ports:
              - "8001:5432"
    """
    # Hits in the corpus: none. The source: Docker's pages on networking in Compose, on the
    # difference between the two ports, with this example.
    yield from once(_published_addresses(project))


def _published_addresses(project: Project) -> Iterator[Finding]:
    for _, address in _addresses(project):
        port = address.port
        if port is None or not port.is_known or not address.host.is_known:
            continue
        for server, kind in _servers_named(project, address.host.text):
            if kind not in address.kinds or port.text == str(kind.port):
                continue
            place = _published(project, server, port.text, kind.port)
            if place is None or "command" in server.entries or "entrypoint" in server.entries:
                continue
            right = str(kind.port)
            yield find_at(
                project,
                "environment-published-port",
                Severity.WARNING,
                port.source,
                port.span,
                f"{quoted(port.text)} is a port of this machine. In its container, {kind.name}"
                f" listens on {quoted(right)}, and other containers reach it there.",
                f"Write {quoted(right)}.",
                related=(Related(server.key.source, place, "Both ports stand here."),),
                suggestions=(right,),
                fix=replacement(project, port.source, port.span, port.text, right, Safety.UNSAFE),
            )


def _published(project: Project, server: Member, written: str, target: int) -> Span | None:
    """Return where a server says that its port is published as the one that is `written`."""
    for port in published_ports(project):
        mapping = port.mapping
        if port.member.name != server.name or not mapping.is_certain:
            continue
        inside, outside = mapping.target, mapping.published
        if not isinstance(inside, PortRange) or not isinstance(outside, PortRange):
            continue
        is_it = outside.first == outside.last and str(outside.first) == written
        if is_it and inside.first == inside.last == target:
            return mapping.span if port.source is server.key.source else server.key.span
    return None


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (
    environment_localhost,
    environment_published_port,
)
