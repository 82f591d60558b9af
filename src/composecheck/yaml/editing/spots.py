"""Finding the place to edit, and whether it is only that place which would change."""

from __future__ import annotations

from bisect import bisect_right
from operator import attrgetter
from typing import TYPE_CHECKING

from msgspec import Struct

from composecheck.yaml.editing.refusal import CannotEdit, named, starting, within
from composecheck.yaml.merge import effective_entries
from composecheck.yaml.nodes import Alias, Entry, Mapping, Scalar, Sequence, properties_of
from composecheck.yaml.structure import MERGE_KEY, is_merge, key_name
from composecheck.yaml.walk import walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composecheck.finding import Path
    from composecheck.source import Source
    from composecheck.yaml import Document
    from composecheck.yaml.nodes import Node

Place = tuple[str | int, ...] | Entry | Scalar | Mapping | Sequence | Alias
"""A path, or an entry or value of the document itself (for keys that are there twice, say)."""

_STRANGE_BREAKS = "\x85\u2028\u2029"


class Spot(Struct, frozen=True, eq=False):
    """A value in a document, and how to get there.

    `above` is the spot of the mapping or list it is in, `index` (from 0) its number there; at the
    top of the document there is none.
    """

    document: Document
    path: Path
    node: Node
    above: Spot | None = None
    index: int = 0

    @property
    def source(self) -> Source:
        """The text it stands in."""
        return self.document.source

    @property
    def parent(self) -> Mapping | Sequence | None:
        """The mapping or list it is directly in."""
        node = self.above.node if self.above is not None else None
        return node if isinstance(node, Mapping | Sequence) else None

    @property
    def entry(self) -> Entry | None:
        """The key with this value; None for an item of a list, and at the top."""
        parent = self.parent
        return parent.entries[self.index] if isinstance(parent, Mapping) else None

    @property
    def is_only(self) -> bool:
        """Whether nothing else is in the mapping or list it is in."""
        return self.above is not None and count(self.above.node) == 1


def count(node: Node) -> int:
    """Return how many entries or items are directly in `node`."""
    if isinstance(node, Mapping):
        return len(node.entries)
    return len(node.items) if isinstance(node, Sequence) else 0


def locate(document: Document, place: Place) -> Spot:
    """Return the spot of a path, or of an entry or value of the document.

    Raises CannotEdit if there is no such place, if it is not clear which one is meant, or if the
    way there leads through an alias or a merge key.
    """
    spot = _top(document)
    if isinstance(place, tuple):
        for key in place:
            spot = _step(spot, key)
        return spot
    direct = _descend(spot, place)
    if direct is not None:
        return direct
    for found in spots(spot):
        if found.node is place or (found.entry is not None and found.entry is place):
            return found
    raise CannotEdit("The value to edit does not stand in this file.")


def _descend(spot: Spot, place: Entry | Node) -> Spot | None:
    """Return the spot of an entry or value by way of where it stands in the text.

    None where that does not lead there, as it may not to something without characters.
    """
    while spot.node is not place and spot.entry is not place:
        node = spot.node
        if not isinstance(node, Mapping | Sequence):
            return None
        parts = node.entries if isinstance(node, Mapping) else node.items
        index = bisect_right(parts, place.start, key=attrgetter("start")) - 1
        if index < 0:
            return None
        spot = child(spot, index)
    return spot


def spots(top: Spot) -> Iterator[Spot]:
    """Yield `top` and every spot in it, in the order of the text; aliases are not followed."""
    waiting = [top]
    while waiting:
        spot = waiting.pop()
        yield spot
        waiting.extend(child(spot, index) for index in reversed(range(count(spot.node))))


def child(spot: Spot, index: int) -> Spot:
    """Return the spot of the entry or item number `index` (from 0) in `spot`."""
    node = spot.node
    if isinstance(node, Mapping):
        entry = node.entries[index]
        return Spot(spot.document, (*spot.path, key_name(entry)), entry.value, spot, index)
    assert isinstance(node, Sequence)
    return Spot(spot.document, (*spot.path, index), node.items[index], spot, index)


def _top(document: Document) -> Spot:
    if document.refusal is not None:
        raise CannotEdit(f"Composecheck cannot read the file: {document.refusal}.")
    if not document.is_complete:
        raise CannotEdit("The file has a mistake in its YAML; put that right first.")
    if not document.roots:
        raise CannotEdit("The file is empty.")
    if len(document.roots) > 1:
        raise CannotEdit(
            "The file has several YAML documents, one below the other; it is not clear which one"
            " to edit."
        )
    if any(sign in document.text for sign in _STRANGE_BREAKS):
        raise CannotEdit(
            "The file has a rare character that ends a line (NEL, LS or PS); take that out first."
        )
    return Spot(document, (), document.roots[0])


def _step(spot: Spot, key: str | int) -> Spot:
    node = spot.node
    if isinstance(node, Alias):
        raise CannotEdit(
            f'{starting(spot.path)} is written as "*{node.name}": what is in it stands where'
            f' "&{node.name}" is, and may be used in several places. Edit it there.'
        )
    if isinstance(node, Mapping) and isinstance(key, str):
        names = node.by_name
        if len(names) == len(node.entries):  # each is there once
            found = [node.entries.index(names[key])] if _is_key(names.get(key), key) else []
        else:
            found = [i for i, entry in enumerate(node.entries) if _is_key(entry, key)]
        if len(found) == 1:
            return child(spot, found[0])
        if found:
            raise CannotEdit(f'{starting(spot.path)} has the key "{key}" more than once.')
        if key in effective_entries(node):
            raise CannotEdit(
                f'"{key}" is not written {within(spot.path)}: it comes in by "<<", from a place'
                " that may be used by others. Edit it there, or insert an entry of your own."
            )
        raise CannotEdit(f'There is no "{key}" {within(spot.path)}.')
    if isinstance(node, Sequence) and isinstance(key, int):
        if 0 <= key < len(node.items):
            return child(spot, key)
        raise CannotEdit(f"{starting(spot.path)} has no item number {key} (counted from 0).")
    kind = "keys and values" if isinstance(key, str) else "a list"
    raise CannotEdit(f"{starting(spot.path)} is not {kind}.")


def _is_key(entry: Entry | None, key: str) -> bool:
    return entry is not None and isinstance(entry.key, Scalar) and entry.key.text == key


def check_own(spot: Spot) -> None:
    """Raise CannotEdit if what is at `spot` also stands for something elsewhere, by an alias."""
    if "*" not in spot.document.text:
        return
    targets = {id(alias.target) for alias in _aliases(spot.document)}
    here: Spot | None = spot
    while here is not None:
        properties = properties_of(here.node)
        if properties is not None and properties.anchor is not None and id(here.node) in targets:
            raise CannotEdit(
                f'{starting(here.path)} has the anchor "&{properties.anchor}", and is used'
                " elsewhere, too; an edit would change both places."
            )
        here = here.above


def check_unused(spot: Spot) -> None:
    """Raise CannotEdit if something outside `spot` uses an anchor that is within it."""
    inside = set(map(id, _parts(spot)))
    for alias in _aliases(spot.document):
        if id(alias) not in inside and id(alias.target) in inside:
            raise CannotEdit(
                f'"*{alias.name}" further down needs the anchor "&{alias.name}", which stands in'
                f" {named(spot.path)}."
            )


def check_order(spot: Spot, offset: int) -> None:
    """Raise CannotEdit if anchors or aliases within `spot` forbid that it stands at `offset`.

    An anchor must come before what uses it, and be the last of its name there.
    """
    if "&" not in spot.document.text:
        return
    parts = _parts(spot)
    inside = set(map(id, parts))
    names: list[str] = []
    for node in walk(spot.document.roots[0]):
        properties = properties_of(node)
        if properties is not None and properties.anchor is not None:
            names.append(properties.anchor)
    for alias in _aliases(spot.document):
        target = alias.target
        if target is None or (id(alias) in inside) == (id(target) in inside):
            is_kept = names.count(alias.name) == 1 or id(alias) not in inside
        elif id(alias) in inside:
            is_kept = target.end <= offset
        else:
            is_kept = alias.start >= offset
        if not is_kept or (names.count(alias.name) > 1 and id(target) in inside):
            raise CannotEdit(
                f'"*{alias.name}" must stand below "&{alias.name}", and would not any more.'
            )


def _parts(spot: Spot) -> list[Node]:
    nodes = list(walk(spot.node))
    if spot.entry is not None:
        nodes.extend(walk(spot.entry.key))
    return nodes


def _aliases(document: Document) -> Iterator[Alias]:
    if "*" in document.text:
        for root in document.roots:
            yield from (node for node in walk(root) if isinstance(node, Alias))


def check_keys(spot: Spot) -> None:
    """Raise CannotEdit if a key of the mapping at `spot` is written with a question mark."""
    if "?" in spot.document.text and isinstance(spot.node, Mapping):
        for entry in spot.node.entries:
            if entry.start != entry.key.start:
                raise CannotEdit(
                    f'{starting(spot.path)} has a key that is written with "?" before it;'
                    " composecheck does not edit beside such keys."
                )


def check_not_merged(spot: Spot) -> None:
    """Raise CannotEdit if another value comes in by `<<` once the key at `spot` is gone."""
    mapping, entry = spot.parent, spot.entry
    if not isinstance(mapping, Mapping) or entry is None:
        return
    text = spot.document.text
    if is_merge(entry) or (MERGE_KEY not in text and "merge" not in text):
        return
    merges = tuple(other for other in mapping.entries if is_merge(other))
    if not merges:
        return
    without = Mapping(mapping.source, mapping.start, mapping.end, merges, mapping.is_flow)
    if key_name(entry) in effective_entries(without):
        raise CannotEdit(f'Without {named(spot.path)}, its value would come in by "<<" instead.')
