"""Where things are mounted in a container: one at each place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Finding, Related, Severity
from composecheck.language.short_volumes import parse_volume
from composecheck.language.volumes import VolumeMount, clean_path
from composecheck.project.reading import child, text_of
from composecheck.rule import Category, rule
from composecheck.rules.activity import members
from composecheck.rules.marks import once, path_at
from composecheck.schema.words import quoted
from composecheck.yaml.nodes import Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.language.traced import Traced
    from composecheck.project.project import Project
    from composecheck.rules.activity import Member


@rule("mount-target-taken", Severity.ERROR, Category.COMPOSE)
def mount_target_taken(project: Project) -> Iterator[Finding]:
    """Two things are mounted at the same place in a container.

    Each path in a container can have one mount only, whether it stands under `volumes` or under
    `tmpfs`. Compose refuses the project; only of two under `volumes` that are written the same
    it takes the last.

    Bad:

        services:
          web:
            image: nginx
            tmpfs:
              - /var/cache/nginx
            volumes:
              - ./cache:/var/cache/nginx

    Good:

        services:
          web:
            image: nginx
            volumes:
              - ./cache:/var/cache/nginx
    """
    yield from once(_taken(project))


def _taken(project: Project) -> Iterator[Finding]:
    for member in members(project):
        first: dict[str, Traced] = {}
        for where, written in (*_tmpfs(member, project), *_volumes(member, project)):
            before = first.setdefault(where, written)
            if before is written:
                continue
            yield Finding(
                rule="mount-target-taken",
                severity=member.severity,
                message=f"Something else is mounted at {quoted(where)} in {quoted(member.name)};"
                f" {member.refused}.",
                source=written.source,
                span=written.span,
                remedy="Remove one of the two, or mount it at another place.",
                path=path_at(project, written.source, written.span),
                related=(Related(before.source, before.span, "What is mounted there, too."),),
            )


def _tmpfs(member: Member, project: Project) -> Iterator[tuple[str, Traced]]:
    """Yield the paths under `tmpfs`, which Compose compares as they are written."""
    node = member.child("tmpfs")
    for item in node.items if isinstance(node, Sequence) else (node,):
        if isinstance(item, Scalar) and text_of(item) is not None:
            path = project.text(item).partition(":")[0]
            if path.is_known:
                yield path.text, path


def _volumes(member: Member, project: Project) -> Iterator[tuple[str, Traced]]:
    """Yield the paths under `volumes`, brought into their shortest form as by Compose."""
    node = member.child("volumes")
    for item in node.items if isinstance(node, Sequence) else ():
        if isinstance(item, Scalar) and text_of(item) is not None:
            mount = parse_volume(project.text(item))
            if isinstance(mount, VolumeMount) and (where := mount.mount_point) is not None:
                yield where, mount.target
            continue
        target = child(item, "target")
        if isinstance(target, Scalar) and text_of(target) is not None:
            text = project.text(target)
            if text.is_known:
                yield clean_path(text.text), text


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (mount_target_taken,)
