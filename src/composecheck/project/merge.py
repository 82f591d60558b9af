"""One tree laid over another: key by key, as Compose does it.

Keys and values are joined; to a list is added what is not in it; anything else is replaced, except
where a table below says otherwise; nothing (null) leaves what was there. (Facts: compose-go,
`override/merge.go`, and Docker Compose v5.6.1, which the tests ask.)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from composecheck.project.making import (
    entry,
    mapping_at,
    plain_at,
    sequence_at,
    text_at,
    with_entries,
    with_items,
)
from composecheck.project.pairs import pairs_as_texts
from composecheck.project.patterns import Patterns, with_jobs
from composecheck.project.problem import Fault, Place
from composecheck.project.reading import (
    entries_of,
    identity_of,
    is_null,
    kind_of,
    text_of,
    value_of,
)
from composecheck.project.unicity import unique_keys
from composecheck.yaml.nodes import Entry, Mapping, Sequence

if TYPE_CHECKING:
    from collections.abc import Callable

    from composecheck.finding import Path
    from composecheck.project.ledger import Ledger
    from composecheck.yaml.nodes import Node

    Merger = Callable[[Node, Node, Path, "Table | None", Ledger], Node]

Table = Patterns["Merger"]


def merge(
    base: Node, over: Node, ledger: Ledger, path: Path = (), ruled_as: Path | None = None
) -> Node:
    """Return `over` laid over `base`; both stand at `path` of a Compose file.

    `ruled_as` is the path whose rules hold, where something is laid over what was included; then
    what is the same is not joined (measured). What cannot be joined is noted as a problem, and
    `base` is kept.
    """
    if ruled_as is not None and identity_of(base) == identity_of(over):
        return over
    table = _MERGERS.at(path if ruled_as is None else ruled_as)
    return _merge(base, over, path, table, ledger)


def _merge(base: Node, over: Node, path: Path, table: Table | None, ledger: Ledger) -> Node:
    if table is not None and table.here is not None:
        return table.here(base, over, path, table, ledger)
    if is_null(over):
        return base
    if isinstance(base, Mapping):
        if isinstance(over, Mapping):
            return _merge_mappings(base, over, path, table, ledger)
        return _clash(base, over, path, ledger)
    if isinstance(base, Sequence):
        if isinstance(over, Sequence):
            return with_items(base, _added(base.items, over.items))
        return _clash(base, over, path, ledger)
    return _replace(base, over, path, table, ledger)


def _added(items: tuple[Node, ...], more: tuple[Node, ...]) -> list[Node]:
    """Return `items`, and what of `more` is not the same as one of them, or as one added before."""
    added = list(items)
    known = {identity_of(item) for item in items}
    for item in more:
        identity = identity_of(item)
        if identity not in known:
            known.add(identity)
            added.append(item)
    return added


def _clash(base: Node, over: Node, path: Path, ledger: Ledger) -> Node:
    other = Place(base.source, base.span, kind_of(base))
    ledger.refuse(Fault.CANNOT_OVERRIDE, over, path, name=kind_of(over), related=(other,))
    return base


def _replace(base: Node, over: Node, path: Path, table: Table | None, ledger: Ledger) -> Node:
    if base is not over:
        ledger.replaced[over] = base
    return over


def _merge_ulimit(base: Node, over: Node, path: Path, table: Table | None, ledger: Ledger) -> Node:
    """Join two limits in the long form; any other takes the place of the first (measured)."""
    if isinstance(base, Mapping) and isinstance(over, Mapping):
        return _merge_mappings(base, over, path, table, ledger)
    return _replace(base, over, path, table, ledger)


def _merge_mappings(
    base: Mapping, over: Mapping, path: Path, table: Table | None, ledger: Ledger
) -> Mapping:
    merged = dict(entries_of(base))
    for name, new in entries_of(over).items():
        old = merged.get(name)
        if old is None:
            merged[name] = new
            continue
        below = table.below(name) if table is not None else None
        value = _merge(old.value, new.value, (*path, name), below, ledger)
        if value is new.value:
            merged[name] = new
        elif value is not old.value:
            merged[name] = Entry(old.key, value, old.start)
    return with_entries(base, merged.values())


def _merge_build(base: Node, over: Node, path: Path, table: Table | None, ledger: Ledger) -> Node:
    return _merge_mappings(_as_build(base), _as_build(over), path, table, ledger)


def _as_build(node: Node) -> Mapping:
    if isinstance(node, Mapping):
        return node
    return mapping_at(node, () if text_of(node) is None else (entry("context", node),))


def _merge_names(base: Node, over: Node, path: Path, table: Table | None, ledger: Ledger) -> Node:
    first, second = _as_names(base, path, ledger), _as_names(over, path, ledger)
    if first is None or second is None:
        return _clash(base, over, path, ledger)
    return _merge_mappings(first, second, path, table, ledger)


def _as_names(node: Node, path: Path, ledger: Ledger) -> Mapping | None:
    """Return names as keys: without values, or for `depends_on` with what is implied.

    A text is one name. None for what cannot be names.
    """
    if isinstance(node, Mapping):
        return node
    if is_null(node):
        return mapping_at(node, ())
    if not isinstance(node, Sequence) and text_of(node) is None:
        return None
    entries = []
    for index, item in enumerate(node.items if isinstance(node, Sequence) else (node,)):
        if text_of(item) is None:
            ledger.refuse(Fault.NOT_TEXT, item, (*path, index), name=kind_of(item))
            continue
        value: Node = plain_at(item, "")
        if path[-1] == "depends_on":
            value = implied_dependency(item, ledger)
        entries.append(Entry(item, value, item.start))
    return mapping_at(node, entries)


def implied_dependency(place: Node, ledger: Ledger) -> Mapping:
    """Return what a bare name in `depends_on` means."""
    condition = ledger.imply(text_at(place, "service_started"))
    required = ledger.imply(plain_at(place, "true"))
    return mapping_at(place, (entry("condition", condition), entry("required", required)))


def _merge_lists(base: Node, over: Node, path: Path, table: Table | None, ledger: Ledger) -> Node:
    texts = _added(pairs_as_texts(base, ledger), pairs_as_texts(over, ledger))
    if not texts and isinstance(base, Mapping) and path[-1] == "extra_hosts":
        return plain_at(over, "")  # which Compose then refuses (measured)
    return sequence_at(base, texts)


def _merge_pairs(base: Node, over: Node, path: Path, table: Table | None, ledger: Ledger) -> Node:
    """Join `KEY=value` key by key: the later value stands in the place of the earlier one."""
    texts = (*pairs_as_texts(base, ledger), *pairs_as_texts(over, ledger))
    return unique_keys(sequence_at(base, texts), path, ledger)


def _merge_logging(base: Node, over: Node, path: Path, table: Table | None, ledger: Ledger) -> Node:
    if not isinstance(base, Mapping) or not isinstance(over, Mapping):
        return _clash(base, over, path, ledger)
    drivers = [entries_of(node).get("driver") for node in (base, over)]
    values = [value_of(driver.value) for driver in drivers if driver is not None]
    if len(values) < 2 or values[0] == values[1]:
        return _merge_mappings(base, over, path, table, ledger)
    return _replace(base, over, path, table, ledger)


def _merge_address_pools(
    base: Node, over: Node, path: Path, table: Table | None, ledger: Ledger
) -> Node:
    """Join the pools of `ipam.config` that have the same subnet.

    In Compose's own way, turn by turn: a pool of the base that has no partner is dropped, and one
    that has been joined goes on as what it has become.
    """
    if not isinstance(base, Sequence) or not isinstance(over, Sequence):
        return _clash(base, over, path, ledger)
    pools: list[_Pool] = []
    others = [_Pool(node) for node in over.items if isinstance(node, Mapping)]
    for original in (_Pool(node) for node in base.items if isinstance(node, Mapping)):
        for other in others:
            is_known = any(pool.subnet == other.subnet for pool in pools)
            if original.subnet != other.subnet and not is_known:
                pools.append(other)
                continue
            original.node = _merge_mappings(original.node, other.node, path, None, ledger)
            places = [i for i, pool in enumerate(pools) if pool.subnet == original.subnet]
            at = places[0] if places else len(pools)
            pools[at : at + 1] = [original]
    # Of no pools at all Compose makes nothing, and then refuses that.
    return sequence_at(base, [pool.node for pool in pools]) if pools else plain_at(over, "")


class _Pool(Struct, eq=False):
    """A pool of addresses that changes while others are laid over it."""

    node: Mapping

    @property
    def subnet(self) -> object:
        found = entries_of(self.node).get("subnet")
        return None if found is None else value_of(found.value)


_MERGERS: Table = with_jobs(
    {
        "networks.*.ipam.config": _merge_address_pools,
        "networks.*.labels": _merge_pairs,
        "volumes.*.labels": _merge_pairs,
        "secrets.*.labels": _merge_pairs,
        "configs.*.labels": _merge_pairs,
        "services.*.annotations": _merge_pairs,
        "services.*.build": _merge_build,
        "services.*.build.args": _merge_pairs,
        "services.*.build.additional_contexts": _merge_pairs,
        "services.*.build.extra_hosts": _merge_lists,
        "services.*.build.labels": _merge_pairs,
        "services.*.command": _replace,
        "services.*.depends_on": _merge_names,
        "services.*.deploy.labels": _merge_pairs,
        "services.*.dns": _merge_lists,
        "services.*.dns_opt": _merge_lists,
        "services.*.dns_search": _merge_lists,
        "services.*.entrypoint": _replace,
        "services.*.env_file": _merge_lists,
        "services.*.label_file": _merge_lists,
        "services.*.environment": _merge_pairs,
        "services.*.extra_hosts": _merge_lists,
        "services.*.healthcheck.test": _replace,
        "services.*.labels": _merge_pairs,
        "services.*.volumes.*.volume.labels": _merge_pairs,
        "services.*.logging": _merge_logging,
        "services.*.models": _merge_names,
        "services.*.networks": _merge_names,
        "services.*.sysctls": _merge_pairs,
        "services.*.tmpfs": _merge_lists,
        "services.*.ulimits.*": _merge_ulimit,
    }
)
