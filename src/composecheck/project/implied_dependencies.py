"""Dependencies that follow from something else: links, shared namespaces, volumes of others.

(Facts: compose-go, `loader/normalize.go`, measured.)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.language.traced import HOLE
from composecheck.project.making import (
    entry,
    mapping_at,
    plain_at,
    text_at,
    with_entries,
    with_value,
)
from composecheck.project.reading import entries_of, text_of
from composecheck.yaml.nodes import Entry, Mapping, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composecheck.project.ledger import Ledger
    from composecheck.yaml.nodes import Node

_NAMESPACES = ("network_mode", "ipc", "pid", "uts", "cgroup")
_SERVICE_PREFIX = "service:"


def add_dependencies(entries: dict[str, Entry], ledger: Ledger) -> None:
    """Add to `depends_on` the services that a service needs without saying so there."""
    written = entries.get("depends_on")
    if written is not None and not isinstance(written.value, Mapping):
        return
    dependencies = dict(entries_of(written.value)) if written is not None else {}
    count = len(dependencies)
    for name, place, restarts in _needed(entries):
        if name not in dependencies:
            dependencies[name] = entry(name, _dependency(place, ledger, restarts=restarts), place)
    if len(dependencies) == count:
        return
    if written is not None and isinstance(written.value, Mapping):
        value = with_entries(written.value, dependencies.values())
        entries["depends_on"] = with_value(written, value)
    else:
        place = next(iter(dependencies.values())).key
        entries["depends_on"] = entry("depends_on", mapping_at(place, dependencies.values()))


def _needed(entries: dict[str, Entry]) -> Iterator[tuple[str, Node, bool]]:
    """Yield the services that others are needed for, where that is said, and whether a restart of
    one brings about a restart.
    """
    for item in _items(entries, "links"):
        text = text_of(item)
        if text is not None:
            parts = text.split(":")
            name = parts[0] if len(parts) == 2 else text
            if HOLE not in name:
                yield name, item, True
    for key in _NAMESPACES:
        found = entries.get(key)
        text = text_of(found.value) if found is not None else None
        if found is None or text is None or HOLE in text:
            continue
        if text.startswith(_SERVICE_PREFIX):
            yield text.removeprefix(_SERVICE_PREFIX), found.value, True
    for item in _items(entries, "volumes_from"):
        text = text_of(item)
        if text is not None and not text.startswith("container:"):
            name = text.split(":")[0]
            if HOLE not in name:
                yield name, item, False


def _items(entries: dict[str, Entry], key: str) -> tuple[Node, ...]:
    found = entries.get(key)
    return found.value.items if found is not None and isinstance(found.value, Sequence) else ()


def _dependency(place: Node, ledger: Ledger, *, restarts: bool) -> Mapping:
    values = {
        "condition": text_at(place, "service_started"),
        "restart": plain_at(place, "true" if restarts else "false"),
        "required": plain_at(place, "true"),
    }
    return mapping_at(place, (entry(key, ledger.imply(value)) for key, value in values.items()))
