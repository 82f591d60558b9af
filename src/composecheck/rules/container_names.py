"""Names of containers, which are unique on a machine."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from composecheck.finding import Finding, Related, Severity
from composecheck.project.reading import text_of
from composecheck.rule import Category, rule
from composecheck.rules.activity import is_on, members, off_profiles, refused
from composecheck.rules.marks import content_span, once, path_at, related
from composecheck.rules.scales import integer_of
from composecheck.schema.words import quoted
from composecheck.yaml.nodes import Scalar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.language.traced import Traced
    from composecheck.project.project import Project
    from composecheck.rules.activity import Member


@rule("container-name-taken", Severity.ERROR, Category.COMPOSE)
def container_name_taken(project: Project) -> Iterator[Finding]:
    """Two services have the same `container_name`.

    A machine has only one container of a name. Compose refuses the project. Without
    `container_name`, Compose makes a name that nothing else has.

    Bad:

        services:
          web:
            image: nginx
            container_name: shop
          db:
            image: example/db:17
            container_name: shop

    Good:

        services:
          web:
            image: nginx
            container_name: shop
          db:
            image: example/db:17
            container_name: shop-db
    """
    yield from once(_taken(project))


def _taken(project: Project) -> Iterator[Finding]:
    named = [
        (member, name)
        for member in members(project)
        if (name := _name(member, project)) is not None
    ]
    count = Counter(name.text for _, name in named)
    named = [(member, name) for member, name in named if count[name.text] > 1]
    if not named:
        return
    known = set()
    for profile in ("", *off_profiles(project)):
        first: dict[str, tuple[Member, Traced]] = {}
        for member, name in named:
            if not is_on(project, member.name, member.node, profile):
                continue
            before = first.setdefault(name.text, (member, name))
            if before[0] is member or member.name in known:
                continue
            known.add(member.name)
            yield Finding(
                rule="container-name-taken",
                severity=Severity.WARNING if profile else Severity.ERROR,
                message=f"The container of {quoted(before[0].name)} is called"
                f" {quoted(name.text)}, too; {refused(profile)}.",
                source=name.source,
                span=name.span,
                remedy='Write another name, or remove "container_name": then Compose makes one.',
                path=path_at(project, name.source, name.span),
                related=_other_place(before[1], name),
            )


def _name(member: Member, project: Project) -> Traced | None:
    node = member.child("container_name")
    if not isinstance(node, Scalar) or not text_of(node):
        return None
    text = project.text(node)
    return text if text.is_known else None


def _other_place(other: Traced, name: Traced) -> tuple[Related, ...]:
    """Return the other place; by way of an anchor, it may be the same."""
    if other.source is name.source and other.span == name.span:
        return ()
    return (Related(other.source, other.span, f"The first {quoted(other.text)}."),)


@rule("container-name-scaled", Severity.ERROR, Category.COMPOSE)
def container_name_scaled(project: Project) -> Iterator[Finding]:
    """A service has a `container_name`, and more than one container.

    A machine has only one container of a name. Compose refuses the project. Without
    `container_name`, Compose gives each container a name of its own.

    Bad:

        services:
          worker:
            image: example/worker
            container_name: worker
            deploy:
              replicas: 3

    Good:

        services:
          worker:
            image: example/worker
            deploy:
              replicas: 3
    """
    yield from once(_scaled(project))


def _scaled(project: Project) -> Iterator[Finding]:
    for member in members(project):
        keys = member.entries
        name = keys.get("container_name")
        if name is None or not text_of(name.value):
            continue
        scale = member.child("scale")
        scale = member.child("deploy", "replicas") if scale is None else scale
        number = integer_of(scale, project) if scale is not None else None
        if scale is None or number is None or number < 2:
            continue
        source, span = name.key.source, content_span(name.key)
        yield Finding(
            rule="container-name-scaled",
            severity=member.severity,
            message=f'"container_name" gives one name, and there shall be {number} containers of'
            f" {quoted(member.name)}; {member.refused}.",
            source=source,
            span=span,
            remedy='Remove "container_name": then Compose names each container.',
            path=path_at(project, source, span),
            related=(related(scale, f"The number of containers: {number}."),),
        )


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (container_name_taken, container_name_scaled)
