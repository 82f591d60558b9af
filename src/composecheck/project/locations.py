"""Paths as Compose resolves them: against the folder of the project, or of the file they are in.

(Facts: compose-go, `paths/`, measured.) What is unknown in part stays as it is written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.language.traced import HOLE
from composecheck.language.volumes import clean_path
from composecheck.project.making import text_at, with_entries, with_items, with_value
from composecheck.project.patterns import Patterns, with_jobs
from composecheck.project.reading import child, entries_of, text_of
from composecheck.yaml.merge import name_of
from composecheck.yaml.nodes import Mapping, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Callable

    from composecheck.project.ledger import Ledger
    from composecheck.yaml.nodes import Node

    Locate = Callable[[Node, str, Ledger], Node]

_REMOTE_CONTEXTS = ("https://", "http://", "git://", "ssh://", "github.com/", "git@")


def joined(path: str, folder: str, home: str | None) -> str:
    """Return `path` behind `folder`, or with `~` replaced by `home` where that is known."""
    if path.startswith("~") and home is not None:
        path = clean_path(f"{home}/{path[1:]}")
    return path if path.startswith("/") else clean_path(f"{folder}/{path}")


def is_windows_absolute(path: str) -> bool:
    r"""Tell whether `path` is absolute on Windows: `C:\data`, `C:/data`, `\\server\share`."""
    if path[:1] in ("\\", "/") and path[1:2] in ("\\", "/"):
        return True
    return path[1:2] == ":" and path[2:3] in ("\\", "/")


def resolve_paths(root: Node, folder: str, ledger: Ledger) -> Node:
    """Return the tree `root` of a project with its paths joined to `folder`.

    They are absolute if `folder` is, but for those that belong to another system or service.
    """
    return _resolve(root, _PATHS, folder, ledger)


def _resolve(node: Node, table: Patterns[Locate] | None, folder: str, ledger: Ledger) -> Node:
    if table is None:
        return node
    if table.here is not None:
        return table.here(node, folder, ledger)
    if isinstance(node, Mapping):
        changed = False
        entries = []
        for old in node.entries:
            below = table.below(name_of(old.key) or "")
            value = _resolve(old.value, below, folder, ledger)
            changed = changed or value is not old.value
            entries.append(old if value is old.value else with_value(old, value))
        return with_entries(node, entries) if changed else node
    if isinstance(node, Sequence):
        items = [
            _resolve(item, table.below(index), folder, ledger)
            for index, item in enumerate(node.items)
        ]
        unchanged = all(new is old for new, old in zip(items, node.items, strict=True))
        return node if unchanged else with_items(node, items)
    return node


def _located(node: Node, folder: str, ledger: Ledger, *, is_elsewhere: bool = False) -> Node:
    """Return the path `node` joined to `folder`, unless it is absolute or `is_elsewhere`."""
    text = text_of(node)
    if not isinstance(node, Scalar) or text is None or HOLE in text or is_elsewhere:
        return node
    path = joined(text, folder, ledger.environment.get("HOME"))
    if path == text:
        return node
    return ledger.become(node, text_at(node, path))


def _path(node: Node, folder: str, ledger: Ledger) -> Node:
    return _located(node, folder, ledger, is_elsewhere=text_of(node) == "")


def _context(node: Node, folder: str, ledger: Ledger) -> Node:
    text = text_of(node) or ""
    is_elsewhere = text == "" or "://" in text or text.startswith(("service:", *_REMOTE_CONTEXTS))
    return _located(node, folder, ledger, is_elsewhere=is_elsewhere)


def _path_of_any_system(node: Node, folder: str, ledger: Ledger) -> Node:
    return _located(node, folder, ledger, is_elsewhere=is_windows_absolute(text_of(node) or ""))


def _mount(node: Node, folder: str, ledger: Ledger) -> Node:
    if not isinstance(node, Mapping) or text_of(child(node, "type")) != "bind":
        return node
    return _with_path(node, "source", folder, ledger)


def _with_path(node: Mapping, key: str, folder: str, ledger: Ledger) -> Mapping:
    entries = dict(entries_of(node))
    old = entries.get(key)
    if old is None:
        return node
    value = _path_of_any_system(old.value, folder, ledger)
    if value is old.value:
        return node
    entries[key] = with_value(old, value)
    return with_entries(node, entries.values())


def _volume(node: Node, folder: str, ledger: Ledger) -> Node:
    """Return a named volume that is a bind mount in truth with the path of its device."""
    options = child(node, "driver_opts")
    if (
        not isinstance(node, Mapping)
        or not isinstance(options, Mapping)
        or text_of(child(node, "driver")) != "local"
        or text_of(child(options, "o")) != "bind"
    ):
        return node
    entries = dict(entries_of(node))
    located = _with_path(options, "device", folder, ledger)
    if located is options:
        return node
    entries["driver_opts"] = with_value(entries["driver_opts"], located)
    return with_entries(node, entries.values())


_PATHS: Patterns[Locate] = with_jobs(
    {
        "configs.*.file": _path_of_any_system,
        "secrets.*.file": _path_of_any_system,
        "services.*.build.additional_contexts.*": _context,
        "services.*.build.context": _context,
        "services.*.build.ssh.*": _path_of_any_system,
        "services.*.develop.watch.*.path": _path,
        "services.*.env_file.*.path": _path,
        "services.*.extends.file": _path,
        "services.*.label_file.*": _path,
        "services.*.volumes.*": _mount,
        "volumes.*": _volume,
    },
    with_hooks=True,
)
