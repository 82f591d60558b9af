"""Rules on what a project defines and nobody uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Finding, Severity
from composecheck.language.traced import HOLE
from composecheck.project.reading import child, entries_of, text_of
from composecheck.rule import Category, rule
from composecheck.rules.activity import members
from composecheck.rules.definitions import has_unknown_keys, is_sound, is_whole
from composecheck.rules.marks import content_span
from composecheck.rules.places import find_at
from composecheck.rules.removing import removal
from composecheck.rules.uses import attached_networks, granted_configs, granted_secrets
from composecheck.schema.words import quoted
from composecheck.yaml.nodes import Mapping, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.project.project import Project
    from composecheck.rules.activity import Member
    from composecheck.rules.uses import Use
    from composecheck.yaml.nodes import Node


@rule("network-unused", Severity.NOTE, Category.UPKEEP)
def network_unused(project: Project) -> Iterator[Finding]:
    """A network that no service is in.

    Compose does not create a network that no service uses, so that the definition does nothing. Put
    the services that shall be in it there, with `networks`, or remove it. Nothing is said where
    another file, a variable, or a line that is commented out may use it.

    Bad:

        services:
          web:
            image: nginx
            networks:
              - front
        networks:
          front:
          back:

    Good:

        services:
          web:
            image: nginx
            networks:
              - front
        networks:
          front:
    """
    yield from _unused(project, "networks", "network", attached_networks, "is in")


@rule("secret-unused", Severity.NOTE, Category.UPKEEP)
def secret_unused(project: Project) -> Iterator[Finding]:
    """A secret that no service and no build may read.

    That it is defined gives it to nobody. Grant it to the services that need it, with `secrets`, or
    remove it.

    Bad:

        services:
          db:
            image: example/db:17
        secrets:
          db_password:
            file: ./db_password.txt

    Good:

        services:
          db:
            image: example/db:17
            secrets:
              - db_password
        secrets:
          db_password:
            file: ./db_password.txt
    """
    # Hits in the corpus: one. The source: docker/docs, on secrets: a service gets those
    # that it names.
    yield from _unused(project, "secrets", "secret", granted_secrets, "uses")


@rule("config-unused", Severity.NOTE, Category.UPKEEP)
def config_unused(project: Project) -> Iterator[Finding]:
    """A config that no service may read.

    That it is defined gives it to nobody. Grant it to the services that need it, with `configs`, or
    remove it.

    Bad:

        services:
          web:
            image: nginx
        configs:
          site:
            file: ./site.conf

    Good:

        services:
          web:
            image: nginx
            configs:
              - site
        configs:
          site:
            file: ./site.conf
    """
    # Hits in the corpus: one. The source: docker/docs, on configs: a service gets those
    # that it names.
    yield from _unused(project, "configs", "config", granted_configs, "uses")


def _unused(
    project: Project,
    section: str,
    what: str,
    uses_of: Callable[[Member, Project], Iterator[Use]],
    verb: str,
) -> Iterator[Finding]:
    defined = entries_of(child(project.root, section)) if project.root else {}
    candidates = {
        name: entry
        for name, entry in defined.items()
        if not name.startswith("x-") and HOLE not in name
    }
    if section == "networks":
        candidates.pop("default", None)
    # Mostly all are used by what anybody sees; that costs least to find out.
    if not candidates or candidates.keys() <= _seen(project, section):
        return
    if not is_whole(project) or len(project.files) != 1:
        return  # a file beside others may be meant for other projects too
    services = project.section("services")
    found = (*members(project), *members(project, "jobs"))
    if len(members(project)) != len(services) or not services or not is_sound(project, section):
        return  # something of a service is not known
    if any(has_unknown_keys(service, "services") for service in services.values()):
        return  # which may be meant for the one that is missing
    if any(entry.key.source is not project.files[0].document.source for entry in defined.values()):
        return
    used: set[str] = set()
    for member in found:
        for use in uses_of(member, project):
            if not use.name.is_known:
                return
            used.add(use.name.text)
        used |= _other_uses(member, section)
        if _has_hole(member.child(section)):
            return
    if used - defined.keys() - {"default"}:
        return  # which may be meant for one of these
    for name, entry in candidates.items():
        if name in used or _is_in_comment(project, name):
            continue
        if section == "networks" and _is_named(project, name, entry.value):
            continue
        fix = removal(project, entry, (section, name), f"Remove {quoted(name)}")
        span = content_span(entry.key)
        yield find_at(
            project,
            f"{what}-unused",
            Severity.NOTE,
            entry.key.source,
            span,
            f"No service {verb} the {what} {quoted(name)}: Compose does nothing with it.",
            f"Add it to the {quoted(section)} of a service, or remove it.",
            fix=fix,
        )


def _seen(project: Project, section: str) -> set[str]:
    """Return the names under the key `section` of services, where that has keys and values."""
    names: set[str] = set()
    for service in project.section("services").values():
        names.update(entries_of(child(service, section)))
    return names


def _is_in_comment(project: Project, name: str) -> bool:
    """Whether a line that is commented out may use what has this name."""
    return any(name in comment.text for file in project.files for comment in file.document.comments)


def _has_hole(node: Node | None) -> bool:
    """Whether a name that is used depends on a variable."""
    if isinstance(node, Mapping):
        return any(HOLE in name for name in entries_of(node))
    return isinstance(node, Sequence) and any(
        HOLE in (item.text if isinstance(item, Scalar) else "") for item in node.items
    )


def _other_uses(member: Member, section: str) -> set[str]:
    """Return names that a service uses at places of other kinds."""
    key = {"configs": ("credential_spec", "config")}.get(section)
    name = text_of(member.child(*key)) if key else None
    return {name} if name else set()


def _is_named(project: Project, name: str, definition: Node) -> bool:
    """Whether a service names a network where the names stand that networks have for Docker."""
    names = {name, text_of(child(definition, "name")), f"{project.name}_{name}"}
    places = (("network_mode",), ("build", "network"))
    return any(
        text_of(member.child(*place)) in names for member in members(project) for place in places
    )


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (
    network_unused,
    secret_unused,
    config_unused,
)
