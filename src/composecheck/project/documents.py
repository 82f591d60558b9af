"""From files to one tree: each document of each file laid over those before it.

What Compose does with a document, in its order: variables and casts, `include`, `!reset`,
`extends`, merge, unique lists; then it judges the shape; then everything takes its long form.
(Facts: compose-go, `loader/loader.go`, measured.)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.project.alias_paths import check_alias_paths
from composecheck.project.canonical import make_canonical
from composecheck.project.defaults import add_defaults
from composecheck.project.early_names import early_names
from composecheck.project.extending import apply_extends
from composecheck.project.including import apply_includes
from composecheck.project.interpolation import interpolate_document
from composecheck.project.kinds import refuse_in_extended, refuse_in_included
from composecheck.project.loading import Stage
from composecheck.project.locations import resolve_paths
from composecheck.project.making import with_entries
from composecheck.project.merge import merge
from composecheck.project.normal import give_listed_values
from composecheck.project.problem import Fault, Problem
from composecheck.project.reading import entries_of, kind_of
from composecheck.project.resets import KeyPath, marked_paths, without
from composecheck.project.unicity import enforce_unicity
from composecheck.yaml import limits
from composecheck.yaml.nodes import Mapping, follow

if TYPE_CHECKING:
    from collections.abc import Iterable

    from composecheck.project.files import ComposeFile
    from composecheck.project.loading import Loading, Standpoint
    from composecheck.yaml.nodes import Node


def load_files(
    files: Iterable[ComposeFile], standpoint: Standpoint, loading: Loading, prefix: str = ""
) -> Mapping | None:
    """Return the tree of `files` together; None if there is no document with keys and values.

    Paths in the tree are joined to `prefix`, by default to the folder: for an included project,
    Compose joins them to the way that leads there, and makes them absolute later.
    """
    tree: Mapping | None = None
    for file in files:
        tree = _load_file(file, standpoint, loading, tree)
    if tree is None:
        return None
    ledger = loading.ledger
    filled = add_defaults(tree, ledger)
    if prefix:
        loading.included.append(filled)
        refuse_in_included(filled, ledger)
    located = _mapping(resolve_paths(filled, prefix or str(standpoint.folder), ledger), tree)
    return give_listed_values(located, ledger, is_included=bool(prefix))


def _load_file(
    file: ComposeFile, standpoint: Standpoint, loading: Loading, accumulated: Mapping | None
) -> Mapping | None:
    ledger, folder = loading.ledger, standpoint.folder
    path = file.path or folder / "-"
    for number, root in enumerate(_roots(file, loading)):
        tree = _interpolated(root, loading)
        if tree is None:
            continue
        resets = marked_paths(root)
        tree = apply_includes(tree, standpoint.within(path), loading, resets, load_files)
        if accumulated is not None:
            accumulated = _mapping(without(accumulated, resets), accumulated)
        tree = apply_extends(tree, path, folder, resets, loading, load_extended_file)
        merged = tree if accumulated is None else _mapping(merge(accumulated, tree, ledger), tree)
        unique = _mapping(enforce_unicity(merged, ledger), merged)
        partial = frozenset(loading.partial_services)
        loading.stages.append(Stage(file.document.source, number, unique, partial))
        accumulated = _canonical(_without_version(unique), loading)
    return accumulated


def load_extended_file(
    file: ComposeFile, loading: Loading
) -> tuple[Mapping | None, frozenset[KeyPath]]:
    """Return the tree of a file that a service is taken from, and what its last document resets.

    Neither `include` nor `extends` in it is followed: the latter is, for that one service, later.
    """
    accumulated: Mapping | None = None
    resets: frozenset[KeyPath] = frozenset()
    for root in _roots(file, loading):
        tree = _interpolated(root, loading)
        if tree is None:
            continue
        resets = marked_paths(root)
        if accumulated is not None:
            before = _mapping(without(accumulated, resets), accumulated)
            tree = _mapping(merge(before, tree, loading.ledger), tree)
        unique = _mapping(enforce_unicity(tree, loading.ledger), tree)
        refuse_in_extended(unique, loading.ledger)
        accumulated = _canonical(unique, loading)
    return accumulated, resets


def _roots(file: ComposeFile, loading: Loading) -> tuple[Node, ...]:
    document = file.document
    if document.refusal is not None:
        loading.ledger.problems.append(
            Problem(Fault.TOO_MUCH, document.source, None, name=document.refusal)
        )
    if not document.findings:
        for root in document.roots:
            check_alias_paths(root, loading.ledger)
    return document.roots


def _interpolated(root: Node, loading: Loading) -> Mapping | None:
    """Return the tree of a document; None, and a problem, if it is not keys and values."""
    content = follow(root)
    if not isinstance(content, Mapping):
        loading.ledger.refuse(Fault.NOT_MAPPING, root, (), name=kind_of(content or root))
        return None
    try:
        tree = interpolate_document(
            root,
            loading.ledger,
            keep_variables=loading.call.keep_variables,
            assumes_defaults=loading.call.assumes_defaults,
        )
    except limits.TooMuch as reason:
        loading.ledger.refuse(Fault.TOO_MUCH, root, (), name=str(reason))
        return None
    return early_names(tree) if isinstance(tree, Mapping) else None


def _canonical(tree: Mapping, loading: Loading) -> Mapping:
    long = make_canonical(tree, loading.ledger)
    return _mapping(enforce_unicity(long, loading.ledger), tree)


def _without_version(tree: Mapping) -> Mapping:
    entries = entries_of(tree)
    return with_entries(tree, [entries[key] for key in entries if key != "version"])


def _mapping(node: Node, otherwise: Mapping) -> Mapping:
    return node if isinstance(node, Mapping) else otherwise
