"""`include`: other projects whose services and resources become part of this one.

(Facts: compose-go, `loader/include.go`, measured.)
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from composecheck.language.traced import HOLE
from composecheck.project.environment import read_env_files
from composecheck.project.files import ReadFile, is_remote, join_path
from composecheck.project.loading import Standpoint
from composecheck.project.making import with_entries, with_value
from composecheck.project.merge import merge
from composecheck.project.problem import Fault, Place
from composecheck.project.reading import child, entries_of, is_null, kind_of, text_of
from composecheck.project.resets import without
from composecheck.yaml.nodes import Mapping, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from composecheck.project.files import ComposeFile
    from composecheck.project.loading import Loading
    from composecheck.project.resets import KeyPath
    from composecheck.yaml.nodes import Entry, Node

    LoadFiles = Callable[[Iterable[ComposeFile], Standpoint, Loading, str], Mapping | None]

_SECTIONS = ("services", "jobs", "volumes", "networks", "secrets", "configs", "models")
"""What is taken over from an included project."""


class _Inclusion(Struct, frozen=True):
    """An item of `include`, its texts read; each is a node, so that it can be pointed at."""

    paths: tuple[Scalar, ...]
    project_directory: Scalar | None
    env_files: tuple[Scalar, ...]


def apply_includes(
    tree: Mapping,
    standpoint: Standpoint,
    loading: Loading,
    resets: frozenset[KeyPath],
    load_files: LoadFiles,
) -> Mapping:
    """Return the tree of a document with what it includes, and without `include`.

    `resets` are those of the document.
    """
    entries = dict(entries_of(tree))
    written = entries.pop("include", None)
    if written is None:
        return tree
    tree = with_entries(tree, entries.values())
    if is_null(written.value):
        return tree
    if not isinstance(written.value, Sequence):
        loading.ledger.refuse(
            Fault.INCLUDE_NOT_LIST, written.value, ("include",), name=kind_of(written.value)
        )
        return tree
    for index, item in enumerate(written.value.items):
        inclusion = _read(item)
        if inclusion is None:
            loading.ledger.refuse(Fault.INCLUDE_INVALID, item, ("include", index))
            loading.unknown_includes.append(item)
            continue
        included = _load(inclusion, item, standpoint, loading, load_files)
        if included is not None:
            tree = _take_over(included, tree, resets, loading)
    return tree


def _read(item: Node) -> _Inclusion | None:
    if isinstance(item, Scalar) and text_of(item) is not None:
        return _Inclusion((item,), None, ())
    if not isinstance(item, Mapping):
        return None
    paths, env_files = _texts(child(item, "path")), _texts(child(item, "env_file"))
    directory = child(item, "project_directory")
    if paths is None or env_files is None:
        return None
    if directory is None or is_null(directory):
        return _Inclusion(paths, None, env_files)
    if not isinstance(directory, Scalar) or text_of(directory) is None:
        return None
    return _Inclusion(paths, directory, env_files)


def _texts(node: Node | None) -> tuple[Scalar, ...] | None:
    """Return a text, or a list of texts, as a row; None if it is neither."""
    if node is None or is_null(node):
        return ()
    items = node.items if isinstance(node, Sequence) else (node,)
    texts = tuple(item for item in items if isinstance(item, Scalar) and text_of(item) is not None)
    return texts if len(texts) == len(items) else None


def _load(
    inclusion: _Inclusion,
    item: Node,
    standpoint: Standpoint,
    loading: Loading,
    load_files: LoadFiles,
) -> Mapping | None:
    """Return the tree of an included project; None, and a problem, if it is unknown."""
    texts = (*inclusion.paths, *inclusion.env_files)
    if any(HOLE in text.text for text in texts) or (
        inclusion.project_directory is not None and HOLE in inclusion.project_directory.text
    ):
        loading.unknown_includes.append(item)
        return None
    files: list[ComposeFile] = []
    for number, path in enumerate(inclusion.paths):
        file = _read_included(path, standpoint, loading, may_cycle=number == 0)
        if file is not None:
            files.append(file)
    if len(files) < len(inclusion.paths):
        loading.unknown_includes.append(item)
        if inclusion.env_files:
            _environment(inclusion, standpoint, standpoint.folder, loading)  # for what is wrong
        return None
    if not files:
        return None
    home, prefix = _home(inclusion, files[0], standpoint, loading)
    below = loading.with_environment(_environment(inclusion, standpoint, home, loading))
    # Where a way from the working folder is meant, an absolute one stays what it is.
    start = join_path(loading.call.working_folder, prefix)
    return load_files(files, Standpoint(home, start, standpoint.including), below, prefix)


def _home(
    inclusion: _Inclusion, file: ComposeFile, standpoint: Standpoint, loading: Loading
) -> tuple[Path, str]:
    """Return the folder of an included project, and what its paths are joined to."""
    written = inclusion.project_directory
    if written is None or not written.text:
        home = file.path.parent if file.path is not None else standpoint.folder
        return home, os.path.relpath(home, standpoint.folder)
    if written.text.startswith("/"):
        return Path(written.text), written.text
    folder = join_path(standpoint.folder, written.text)
    if not _is_folder(folder, loading):
        folder = folder.parent  # so does Compose (measured)
    return join_path(standpoint.start, written.text), os.path.relpath(folder, standpoint.folder)


def _is_folder(path: Path, loading: Loading) -> bool:
    try:
        loading.call.read(path)
    except IsADirectoryError:
        return True
    except OSError:
        return False
    return False


def _read_included(
    text: Scalar, standpoint: Standpoint, loading: Loading, *, may_cycle: bool
) -> ComposeFile | None:
    ledger, including = loading.ledger, standpoint.including
    if is_remote(text.text):
        ledger.refuse(Fault.REMOTE, text, ("include",), name=text.text)
        return None
    path = join_path(standpoint.folder, text.text)
    if may_cycle and path in including:
        steps = tuple(
            Place(text.source, text.span, str(step)) for step in including[including.index(path) :]
        )
        ledger.refuse(Fault.INCLUDE_CYCLE, text, ("include",), name=text.text, related=steps)
        return None
    loading.read_files.append(ReadFile(path, text))
    try:
        return loading.read(path)
    except OSError as error:
        is_absent = isinstance(error, FileNotFoundError)
        fault = Fault.FILE_ABSENT if is_absent else Fault.FILE_UNREADABLE
        ledger.refuse(fault, text, ("include",), name=text.text, payload=error)
        return None


def _environment(
    inclusion: _Inclusion, standpoint: Standpoint, home: Path, loading: Loading
) -> dict[str, str]:
    """Return the variables for an included project: ours, and what its env files add."""
    call, outer = loading.call, loading.ledger.environment
    paths: list[tuple[Path, Node | None]] = [
        (join_path(standpoint.start, text.text), text)
        for text in inclusion.env_files
        if text.text != "/dev/null"
    ]
    if not inclusion.env_files and _is_file(home / ".env", loading):
        paths = [(home / ".env", None)]
    loading.read_files += [ReadFile(path, text) for path, text in paths]
    values = read_env_files(
        paths,
        outer,
        call.working_folder,
        call.read,
        loading.ledger.problems,
        unset_is_blank=call.is_here,
        assumes_defaults=call.assumes_defaults,
    )
    return {**values, **outer}


def _is_file(path: Path, loading: Loading) -> bool:
    try:
        loading.call.read(path)
    except OSError:
        return False
    return True


def _take_over(
    included: Mapping, tree: Mapping, resets: frozenset[KeyPath], loading: Loading
) -> Mapping:
    """Return `tree` with what `included` defines; where both define one, ours is laid over it."""
    sections = dict(entries_of(tree))
    for section, theirs in entries_of(included).items():
        if section not in _SECTIONS or not isinstance(theirs.value, Mapping):
            continue
        if section not in sections:
            sections[section] = theirs
            continue
        ours = sections[section].value
        if not isinstance(ours, Mapping):
            # Compose falls over here, also where nothing stands.
            loading.ledger.refuse(Fault.NOT_MAPPING, ours, (section,), name=kind_of(ours))
            if is_null(ours):
                sections[section] = theirs
            continue
        members = dict(entries_of(ours))
        for name, new in entries_of(theirs.value).items():
            members[name] = _joined(section, name, new, members.get(name), resets, loading)
        sections[section] = with_value(sections[section], with_entries(ours, members.values()))
    return with_entries(tree, sections.values())


def _joined(
    section: str,
    name: str,
    theirs: Entry,
    ours: Entry | None,
    resets: frozenset[KeyPath],
    loading: Loading,
) -> Entry:
    if ours is None:
        return theirs
    paths = [path[2:] for path in resets if path[:2] == (section, name)]
    base = without(theirs.value, paths)
    # Here, and only here, Compose takes a point in a name for the end of a key: none of its rules
    # for services hold for such a name (measured).
    ruled_as = (section, *name.split("."))
    merged = merge(base, ours.value, loading.ledger, (section, name), ruled_as)
    return with_value(ours, merged)
