"""Rules on ports in the long form: what Compose takes there, and Docker does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Safety, Severity
from composecheck.language.ports import LARGEST_PORT, PortRange, Protocol
from composecheck.language.traced import Traced
from composecheck.nearest import nearest
from composecheck.rule import Category, rule
from composecheck.rules.claimed_ports import published_ports
from composecheck.rules.marks import once
from composecheck.rules.places import find_at, replacement, visible
from composecheck.schema.words import quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.finding import Finding
    from composecheck.project.project import Project
    from composecheck.source import Source, Span


@rule("port-out-of-range", Severity.WARNING, Category.RUNTIME)
def port_out_of_range(project: Project) -> Iterator[Finding]:
    """A port in the long form that no port can be.

    In the long form, Compose takes any number for `target`, and any text for `published`. Docker
    does not: the container does not start. Ports go from 1 to 65535; `published` may also be a
    range such as `3000-3005`.

    Bad:

        services:
          web:
            image: nginx
            ports:
              - target: 80
                published: "80800"

    Good:

        services:
          web:
            image: nginx
            ports:
              - target: 80
                published: "8080"
    """
    # Hits in the corpus: none. The source: go-connections, `nat/nat.go`, which reads the ports of
    # a container that Compose asks Docker for.
    yield from once(_out_of_range(project))


def _out_of_range(project: Project) -> Iterator[Finding]:
    for port in published_ports(project):
        if not port.mapping.is_long:
            continue
        target, published = port.mapping.target, port.mapping.published
        if isinstance(target, PortRange) and not 0 < target.first <= LARGEST_PORT:
            yield _no_port(project, port.source, target.span, target.text, "")
        if isinstance(published, Traced) and published.is_known:
            more = ', or a range such as "3000-3005"'
            yield _no_port(project, port.source, published.span, published.text, more)


def _no_port(project: Project, source: Source, span: Span, text: str, more: str) -> Finding:
    return find_at(
        project,
        "port-out-of-range",
        Severity.WARNING,
        source,
        visible(project, source, span),
        f"{quoted(text)} is no port, since ports go from 1 to 65535: Compose takes it, and Docker"
        " does not start the container.",
        f"Write a number from 1 to 65535{more}.",
    )


_PROTOCOLS = ("tcp", "udp", "sctp")
_MODES = ("ingress", "host")


@rule("port-protocol", Severity.WARNING, Category.RUNTIME)
def port_protocol(project: Project) -> Iterator[Finding]:
    """A protocol in the long form that a port cannot have.

    A port has the protocol `tcp`, `udp` or `sctp`. What is said over it, such as HTTP, makes no
    difference to Docker; that may stand in `app_protocol`. Compose takes any text, and Docker does
    not: the container does not start.

    Bad:

        services:
          dns:
            image: example/dns
            ports:
              - target: 53
                published: "53"
                protocol: upd

    Good:

        services:
          dns:
            image: example/dns
            ports:
              - target: 53
                published: "53"
                protocol: udp
    """
    # Hits in the corpus: none. The source: go-connections, `nat/nat.go`, knows these three.
    yield from once(_protocols(project))


def _protocols(project: Project) -> Iterator[Finding]:
    for port in published_ports(project):
        protocol = port.mapping.protocol
        if not isinstance(protocol, Protocol) or protocol.name.lower() in ("", *_PROTOCOLS):
            continue
        yield _unknown_word(
            project,
            "port-protocol",
            Severity.WARNING,
            (port.source, protocol.span, protocol.name),
            _PROTOCOLS,
            f"{quoted(protocol.name)} is no protocol that a port can have: Compose takes it, and"
            " Docker does not start the container.",
            'Write "tcp", "udp" or "sctp".',
        )


@rule("port-mode", Severity.NOTE, Category.UPKEEP)
def port_mode(project: Project) -> Iterator[Finding]:
    """A mode of a port that does not exist.

    `mode` concerns a swarm only: there it is `ingress` or `host`, and nothing else. Compose does
    not look at it, so that it changes nothing.

    Bad:

        services:
          web:
            image: nginx
            ports:
              - target: 80
                published: "8080"
                mode: hots

    Good:

        services:
          web:
            image: nginx
            ports:
              - target: 80
                published: "8080"
                mode: host
    """
    # Hits in the corpus: none. The source: the Engine's API, `EndpointPortConfig`.
    yield from once(_port_modes(project))


def _port_modes(project: Project) -> Iterator[Finding]:
    for port in published_ports(project):
        mode = port.mapping.mode
        if mode is None or not mode.is_known or mode.text in ("", *_MODES):
            continue
        yield _unknown_word(
            project,
            "port-mode",
            Severity.NOTE,
            (port.source, mode.span, mode.text),
            _MODES,
            f'{quoted(mode.text)} is no "mode" of a port: Compose does not look at it, and a swarm'
            " knows two others.",
            'Write "ingress" or "host", or remove it.',
        )


def _unknown_word(
    project: Project,
    name: str,
    severity: Severity,
    written: tuple[Source, Span, str],
    words: tuple[str, ...],
    message: str,
    remedy: str,
) -> Finding:
    source, span, text = written
    suggestions = tuple(nearest(text, words))
    fix = None
    if suggestions:
        remedy = f"Write {quoted(suggestions[0])}."
        fix = replacement(project, source, span, text, suggestions[0], Safety.UNSAFE)
    return find_at(
        project,
        name,
        severity,
        source,
        visible(project, source, span),
        message,
        remedy,
        suggestions=suggestions,
        fix=fix,
    )


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (
    port_out_of_range,
    port_protocol,
    port_mode,
)
