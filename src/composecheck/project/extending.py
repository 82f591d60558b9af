"""`extends`: services that begin as a copy of another one.

(Facts: compose-go, `loader/extends.go`, measured.)
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from msgspec import Struct, field

from composecheck.language.traced import HOLE
from composecheck.project.files import ReadFile, is_remote, join_path
from composecheck.project.locations import resolve_paths
from composecheck.project.making import with_entries, with_value
from composecheck.project.merge import merge
from composecheck.project.problem import Fault, Place
from composecheck.project.reading import child, entries_of, is_null, kind_of, text_of
from composecheck.project.resets import without
from composecheck.yaml.nodes import Mapping, Scalar

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from composecheck.project.files import ComposeFile
    from composecheck.project.loading import Loading
    from composecheck.project.resets import KeyPath
    from composecheck.yaml.nodes import Entry, Node

    LoadExtended = Callable[[ComposeFile, Loading], tuple[Mapping | None, frozenset[KeyPath]]]


class _Origin(Struct):
    """The services of one file. Those that have been extended already have become so in it."""

    path: Path
    section: str
    services: dict[str, Entry]
    resets: frozenset[KeyPath]
    partial: set[str]
    pending: set[str] = field(default_factory=set)
    """Those that are just being extended: who comes back to one goes in a circle."""


def apply_extends(
    tree: Mapping,
    path: Path,
    folder: Path,
    resets: frozenset[KeyPath],
    loading: Loading,
    load_extended_file: LoadExtended,
) -> Mapping:
    """Return the tree of the document at `path` with all its services extended.

    Paths are seen from `folder`. What cannot be extended stays as it is, with a problem noted, and
    among `loading.partial_services`.
    """
    sections = dict(entries_of(tree))
    extender = _Extender(folder, loading, load_extended_file)
    changed = False
    for key in ("services", "jobs"):
        section = sections.get(key)
        if section is None:
            continue
        if not isinstance(section.value, Mapping):
            kind = kind_of(section.value)
            loading.ledger.refuse(Fault.NOT_MAPPING, section.value, (key,), name=kind)
            del sections[key]
            changed = True
            continue
        services = dict(entries_of(section.value))
        origin = _Origin(path, key, services, resets, loading.partial_services)
        before = tuple(services.values())
        for name in tuple(services):
            extender.extend(name, origin)
        if any(new is not old for new, old in zip(services.values(), before, strict=True)):
            sections[key] = with_value(section, with_entries(section.value, services.values()))
            changed = True
    return with_entries(tree, sections.values()) if changed else tree


class _Link(Struct):
    """A service that extends another one: `wanted` of `there`, as `place` says.

    `alone` is the service without its `extends`.
    """

    name: str
    origin: _Origin
    entry: Entry
    alone: Mapping
    wanted: str
    there: _Origin
    place: Place


class _Extender:
    def __init__(self, folder: Path, loading: Loading, load_extended_file: LoadExtended) -> None:
        self.folder = folder
        self.loading = loading
        self.load_extended_file = load_extended_file
        self.origins: dict[Path, _Origin | None] = {}

    def extend(self, name: str, origin: _Origin) -> None:
        """Put the extended form of the service `name` in the place of the service."""
        chain: list[_Link] = []
        while (link := self._open(name, origin, chain)) is not None:
            chain.append(link)
            name, origin = link.wanted, link.there
        while chain:
            self._close(chain.pop())

    def _open(self, name: str, origin: _Origin, chain: list[_Link]) -> _Link | None:
        """Return what a service extends; None if it is nothing, or unknown.

        `chain` are the services that led to it.
        """
        entry = origin.services[name]
        service = entry.value
        if is_null(service):
            return None
        if not isinstance(service, Mapping):
            kind = kind_of(service)
            self.loading.ledger.refuse(
                Fault.NOT_MAPPING, service, (origin.section, name), name=kind
            )
            return None
        entries = dict(entries_of(service))
        written = entries.pop("extends", None)
        if written is None:
            return None
        alone = with_entries(service, entries.values())
        # So it stays if what it extends is unknown, or is the service itself in the end.
        origin.services[name] = with_value(entry, alone)
        found = self._find(name, written, origin, chain)
        if found is None:
            origin.partial.add(name)
            return None
        origin.pending.add(name)
        return _Link(name, origin, entry, alone, *found)

    def _close(self, link: _Link) -> None:
        """Put the extended form of a service in its place; what it extends has got its own."""
        name, origin = link.name, link.origin
        origin.pending.discard(name)
        source = link.there.services[link.wanted].value
        if link.wanted in link.there.partial:
            origin.partial.add(name)
        if is_null(source):
            origin.services[name] = link.entry  # with its `extends` (measured)
            return
        resets = [path[2:] for path in origin.resets if path[:2] == (origin.section, name)]
        place = (origin.section, name)
        merged = merge(without(source, resets), link.alone, self.loading.ledger, place)
        origin.services[name] = with_value(link.entry, _without_extends(merged))

    def _find(
        self, name: str, written: Entry, origin: _Origin, chain: list[_Link]
    ) -> tuple[str, _Origin, Place] | None:
        """Return which service of which file the service `name` extends, and what says so.

        None if it is unknown.
        """
        ledger, path = self.loading.ledger, (origin.section, name, "extends")
        reference = written.value
        file = None
        if isinstance(reference, Mapping):
            file = child(reference, "file")
            service = child(reference, "service")
            if not isinstance(service, Scalar) or text_of(service) is None:
                ledger.refuse(Fault.NO_EXTENDED_NAME, reference, path)
                return None
            reference = service
        wanted = text_of(reference) or ""
        if HOLE in wanted:
            return None
        there: _Origin | None = origin
        if isinstance(file, Scalar) and not is_null(file):
            there = self._origin(file, name, path)
            if there is None:
                return None
        assert there is not None
        if wanted not in there.services:
            if not self.loading.unknown_includes:
                ledger.refuse(
                    Fault.EXTENDED_UNDEFINED,
                    reference,
                    path,
                    name=wanted,
                    choices=tuple(key for key in there.services if key != name),
                )
            return None
        place = Place(reference.source, reference.span, name)
        if wanted in there.pending or (there is origin and wanted == name):
            steps = (*(link.place for link in chain), place)
            ledger.refuse(Fault.EXTENDS_CYCLE, reference, path, name=wanted, related=steps)
            return None
        return wanted, there, place

    def _origin(self, file: Scalar, name: str, path: tuple[str, ...]) -> _Origin | None:
        """Return the services of the file that `file` names."""
        ledger = self.loading.ledger
        text = text_of(file)
        if text is None or HOLE in text:
            return None
        if is_remote(text):
            ledger.refuse(Fault.REMOTE, file, path, name=text)
            return None
        where = join_path(self.folder, text, ledger.environment.get("HOME"))
        if where in self.origins:
            return self.origins[where]
        self.loading.read_files.append(ReadFile(where, file))
        try:
            extended = self.loading.read(where)
        except OSError as error:
            is_absent = isinstance(error, FileNotFoundError)
            fault = Fault.FILE_ABSENT if is_absent else Fault.FILE_UNREADABLE
            ledger.refuse(fault, file, path, name=text, payload=error)
            self.origins[where] = None
            return None
        tree, resets = self.load_extended_file(extended, self.loading)
        if tree is None or not isinstance(child(tree, "services"), Mapping):
            ledger.refuse(Fault.NO_SERVICES_TO_EXTEND, file, path, name=text)
            self.origins[where] = None
            return None
        located = resolve_paths(tree, os.path.relpath(where.parent, self.folder), ledger)
        # From another file, a job extends a service as well.
        services = child(located, "services")
        origin = _Origin(where, "services", dict(entries_of(services)), resets, set())
        self.origins[where] = origin
        return origin


def _without_extends(service: Node) -> Node:
    entries = dict(entries_of(service))
    if not isinstance(service, Mapping) or "extends" not in entries:
        return service
    return with_entries(service, [entries[key] for key in entries if key != "extends"])
