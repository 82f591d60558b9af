"""Rules on how much memory a container may have, where the numbers cannot be meant."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from msgspec import Struct

from composecheck.finding import Fix, Related, Safety, Severity
from composecheck.language.byte_sizes import ByteSize, IgnoredSize, read_byte_size
from composecheck.language.traced import Traced
from composecheck.rule import Category, rule
from composecheck.rules.activity import members
from composecheck.rules.marks import content_span, once
from composecheck.rules.places import find_at, replacement
from composecheck.schema.words import quoted
from composecheck.yaml.nodes import Scalar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.finding import Finding
    from composecheck.project.project import Project
    from composecheck.yaml.nodes import Node

_LEAST = 6 * 1024 * 1024
"""With less memory, Docker creates no container (moby, `daemon/daemon_unix.go`)."""


class _Size(Struct, frozen=True, eq=False):
    """A size of a service: which, as it is written, and what it means."""

    key: str
    node: Node
    read: ByteSize | IgnoredSize
    service: str


_KEYS = {
    ("mem_limit",): "limit",
    ("deploy", "resources", "limits", "memory"): "limit",
    ("mem_reservation",): "reservation",
    ("deploy", "resources", "reservations", "memory"): "reservation",
    ("memswap_limit",): "swap",
    ("shm_size",): "shared",
}


@functools.lru_cache(maxsize=1)
def _sizes(project: Project) -> tuple[dict[str, _Size], ...]:
    """Return the sizes of each service that has any, by what they are."""
    services = []
    for member in members(project):
        found: dict[str, _Size] = {}
        for path, kind in _KEYS.items():
            if path[0] not in member.entries:
                continue
            node = member.child(*path)
            read = None if node is None else read_byte_size(node, project.text)
            if node is not None and isinstance(read, ByteSize | IgnoredSize):
                found[kind] = _Size(path[-1], node, read, member.name)
        if found:
            services.append(found)
    return tuple(services)


@rule("memory-too-small", Severity.WARNING, Category.RUNTIME)
def memory_too_small(project: Project) -> Iterator[Finding]:
    """A limit or reservation of memory that is too small for any container.

    A number without a unit is one of bytes: `mem_limit: 512` is 512 bytes. Docker refuses to create
    a container with less than 6 megabytes. Write the unit behind the number: `512m` for megabytes,
    `2g` for gigabytes.

    Bad:

        services:
          web:
            image: nginx
            mem_limit: 512

    Good:

        services:
          web:
            image: nginx
            mem_limit: 512m
    """
    # Hits in the corpus: one. The source: moby, `daemon/daemon_unix.go` ("Minimum memory limit
    # allowed is 6MB").
    yield from once(_too_small(project))


def _too_small(project: Project) -> Iterator[Finding]:
    for sizes in _sizes(project):
        for kind in ("limit", "reservation", "swap", "shared"):
            size = sizes.get(kind)
            if size is None or not isinstance(size.read, ByteSize):
                continue
            least = 1024 if kind == "shared" else _LEAST
            count = size.read.bytes
            if not 0 < count < least:
                continue
            text = project.text(size.node) if isinstance(size.node, Scalar) else None
            written = text.text if isinstance(text, Traced) and text.is_known else str(count)
            is_bare = written.isdecimal()
            consequence = (
                "Docker refuses to create a container with less than 6 megabytes"
                if kind != "shared"
                else "nothing fits in there"
            )
            amount = (
                f"{quoted(written)} stands for {count} bytes"
                if is_bare
                else (f"{quoted(written)} is too little")
            )
            yield find_at(
                project,
                "memory-too-small",
                Severity.WARNING,
                size.node.source,
                content_span(size.node),
                f"{amount}: {consequence}.",
                f'Write the unit: "{written}m" for megabytes.'
                if is_bare and count < _MOST_WITHOUT_UNIT
                else "Write a larger size.",
                fix=_with_unit(project, size.node, written)
                if is_bare and count < _MOST_WITHOUT_UNIT and count > 5
                else None,
            )


_MOST_WITHOUT_UNIT = 65536
"""A number below this was hardly meant to be one of bytes, and may be one of megabytes."""


def _with_unit(project: Project, node: Node, written: str) -> Fix | None:
    # A number without quotes becomes a text by its unit.
    span = content_span(node)
    return replacement(project, node.source, span, written, f"{written}m", Safety.UNSAFE)


@rule("memory-limits-crossed", Severity.WARNING, Category.RUNTIME)
def memory_limits_crossed(project: Project) -> Iterator[Finding]:
    """Two sizes of memory that cannot hold both: one is above the other, or needs it.

    What is reserved cannot be more than the limit. `memswap_limit` is memory and swap together, so
    that it cannot be below `mem_limit`, and it needs one. Docker refuses to create the container
    otherwise.

    Bad:

        services:
          db:
            image: example/db:17
            mem_limit: 512m
            mem_reservation: 1g

    Good:

        services:
          db:
            image: example/db:17
            mem_limit: 1g
            mem_reservation: 512m
    """
    # Hits in the corpus: none. The source: moby, `daemon/daemon_unix.go` ("Minimum memory limit can
    # not be less than memory reservation limit", "Minimum memoryswap limit should be larger than
    # memory limit", "You should always set the Memory limit when using Memoryswap limit").
    yield from once(_crossed(project))


def _crossed(project: Project) -> Iterator[Finding]:
    for sizes in _sizes(project):
        limit, reserved, swap = (_bytes(sizes, k) for k in ("limit", "reservation", "swap"))
        if limit is not None and 0 < limit < _LEAST:
            continue  # that is wrong itself
        if limit and reserved and reserved > limit:
            yield _pair(
                project,
                sizes["reservation"],
                sizes["limit"],
                "More memory is reserved than the limit allows",
                "Write a reservation that is not above the limit.",
            )
        if limit and swap is not None and 0 < swap < limit:
            yield _pair(
                project,
                sizes["swap"],
                sizes["limit"],
                '"memswap_limit" is memory and swap together, and here it is below the limit of the'
                " memory alone",
                "Write the sum of both, or remove it.",
            )
        if swap is not None and swap > 0 and "limit" not in sizes and _has_no_limit(project, sizes):
            yield _pair(
                project,
                sizes["swap"],
                None,
                '"memswap_limit" is memory and swap together, and there is no limit of the memory',
                'Add a "mem_limit", or remove it.',
            )


def _has_no_limit(project: Project, sizes: dict[str, _Size]) -> bool:
    name = sizes["swap"].service
    member = next(member for member in members(project) if member.name == name)
    limits = member.child("deploy", "resources", "limits", "memory")
    return "mem_limit" not in member.entries and limits is None


def _bytes(sizes: dict[str, _Size], kind: str) -> int | None:
    size = sizes.get(kind)
    return size.read.bytes if size is not None and isinstance(size.read, ByteSize) else None


def _pair(project: Project, size: _Size, other: _Size | None, clause: str, remedy: str) -> Finding:
    return find_at(
        project,
        "memory-limits-crossed",
        Severity.WARNING,
        size.node.source,
        content_span(size.node),
        f"{clause}: Docker refuses to create the container.",
        remedy,
        related=()
        if other is None
        else (Related(other.node.source, content_span(other.node), "The limit of the memory."),),
    )


@rule("memory-ignored", Severity.WARNING, Category.RUNTIME)
def memory_ignored(project: Project) -> Iterator[Finding]:
    """A size of memory that is a number with a fraction, which Compose ignores.

    Without quotes and unit, `1.5` and `1e9` are numbers with a fraction to YAML, and Compose drops
    them without a word: there is no limit. Write a whole number with a unit, such as `1536m`.

    Bad:

        services:
          web:
            image: nginx
            mem_limit: 1.5

    Good:

        services:
          web:
            image: nginx
            mem_limit: 1536m
    """
    # Hits in the corpus: none. The source: compose-go, `types/bytes.go`; measured (v5.6.1).
    yield from once(_ignored(project))


def _ignored(project: Project) -> Iterator[Finding]:
    for sizes in _sizes(project):
        for size in sizes.values():
            if isinstance(size.read, IgnoredSize):
                span = content_span(size.node)
                yield find_at(
                    project,
                    "memory-ignored",
                    Severity.WARNING,
                    size.node.source,
                    span,
                    f"{quoted(size.node.source.slice(span))} is no whole number, and Compose"
                    f" ignores it without a word: {quoted(size.key)} is not set.",
                    'Write a whole number with a unit, such as "1536m".',
                )


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (
    memory_too_small,
    memory_limits_crossed,
    memory_ignored,
)
