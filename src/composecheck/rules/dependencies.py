"""Services that need other services: which do not exist, are off, or wait for each other."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from msgspec import Struct

from composecheck.finding import Finding, Fix, Related, Safety, Severity
from composecheck.language.namespaces import Owner, parse_namespace
from composecheck.language.traced import HOLE, Traced
from composecheck.nearest import nearest, only_slip
from composecheck.project.profiles import profiles_of
from composecheck.project.reading import child, entries_of, text_of, value_of
from composecheck.rule import Category, rule
from composecheck.rules.activity import has_fixed_profiles, is_on, members
from composecheck.rules.definitions import is_whole
from composecheck.rules.marks import content_span, path_at, replacing
from composecheck.schema.words import join_or, quoted
from composecheck.yaml.nodes import Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from composecheck.project.project import Project
    from composecheck.rules.activity import Member
    from composecheck.source import Span
    from composecheck.yaml.nodes import Node

_NAMESPACES = ("network_mode", "ipc", "pid", "uts")


class Need(Struct, frozen=True, eq=False):
    """A place where a service says that it needs another one.

    `key` is what it stands under, `whole` the value that the name stands in. `is_required` is None
    if a variable decides it; it is False only in `depends_on`.
    """

    member: Member
    key: str
    name: Traced
    whole: Span
    is_required: bool | None = True

    @property
    def span(self) -> Span:
        """The characters of the name; where there are none, of the value that lacks them."""
        return self.name.span if len(self.name) else self.whole


@rule("service-undefined", Severity.ERROR, Category.COMPOSE)
def service_undefined(project: Project) -> Iterator[Finding]:
    """A service needs another one that does not exist.

    Under `depends_on`, `links` and `volumes_from` stand the names of services, as they are written
    under `services`, and so they do behind `service:` in `network_mode`, `ipc`, `pid`, `uts` and
    `additional_contexts`. A container name or a host name is none. Compose refuses the project if
    there is no such service, even with `required: false`.

    Bad:

        services:
          web:
            image: nginx
            depends_on:
              - databse
          database:
            image: example/db:17

    Good:

        services:
          web:
            image: nginx
            depends_on:
              - database
          database:
            image: example/db:17
    """
    services, jobs = project.section("services"), project.section("jobs")
    missing: dict[str, dict[tuple[int, int], Need]] = {}
    for member in members(project):
        for need in (*needs(member, project), *_contexts(member, project)):
            if need.name.is_known and need.name.text not in services and need.name.text not in jobs:
                place = (id(need.name.source), need.span.start)
                missing.setdefault(need.name.text, {}).setdefault(place, need)
    if not missing or not is_whole(project):
        return
    for name, uses in missing.items():
        yield _undefined(name, list(uses.values()), project)


def _undefined(name: str, uses: list[Need], project: Project) -> Finding:
    need, member = uses[0], uses[0].member
    source, span = need.name.source, need.span
    # A name that is there already cannot be meant a second time.
    taken = {use.member.name for use in uses}
    taken.update(*(entries_of(use.member.child("depends_on")) for use in uses))
    candidates = [other for other in project.section("services") if other not in taken]
    suggestions = tuple(nearest(name, candidates)) or _by_container_name(name, candidates, project)
    if not name:
        message = f"{quoted(need.key)} names no service here; {member.refused}."
    else:
        message = f"There is no service {quoted(name)} in this project; {member.refused}."
    if suggestions:
        remedy = f"Write {join_or(map(quoted, suggestions))}."
    else:
        remedy = f"Write the name of a service, or remove it from {quoted(need.key)}."
    edits = [replacing(project, use.name, suggestions[0]) for use in uses] if suggestions else []
    known_edits = tuple(edit for edit in edits if edit is not None)
    fix = None
    if suggestions and len(known_edits) == len(uses):
        is_slip = only_slip(name, candidates) == suggestions[0] and _has_same_digits(
            name, suggestions[0]
        )
        safety = Safety.SAFE if is_slip else Safety.UNSAFE
        changes = tuple(path_at(project, edit.source, edit.span) for edit in known_edits)
        fix = Fix(f"Write {quoted(suggestions[0])}", safety, known_edits, changes)
    return Finding(
        rule="service-undefined",
        severity=member.severity,
        message=message,
        source=source,
        span=span,
        remedy=remedy,
        path=path_at(project, source, span),
        suggestions=suggestions,
        related=tuple(
            Related(use.name.source, use.span, f"{quoted(use.member.name)} needs it, too.")
            for use in uses[1:]
        ),
        fix=fix,
    )


def _by_container_name(name: str, candidates: Collection[str], project: Project) -> tuple[str, ...]:
    """Return that of the services `candidates` which has `name` as the name of its container."""
    return tuple(
        service
        for service, node in project.section("services").items()
        if name
        and service in candidates
        and name in (text_of(child(node, "container_name")), text_of(child(node, "hostname")))
    )[:1]


def _has_same_digits(one: str, other: str) -> bool:
    """Whether two names differ in no number: `web1` is no slip of `web2`."""
    return [c for c in one if c.isdigit()] == [c for c in other if c.isdigit()]


@rule("service-off", Severity.WARNING, Category.COMPOSE)
def service_off(project: Project) -> Iterator[Finding]:
    """A service needs another one that a profile keeps off.

    A service with `profiles` exists only when one of them is on. Compose refuses the project if a
    service that is on needs it, unless `depends_on` says `required: false`. Give both the same
    profiles, or leave the needed service without. `check --here` knows which profiles are on, so
    that this is an error there.

    Bad:

        services:
          web:
            image: nginx
            depends_on:
              - debugger
          debugger:
            image: busybox
            profiles:
              - debug

    Good:

        services:
          web:
            image: nginx
            depends_on:
              debugger:
                condition: service_started
                required: false
          debugger:
            image: busybox
            profiles:
              - debug
    """
    services = project.section("services")
    if all(is_on(project, name, service) for name, service in services.items()):
        return
    if not is_whole(project):
        return
    known_places = set()
    for member in members(project):
        found = list(needs(member, project))
        excused = {
            n.name.text for n in found if n.key == "depends_on" and n.is_required is not True
        }
        for need in found:
            name = need.name.text if need.name.is_known else None
            if name not in services or name is None:
                continue
            # A dependency that is written out counts before one that follows from something else;
            # only `network_mode` is looked at once more (measured).
            if name in excused and need.key != "network_mode":
                continue
            place = (id(need.name.source), need.span.start)
            if (
                place in known_places
                or is_on(project, name, services[name], member.profile) is not False
            ):
                continue
            known_places.add(place)
            yield _off(need, name, services[name], project)


def _off(need: Need, name: str, service: Node, project: Project) -> Finding:
    member = need.member
    profiles = [profile for profile in profiles_of(service) if profile]
    severity = member.severity if has_fixed_profiles(project) else Severity.WARNING
    turned_on = join_or(quoted(f"--profile {profile}") for profile in profiles)
    remedy = "Give both the same profiles."
    if need.key == "depends_on":
        remedy = 'Give both the same profiles, or write "required: false".'
    return Finding(
        rule="service-off",
        severity=severity,
        message=f"{quoted(member.name)} needs {quoted(name)}, which is off without {turned_on};"
        f" then {member.refused}.",
        source=need.name.source,
        span=need.span,
        remedy=remedy,
        path=path_at(project, need.name.source, need.span),
        related=_profiles_of(name, service),
    )


def _profiles_of(name: str, service: Node) -> tuple[Related, ...]:
    entry = entries_of(service).get("profiles")
    if entry is None:
        return ()
    return (Related(entry.key.source, content_span(entry.key), f"The profiles of {quoted(name)}."),)


def needs(member: Member, project: Project) -> tuple[Need, ...]:
    """Return all places where `member` says that it needs another service, in a fixed order."""
    return _all_needs(project)[member.section, member.name]


# Several rules ask for them.
@functools.lru_cache(maxsize=1)
def _all_needs(project: Project) -> dict[tuple[str, str], tuple[Need, ...]]:
    return {
        (section, member.name): tuple(_needs(member, project))
        for section in ("services", "jobs")
        for member in members(project, section)
    }


def _needs(member: Member, project: Project) -> Iterator[Need]:
    derived = list(_derived(member, project))
    places = [(need.name.source, need.span) for need in derived]
    if (cgroup := member.child("cgroup")) is not None:
        places.append((cgroup.source, cgroup.span))  # whose value the schema refuses
    for name, entry in entries_of(member.child("depends_on")).items():
        key = entry.key
        # What follows from `links` and the like stands at the characters of those.
        is_derived = any(
            source is key.source and key.start <= span.start and span.end <= key.end
            for source, span in places
        )
        if HOLE in name or is_derived or not isinstance(key, Scalar):
            continue
        required = value_of(child(entry.value, "required"))
        is_required = required if isinstance(required, bool) else None
        yield Need(member, "depends_on", project.text(key), key.span, is_required)
    yield from derived


def _derived(member: Member, project: Project) -> Iterator[Need]:
    """Yield the needs that do not stand in `depends_on`."""
    for item in _items(member.child("links")):
        text = project.text(item)
        parts = text.split(":")
        yield Need(member, "links", parts[0] if len(parts) == 2 else text, item.span)
    for item in _items(member.child("volumes_from")):
        text = project.text(item)
        if not text.startswith("container:"):
            yield Need(member, "volumes_from", text.partition(":")[0], item.span)
    for key in _NAMESPACES:
        node = member.child(key)
        if isinstance(node, Scalar) and text_of(node) is not None:
            namespace = parse_namespace(project.text(node))
            if namespace.owner is Owner.SERVICE:
                yield Need(member, key, namespace.name, node.span)


def _contexts(member: Member, project: Project) -> Iterator[Need]:
    """Yield the services whose images a build uses."""
    for entry in entries_of(member.child("build", "additional_contexts")).values():
        node = entry.value
        if isinstance(node, Scalar) and text_of(node) is not None:
            text = project.text(node)
            if text.startswith("service:"):
                name = text[len("service:") :]
                yield Need(member, "additional_contexts", name, node.span)


def _items(node: Node | None) -> Iterator[Scalar]:
    for item in node.items if isinstance(node, Sequence) else ():
        if isinstance(item, Scalar) and text_of(item) is not None:
            yield item


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (service_undefined, service_off)
