"""Rules on servers whose ports are published, and that nobody can reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from composecheck.expressions import expression
from composecheck.finding import Safety, Severity
from composecheck.language.ports import PortRange
from composecheck.rule import Category, rule
from composecheck.rules.claimed_ports import has_own_network, published_ports
from composecheck.rules.marks import once
from composecheck.rules.places import find_at, replacement
from composecheck.rules.run_commands import run_commands
from composecheck.schema.words import quoted
from composecheck.source import Span

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterator

    from composecheck.finding import Finding, Fix
    from composecheck.language.traced import Traced
    from composecheck.project.project import Project
    from composecheck.rules.activity import Member
    from composecheck.rules.run_commands import Words


class _Server(Struct, frozen=True):
    """A program that serves: how its command begins, and how it says where it listens.

    `port` is the one it takes if none is said. With `is_local`, it listens to its own machine alone
    if no address is said, whatever its settings.
    """

    begins: re.Pattern[str]
    address: tuple[str, ...]
    port: int
    is_local: bool = False
    is_joint: bool = False
    """Whether the address has the port behind it: `127.0.0.1:8000`."""


_SERVERS = (
    _Server(expression("uvicorn "), ("--host",), 8000, is_local=True),
    _Server(
        expression(r"(?:python3? )?(?:\./)?manage\.py runserver\b"),
        ("",),
        8000,
        is_local=True,
        is_joint=True,
    ),
    _Server(expression("django-admin runserver"), ("",), 8000, is_local=True, is_joint=True),
    _Server(expression("php artisan serve"), ("--host",), 8000, is_local=True),
    _Server(expression("hugo server"), ("--bind",), 1313, is_local=True),
    _Server(expression("flask (?:.* )?run"), ("--host", "-h"), 5000),
    _Server(expression("gunicorn "), ("--bind", "-b"), 8000, is_joint=True),
    _Server(expression("php -S "), ("-S",), 8000, is_joint=True),
    _Server(expression("(?:bin/)?rails (?:s|server)"), ("--binding", "-b"), 3000),
    _Server(expression("mkdocs serve"), ("--dev-addr", "-a"), 8000, is_joint=True),
    _Server(expression("jekyll (?:s|serve)"), ("--host", "-H"), 4000),
    _Server(expression("ng serve"), ("--host",), 4200),
    _Server(expression("fastapi (?:dev|run)"), ("--host",), 8000),
    _Server(expression("hypercorn "), ("--bind", "-b"), 8000, is_joint=True),
    _Server(expression("vite(?: |$)"), ("--host",), 5173),
)
_SERVING = expression(
    "uvicorn|runserver|artisan serve|hugo server|flask|gunicorn|php -S|rails|mkdocs|jekyll|ng serve"
    "|fastapi|hypercorn|vite"
)
_LOCAL = frozenset({"localhost", "127.0.0.1"})
_PORT_OPTIONS = ("--port", "-p", "-P")


@rule("command-loopback", Severity.WARNING, Category.RUNTIME)
def command_loopback(project: Project) -> Iterator[Finding]:
    """A server whose port is published listens only to its own container.

    A port that is published leads to the network of the container, and `127.0.0.1` or `localhost`
    is not on it: that is for programs in the same container. The server runs, its log says so, and
    the browser shows an empty page or "connection reset". Many servers for development listen there
    unless they are told otherwise. Let the server listen on `0.0.0.0`.

    Bad:

        services:
          web:
            build: .
            command: uvicorn shop:app --host 127.0.0.1 --port 8000
            ports:
              - "8000:8000"

    Good:

        services:
          web:
            build: .
            command: uvicorn shop:app --host 0.0.0.0 --port 8000
            ports:
              - "8000:8000"
    """
    # Hits in the corpus: none. The source: docker/docs, on published ports and on networking in
    # containers; Django, Flask and Uvicorn on the addresses they listen on.
    yield from once(_loopbacks(project))


def _loopbacks(project: Project) -> Iterator[Finding]:
    for member, lines in run_commands(project, _SERVING):
        ports = _targets(project, member) if lines else set()
        if not ports or not has_own_network(member, project):
            continue
        for words in lines:
            text = " ".join(word.shape for word in words)
            server = next((server for server in _SERVERS if server.begins.match(text)), None)
            if server is None or any(not word.is_known for word in words):
                continue
            host, port = _listens_on(server, words)
            if port not in ports:
                continue
            if host is None and not (server.is_local and _is_default(member)):
                continue
            if host is None or host.text in _LOCAL:
                yield _loopback(project, server, words, host, port)


def _targets(project: Project, member: Member) -> set[int]:
    """Return the ports in a container of the service that are published."""
    targets: set[int] = set()
    for port in published_ports(project) if "ports" in member.entries else ():
        target = port.mapping.target
        if port.member.name == member.name and isinstance(target, PortRange):
            targets.update(range(target.first, min(target.last, target.first + 100) + 1))
    return targets


def _is_default(member: Member) -> bool:
    """Whether no variable that is known of can tell the server where to listen."""
    if "env_file" in member.entries:
        return False
    environment = member.child("environment")
    return environment is None or "HOST" not in environment.source.slice(environment.span)


def _listens_on(server: _Server, words: Words) -> tuple[Traced | None, int]:
    """Return the address that a command says, if it says one, and the port."""
    host = None
    for name in server.address:
        found = _option(words, name) if name else _address_of_runserver(words)
        host = host or found
    said = next((port for name in _PORT_OPTIONS if (port := _option(words, name))), None)
    if host is not None and server.is_joint:
        address, colon, port = host.rpartition(":")
        if not len(colon):
            is_port = host.shape.isdecimal()
            return (None, int(host.text)) if is_port else (host, server.port)
        return address, int(port.text) if port.shape.isdecimal() else server.port
    port_text = "" if said is None else said.shape
    return host, int(port_text) if port_text.isdecimal() else server.port


def _option(words: Words, name: str) -> Traced | None:
    """Return what stands behind an option: `--host x`, `--host=x`."""
    for at, word in enumerate(words):
        if word.shape == name:
            return words[at + 1] if at + 1 < len(words) else None
        if name.startswith("--") and word.shape.startswith(f"{name}="):
            return word[len(name) + 1 :]
    return None


def _address_of_runserver(words: Words) -> Traced | None:
    names = [word.shape for word in words]
    rest = words[names.index("runserver") + 1 :]
    return next((word for word in rest if not word.shape.startswith("-")), None)


def _loopback(
    project: Project, server: _Server, words: Words, host: Traced | None, port: int
) -> Finding:
    fix: Fix | None = None
    if host is not None:
        fix = replacement(project, host.source, host.span, host.text, "0.0.0.0", Safety.UNSAFE)
        says = f"On {quoted(host.text)}, the server"
        remedy = 'Write "0.0.0.0".'
    else:
        says = "If it is not told otherwise, this server"
        option = f"{server.address[0]} 0.0.0.0".strip()
        option = f"0.0.0.0:{port}" if server.is_joint else option
        remedy = f"Let it listen everywhere: add {quoted(option)}."
    where = host if host is not None else words[-1]
    first = words[0] if host is None else where
    span = Span(first.span.start, where.span.end)
    return find_at(
        project,
        "command-loopback",
        Severity.WARNING,
        where.source,
        where.source.first_line(span),
        f"{says} listens only to its own container: nobody reaches it by the port {port} that is"
        " published.",
        remedy,
        fix=fix,
    )


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (command_loopback,)
