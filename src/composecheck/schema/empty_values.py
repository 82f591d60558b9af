"""What to say of a key with nothing behind or under it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Edit, Safety
from composecheck.schema import convert
from composecheck.schema.explanation import Advice
from composecheck.schema.grammar import Kind, Shape
from composecheck.schema.moves import indentation_step, line_break
from composecheck.schema.words import REFUSED, join_or, more, quoted, wanted
from composecheck.source import Span
from composecheck.yaml.nodes import Mapping

if TYPE_CHECKING:
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
        edits=None if shape.required else convert.fill_empty(place, filling),
        # What is named there may be in use, and be missing.
        safety=Safety.UNSAFE if parent.parent is None else Safety.SAFE,
        title=f"Write {quoted(f'{place.key}: {filling}')}",
    )


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
    title = "Write the names as a list"
    if edits is None and value:
        edits, title = _write_below(work, group, f"{key}: {value}"), f'Write "{key}: {value}"'
    return Advice(
        f"{quoted(place.key)} is empty, but {shape.title} must have {quoted(key)}; {REFUSED}.",
        f'Write a list, with "- {place.key}"; or write "{key}:" below it.',
        edits=edits,
        title=title,
    )


def _write_below(work: Work, group: list[Place], line: str) -> tuple[Edit, ...] | None:
    edits = []
    for place in group:
        parent = place.parent
        if place.entry is None or parent is None or not isinstance(parent.node, Mapping):
            return None
        if parent.node.is_flow:
            return None
        source = place.entry.key.source
        position = source.position(place.entry.key.start)
        end = source.line_span(position.line).end
        if source.text[place.entry.key.end : end].strip() != ":":
            return None
        indent = " " * (position.column - 1 + indentation_step(work.root))
        edits.append(Edit(source, Span(end, end), f"{line_break(source)}{indent}{line}"))
    return tuple(edits)
