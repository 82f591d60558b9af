"""The rule on volumes that are defined, and that nothing mounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Finding, Severity
from composecheck.language.traced import HOLE
from composecheck.project.reading import child, entries_of
from composecheck.rule import Category, rule
from composecheck.rules.definitions import has_unknown_keys, is_sound, is_whole
from composecheck.rules.marks import content_span, path_at
from composecheck.rules.mounted import lettered_volume, mounts
from composecheck.rules.removing import removal
from composecheck.rules.values import places_of, values_at
from composecheck.schema.words import quoted
from composecheck.yaml.nodes import Mapping

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.project.project import Project


@rule("volume-unused", Severity.NOTE, Category.UPKEEP)
def volume_unused(project: Project) -> Iterator[Finding]:
    """A volume is defined, and no service mounts it.

    Compose does nothing with it, so it does no harm. But who reads the file takes it for a part of
    the project, and looks for data in it that are elsewhere. Remove it, or mount it where it was
    meant to be. Nothing is said where another file, a variable, or a line that is commented out may
    mount it.

    Bad:

        services:
          db:
            image: example/db
            volumes:
              - db-data:/var/lib/postgresql/data
        volumes:
          db-data:
          old-data:

    Good:

        services:
          db:
            image: example/db
            volumes:
              - db-data:/var/lib/postgresql/data
        volumes:
          db-data:
    """
    defined = entries_of(child(project.root, "volumes")) if project.root is not None else {}
    if not defined or not project.section("services"):
        return
    used = _used(project)
    if used is None or all(name in used for name in defined):
        return
    if not is_whole(project) or not is_sound(project, "volumes") or used - defined.keys():
        return  # what is used under another name, may be the one that is defined
    if any(has_unknown_keys(node, "services") for node in project.section("services").values()):
        return
    for name, entry in defined.items():
        if name in used or HOLE in name or name.startswith("x-"):
            continue
        if _is_in_comment(name, project):
            continue
        source, span = entry.key.source, content_span(entry.key)
        yield Finding(
            rule="volume-unused",
            severity=Severity.NOTE,
            message=f"No service mounts the volume {quoted(name)}: Compose does nothing with it.",
            source=source,
            span=span,
            remedy="Remove it, or mount it in a service.",
            path=path_at(project, source, span),
            fix=removal(project, entry, ("volumes", name), f"Remove {quoted(name)}"),
        )


def _used(project: Project) -> set[str] | None:
    """Return the names of all volumes that are mounted; None if that is not certain."""
    if project.partial_services or project.is_open:
        return None
    if any(_is_unread(node) for node in project.section("services").values()):
        return None
    used = set()
    for mount in mounts(project):
        letter = lettered_volume(mount, project)
        if letter is not None:
            used.add(letter.text)
        elif mount.source is not None and mount.source.is_known and mount.kind is not None:
            if mount.kind in ("volume", "cluster"):
                used.add(mount.source.text)
        elif mount.kind != "bind" and not (mount.source is None and mount.is_certain):
            return None  # a variable decides which one it is
    written = sum(1 for _ in values_at(project, places_of("volume-mount")))
    return used if len(mounts(project)) == written else None


def _is_in_comment(name: str, project: Project) -> bool:
    """Whether a line that is commented out may mount the volume."""
    mount, key = f"{name}:", f"source: {name}"
    return any(
        mount in comment.text or key in comment.text
        for file in project.files
        for comment in file.document.comments
    )


def _is_unread(service: object) -> bool:
    """Whether something else is a service, or it may mount what we do not see."""
    return not isinstance(service, Mapping) or "provider" in entries_of(service)


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (volume_unused,)
