"""What Compose adds to a project that is complete: what follows from what is written.

The default network, dependencies that come from links and shared namespaces, values of bare
environment variables, names of resources. (Facts: compose-go, `loader/normalize.go`, measured.)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.language.traced import HOLE, join, known
from composecheck.language.volumes import clean_path
from composecheck.project.defaults import with_text
from composecheck.project.implied_dependencies import add_dependencies
from composecheck.project.making import (
    entry,
    mapping_at,
    plain_at,
    text_at,
    traced_at,
    with_entries,
    with_items,
    with_value,
)
from composecheck.project.merge import merge
from composecheck.project.reading import child, entries_of, is_null, text_of, value_of
from composecheck.project.unicity import unique_keys
from composecheck.yaml.nodes import Entry, Mapping, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Mapping as Table

    from composecheck.project.ledger import Ledger
    from composecheck.yaml.nodes import Node

_NAMED_SECTIONS = ("networks", "volumes", "configs", "secrets")


def normalize(root: Mapping, name: str | None, ledger: Ledger) -> Mapping:
    """Return the tree `root` of a whole project with all that follows from it.

    `name` is the project's name; without one, resources stay without theirs.
    """
    sections = dict(entries_of(root))
    uses_default = False
    for key in ("services", "jobs"):
        section = sections.get(key)
        if section is None or not isinstance(section.value, Mapping):
            continue
        members = []
        for member in section.value.entries:
            service = member.value
            if isinstance(service, Mapping):
                service = _with_default_network(service, ledger)
                uses_default = uses_default or child(service, "networks", "default") is not None
                service = _normalize_service(service, ledger)
            members.append(with_value(member, service))
        sections[key] = with_value(section, with_entries(section.value, members))
    if uses_default:
        _define_default_network(sections, root)
    if name:
        _name_resources(sections, name, ledger)
    return with_entries(root, sections.values())


def _with_default_network(service: Mapping, ledger: Ledger) -> Mapping:
    entries = dict(entries_of(service))
    if "provider" in entries or "network_mode" in entries:
        return service
    networks = entries.get("networks")
    if networks is not None:
        if not isinstance(networks.value, Mapping) or networks.value.entries:
            return service
        place: Node = networks.value
    else:
        place = service.entries[0].key if service.entries else service
    attachment = ledger.imply(plain_at(place, ""))
    default = mapping_at(place, (entry("default", attachment),))
    entries["networks"] = (
        entry("networks", default) if networks is None else with_value(networks, default)
    )
    return with_entries(service, entries.values())


def _define_default_network(sections: dict[str, Entry], root: Mapping) -> None:
    networks = sections.get("networks")
    if networks is None or is_null(networks.value):
        sections["networks"] = entry(
            "networks", mapping_at(root, (entry("default", plain_at(root, "")),))
        )
    elif isinstance(networks.value, Mapping) and "default" not in entries_of(networks.value):
        place = networks.key
        default = entry("default", plain_at(place, ""))
        members = with_entries(networks.value, (*networks.value.entries, default))
        sections["networks"] = with_value(networks, members)


def _normalize_service(service: Mapping, ledger: Ledger) -> Mapping:
    entries = dict(entries_of(service))
    policy = entries.get("pull_policy")
    if policy is not None and text_of(policy.value) == "if_not_present":
        missing = text_at(policy.value, "missing")
        if isinstance(policy.value, Scalar):
            missing = ledger.become(policy.value, missing)
        entries["pull_policy"] = with_value(policy, missing)
    build = entries.get("build")
    if build is not None and isinstance(build.value, Mapping):
        entries["build"] = with_value(build, _normalize_build(build.value, ledger))
    environment = entries.get("environment")
    if environment is not None:
        value = _with_values(environment.value, ledger, keep_bare=True)
        entries["environment"] = with_value(environment, value)
    volumes = entries.get("volumes")
    if volumes is not None and isinstance(volumes.value, Sequence):
        items = [_with_clean_target(item, ledger) for item in volumes.value.items]
        entries["volumes"] = with_value(volumes, with_items(volumes.value, items))
    add_dependencies(entries, ledger)
    before = entries.get("pre_start")
    if before is not None and isinstance(before.value, Sequence):
        hooks = [_with_container(hook, entries, ledger) for hook in before.value.items]
        entries["pre_start"] = with_value(before, with_items(before.value, hooks))
    return with_entries(service, entries.values())


def _with_container(hook: Node, service: dict[str, Entry], ledger: Ledger) -> Node:
    """Return what runs before the start of a service, laid over what it has from the service."""
    if not isinstance(hook, Mapping):
        return hook
    # Imported here, because few services have hooks.
    from composecheck.project.fields import CONTAINER

    inherited = [service[key] for key in CONTAINER if key in service and key != "volumes"]
    merged = merge(mapping_at(hook, inherited), hook, ledger, ("services", "*"))
    entries = dict(entries_of(merged))
    for key in _PAIRS.intersection(entries):
        value = unique_keys(entries[key].value, ("services", "*", key), ledger)
        entries[key] = with_value(entries[key], value)
    return with_entries(merged, entries.values()) if isinstance(merged, Mapping) else merged


_PAIRS = frozenset({"annotations", "environment", "labels", "sysctls"})
"""Of these, what runs before a start has each key once, also where they are lists (measured)."""


def _normalize_build(build: Mapping, ledger: Ledger) -> Mapping:
    entries = dict(entries_of(build))
    if "dockerfile" not in entries and "dockerfile_inline" not in entries:
        build = with_text(build, "dockerfile", "Dockerfile", ledger)
        entries = dict(entries_of(build))
    arguments = entries.get("args")
    if arguments is not None:
        value = _with_values(arguments.value, ledger, keep_bare=False)
        entries["args"] = with_value(arguments, value)
    return with_entries(build, entries.values())


def give_listed_values(root: Mapping, ledger: Ledger, *, is_included: bool = False) -> Mapping:
    """Return the tree `root` with the values of variables that services list by name alone.

    An included file has its own variables, so this happens for each by itself. With `is_included`,
    configs and secrets that come from a variable have its value, too: Compose then refuses such a
    config, since it has two sources (measured).
    """
    sections = dict(entries_of(root))
    if is_included:
        _give_values(sections, "configs", "content", ledger)
        if ledger.keeps_variables:
            _give_values(sections, "secrets", "x-#value", ledger)
    section = sections.get("services")
    if section is None or not isinstance(section.value, Mapping):
        return with_entries(root, sections.values())
    members = []
    for member in section.value.entries:
        service = member.value
        entries = dict(entries_of(service))
        environment = entries.get("environment")
        is_listed = environment is not None and isinstance(environment.value, Sequence)
        if environment is not None and is_listed and isinstance(service, Mapping):
            value = _with_values(environment.value, ledger, keep_bare=True)
            entries["environment"] = with_value(environment, value)
            member = with_value(member, with_entries(service, entries.values()))
        members.append(member)
    sections["services"] = with_value(section, with_entries(section.value, members))
    return with_entries(root, sections.values())


def _give_values(sections: dict[str, Entry], key: str, to: str, ledger: Ledger) -> None:
    """Add under `to` the value of the variable that is the `environment` of each of a section."""
    section = sections.get(key)
    if section is None or not isinstance(section.value, Mapping):
        return
    members = []
    for member in section.value.entries:
        entries = dict(entries_of(member.value))
        variable = entries.get("environment")
        name = text_of(variable.value) if variable is not None else None
        value = _listed_variables(ledger).get(name or "")
        if variable is not None and value is not None and isinstance(member.value, Mapping):
            entries[to] = entry(to, ledger.imply(text_at(variable.value, value)))
            member = with_value(member, with_entries(member.value, entries.values()))
        members.append(member)
    sections[key] = with_value(section, with_entries(section.value, members))


def _listed_variables(ledger: Ledger) -> Table[str, str]:
    """Return the variables that may be named without a value."""
    if not ledger.keeps_variables:
        return ledger.environment
    return {key: value for key, value in ledger.environment.items() if key != "HOME"}


def _with_values(node: Node, ledger: Ledger, *, keep_bare: bool) -> Node:
    """Return variables with the values of those that are written without one.

    Where there is none, the variable stays bare, or is dropped. So it is with all of them where
    variables stay as they are written.
    """
    environment = _listed_variables(ledger)
    if isinstance(node, Mapping):
        entries = []
        for old in node.entries:
            if not is_null(old.value):
                entries.append(old)
                continue
            key = text_of(old.key) or ""
            value = environment.get(key)
            if value is not None:
                given = text_at(old.key, value)
                ledger.texts[given] = known(old.key.source, value, old.key.span)
                entries.append(with_value(old, given))
            elif keep_bare:
                entries.append(old)
        return with_entries(node, entries)
    if isinstance(node, Sequence):
        items: list[Node] = []
        for item in node.items:
            text = text_of(item)
            if not isinstance(item, Scalar) or text is None or "=" in text or HOLE in text:
                items.append(item)
            elif text in environment:
                found = known(item.source, f"={environment[text]}", item.span)
                pair = join(item.source, (ledger.text(item), found), item.start)
                given = traced_at(pair)
                ledger.texts[given] = pair
                items.append(given)
            elif keep_bare:
                items.append(item)
        return with_items(node, items)
    return node


def _with_clean_target(mount: Node, ledger: Ledger) -> Node:
    entries = dict(entries_of(mount))
    target = entries.get("target")
    text = text_of(target.value) if target is not None else None
    if target is None or text is None or HOLE in text or not isinstance(mount, Mapping):
        return mount
    if text == clean_path(text) or not isinstance(target.value, Scalar):
        return mount
    clean = ledger.become(target.value, text_at(target.value, clean_path(text)))
    entries["target"] = with_value(target, clean)
    return with_entries(mount, entries.values())


def _name_resources(sections: dict[str, Entry], project: str, ledger: Ledger) -> None:
    for key in _NAMED_SECTIONS:
        section = sections.get(key)
        if section is None or not isinstance(section.value, Mapping):
            continue
        members = []
        for member in section.value.entries:
            name = text_of(member.key) or ""
            resource = member.value
            if is_null(resource):
                resource = mapping_at(member.key, ())
            if isinstance(resource, Mapping) and _is_unnamed(resource):
                is_external = value_of(child(resource, "external")) is True
                full = name if is_external else f"{project}_{name}"
                kept = [old for old in resource.entries if text_of(old.key) != "name"]
                given = entry("name", ledger.imply(text_at(member.key, full)))
                resource = with_entries(resource, (given, *kept))
            members.append(with_value(member, resource))
        sections[key] = with_value(section, with_entries(section.value, members))


def _is_unnamed(resource: Mapping) -> bool:
    name = child(resource, "name")
    return name is None or is_null(name)
