"""Whether a text that an alias stands for means the same in all places in which it counts.

What is wrong with it is then wrong in all of them, and right in all of them once it is corrected.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.yaml.nodes import Alias, Mapping, Sequence
from composecheck.yaml.structure import key_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composecheck.finding import Path
    from composecheck.source import Span
    from composecheck.yaml import Document
    from composecheck.yaml.nodes import Node

Role = tuple[str, ...]
"""Where something counts, whatever the service is called: `services`, `*`, `environment`."""


def means_the_same(document: Document, span: Span) -> bool:
    """Whether the characters of `span` count in one place, or as the same thing in all of them.

    So does a list of variables that several services have under `environment`; not one that stands
    under `labels` as well.
    """
    if "*" not in document.text:
        return True  # there is no alias
    uses = _Uses(document)
    return all(
        len(uses.roles_of(target)) <= 1
        for target in uses.paths
        if target.start <= span.start and span.end <= target.end
    )


class _Uses:
    """The nodes of a document that aliases stand for, and where they count."""

    def __init__(self, document: Document) -> None:
        self.paths: dict[Node, list[Path]] = {}
        own: dict[Node, Path] = {}
        for root in document.roots:
            for path, node in _placed(root, ()):
                if not isinstance(node, Alias):
                    own[node] = path
                elif node.target is not None:
                    self.paths.setdefault(node.target, []).append(path)
        for target, paths in self.paths.items():
            # Where it is written, first.
            paths.insert(0, own[target])

    def roles_of(self, target: Node) -> set[Role]:
        """Return all that `target` counts as."""
        return {role for path in self.paths[target] for role in self._roles_at(path)}

    def _roles_at(self, path: Path) -> set[Role]:
        if not path or not str(path[0]).startswith("x-"):
            return {_role(path)}
        # What stands under `x-` counts only where it is used.
        return {
            (*role, *_keys(path[len(own) :]))
            for own, *uses in self.paths.values()
            if path[: len(own)] == own
            for use in uses
            for role in self._roles_at(use)
        }


def _role(path: Path) -> Role:
    keys = _keys(path)
    return (*keys[:1], "*", *keys[2:]) if len(keys) > 1 else keys


def _keys(path: Path) -> Role:
    return tuple(key for key in path if isinstance(key, str) and key != "<<")


def _placed(node: Node, path: Path) -> Iterator[tuple[Path, Node]]:
    waiting = [(path, node)]
    while waiting:
        at, current = waiting.pop()
        yield at, current
        if isinstance(current, Mapping):
            for entry in current.entries:
                waiting.append(((*at, key_name(entry)), entry.value))
                waiting.append((at, entry.key))
        elif isinstance(current, Sequence):
            waiting += [((*at, index), item) for index, item in enumerate(current.items)]
