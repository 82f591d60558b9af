"""The services that somebody asks for by name, and those that they need.

(Facts: docker/compose, `pkg/compose/loader.go`, and compose-go, `types/project.go`, measured.)
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from msgspec.structs import replace

from composecheck.expressions import expression
from composecheck.project.ledger import Ledger
from composecheck.project.loading import Loading
from composecheck.project.making import with_entries, with_value
from composecheck.project.profiles import is_active, profiles_of
from composecheck.project.reading import child, entries_of, value_of
from composecheck.project.service_files import full_environment
from composecheck.yaml.nodes import Mapping

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from composecheck.project.project import Project
    from composecheck.yaml.nodes import Node


class NoSuchService(Exception):
    """None of the services that are on has the name that is asked for.

    `choices` are the names that they have.
    """

    def __init__(self, name: str, choices: Iterable[str]) -> None:
        super().__init__(name)
        self.name = name
        self.choices = tuple(choices)


def select_services(project: Project, names: Iterable[str]) -> Project:
    """Return `project` with only the services that `names` mean, and those that they depend on.

    A name may be a pattern (`web-*`). To name a service that a profile keeps off switches on all
    profiles that it belongs to; of its files, Compose then reads those of `env_file` alone, and
    what is wrong with them is among the problems of what is returned. Raises NoSuchService.
    """
    wider = _with_profiles_of(project, tuple(names))
    services = wider.section("services")
    on = {name: node for name, node in services.items() if wider.is_active(node) is not False}
    wanted = _needed(tuple(names), on)
    kept = {name: _with_dependencies(on[name], wanted) for name in on if name in wanted}
    return _with_environments(_with_services(wider, kept), project)


def _with_profiles_of(project: Project, names: tuple[str, ...]) -> Project:
    services = project.section("services")
    more = [
        profile
        for name in names
        if name in services and project.is_active(services[name]) is False
        for profile in profiles_of(services[name])
    ]
    return replace(project, profiles=(*project.profiles, *more))


def _needed(names: tuple[str, ...], services: dict[str, Node]) -> set[str]:
    """Return the names of the services that `names` mean, and of what these depend on."""
    needed: set[str] = set()
    waiting = [(name, True) for name in names]
    while waiting:
        name, is_required = waiting.pop()
        meant = [found for found in services if _matches(name, found)]
        if not meant and is_required:
            raise NoSuchService(name, services)
        for found in meant:
            if found not in needed:
                needed.add(found)
                waiting += _dependencies(services[found])
    return needed


def _dependencies(service: Node) -> Iterator[tuple[str, bool]]:
    """Yield the names of what `service` depends on, and whether it cannot do without."""
    for name, entry in entries_of(child(service, "depends_on")).items():
        yield name, value_of(child(entry.value, "required")) is not False


def _matches(pattern: str, name: str) -> bool:
    r"""Tell whether `name` is what `pattern` means: `*`, `?`, `[a-z]`, `[^a]`, and `\` as in Go."""
    if not any(character in pattern for character in "*?[\\"):
        return pattern == name
    expression = _PART.sub(_as_expression, pattern)
    try:
        return re.fullmatch(expression, name) is not None
    except re.error:  # which is no pattern for Go either, and then means nothing
        return False


_PART = expression(r"\\(?P<escaped>.)|\[(?P<set>\^?(?:\\.|[^\]\\])+)\]|(?P<any>.)", re.DOTALL)


def _as_expression(part: re.Match[str]) -> str:
    if part["set"] is not None:
        characters = part["set"].replace("[", r"\[")
        return f"[{characters}]"
    if part["escaped"] is not None:
        return re.escape(part["escaped"])
    return {"*": ".*", "?": ".", "[": "[", "\\": "["}.get(part["any"]) or re.escape(part["any"])


def _with_dependencies(service: Node, wanted: set[str]) -> Node:
    """Return `service` without dependencies on what is not `wanted`."""
    entries = dict(entries_of(service))
    written = entries.get("depends_on")
    if not isinstance(service, Mapping) or written is None:
        return service
    if not isinstance(written.value, Mapping):
        return service
    kept = [entry for name, entry in entries_of(written.value).items() if name in wanted]
    entries["depends_on"] = with_value(written, with_entries(written.value, kept))
    return with_entries(service, entries.values())


def _with_services(project: Project, services: dict[str, Node]) -> Project:
    sections = dict(entries_of(project.root))
    section = sections.get("services")
    if project.root is None or section is None or not isinstance(section.value, Mapping):
        return project
    members = [
        with_value(entry, services[name])
        for name, entry in entries_of(section.value).items()
        if name in services
    ]
    sections["services"] = with_value(section, with_entries(section.value, members))
    return replace(project, root=with_entries(project.root, sections.values()))


def _with_environments(project: Project, before: Project) -> Project:
    """Return `project` with what the env files of services bring that were off in `before`."""
    texts = dict(project.texts)
    ledger = Ledger(project.environment, project.call.is_here, texts=texts)
    loading = Loading(project.call, ledger)
    environments = dict(project.environments)
    for name, service in project.section("services").items():
        if isinstance(service, Mapping) and is_active(service, before.profiles) is False:
            environment = full_environment(service, loading)
            if environment is not None:
                environments[name] = environment
    return replace(
        project,
        environments=MappingProxyType(environments),
        read_files=(*project.read_files, *loading.read_files),
        problems=(*project.problems, *ledger.problems),
        texts=MappingProxyType(texts),
    )
