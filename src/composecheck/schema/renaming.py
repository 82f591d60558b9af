"""Fixes that write another name for a key, and leave its value alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Edit, Fix, Safety
from composecheck.nearest import only_slip
from composecheck.schema.words import quoted
from composecheck.schema.work import content_span, names_beside, written_path
from composecheck.yaml.nodes import Scalar, Style

if TYPE_CHECKING:
    from composecheck.schema.tree import Place
    from composecheck.schema.work import Work


def rename(work: Work, place: Place, name: str, safety: Safety = Safety.SAFE) -> Fix | None:
    """Write `name` in place of the key of `place`, in its quotes if it has any.

    None if that name is written beside it, if another unknown key may mean it as well, or if the
    text of the key counts elsewhere in another way.
    """
    key = place.mark
    if place.entry is None or not isinstance(key, Scalar) or key.style.is_block:
        return None
    if name in names_beside(place) or has_rival(place, name) or not work.may_edit(place):
        return None
    quote = "" if key.style is Style.PLAIN else key.style.value
    edit = Edit(key.source, content_span(key), f"{quote}{name}{quote}")
    path = written_path(place)
    title = f"Write {quoted(name)} instead of {quoted(place.key)}"
    return Fix(title, safety, (edit,), (path, (*path[:-1], name)))


def has_rival(place: Place, name: str) -> bool:
    """Whether another unknown key beside it looks like `name` as well: then neither is certain."""
    parent = place.parent
    shape = parent.shape if parent is not None else None
    if parent is None or shape is None or name not in shape.keys:
        return False
    others = (
        str(key)
        for key, other in parent.children.items()
        if other is not place and shape.child(str(key)) is None
    )
    return any(
        key in shape.keys[name].wrong_names or only_slip(key, shape.keys) == name for key in others
    )
