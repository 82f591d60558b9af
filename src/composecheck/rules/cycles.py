"""Services that wait for each other in a circle."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from composecheck.finding import Finding, Related, Severity
from composecheck.project.profiles import ALL_PROFILES
from composecheck.rule import Category, rule
from composecheck.rules.activity import is_on, members, off_profiles, refused
from composecheck.rules.dependencies import needs
from composecheck.rules.marks import circle_of, path_at
from composecheck.schema.words import quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator

    from composecheck.project.project import Project
    from composecheck.rules.dependencies import Need

_Graph = dict[str, dict[str, "Need"]]


@rule("service-cycle", Severity.ERROR, Category.COMPOSE)
def service_cycle(project: Project) -> Iterator[Finding]:
    """Services need each other in a circle, so that none of them can start first.

    `depends_on`, `links`, `volumes_from`, and `service:` in `network_mode`, `ipc`, `pid` and `uts`
    all say that a service needs another one. Compose refuses the project if that leads back to
    where it began. Remove one of the steps: most often one of the two services can cope with the
    other one not being there yet.

    Bad:

        services:
          api:
            image: example/api
            depends_on:
              - worker
          worker:
            image: example/worker
            depends_on:
              - api

    Good:

        services:
          api:
            image: example/api
          worker:
            image: example/worker
            depends_on:
              - api
    """
    everything = _core(_graph(project))
    if not everything:
        return
    services = project.section("services")
    known: set[frozenset[str]] = set()
    for profile in ("", *off_profiles(project), ALL_PROFILES):
        graph = _part(
            everything,
            {name for name in everything if is_on(project, name, services[name], profile)},
        )
        for group in _circles(graph):
            circle = _shortest(graph, group)
            members_of_it = frozenset(circle)
            if any(members_of_it <= other for other in known):
                continue
            known.add(frozenset(group))
            yield _finding(project, graph, circle, profile)


def _graph(project: Project) -> _Graph:
    """Return for each service what it needs, and where that is said first."""
    graph: _Graph = {}
    for member in members(project):
        edges = graph.setdefault(member.name, {})
        for need in needs(member, project):
            if need.name.is_known:
                edges.setdefault(need.name.text, need)
    order = list(project.section("services"))
    return {name: graph[name] for name in order if name in graph}


def _part(graph: _Graph, names: Container[str]) -> _Graph:
    """Return what is left of `graph` with these services alone."""
    return {
        name: {other: need for other, need in edges.items() if other in names}
        for name, edges in graph.items()
        if name in names
    }


def _core(graph: _Graph) -> _Graph:
    """Return what is left of `graph` without the services that cannot be part of a circle.

    That is mostly nothing: those that need nobody go first, then those that needed only these.
    """
    open_needs = {name: sum(other in graph for other in graph[name]) for name in graph}
    needed_by: dict[str, list[str]] = {}
    for name, edges in graph.items():
        for other in edges:
            needed_by.setdefault(other, []).append(name)
    waiting = [name for name, count in open_needs.items() if not count]
    while waiting:
        for name in needed_by.get(waiting.pop(), ()):
            open_needs[name] -= 1
            if not open_needs[name]:
                waiting.append(name)
    return _part(graph, {name for name, count in open_needs.items() if count})


def _circles(graph: _Graph) -> Iterator[set[str]]:
    """Yield the groups of services each of which leads to all others of its group and itself."""
    reached = {name: _reachable(graph, name) for name in graph}
    seen: set[str] = set()
    for name in graph:
        if name in reached[name] and name not in seen:
            group = {other for other in reached[name] if name in reached[other]}
            seen |= group
            yield group


def _reachable(graph: _Graph, start: str) -> set[str]:
    reached: set[str] = set()
    waiting = list(graph[start])
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting.extend(graph[name])
    return reached


def _shortest(graph: _Graph, group: set[str]) -> list[str]:
    """Return the shortest circle in a group, from the service that stands first in the file."""
    circles = (_circle_from(graph, start) for start in graph if start in group)
    return min(circles, key=len)


def _circle_from(graph: _Graph, start: str) -> list[str]:
    came_from = dict.fromkeys(graph[start], start)
    waiting = deque(came_from)
    while waiting:
        name = waiting.popleft()
        if name == start:
            break
        for other in graph[name]:
            if other not in came_from:
                came_from[other] = name
                waiting.append(other)
    circle = [came_from[start]]
    while circle[-1] != start:
        circle.append(came_from[circle[-1]])
    return circle[::-1]


def _finding(project: Project, graph: _Graph, circle: list[str], profile: str) -> Finding:
    steps = [
        graph[name][other] for name, other in zip(circle, [*circle[1:], circle[0]], strict=True)
    ]
    first, *others = steps
    source, span = first.name.source, first.span
    if others:
        shown = circle_of(circle)
        message = f"These services need each other in a circle: {shown}; {refused(profile)}."
        remedy = "Remove one of these dependencies."
    else:
        message = f"{quoted(circle[0])} needs itself; {refused(profile)}."
        remedy = "Remove this dependency."
    return Finding(
        rule="service-cycle",
        severity=Severity.WARNING if profile else Severity.ERROR,
        message=message,
        source=source,
        span=span,
        remedy=remedy,
        path=path_at(project, source, span),
        related=tuple(
            Related(
                step.name.source,
                step.span,
                f"{quoted(step.member.name)} needs {quoted(step.name.text)}.",
            )
            for step in others
        ),
    )


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (service_cycle,)
