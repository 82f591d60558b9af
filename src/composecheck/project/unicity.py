"""Lists in which the last of two items that mean the same thing stays, in the place of the first.

(Facts: compose-go, `override/uncity.go`, measured.)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.language.go_text import LARGEST_INT64
from composecheck.language.traced import HOLE
from composecheck.project.go_values import go_text
from composecheck.project.making import with_entries, with_items, with_value
from composecheck.project.patterns import Patterns
from composecheck.project.problem import Fault
from composecheck.project.reading import child, kind_of, text_of, value_of
from composecheck.project.short_forms import volume_target
from composecheck.yaml.merge import name_of
from composecheck.yaml.nodes import Mapping, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Callable

    from composecheck.finding import Path
    from composecheck.project.ledger import Ledger
    from composecheck.yaml.nodes import Node

    Identify = Callable[[Node, Ledger], object]


class _Refused(Exception):
    """Compose cannot tell what an item is, and refuses the file."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


def enforce_unicity(root: Node, ledger: Ledger) -> Node:
    """Return the tree `root` without items that a later one of the same list stands for.

    An item that is unknown in part is taken to be like no other. What Compose refuses here is noted
    as a problem.
    """
    return _enforce(root, _UNIQUE, (), ledger)


def unique_keys(node: Node, path: Path, ledger: Ledger) -> Node:
    """Return the list `node` at `path` with each `KEY=value` but the last of the same key gone."""
    return _unique(node, _by_key, path, ledger) if isinstance(node, Sequence) else node


def _enforce(node: Node, table: Patterns[Identify] | None, path: Path, ledger: Ledger) -> Node:
    if table is None:
        return node
    if isinstance(node, Mapping):
        changed = False
        entries = []
        for entry in node.entries:
            name = name_of(entry.key) or ""
            value = _enforce(entry.value, table.below(name), (*path, name), ledger)
            changed = changed or value is not entry.value
            entries.append(entry if value is entry.value else with_value(entry, value))
        return with_entries(node, entries) if changed else node
    if isinstance(node, Sequence) and table.here is not None:
        return _unique(node, table.here, path, ledger)
    return node


def _unique(node: Sequence, identify: Identify, path: Path, ledger: Ledger) -> Node:
    items: dict[object, Node] = {}
    for index, item in enumerate(node.items):
        try:
            identity = identify(item, ledger)
        except _Refused as refused:
            ledger.refuse(refused.fault, item, (*path, index), name=kind_of(item))
            identity = None
        if identity is None:
            identity = item
        elif identity in items:
            ledger.replaced[item] = items[identity]
        items[identity] = item
    return node if len(items) == len(node.items) else with_items(node, items.values())


def _by_key(item: Node, ledger: Ledger) -> object:
    text = text_of(item)
    if text is None:
        raise _Refused(Fault.NOT_TEXT)
    key = text.partition("=")[0]
    return None if HOLE in key else key


def _by_volume_target(item: Node, ledger: Ledger) -> object:
    if isinstance(item, Mapping):
        return _written_target(item)
    text = text_of(item)
    return "" if text is None or not isinstance(item, Scalar) else volume_target(item, ledger)


def _by_device_target(item: Node, ledger: Ledger) -> object:
    if isinstance(item, Mapping):
        return _written_target(item)
    text = text_of(item)
    if text is None:
        return ""
    parts = text.split(":")
    return None if HOLE in text else parts[min(len(parts), 2) - 1]


def _written_target(item: Node) -> object:
    target = text_of(child(item, "target"))
    if target is None:
        raise _Refused(Fault.NO_TARGET)
    return None if HOLE in target else target


def _by_exposed(item: Node, ledger: Ledger) -> object:
    value = value_of(item)
    if isinstance(value, str):
        return None if HOLE in value else value
    if isinstance(value, int) and not isinstance(value, bool) and value <= LARGEST_INT64:
        return str(value)
    raise _Refused(Fault.NOT_TEXT)


def _by_mount_under(folder: str) -> Identify:
    def identify(item: Node, ledger: Ledger) -> object:
        text = text_of(item)
        if isinstance(item, Mapping):
            target = child(item, "target")
            if target is not None:
                text = text_of(target)
                return None if text is None or HOLE in text else text
            text = go_text(value_of(child(item, "source")))
        if text is None:
            raise _Refused(Fault.NOT_TEXT)
        return None if HOLE in text else f"{folder}/{text}"

    return identify


def _by_port(item: Node, ledger: Ledger) -> object:
    if not isinstance(item, Mapping):
        value = value_of(item)
        text = go_text(value) if isinstance(value, str | int) else ""
        return None if HOLE in text else text
    target = child(item, "target")
    if target is None:
        raise _Refused(Fault.NO_TARGET)
    parts = [
        value_of(found) if (found := child(item, key)) is not None else default
        for key, default in (("host_ip", "0.0.0.0"), ("published", None), ("protocol", "tcp"))
    ]
    parts.append(value_of(target))
    # A text differs from the number that is written the same.
    return None if any(HOLE in str(part) for part in parts) else tuple(map(repr, parts))


def _by_path(item: Node, ledger: Ledger) -> object:
    path = text_of(child(item, "path") if isinstance(item, Mapping) else item)
    if path is None:
        return "" if isinstance(item, Scalar) else None
    return None if HOLE in path else path


_UNIQUE: Patterns[Identify] = Patterns(
    {
        **dict.fromkeys(
            (
                "networks.*.labels",
                "networks.*.ipam.options",
                "services.*.annotations",
                "services.*.build.args",
                "services.*.build.additional_contexts",
                "services.*.build.platform",
                "services.*.build.tags",
                "services.*.build.labels",
                "services.*.cap_add",
                "services.*.cap_drop",
                "services.*.deploy.labels",
                "services.*.dns",
                "services.*.dns_opt",
                "services.*.dns_search",
                "services.*.environment",
                "services.*.labels",
                "services.*.links",
                "services.*.networks.*.aliases",
                "services.*.networks.*.link_local_ips",
                "services.*.profiles",
                "services.*.sysctls",
                "services.*.tmpfs",
            ),
            _by_key,
        ),
        "services.*.configs": _by_mount_under(""),
        "services.*.devices": _by_device_target,
        "services.*.env_file": _by_path,
        "services.*.expose": _by_exposed,
        "services.*.ports": _by_port,
        "services.*.secrets": _by_mount_under("/run/secrets"),
        "services.*.volumes": _by_volume_target,
    }
)
