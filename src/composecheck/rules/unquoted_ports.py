"""The rule on ports without quotes, which not every program reads as Compose does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Severity
from composecheck.language.ports import PortRange
from composecheck.rule import Category, rule
from composecheck.rules.claimed_ports import published_ports
from composecheck.rules.marks import once
from composecheck.rules.places import find_at, scalar_at
from composecheck.rules.port_mistakes import in_quotes
from composecheck.schema.words import quoted
from composecheck.yaml.nodes import Style

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.finding import Finding
    from composecheck.project.project import Project

_BASE = 60
"""Of the numbers that YAML 1.1 makes of such a pair."""


@rule("port-unquoted", Severity.NOTE, Category.UPKEEP)
def port_unquoted(project: Project) -> Iterator[Finding]:
    """A pair of ports without quotes that other programs read as one number.

    In YAML 1.1, two numbers with a colon between them are one number to the base 60, as in times of
    day, if the last is below 60: `22:22` is 1342. Compose reads it as two ports. But older versions
    of Compose, Podman's and many other programs read YAML 1.1. Quotes make it the same to all.

    Bad:

        services:
          git:
            image: example/git
            ports:
              - 2222:22

    Good:

        services:
          git:
            image: example/git
            ports:
              - "2222:22"
    """
    # Hits in the corpus: three. The source: YAML 1.1, `type/int`; docker/docs told of it as well.
    yield from once(_unquoted(project))


def _unquoted(project: Project) -> Iterator[Finding]:
    for port in published_ports(project):
        target, published = port.mapping.target, port.mapping.published
        if port.mapping.is_long or not isinstance(target, PortRange) or target.last >= _BASE:
            continue
        source, span = port.source, port.mapping.span
        text = source.slice(span)
        # What YAML 1.1 takes for such a number has neither a sign nor a zero before it.
        parts = text.split(":")
        if len(parts) != 2 or not all(part.isascii() and part.isdecimal() for part in parts):
            continue
        if not isinstance(published, PortRange) or parts[0].startswith("0") or len(parts[1]) > 2:
            continue
        scalar = scalar_at(project, source, span)
        if scalar is None or scalar.style is not Style.PLAIN or scalar.properties is not None:
            continue
        number = int(parts[0]) * _BASE + int(parts[1])
        yield find_at(
            project,
            "port-unquoted",
            Severity.NOTE,
            source,
            span,
            f"Without quotes, {text} is the number {number} to programs that read YAML 1.1, such as"
            " Podman's and older versions of Compose.",
            f"Put quotes around it: {quoted(text)}.",
            fix=in_quotes(project, source, span, text),
        )


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (port_unquoted,)
