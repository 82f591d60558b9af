"""What Compose fills in where nothing is written, once all files are together.

(Facts: compose-go, `transform/defaults.go`, measured.)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.language.traced import HOLE
from composecheck.project.making import (
    entry,
    plain_at,
    text_at,
    with_entries,
    with_items,
    with_value,
)
from composecheck.project.patterns import Patterns, with_jobs
from composecheck.project.reading import child, entries_of, text_of
from composecheck.yaml.merge import name_of
from composecheck.yaml.nodes import Mapping, Sequence

if TYPE_CHECKING:
    from collections.abc import Callable

    from composecheck.project.ledger import Ledger
    from composecheck.yaml.nodes import Node

    Fill = Callable[[Mapping, Ledger], Mapping]


def add_defaults(root: Mapping, ledger: Ledger) -> Mapping:
    """Return the tree `root` of a project with Compose's defaults in it."""
    filled = _fill(root, _DEFAULTS, ledger)
    return filled if isinstance(filled, Mapping) else root


def _fill(node: Node, table: Patterns[Fill] | None, ledger: Ledger) -> Node:
    if table is None:
        return node
    if isinstance(node, Mapping):
        if table.here is not None:
            return table.here(node, ledger)
        changed = False
        entries = []
        for old in node.entries:
            value = _fill(old.value, table.below(name_of(old.key) or ""), ledger)
            changed = changed or value is not old.value
            entries.append(old if value is old.value else with_value(old, value))
        return with_entries(node, entries) if changed else node
    if isinstance(node, Sequence):
        items = [_fill(item, table.below(i), ledger) for i, item in enumerate(node.items)]
        unchanged = all(new is old for new, old in zip(items, node.items, strict=True))
        return node if unchanged else with_items(node, items)
    return node


def with_text(mapping: Mapping, key: str, text: str, ledger: Ledger) -> Mapping:
    """Return `mapping` with the text for `key` that Compose adds, unless it has one."""
    if key in entries_of(mapping):
        return mapping
    place = mapping.entries[0].key if mapping.entries else mapping
    added = entry(key, ledger.imply(text_at(place, text)))
    return with_entries(mapping, (*mapping.entries, added))


def with_true(mapping: Mapping, key: str, ledger: Ledger) -> Mapping:
    """Return `mapping` with the `true` for `key` that Compose adds, unless it has a value."""
    if key in entries_of(mapping):
        return mapping
    place = mapping.entries[0].key if mapping.entries else mapping
    added = entry(key, ledger.imply(plain_at(place, "true")))
    return with_entries(mapping, (*mapping.entries, added))


def _build(build: Mapping, ledger: Ledger) -> Mapping:
    return with_text(build, "context", ".", ledger)


def _secret(mount: Mapping, ledger: Ledger) -> Mapping:
    source = text_of(child(mount, "source")) or ""
    if HOLE in source:
        return mount
    return with_text(mount, "target", f"/run/secrets/{source}", ledger)


def _port(port: Mapping, ledger: Ledger) -> Mapping:
    return with_text(with_text(port, "protocol", "tcp", ledger), "mode", "ingress", ledger)


def _devices(request: Mapping, ledger: Ledger) -> Mapping:
    if "device_ids" in entries_of(request):
        return request
    return with_text(request, "count", "all", ledger)


def _bind(bind: Mapping, ledger: Ledger) -> Mapping:
    return with_true(bind, "create_host_path", ledger)


_DEFAULTS: Patterns[Fill] = with_jobs(
    {
        "services.*.build": _build,
        "services.*.deploy.resources.reservations.devices.*": _devices,
        "services.*.gpus.*": _devices,
        "services.*.ports.*": _port,
        "services.*.secrets.*": _secret,
        "services.*.volumes.*.bind": _bind,
    }
)
