"""The rule on mounts of which one hides another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Related, Severity
from composecheck.language.short_volumes import parse_volume
from composecheck.language.volumes import VolumeMount, clean_path
from composecheck.project.reading import child, text_of
from composecheck.rule import Category, rule
from composecheck.rules.activity import members
from composecheck.rules.marks import once
from composecheck.rules.places import find_at
from composecheck.schema.words import quoted
from composecheck.yaml.nodes import Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.finding import Finding
    from composecheck.language.traced import Traced
    from composecheck.project.project import Project
    from composecheck.rules.activity import Member


@rule("mount-target-hidden", Severity.WARNING, Category.RUNTIME)
def mount_target_hidden(project: Project) -> Iterator[Finding]:
    """A path under `tmpfs` is that of a mount under `volumes`, written otherwise.

    Compose refuses two mounts at one place, but compares what stands under `tmpfs` as it is
    written: `/run/` and `/run` are two places to it, and one in the container. There the one hides
    the other, and either nothing is kept, or nothing is in memory. Remove one of the two.

    Bad:

        services:
          db:
            image: example/db:17
            tmpfs:
              - /var/lib/postgresql/data/
            volumes:
              - ./data:/var/lib/postgresql/data

    Good:

        services:
          db:
            image: example/db:17
            volumes:
              - ./data:/var/lib/postgresql/data
    """
    # Hits in the corpus: none. The source: measured (Compose cleans the paths under `volumes`
    # alone); moby, `daemon/oci_linux.go`, mounts both.
    yield from once(_hidden(project))


def _hidden(project: Project) -> Iterator[Finding]:
    for member in members(project):
        if not {"tmpfs", "volumes"} <= member.entries.keys():
            continue
        volumes = {clean_path(target.text): target for target in _targets(member, project)}
        for path in _in_memory(member, project):
            clean = clean_path(path.text)
            other = volumes.get(clean)
            if other is None or clean == path.text:
                continue  # nothing else is there, or Compose refuses it
            yield find_at(
                project,
                "mount-target-hidden",
                Severity.WARNING,
                path.source,
                path.span,
                f"{quoted(path.text)} is {quoted(clean)}, where something else is mounted in"
                f" {quoted(member.name)}: only one of the two is seen there.",
                "Remove one of the two.",
                related=(Related(other.source, other.span, "What is mounted there, too."),),
            )


def _in_memory(member: Member, project: Project) -> Iterator[Traced]:
    """Yield the paths under `tmpfs`."""
    node = member.child("tmpfs")
    for item in node.items if isinstance(node, Sequence) else (node,):
        if isinstance(item, Scalar) and text_of(item) is not None:
            path = project.text(item).partition(":")[0]
            if path.is_known and path.startswith("/"):
                yield path


def _targets(member: Member, project: Project) -> Iterator[Traced]:
    """Yield the paths under `volumes`."""
    node = member.child("volumes")
    for item in node.items if isinstance(node, Sequence) else ():
        if isinstance(item, Scalar) and text_of(item) is not None:
            mount = parse_volume(project.text(item))
            if isinstance(mount, VolumeMount) and mount.is_certain and mount.target.is_known:
                yield mount.target
            continue
        target = child(item, "target")
        if isinstance(target, Scalar) and text_of(target) is not None:
            text = project.text(target)
            if text.is_known:
                yield text


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (mount_target_hidden,)
