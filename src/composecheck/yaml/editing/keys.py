"""Renaming a key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Edit
from composecheck.source import Span
from composecheck.yaml.editing.change import Change, Touched
from composecheck.yaml.editing.habits import habits_of
from composecheck.yaml.editing.refusal import CannotEdit, named, starting, within
from composecheck.yaml.editing.rendering import Hand
from composecheck.yaml.editing.spots import check_not_merged, check_own, locate
from composecheck.yaml.merge import effective_entries
from composecheck.yaml.nodes import Mapping, Scalar, properties_of
from composecheck.yaml.structure import is_merge

if TYPE_CHECKING:
    from composecheck.yaml import Document
    from composecheck.yaml.editing.spots import Place


def renaming(document: Document, place: Place, name: str) -> Change:
    """Return the change that calls the key at `place` `name`; its value stays untouched.

    Raises CannotEdit if there is such a key already, or if the key is none to rename.
    """
    spot = locate(document, place)
    entry, parent = spot.entry, spot.parent
    if entry is None or not isinstance(parent, Mapping) or spot.above is None:
        raise CannotEdit(f"{starting(spot.path)} is no key: only keys have names.")
    key = entry.key
    if not isinstance(key, Scalar) or is_merge(entry) or key.style.is_block:
        raise CannotEdit(f"The key of {named(spot.path)} is not one to rename.")
    if key.text == name:
        return Change()
    if properties_of(key) is not None:
        raise CannotEdit(f"The key of {named(spot.path)} has an anchor or a tag.")
    if name in effective_entries(parent):
        raise CannotEdit(f'There is a key "{name}" {within(spot.above.path)} already.')
    check_own(spot.above)
    check_not_merged(spot)
    hand = Hand(document.source, habits_of(document), key_style=key.style)
    written = hand.key(name, in_flow=parent.is_flow)
    edit = Edit(document.source, Span(key.start, key.end), written)
    return Change((edit,), Touched(moved=((spot.path, (*spot.path[:-1], name)),)))
