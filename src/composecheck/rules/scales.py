"""How many containers of a service there are, and what each may use: said twice."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from msgspec import Struct

from composecheck.finding import Finding, Related, Severity
from composecheck.language.byte_sizes import ByteSize, IgnoredSize, read_byte_size
from composecheck.language.casts import Boolean, Integer, Number, cast_integer, cast_number
from composecheck.language.traced import Traced
from composecheck.language.values import read_value
from composecheck.project.reading import child, entries_of, text_of
from composecheck.rule import Category, rule
from composecheck.rules.activity import members
from composecheck.rules.definitions import is_whole
from composecheck.rules.marks import content_span, once, path_at, related
from composecheck.schema.words import quoted
from composecheck.yaml.nodes import Mapping

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.project.project import Project
    from composecheck.rules.activity import Member
    from composecheck.yaml.nodes import Node


@rule("scale-differs", Severity.ERROR, Category.COMPOSE)
def scale_differs(project: Project) -> Iterator[Finding]:
    """`scale` and `deploy.replicas` say different numbers of containers.

    Both mean the same, so that one is enough; Compose refuses the project if they differ.

    Bad:

        services:
          web:
            image: nginx
            scale: 2
            deploy:
              replicas: 3

    Good:

        services:
          web:
            image: nginx
            deploy:
              replicas: 3
    """
    yield from once(_scales(project))


def _scales(project: Project) -> Iterator[Finding]:
    for member in members(project):
        scale, replicas = member.child("scale"), member.child("deploy", "replicas")
        if scale is None or replicas is None:
            continue
        one, other = integer_of(scale, project), integer_of(replicas, project)
        if one is None or other is None or one == other:
            continue
        span = content_span(scale)
        yield Finding(
            rule="scale-differs",
            severity=member.severity,
            message=f'"scale" says {one}, and "deploy.replicas" says {other} containers;'
            f" {member.refused}.",
            source=scale.source,
            span=span,
            remedy='Remove "scale", or write the same number.',
            path=path_at(project, scale.source, span),
            related=(related(replicas, 'The "replicas" of "deploy".'),),
        )


@rule("scale-negative", Severity.ERROR, Category.COMPOSE)
def scale_negative(project: Project) -> Iterator[Finding]:
    """`scale` or `deploy.replicas` is below zero, or so large that Compose takes it for that.

    There cannot be fewer containers than none: 0 means that the service is not started. Compose
    refuses the project.

    Bad:

        services:
          web:
            image: nginx
            deploy:
              replicas: -1

    Good:

        services:
          web:
            image: nginx
            deploy:
              replicas: 0
    """
    yield from once(_negatives(project))


def _negatives(project: Project) -> Iterator[Finding]:
    for member in members(project):
        for key in (("scale",), ("deploy", "replicas")):
            node = member.child(*key)
            number = integer_of(node, project) if node is not None else None
            if node is None or number is None or 0 <= number <= _MOST:
                continue
            span = content_span(node)
            name, written = quoted(key[-1]), node.source.slice(span)
            yield Finding(
                rule="scale-negative",
                severity=member.severity,
                message=f"{name} is {written}, and there cannot be fewer containers than none;"
                f" {member.refused}."
                if number < 0
                else f"{name} is {written}, which is more than Compose can count, so that it takes"
                f" it for a number below zero; {member.refused}.",
                source=node.source,
                span=span,
                remedy="Write 0 or more." if number < 0 else "Write a smaller number.",
                path=path_at(project, node.source, span),
            )


_MOST = 2**63 - 1
"""Larger numbers become negative where Compose makes whole ones of 64 bits of them (measured)."""


class _Limit(Struct, frozen=True):
    """A limit that can be written in two places; `read` gives a value that can be compared."""

    key: str
    group: str
    name: str
    read: Callable[[Node, Project], float | None]


@rule("limit-differs", Severity.ERROR, Category.COMPOSE)
def limit_differs(project: Project) -> Iterator[Finding]:
    """A limit is written in two places that do not say the same.

    `cpus`, `mem_limit` and `pids_limit` mean the same as `cpus`, `memory` and `pids` under
    `deploy.resources.limits`, and `mem_reservation` the same as `memory` under
    `deploy.resources.reservations`. Compose refuses the project if they differ; also if there are
    limits under `deploy`, and this one is not among them. Write them all in one place.

    Bad:

        services:
          web:
            image: nginx
            mem_limit: 512m
            deploy:
              resources:
                limits:
                  memory: 1g

    Good:

        services:
          web:
            image: nginx
            deploy:
              resources:
                limits:
                  memory: 1g
    """
    yield from once(_limits(project))


def _limits(project: Project) -> Iterator[Finding]:
    for member in members(project):
        for limit in _LIMITS:
            one = member.child(limit.key)
            group = member.child("deploy", "resources", limit.group)
            if one is None or not isinstance(group, Mapping):
                continue
            other = child(group, limit.name)
            if other is None and not is_whole(project):
                continue  # another file may have it
            if limit.name == "memory" and other is not None and text_of(other) is None:
                continue  # the schema refuses that, and says so
            mine = limit.read(one, project)
            theirs = 0 if other is None else limit.read(other, project)
            if mine and theirs is not None and mine != theirs:
                yield _differing(member, limit, one, other, project)


def _differing(
    member: Member, limit: _Limit, one: Node, other: Node | None, project: Project
) -> Finding:
    place = f"deploy.resources.{limit.group}"
    span = content_span(one)
    written = one.source.slice(span)
    if other is None:
        keys = entries_of(member.child("deploy", "resources"))
        message = (
            f'"{limit.key}" stands beside "{place}", which has no "{limit.name}": to Compose, those'
            f" are two different limits, and {member.refused}."
        )
        remedy = f'Write "{limit.name}: {written}" under "{limit.group}" instead.'
        places = (related(keys[limit.group].key, f'The "{limit.group}".'),)
    else:
        others = other.source.slice(content_span(other))
        message = (
            f'"{limit.key}" says {written}, and "{place}.{limit.name}" says {others};'
            f" {member.refused}."
        )
        remedy = f'Remove "{limit.key}", or write the same in both places.'
        places = (Related(other.source, content_span(other), f'The "{limit.name}".'),)
    return Finding(
        rule="limit-differs",
        severity=member.severity,
        message=message,
        source=one.source,
        span=span,
        remedy=remedy,
        path=path_at(project, one.source, span),
        related=places,
    )


def integer_of(node: Node, project: Project) -> int | None:
    """Return the whole number that Compose makes of `node`; None if a variable decides it."""
    value = read_value(node, project.text)
    if isinstance(value, Traced):
        cast = cast_integer(value) if value.is_known else None
        return cast.value if isinstance(cast, Integer) else None
    if isinstance(value, Number):
        return int(value.value) if value.value.is_integer() else None
    return value.value if isinstance(value, Integer) else None


def _single_precision(node: Node, project: Project) -> float | None:
    """Return a number as Compose holds it: 0.1 and 0.10000000001 are the same to it."""
    value = read_value(node, project.text)
    if isinstance(value, Traced):
        cast = cast_number(value) if value.is_known else None
        value = cast if isinstance(cast, Number) else None
    if value is None or isinstance(value, Boolean | Traced):
        return None
    try:
        (number,) = struct.unpack("f", struct.pack("f", value.value))
    except OverflowError:
        return None
    return float(number)


def _bytes(node: Node, project: Project) -> float | None:
    size = read_byte_size(node, project.text)
    if isinstance(size, IgnoredSize):
        return 0
    return size.bytes if isinstance(size, ByteSize) else None


_LIMITS = (
    _Limit("cpus", "limits", "cpus", _single_precision),
    _Limit("mem_limit", "limits", "memory", _bytes),
    _Limit("mem_reservation", "reservations", "memory", _bytes),
    _Limit("pids_limit", "limits", "pids", integer_of),
)

RULES: tuple[Callable[..., Iterator[Finding]], ...] = (scale_differs, scale_negative, limit_differs)
