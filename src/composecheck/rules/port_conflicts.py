"""Rules on ports of this machine that more than one container wants."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from composecheck.finding import Related, Severity
from composecheck.language.ports import LARGEST_PORT
from composecheck.project.reading import child, entries_of
from composecheck.rule import Category, rule
from composecheck.rules.activity import members
from composecheck.rules.claimed_ports import claims, count_of, meeting_profile, scale_of
from composecheck.rules.marks import content_span, once
from composecheck.rules.places import find_at, visible
from composecheck.schema.words import quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.finding import Finding
    from composecheck.project.project import Project
    from composecheck.rules.activity import Member
    from composecheck.rules.claimed_ports import Claim
    from composecheck.yaml.nodes import Node


@rule("port-conflict", Severity.WARNING, Category.RUNTIME)
def port_conflict(project: Project) -> Iterator[Finding]:
    """Two containers, or one of them twice, publish the same port of this machine.

    A port of a machine belongs to one program only. Compose takes the file, and Docker then starts
    the container that comes first; of the other it says that the port is already allocated. Publish
    another port of this machine: that is the number before the colon. Containers reach each other
    without any published port.

    The same port counts as free for another protocol, for another address of this machine, and for
    services that have no profile in common.

    Bad:

        services:
          shop:
            image: nginx
            ports:
              - "8080:80"
          admin:
            image: httpd
            ports:
              - "8080:80"

    Good:

        services:
          shop:
            image: nginx
            ports:
              - "8080:80"
          admin:
            image: httpd
            ports:
              - "8081:80"
    """
    # Of addresses: docker/compose, issue 3801.
    yield from once(_conflicts(project))


def _conflicts(project: Project) -> Iterator[Finding]:
    fixed = [claim for claim in claims(project) if not claim.is_choice]
    rank = {id(claim): number for number, claim in enumerate(fixed)}
    # Those that may meet the next claim, in the order of the text, and where the next of them ends.
    waiting: list[Claim] = []
    next_end: tuple[object, int] = (None, 0)
    first: dict[int, tuple[Claim, Claim, str]] = {}

    def rank_of(claim: Claim) -> int:
        return rank[id(claim)]

    def meet(earlier: Claim, later: Claim) -> bool:
        known = first.get(rank_of(later))
        if known is not None and rank_of(known[0]) <= rank_of(earlier):
            return True
        if not earlier.meets(later):
            return False
        profile = meeting_profile(earlier.member, later.member, project)
        if profile is not None:
            first[rank_of(later)] = (earlier, later, profile)
        return profile is not None

    for claim in sorted(fixed, key=lambda claim: (claim.protocol, claim.first)):
        if next_end[0] != claim.protocol or next_end[1] < claim.first:
            waiting = [
                other
                for other in waiting
                if other.protocol == claim.protocol and other.last >= claim.first
            ]
            next_end = (claim.protocol, min((each.last for each in waiting), default=claim.last))
        at = bisect_left(waiting, rank_of(claim), key=rank_of)
        # The first that it meets is told, and so the others need not be asked.
        any(meet(other, claim) for other in waiting[:at])
        for other in waiting[at:]:
            meet(claim, other)
        waiting.insert(at, claim)
        next_end = (claim.protocol, min(next_end[1], claim.last))
    taken = {port for claim in fixed for port in (claim.first, claim.last)}
    for _, (earlier, later, profile) in sorted(first.items()):
        yield _conflict(project, earlier, later, profile, taken)


def _extends(project: Project, member: Member) -> bool:
    """Whether a service is written as one that extends another."""
    return any(
        child(root, "services", member.name, "extends") is not None
        for file in project.files
        for root in file.document.roots
    )


def _conflict(
    project: Project, earlier: Claim, later: Claim, profile: str, taken: set[int]
) -> Finding:
    port = max(earlier.first, later.first)
    one, other = quoted(earlier.member.name), quoted(later.member.name)
    source, span = later.source, visible(project, later.source, later.span)
    is_same_place = earlier.source is source and earlier.span == later.span
    when = f' with "--profile {profile}"' if profile else ""
    if earlier.member is later.member:
        message = (
            f"{other} publishes port {port} of this machine twice, and a port belongs to one"
            f" program only: Docker does not start its container{when}."
        )
    elif is_same_place:
        message = (
            f"{one} and {other} both get this line, and port {port} of this machine can belong to"
            f" one container only: Docker does not start the other{when}."
        )
    else:
        message = (
            f"{one} publishes port {port} of this machine already, and it can belong to one"
            f" container only: Docker does not start the other{when}."
        )
    if is_same_place and _extends(project, later.member):
        remedy = (
            f'What {other} extends comes with its ports. Write "ports: !override" there, and the'
            " ports that it shall have."
        )
    elif is_same_place:
        remedy = f'Give {other} "ports" of its own, and leave them out of what both share.'
    elif earlier.member is later.member and earlier.source is not source:
        remedy = (
            "Compose joins the ports of all files. To have only those that stand here, write"
            ' "ports: !override".'
        )
    elif earlier.member is later.member and earlier.target.first == later.target.first:
        remedy = "Remove one of the two."
    elif later.first == later.last:
        free = next((n for n in range(port + 1, LARGEST_PORT + 1) if n not in taken), port - 1)
        remedy = f"Publish another port of this machine, such as {quoted(free)}."
    else:
        remedy = "Publish other ports of this machine."
    related = (
        ()
        if is_same_place
        else (Related(earlier.source, earlier.span, f"{one} publishes it here."),)
    )
    return find_at(
        project,
        "port-conflict",
        Severity.WARNING,
        source,
        span,
        message,
        remedy,
        related=related,
    )


@rule("port-scaled", Severity.WARNING, Category.RUNTIME)
def port_scaled(project: Project) -> Iterator[Finding]:
    """A service has several containers, and publishes a port that only one of them can have.

    A port of this machine belongs to one program only. Docker starts the first container, and says
    of the others that the port is already allocated. Publish as many ports as there are containers,
    as a range: each container takes a free one. Or write only the port in the container: Docker
    then takes any port of this machine. Or publish no port, and put a proxy before the service.

    In a swarm this is no mistake. So `deploy.replicas` counts only where something is written that
    a swarm refuses, such as `profiles`, `extends`, or the `condition` of a dependency.

    Bad:

        services:
          worker:
            image: example/worker
            scale: 3
            ports:
              - "8080:80"

    Good:

        services:
          worker:
            image: example/worker
            scale: 3
            ports:
              - "8080-8082:80"
    """
    # Hits in the corpus: none. The source: docker/compose, pull request 1466 and issue 3088.
    yield from once(_scaled(project))


def _scaled(project: Project) -> Iterator[Finding]:
    for claim in claims(project):
        number = count_of(claim.member, project) or 1
        room = claim.last - claim.first + 1 if claim.is_choice else 1
        scale = scale_of(claim.member)
        if number <= room or scale is None:
            continue
        if not _is_run_by_compose(project):
            continue
        name, port = quoted(claim.member.name), claim.source.slice(claim.span)
        if claim.is_choice:
            what = f"there are only {room} ports for them"
            which = f"{number - room} of them"
        else:
            what = f"port {claim.first} of this machine can belong to one of them only"
            which = "the others"
        last = claim.first + number - 1
        can_be_range = claim.target.count == 1 and last <= LARGEST_PORT
        remedy = (
            f"Write {quoted(f'{claim.first}-{last}')} instead of {quoted(port)}, or only the port"
            " in the container, so that Docker takes any."
            if can_be_range
            else "Write only the port in the container, so that Docker takes any."
        )
        yield find_at(
            project,
            "port-scaled",
            Severity.WARNING,
            claim.source,
            visible(project, claim.source, claim.span),
            f"{name} has {number} containers, and {what}: Docker does not start {which}.",
            remedy,
            related=(
                Related(scale.source, content_span(scale), "The number of containers is set here."),
            ),
        )


_OF_COMPOSE = frozenset(
    {"cpus", "develop", "extends", "mem_limit", "platform", "profiles", "pull_policy", "scale"}
)
"""Keys of services that a swarm refuses (`docker stack deploy`: its schema is that of 3.13)."""

_OF_SWARM = frozenset(
    {"endpoint_mode", "labels", "mode", "placement", "rollback_config", "update_config"}
)
"""Keys of `deploy` that Compose does not look at."""


def _is_run_by_compose(project: Project) -> bool:
    """Whether it is certain that the project is not for a swarm."""
    services = members(project)
    if any(_OF_SWARM & entries_of(member.child("deploy")).keys() for member in services):
        return False
    return any(
        _OF_COMPOSE & member.entries.keys() or _waits_for_more(member, project)
        for member in services
    )


def _waits_for_more(member: Member, project: Project) -> bool:
    others = entries_of(member.child("depends_on")).values()
    return any(_has_condition(other.value, project) for other in others)


def _has_condition(dependency: Node, project: Project) -> bool:
    # Compose adds one to the short form.
    condition = child(dependency, "condition")
    return condition is not None and condition not in project.implied


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (port_conflict, port_scaled)
