"""The long form of what is written short, as Compose makes it after each document.

What it cannot read stays as it is, with a problem noted; what is unknown in part stays as it is
without one. (Facts: compose-go, `transform/`, measured.)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.language.build_contexts import read_additional_contexts
from composecheck.language.ssh_keys import read_ssh_keys
from composecheck.language.traced import HOLE
from composecheck.project.defaults import with_text, with_true
from composecheck.project.go_values import go_text
from composecheck.project.making import (
    entry,
    mapping_at,
    plain_at,
    sequence_at,
    text_at,
    with_entries,
    with_items,
    with_value,
)
from composecheck.project.merge import implied_dependency
from composecheck.project.patterns import Patterns, with_jobs
from composecheck.project.problem import Fault
from composecheck.project.reading import entries_of, is_null, text_of, value_of
from composecheck.project.short_forms import device_mapping, port_mappings, volume_mapping
from composecheck.yaml.merge import name_of
from composecheck.yaml.nodes import Entry, Mapping, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Callable

    from composecheck.finding import Path
    from composecheck.project.ledger import Ledger
    from composecheck.yaml.nodes import Node

    Lengthen = Callable[[Node, Path, Ledger], Node]


def make_canonical(root: Node, ledger: Ledger) -> Node:
    """Return the tree `root` of a whole project with everything in its long form."""
    return _lengthen(root, _LONG_FORMS, (), ledger)


def _lengthen(node: Node, table: Patterns[Lengthen] | None, path: Path, ledger: Ledger) -> Node:
    if table is None:
        return node
    if table.here is not None:
        node = table.here(node, path, ledger)
    if isinstance(node, Mapping):
        changed = False
        entries = []
        for old in node.entries:
            name = name_of(old.key) or ""
            value = _lengthen(old.value, table.below(name), (*path, name), ledger)
            changed = changed or value is not old.value
            entries.append(old if value is old.value else with_value(old, value))
        return with_entries(node, entries) if changed else node
    if isinstance(node, Sequence):
        items = [
            _lengthen(item, table.below(index), (*path, index), ledger)
            for index, item in enumerate(node.items)
        ]
        unchanged = all(new is old for new, old in zip(items, node.items, strict=True))
        return node if unchanged else with_items(node, items)
    return node


def _note(long: Mapping | Sequence, short: Node, ledger: Ledger) -> Node:
    if isinstance(short, Scalar):
        ledger.written[long] = short
    return long


def _as_list(node: Node, path: Path, ledger: Ledger) -> Node:
    if text_of(node) is None:
        return node
    return _note(sequence_at(node, (node,)), node, ledger)


def _dns(node: Node, path: Path, ledger: Ledger) -> Node:
    """Return a list, without its empty texts unless it belongs to a `pre_start`."""
    listed = _as_list(node, path, ledger)
    if not isinstance(listed, Sequence) or len(path) > 3:
        return listed
    items = [item for item in listed.items if not is_null(item) and text_of(item) != ""]
    if len(items) == len(listed.items):
        return listed
    return _note(with_items(listed, items), node, ledger)


def _as_text(node: Node, path: Path, ledger: Ledger) -> Node:
    """Return a boolean as a text."""
    if not isinstance(node, Scalar) or text_of(node) is not None:
        return node
    return text_at(node, go_text(value_of(node)))


def _build(node: Node, path: Path, ledger: Ledger) -> Node:
    if text_of(node) is None:
        return node
    return _note(mapping_at(node, (entry("context", node),)), node, ledger)


def _extends(node: Node, path: Path, ledger: Ledger) -> Node:
    """Return keys and values; it is still there only if there was nothing to extend."""
    if text_of(node) is None:
        return node
    return _note(mapping_at(node, (entry("service", node),)), node, ledger)


def _env_file(node: Node, path: Path, ledger: Ledger) -> Node:
    items = node.items if isinstance(node, Sequence) else (node,)
    long: list[Node] = []
    for item in items:
        if isinstance(item, Mapping):
            long.append(with_true(item, "required", ledger))
        elif text_of(item) is not None:
            required = ledger.imply(plain_at(item, "true"))
            entries = (entry("path", item), entry("required", required))
            long.append(_note(mapping_at(item, entries), item, ledger))
        else:
            long.append(item)
    if isinstance(node, Sequence):
        unchanged = all(new is old for new, old in zip(long, items, strict=True))
        return node if unchanged else with_items(node, long)
    return _note(sequence_at(node, long), node, ledger) if text_of(node) is not None else node


def _depends_on(node: Node, path: Path, ledger: Ledger) -> Node:
    if isinstance(node, Sequence):
        return mapping_at(
            node,
            (
                Entry(item, implied_dependency(item, ledger), item.start)
                for item in node.items
                if text_of(item) is not None
            ),
        )
    if not isinstance(node, Mapping):
        return node
    entries = []
    changed = False
    for old in node.entries:
        value = old.value
        if isinstance(value, Mapping):
            value = with_text(value, "condition", "service_started", ledger)
            value = with_true(value, "required", ledger)
        changed = changed or value is not old.value
        entries.append(old if value is old.value else with_value(old, value))
    return with_entries(node, entries) if changed else node


def _names_as_keys(node: Node, path: Path, ledger: Ledger) -> Node:
    if not isinstance(node, Sequence):
        return node
    entries = {
        text: Entry(item, plain_at(item, ""), item.start)
        for item in node.items
        if (text := text_of(item)) is not None
    }
    return mapping_at(node, entries.values())


def _source_of_mount(node: Node, path: Path, ledger: Ledger) -> Node:
    if text_of(node) is None:
        return node
    return _note(mapping_at(node, (entry("source", node),)), node, ledger)


def _gpus(node: Node, path: Path, ledger: Ledger) -> Node:
    text = text_of(node)
    if text is None or HOLE in text:
        return node
    count = text_at(node, "all")  # whatever the text says (measured)
    one = mapping_at(node, (entry("count", count),))
    return _note(sequence_at(node, (one,)), node, ledger)


def _pairs(node: Node, path: Path, ledger: Ledger) -> Node:
    """Return a list of `KEY=value` as keys and values."""
    if not isinstance(node, Sequence):
        return node
    entries: dict[str, Entry] = {}
    for index, item in enumerate(node.items):
        if not isinstance(item, Scalar) or text_of(item) is None:
            return node
        text = ledger.text(item)
        key, sign, value = text.partition("=")
        if not sign.shape:
            if text.is_known:
                alone = sequence_at(item, (item,))
                payload = next(iter(read_additional_contexts(alone, ledger.text)), None)
                ledger.refuse_short("additional_contexts", item, (*path, index), payload)
            return node
        scalar = text_at(item, value.shape)
        ledger.texts[scalar] = value
        entries[key.shape] = entry(key.shape, scalar, item)
    return mapping_at(node, entries.values())


def _ssh(node: Node, path: Path, ledger: Ledger) -> Node:
    if not isinstance(node, Sequence):
        return node
    entries: dict[str, Entry] = {}
    for index, item in enumerate(node.items):
        if not isinstance(item, Scalar) or text_of(item) is None:
            return node
        text = ledger.text(item)
        key, sign, value = text.partition("=")
        if sign.shape:
            scalar = text_at(item, value.shape)
            ledger.texts[scalar] = value
        elif text.could_be("default"):
            scalar = plain_at(item, "")
        else:
            if text.is_known:
                payload = next(iter(read_ssh_keys(sequence_at(item, (item,)), ledger.text)), None)
                ledger.refuse_short("ssh", item, (*path, index), payload)
            return node
        entries[key.shape] = entry(key.shape, scalar, item)
    return mapping_at(node, entries.values())


def _ports(node: Node, path: Path, ledger: Ledger) -> Node:
    if not isinstance(node, Sequence):
        return node
    items: list[Node] = []
    for index, item in enumerate(node.items):
        long: tuple[Node, ...] = (item,)
        if isinstance(item, Scalar) and not is_null(item):
            long = port_mappings(item, (*path, index), ledger)
            if ledger.keeps_variables and long == (item,):
                return node  # one that cannot be read keeps the others from it
        items += long
    unchanged = len(items) == len(node.items) and all(
        new is old for new, old in zip(items, node.items, strict=True)
    )
    return node if unchanged else with_items(node, items)


def _volume(node: Node, path: Path, ledger: Ledger) -> Node:
    if not isinstance(node, Scalar) or text_of(node) is None:
        return node
    return volume_mapping(node, path, ledger)


def _device(node: Node, path: Path, ledger: Ledger) -> Node:
    if not isinstance(node, Scalar) or text_of(node) is None:
        return node
    return device_mapping(node, path, ledger)


def _schedule(node: Node, path: Path, ledger: Ledger) -> Node:
    if text_of(node) is None:
        return node
    return _note(mapping_at(node, (entry("cron", node),)), node, ledger)


def _external(node: Node, path: Path, ledger: Ledger) -> Node:
    """Return `external: {name: x}` as `external: true` with `name: x` beside it."""
    entries = dict(entries_of(node))
    external = entries.get("external")
    if not isinstance(node, Mapping) or external is None:
        return node
    if not isinstance(external.value, Mapping):
        return node
    written = external.value
    true = plain_at(external.key, "true")
    entries["external"] = with_value(external, true)
    name = entries_of(written).get("name")
    if name is not None:
        if "name" not in entries:
            entries["name"] = name
        elif value_of(entries["name"].value) != value_of(name.value):
            ledger.refuse(Fault.EXTERNAL_NAMES_DIFFER, name.value, (*path, "external", "name"))
    return with_entries(node, entries.values())


_LONG_FORMS: Patterns[Lengthen] = with_jobs(
    {
        "configs.*": _external,
        "jobs.*.triggers.schedule.*": _schedule,
        "networks.*": _external,
        "secrets.*": _external,
        "volumes.*": _external,
        "services.*.build": _build,
        "services.*.build.additional_contexts": _pairs,
        "services.*.build.provenance": _as_text,
        "services.*.build.sbom": _as_text,
        "services.*.build.secrets.*": _source_of_mount,
        "services.*.build.ssh": _ssh,
        "services.*.configs.*": _source_of_mount,
        "services.*.depends_on": _depends_on,
        "services.*.develop.watch.*.ignore": _as_list,
        "services.*.develop.watch.*.include": _as_list,
        "services.*.devices.*": _device,
        "services.*.dns": _dns,
        "services.*.env_file": _env_file,
        "services.*.extends": _extends,
        "services.*.gpus": _gpus,
        "services.*.label_file": _as_list,
        "services.*.models": _names_as_keys,
        "services.*.networks": _names_as_keys,
        "services.*.ports": _ports,
        "services.*.secrets.*": _source_of_mount,
        "services.*.volumes.*": _volume,
    },
    with_hooks=True,
)
