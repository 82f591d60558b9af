"""The rule on keys that only a swarm looks at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Severity
from composecheck.project.reading import child, entries_of, text_of, value_of
from composecheck.rule import Category, rule
from composecheck.rules.activity import members
from composecheck.rules.marks import content_span, once, path_at
from composecheck.rules.places import find_at
from composecheck.rules.removing import removal
from composecheck.schema.words import quoted
from composecheck.yaml.nodes import Mapping, Sequence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.finding import Finding
    from composecheck.project.project import Project
    from composecheck.rules.activity import Member
    from composecheck.yaml.nodes import Entry, Node


@rule("swarm-only-key", Severity.NOTE, Category.UPKEEP)
def swarm_only_key(project: Project) -> Iterator[Finding]:
    """A key that only a swarm looks at, in a project that no swarm takes.

    Of `deploy`, Compose takes `replicas`, `resources` and `restart_policy`. What `labels`, `mode`,
    `endpoint_mode`, `placement`, `update_config` and `rollback_config` say, it does not do: labels
    belong under `labels` of the service to be on its containers, and nothing is placed or updated.
    Of secrets and configs it does not look at `uid`, `gid` and `mode`. Compose itself warns of each
    when it starts.

    Nothing is said where the project may be one for a swarm, which does look at them: only where
    something else is written that a swarm refuses, such as `profiles`, `extends`, `mem_limit`, the
    `condition` of a dependency, or a service with a `build` and no `image`.

    Bad:

        services:
          web:
            build: .
            deploy:
              replicas: 2
              endpoint_mode: dnsrr

    Good:

        services:
          web:
            build: .
            deploy:
              replicas: 2
    """
    # Hits in the corpus: none. The source: Compose itself, which says so when it reads the file
    # ("deploy.endpoint_mode only applies to Swarm's routing mesh"; measured).
    found = [
        (member, entry, name)
        for member in members(project)
        if _ASKED & member.entries.keys()
        for entry, name in _keys_of(member, project)
    ]
    if found and is_run_by_compose(project):
        yield from once(_note(project, *row) for row in found)


_ASKED = frozenset({"deploy", "secrets", "configs"})
_OF_DEPLOY = {
    "endpoint_mode": "",
    "labels": 'Write them under "labels" of the service, or remove them.',
    "mode": "",
    "placement": "",
    "rollback_config": "",
    "update_config": "",
}
"""Keys of `deploy` that Compose does not look at, and what to write instead."""

_OF_GRANTS = ("uid", "gid", "mode")
_MANY = 3
"""As many different keys of `deploy` for a swarm are no accident."""


def _keys_of(member: Member, project: Project) -> Iterator[tuple[Entry, str]]:
    """Yield the keys of a service that Compose does not look at, and what they are called."""
    deploy = entries_of(member.child("deploy"))
    for key in _OF_DEPLOY:
        entry = deploy.get(key)
        if entry is None or entry.value in project.implied or not _says_something(entry.value):
            continue
        if key == "mode" and text_of(entry.value) in ("replicated", None):
            continue  # it is what Compose does
        yield entry, f"deploy.{key}"
    for section in ("secrets", "configs"):
        grants = member.child(section)
        for grant in grants.items if isinstance(grants, Sequence) else ():
            entries = entries_of(grant) if grant not in project.written else {}
            for key in _OF_GRANTS:
                if key in entries and entries[key].value not in project.implied:
                    yield entries[key], f"{section}.{key}"


def _says_something(node: Node) -> bool:
    if isinstance(node, Mapping):
        return any(_says_something(entry.value) for entry in node.entries)
    return bool(node.items) if isinstance(node, Sequence) else True


def _note(project: Project, member: Member, entry: Entry, name: str) -> Finding:
    source, span = entry.key.source, content_span(entry.key)
    last = name.rpartition(".")[2]
    path = path_at(project, source, entry.key.span)
    is_of_deploy = name.startswith("deploy.")
    remedy = (_OF_DEPLOY[last] if is_of_deploy else "") or f"Remove {quoted(last)}."
    return find_at(
        project,
        "swarm-only-key",
        Severity.NOTE,
        source,
        span,
        f"Only a swarm looks at {quoted(name)}, and this project is none for a swarm: for"
        f" {quoted(member.name)}, Compose does as if it were not there.",
        remedy,
        fix=None if last == "labels" else removal(project, entry, path, f"Remove {quoted(last)}"),
    )


_OF_COMPOSE = frozenset(
    {"cpus", "develop", "extends", "mem_limit", "platform", "profiles", "pull_policy", "scale"}
)
"""Keys of services that a swarm refuses (`docker stack deploy`: its schema is that of 3.13)."""


def is_run_by_compose(project: Project) -> bool:
    """Whether it is certain that the project is not for a swarm."""
    services = members(project)
    kinds = {
        key
        for member in services
        for key, entry in entries_of(member.child("deploy")).items()
        if key in _OF_DEPLOY and entry.value not in project.implied
    }
    if len(kinds) >= _MANY or _has_swarm_parts(project):
        return False
    return any(
        _OF_COMPOSE & member.entries.keys()
        or ("build" in member.entries and "image" not in member.entries)
        or _has_condition(member, project)
        for member in services
    )


def _has_swarm_parts(project: Project) -> bool:
    """Whether something is defined that there is only in a swarm, or the file is called so."""
    for file in project.files:
        name = file.document.source.name.rpartition("/")[2].lower()
        if "stack" in name or "swarm" in name:
            return True
    if any(text_of(child(node, "driver")) == "overlay" for node in _all(project, "networks")):
        return True
    parts = (*_all(project, "secrets"), *_all(project, "configs"))
    return any(value_of(child(node, "external")) is True for node in parts)


def _all(project: Project, section: str) -> tuple[Node, ...]:
    return tuple(project.section(section).values())


def _has_condition(member: Member, project: Project) -> bool:
    for entry in entries_of(member.child("depends_on")).values():
        # Compose adds one to the short form.
        condition = child(entry.value, "condition")
        if condition is not None and condition not in project.implied:
            return True
    return False


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (swarm_only_key,)
