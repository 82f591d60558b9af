"""The effective project as plain data: what `docker compose config` prints.

(Facts: docker/compose, `cmd/compose/config.go`, and compose-go, `types/project.go`, measured.)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct

from composecheck.project.encoding import OMIT, Printer, anything
from composecheck.project.fields import JOB, SERVICE
from composecheck.project.making import entry, mapping_at, with_entries, with_value
from composecheck.project.profiles import is_active
from composecheck.project.reading import child, entries_of, text_of
from composecheck.project.resource_fields import FILE_OBJECT, MODEL, NETWORK, VOLUME
from composecheck.project.structures import EXTENSIONS
from composecheck.yaml.nodes import Mapping, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composecheck.finding import Path
    from composecheck.project.encoding import Kind
    from composecheck.project.project import Project
    from composecheck.source import Source, Span
    from composecheck.yaml.nodes import Node

_SECTIONS: dict[str, Kind] = {
    "services": SERVICE,
    "jobs": JOB,
    "networks": NETWORK,
    "volumes": VOLUME,
    "secrets": FILE_OBJECT,
    "configs": FILE_OBJECT,
    "models": MODEL,
}
"""What is printed, in the order of Compose's YAML."""

_RESOURCES = ("networks", "volumes", "secrets", "configs", "models")


class Origin(Struct, frozen=True):
    """Where a value of the model was set.

    `path` leads to it in the model; `source` and `span` say which characters set it. What is
    written nowhere is `is_added` by Compose: then they say because of what, or are None.
    """

    path: Path
    value: object
    source: Source | None
    span: Span | None
    is_added: bool = False


def to_model(project: Project, *, as_json: bool = True) -> dict[str, Any]:
    """Return the project as `docker compose config --format json` prints it, or `--format yaml`.

    The two leave out different things: the latter keeps keys that begin with `x-`. As in Compose,
    services that a profile keeps off are not there, nor is what no service uses. `$` is not
    doubled yet.
    """
    return _print(project, Printer(project.text, as_json))


def to_written_model(project: Project, *, as_json: bool = True) -> dict[str, Any]:
    """Return the project as `docker compose config --no-interpolate` prints it.

    For one that was loaded with `keep_variables`. Everything is there, whether it is used or not,
    in its long form but for what cannot be read because of its variables; keys are sorted.
    """
    printed = anything(project.root, Printer(project.text, as_json), ())
    model: dict[str, Any] = printed if isinstance(printed, dict) else {}
    model["name"] = project.name or ""
    if as_json:
        _drop_empty_lists(model)
    return {key: _sorted(model[key]) for key in sorted(model)}


def _drop_empty_lists(model: dict[str, Any]) -> None:
    """Put nothing in the place of the lists of variables in which none is (measured)."""
    for section in ("services", "jobs"):
        for service in (model.get(section) or {}).values():
            for parent, key in ((service, "environment"), (service.get("build"), "args")):
                if isinstance(parent, dict) and parent.get(key) == []:
                    parent[key] = None


def _sorted(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _sorted(value[key]) for key in sorted(value)}
    return [_sorted(item) for item in value] if isinstance(value, list) else value


def origins(project: Project, *, as_json: bool = False) -> tuple[Origin, ...]:
    """Return where each value of the model that has no parts was set, in the order of the model."""
    printer = Printer(project.text, as_json)
    model = _print(project, printer)
    return tuple(_rows(model, (), printer, project))


def _rows(value: Any, path: Path, printer: Printer, project: Project) -> Iterator[Origin]:
    if isinstance(value, dict) and value:
        for key, part in value.items():
            yield from _rows(part, (*path, key), printer, project)
    elif isinstance(value, list) and value:
        for index, part in enumerate(value):
            yield from _rows(part, (*path, index), printer, project)
    else:
        yield origin_of(path, value, printer.origins.get(path), project)


def origin_of(path: Path, value: object, node: Node | None, project: Project) -> Origin:
    """Return the origin of `value`, which `node` stands for; None if nothing does."""
    if node is None or (node in project.implied and path[2:3] != ("depends_on",)):
        return Origin(path, value, None, None, is_added=True)
    # Of a dependency that is no more than a name, all is added: it must be seen where the name is.
    return Origin(path, value, node.source, node.span, is_added=node in project.implied)


def _print(project: Project, printer: Printer) -> dict[str, Any]:
    model: dict[str, Any] = {"name": project.name or ""}
    used = used_resources(project)
    for section, kind in _SECTIONS.items():
        defined = project.section(section)
        if section == "models":
            defined, used[section] = _put_aside(defined, used[section])
        members = {
            name: node for name, node in defined.items() if name in used.get(section, (name,))
        }
        if section in ("services", "jobs"):
            members = {
                name: node for name, node in members.items() if project.is_active(node) is not False
            }
        if section == "services":
            members = {
                name: _with_replicas(_with_files(name, members[name], project), project)
                for name in members
            }
        printed = {}
        for name, node in printer.ordered(members).items():
            value = kind(node, printer, (section, name))
            printed[name] = {} if value is OMIT else value
            if section == "jobs" and not printer.is_json:
                printed[name] = {"name": name, **printed[name]}  # so does Compose
        if printer.is_json and section == "models":
            continue
        if printed or section == "services":  # which is there even if it is empty
            model[section] = printed
    extras = {
        name: entry.value
        for name, entry in entries_of(project.root).items()
        if name.startswith("x-")
    }
    for name, node in printer.ordered(extras).items():
        model[name] = anything(node, printer, (name,))
    return printer.ordered(model) if printer.is_json else model


def _put_aside(models: dict[str, Node], used: set[str]) -> tuple[dict[str, Node], set[str]]:
    """Return `models` and the names `used` with one name for all that begin with `x-`."""
    kept = {name: node for name, node in models.items() if not name.startswith("x-")}
    if len(kept) < len(models):
        place = next(node for name, node in models.items() if name not in kept)
        kept[EXTENSIONS] = mapping_at(place, ())
    return kept, {EXTENSIONS if name.startswith("x-") else name for name in used}


def _with_files(name: str, service: Node, project: Project) -> Node:
    """Return `service` with what its env files and label files bring, and without the former."""
    entries = dict(entries_of(service))
    if name in project.environments:
        entries.pop("env_file", None)
    for key, table in (("environment", project.environments), ("labels", project.labels)):
        if name in table:
            entries[key] = entry(key, table[name])
    return with_entries(service, entries.values()) if isinstance(service, Mapping) else service


def _with_replicas(service: Node, project: Project) -> Node:
    """Return `service` with its `scale` in its `deploy`, where Compose puts it as it checks it.

    It does not check those that are on only because they are asked for by name (measured).
    """
    entries = dict(entries_of(service))
    deploy = entries.get("deploy")
    if deploy is None or "scale" not in entries or not isinstance(service, Mapping):
        return service
    if not isinstance(deploy.value, Mapping) or not is_active(service, _profiles_of_call(project)):
        return service
    replicas = entry("replicas", entries["scale"].value)
    entries["deploy"] = with_value(
        deploy, with_entries(deploy.value, (replicas, *deploy.value.entries))
    )
    return with_entries(service, entries.values())


def _profiles_of_call(project: Project) -> tuple[str, ...]:
    """Return the profiles that are on, without those that a name has switched on (see `settle`)."""
    said = project.environment.get("COMPOSE_PROFILES", "")
    return project.call.profiles or tuple(name.strip() for name in said.split(","))


def used_resources(project: Project) -> dict[str, set[str]]:
    """Return the names of what is used by any service that is on, by section; jobs do not count."""
    used: dict[str, set[str]] = {section: set() for section in _RESOURCES}
    for service in project.section("services").values():
        if project.is_active(service) is False:
            continue
        for key in ("networks", "models"):
            used[key] |= set(entries_of(child(service, key)))
        for key in ("secrets", "configs"):
            used[key] |= set(_sources(child(service, key)))
        used["secrets"] |= set(_sources(child(service, "build", "secrets")))
        mounts = child(service, "volumes")
        for mount in mounts.items if isinstance(mounts, Sequence) else ():
            if text_of(child(mount, "type")) == "volume":
                used["volumes"] |= set(_source(mount))
    return used


def _sources(node: Node | None) -> Iterator[str]:
    for item in node.items if isinstance(node, Sequence) else ():
        yield from _source(item)


def _source(item: Node) -> Iterator[str]:
    source = text_of(child(item, "source"))
    if source:
        yield source
