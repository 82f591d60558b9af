"""What is mounted in containers, as it is written."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from msgspec import Struct

from composecheck.language.short_volumes import OPTIONS, parse_volume
from composecheck.language.volumes import VolumeMount
from composecheck.project.reading import entries_of, text_of
from composecheck.rules.values import places_of, values_at
from composecheck.yaml.nodes import Mapping, Scalar

if TYPE_CHECKING:
    from composecheck.language.traced import Traced
    from composecheck.project.project import Project
    from composecheck.yaml.nodes import Node


class Mount(Struct, frozen=True, eq=False):
    """A mount of a service or job, on or not; what two of them share comes once.

    `kind` is `bind`, `volume` and so on; None if a variable decides it. Where a variable in a short
    form may hold a colon, it is not certain: then only a `kind` and a `source` that are known hold.
    """

    node: Node
    kind: str | None
    source: Traced | None
    target: Traced
    is_short: bool
    is_certain: bool = True


@functools.lru_cache(maxsize=1)
def mounts(project: Project) -> tuple[Mount, ...]:
    """Return all mounts that can be read, in the order of the effective project."""
    found = (_mount(node, project) for node, _, _ in values_at(project, places_of("volume-mount")))
    return tuple(mount for mount in found if mount is not None)


def _mount(node: Node, project: Project) -> Mount | None:
    if isinstance(node, Scalar):
        mount = parse_volume(project.text(node)) if text_of(node) is not None else None
        if not isinstance(mount, VolumeMount):
            return None
        kind = mount.type.value if mount.type is not None else None
        certain = mount.is_certain
        return Mount(node, kind, mount.source, mount.target, is_short=True, is_certain=certain)
    if not isinstance(node, Mapping):
        return None
    entries = entries_of(node)
    parts: dict[str, Traced] = {}
    for key in ("type", "source", "target"):
        value = entries[key].value if key in entries else None
        if isinstance(value, Scalar):
            parts[key] = project.text(value)
    if "target" not in parts:
        return None
    # Of a short form, what is written nowhere stands at all of it.
    is_short = "type" in entries and entries["type"].value.span == node.span
    word = parts.get("type")
    return Mount(
        node,
        word.text if word is not None and word.is_known else None,
        parts.get("source"),
        parts["target"],
        is_short=is_short,
    )


def lettered_volume(mount: Mount, project: Project) -> Traced | None:
    """Return the letter before a colon that Compose takes for a drive, where it names a volume."""
    where = mount.target if mount.source is None else mount.source
    if not (mount.is_short and mount.is_certain) or not where.is_known or len(where) < 3:
        return None
    # Behind a drive of Windows and its path stands a path, and not an option.
    behind = set(mount.target.shape.split(","))
    if mount.source is not None and not behind <= OPTIONS:
        return None
    letter, colon, _ = where.partition(":")
    if len(letter) != 1 or not len(colon) or letter.text not in project.section("volumes"):
        return None
    return letter
