"""Which services Compose checks: those that are on.

Whether everything fits together, Compose asks of the services that no profile keeps off. What it
would refuse once a profile is on is worth a warning that names the profile.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from msgspec import Struct

from composecheck.finding import Severity
from composecheck.language.traced import HOLE
from composecheck.project.profiles import is_active, profiles_of
from composecheck.project.reading import child, entries_of
from composecheck.yaml.nodes import Mapping

if TYPE_CHECKING:
    from collections.abc import Mapping as Table

    from composecheck.project.project import Project
    from composecheck.yaml.nodes import Entry, Node


class Member(Struct, frozen=True, eq=False):
    """A service or job, as Compose checks it.

    `key` is its name as it is written, `entries` are its keys and values. `profile` is the profile
    with which it is on; empty if it is on anyway.
    """

    name: str
    node: Mapping
    key: Node
    section: str
    entries: Table[str, Entry]
    profile: str = ""

    def child(self, *keys: str) -> Node | None:
        """Return the value under `keys`, one below the other, or None."""
        entry = self.entries.get(keys[0])
        return None if entry is None else child(entry.value, *keys[1:])

    @property
    def severity(self) -> Severity:
        """How bad it is if Compose would refuse this member."""
        return Severity.WARNING if self.profile else Severity.ERROR

    @property
    def refused(self) -> str:
        """What Compose does if something is wrong with it, as a clause."""
        return refused(self.profile)


def refused(profile: str = "") -> str:
    """Return `Compose refuses the project`, and with which profile."""
    return f'Compose refuses the project with "--profile {profile}"' if profile else _REFUSED


_REFUSED = "Compose refuses the project"


def certain_profiles(project: Project) -> tuple[str, ...]:
    """Return the profiles that are on in every environment.

    COMPOSE_PROFILES is part of the environment, and counts only where the question is what Compose
    does here.
    """
    return project.profiles if project.call.is_here else project.call.profiles


def has_fixed_profiles(project: Project) -> bool:
    """Whether no environment can have more profiles on than `certain_profiles`.

    `--profile` on the command line keeps COMPOSE_PROFILES from being asked (measured).
    """
    return project.call.is_here or bool(project.call.profiles)


# Nearly every rule asks for them.
@functools.lru_cache(maxsize=2)
def members(project: Project, section: str = "services") -> tuple[Member, ...]:
    """Return the services, or jobs, as Compose would check them; those that are on come first.

    Left out are those that extend something unknown, or of which a variable decides whether they
    are on: what holds for them in every environment cannot be told.
    """
    on = certain_profiles(project)
    active, waiting = [], []
    for name, entry in _written(project, section).items():
        service = entry.value
        if not isinstance(service, Mapping) or name in project.partial_services:
            continue
        state = is_active(service, on)
        entries = entries_of(service)
        if state:
            active.append(Member(name, service, entry.key, section, entries))
        elif state is False:
            profile = next((name for name in profiles_of(service) if name), "")
            waiting.append(Member(name, service, entry.key, section, entries, profile))
    return (*active, *(member for member in waiting if member.profile))


def is_on(project: Project, name: str, service: Node, profile: str = "") -> bool | None:
    """Tell whether the service (or job) `name` is on once `profile` is; None if it is unknown."""
    if name in project.partial_services:
        return None
    return is_active(service, (*certain_profiles(project), profile))


@functools.lru_cache(maxsize=1)
def off_profiles(project: Project) -> tuple[str, ...]:
    """Return the profiles of services that are not on, in the order of the text."""
    profiles: dict[str, None] = {}
    for entry in _written(project, "services").values():
        if is_active(entry.value, certain_profiles(project)) is False:
            profiles.update(
                (name, None) for name in profiles_of(entry.value) if name and HOLE not in name
            )
    return tuple(profiles)


def _written(project: Project, section: str) -> Table[str, Entry]:
    entries = entries_of(child(project.root, section)) if project.root else {}
    if section == "jobs":
        # There, Compose takes a name that begins so for an extension key (measured).
        return {name: entry for name, entry in entries.items() if not name.startswith("x-")}
    return entries
