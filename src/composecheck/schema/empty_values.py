"""What to say of a key with nothing behind or under it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Safety
from composecheck.schema import convert
from composecheck.schema.explanation import Advice
from composecheck.schema.grammar import Kind, Shape
from composecheck.schema.levels import rows
from composecheck.schema.words import REFUSED, join_or, more, quoted, wanted
from composecheck.yaml.editing import CannotEdit, inserting

if TYPE_CHECKING:
    from composecheck.finding import Edit
    from composecheck.schema.tree import Place
    from composecheck.schema.work import Work


def advise_on_empty(work: Work, group: list[Place], shape: Shape) -> Advice:
    """Advise on values that are empty: one, or several in the same block."""
    place = group[0]
    name = quoted(place.name)
    parent = place.parent
    assert parent is not None
    if isinstance(place.key, int):
        return Advice(
            f"An item in the list {name} is empty; {REFUSED}.",
            "Write something behind the dash, or remove it.",
        )
    if _takes_names(parent) and shape.required:
        return _only_named(work, group, shape)
    if shape.is_scalar:
        return Advice(
            f"{name} is empty, but must be {wanted(shape)}; {REFUSED}.",
            "Write its value behind the colon, or remove the line.",
        )
    if parent.shape is not None and shape is parent.shape.named and shape.keys:
        keys = join_or(quoted(key) for key in list(shape.keys)[:2])
        return Advice(
            f"{more([str(member.key) for member in group], 'names')}"
            f" {'is empty: nothing is indented under it' if len(group) == 1 else 'are empty'};"
            f" {REFUSED}.",
            f"Write what belongs to {'it' if len(group) == 1 else 'each'} below, indented more,"
            f" such as {keys}.",
        )
    if place.key == "services" and parent.parent is None:
        return Advice(
            f"{name} is empty: nothing is indented under it; {REFUSED}.",
            "Write your services below it, each under a name and indented more.",
        )
    filling = "[]" if shape.takes(Kind.ARRAY) else "{}"
    return Advice(
        f"{name} is empty, but must be {wanted(shape)}; {REFUSED}.",
        "Write something below it, indented more; or remove it; or write"
        f' "{place.key}: {filling}".',
        edits=None
        if shape.required or _is_above_a_stray(place)
        else convert.fill_empty(work, place),
        # What is named there may be in use, and be missing.
        safety=Safety.UNSAFE if parent.parent is None else Safety.SAFE,
        title=f"Write {quoted(f'{place.key}: {filling}')}",
    )


def _is_above_a_stray(place: Place) -> bool:
    """Whether the next key is not at home where it stands: it may belong under this one."""
    parent = place.parent
    row = [] if parent is None else rows(parent)
    below = row[row.index(place) + 1] if place in row[:-1] else None
    return below is not None and below.shape is None


def _takes_names(parent: Place) -> bool:
    """Whether a list of names could stand where these keys stand."""
    shape = parent.shape
    return shape is not None and shape.items is not None and shape.named is not None


def _only_named(work: Work, group: list[Place], shape: Shape) -> Advice:
    """Advise on a name with nothing under it, where a list of names would do."""
    place, parent = group[0], group[0].parent
    assert parent is not None
    key = shape.required[0]
    value = shape.keys[key].enum[0] if shape.keys[key].enum else ""
    is_all = len(group) == len(parent.children)
    edits = convert.items_of_names(group) if is_all else None
    whole = parent if edits is not None else None
    title = "Write the names as a list"
    if edits is None and value:
        edits, title = _write_below(work, group, key, value), f'Write "{key}: {value}"'
    return Advice(
        f"{quoted(place.key)} is empty, but {shape.title} must have {quoted(key)}; {REFUSED}.",
        f'Write a list, with "- {place.key}"; or write "{key}:" below it.',
        edits=edits,
        title=title,
        whole=whole,
    )


def _write_below(work: Work, group: list[Place], key: str, value: str) -> tuple[Edit, ...] | None:
    """Write `key: value` below each of these keys."""
    try:
        return tuple(
            edit
            for place in group
            if place.entry is not None
            for edit in inserting(work.document, place.entry, key, value).edits
        )
    except CannotEdit:
        return None
