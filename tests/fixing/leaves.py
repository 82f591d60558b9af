"""The values of a file by their paths: as our reader reads it, and as ruamel.yaml does."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode, SequenceNode

from composecheck import load
from composecheck.yaml.nodes import Alias, Mapping, Scalar
from composecheck.yaml.scalars import resolve

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from composecheck.finding import Path
    from composecheck.yaml.nodes import Node

Leaves = list[tuple["Path", str]]


def read_by_us(text: str) -> Leaves | None:
    """Return path and value of everything in a text; None if our reader refuses it."""
    document = load(text)
    if not document.is_complete or document.findings:
        return None
    return [leaf for root in document.roots for leaf in _ours(root, ())]


def _ours(node: Node, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(node, Mapping) and node.entries:
        for entry in node.entries:
            key = entry.key.text if isinstance(entry.key, Scalar) else "?"
            yield from _ours(entry.value, (*path, key))
    elif not isinstance(node, Mapping | Scalar | Alias) and node.items:
        for index, item in enumerate(node.items):
            yield from _ours(item, (*path, index))
    elif isinstance(node, Alias):
        yield path, f"*{node.name}"
    else:
        yield path, repr(resolve(node)) if isinstance(node, Scalar) else "empty"


def read_by_ruamel(text: str) -> Leaves | None:
    """Return the same as the pure parser of ruamel.yaml reads it; None if it refuses the text."""
    yaml: Any = YAML(typ="safe", pure=True)
    try:
        return [leaf for root in yaml.compose_all(text) for leaf in _theirs(root, (), set())]
    except (YAMLError, AssertionError, AttributeError, IndexError, TypeError, ValueError):
        return None


def _theirs(node: Any, path: Path, seen: set[int]) -> Iterator[tuple[Path, str]]:
    if id(node) in seen and node.anchor is not None:
        yield path, f"*{node.anchor}"
        return
    seen.add(id(node))
    if isinstance(node, MappingNode) and node.value:
        for key, part in node.value:
            yield from _theirs(part, (*path, str(key.value)), seen)
    elif isinstance(node, SequenceNode) and node.value:
        for index, part in enumerate(node.value):
            yield from _theirs(part, (*path, index), seen)
    else:
        yield path, f"{node.tag} {node.value!r}"


READERS: dict[str, Callable[[str], Leaves | None]] = {
    "our reader": read_by_us,
    "ruamel.yaml": read_by_ruamel,
}


def changed_values(before: Leaves, after: Leaves, free: Collection[Path]) -> list[str]:
    """Return what is not the same in `after`, other than at or under the `free` paths.

    A value may come to stand elsewhere as it is; under another key only if it was at a free path.
    """
    old, new = _counted(before), _counted(after)
    lost, added = old - new, new - old
    above = {path[:length] for path, _ in new for length in range(len(path))}
    # A key without a value may have come to hold what stands below it.
    lost = Counter({leaf: lost[leaf] for leaf in lost if not (_is_null(leaf) and leaf[0] in above)})
    complaints = []
    for one, others, what in ((lost, added, "lost"), (added, lost, "made up")):
        pool = Counter[str]()
        for (path, value), count in others.items():
            pool[_name(path, value)] += count
            if _is_under(path, free):
                pool[value] += count
        for (path, value), count in one.items():
            if _is_under(path, free):
                continue
            key = next((key for key in (_name(path, value), value) if pool[key] >= count), None)
            if key is None:
                complaints.append(f"{what}: {'.'.join(map(str, path))} = {value}")
            else:
                pool[key] -= count
    return complaints


def _counted(leaves: Leaves) -> Counter[tuple[Path, str]]:
    """Count values by path; items of a list are not told apart, for one may be taken away."""
    return Counter(
        (tuple(0 if isinstance(key, int) else key for key in path), value) for path, value in leaves
    )


def _is_null(leaf: tuple[Path, str]) -> bool:
    return leaf[1] in ("None", "tag:yaml.org,2002:null ''")


def _name(path: Path, value: str) -> str:
    return f"{path[-1] if path else ''}: {value}"


def _is_under(path: Path, free: Collection[Path]) -> bool:
    """Tell whether a path, in which all indices are 0, is at or under one of `free`."""
    return any(
        len(path) >= len(top)
        and all(
            isinstance(step, int) if key == 0 else key == step
            for key, step in zip(path, top, strict=False)
        )
        for top in free
    )
