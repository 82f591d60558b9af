"""Questions on a key and the keys beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.nearest import only_slip
from composecheck.schema.likeness import roughly_fits
from composecheck.schema.work import names_beside
from composecheck.yaml.nodes import Mapping

if TYPE_CHECKING:
    from composecheck.schema.tree import Place
    from composecheck.schema.work import Work


def is_likely_slip(place: Place) -> bool:
    """Whether the key is more likely misspelt than misplaced."""
    parent = place.parent
    if parent is None or parent.shape is None:
        return False
    there = names_beside(place)
    absent = [key for key in parent.shape.keys if key not in there]
    meant = only_slip(str(place.key), absent)
    return meant is not None and roughly_fits(place.data, parent.shape.keys[meant])


def is_wrong(work: Work, place: Place) -> bool:
    """Whether something at or under `place` is wrong and has not been explained."""
    return bool(work.under(place))


def rows(parent: Place) -> list[Place]:
    """Return what stands in a mapping itself, in the order of the text."""
    node = parent.node
    if not isinstance(node, Mapping) or node.is_flow:
        return []
    own = {id(place.entry): place for place in parent.children.values()}
    return [own[id(entry)] for entry in node.entries if id(entry) in own]
