"""Whether a value fits what may stand at its place: the quick answer, without reasons.

It answers for a whole file in a fraction of a millisecond, so that a file without mistakes does
not pay for the means to explain mistakes (`validate.py`, which asks `jsonschema`). A test holds
that both always agree.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.language.traced import HOLE
from composecheck.schema.grammar import Kind
from composecheck.schema.tree import UNKNOWN, UncertainText, kind_of
from composecheck.yaml.nodes import Mapping, Scalar, Sequence
from composecheck.yaml.scalars import resolve

if TYPE_CHECKING:
    from composecheck.schema.grammar import Shape
    from composecheck.yaml.nodes import Node


def surely_fits(node: Node, shape: Shape | None) -> bool:
    """Whether `node`, of what files add up to, may certainly stand where `shape` says.

    This reads the nodes as they are. Where something is unknown or odd the answer is False, and
    means nothing: then the data is read (`tree.build_stage_tree`), and `fits` answers.
    """
    if shape is None:
        return False
    if isinstance(node, Scalar):
        return _scalar_surely_fits(node, shape)
    if isinstance(node, Mapping):
        if not shape.takes(Kind.OBJECT):
            return False
        names = set()
        for entry in node.entries:
            key = entry.key
            if not isinstance(key, Scalar) or not isinstance(resolve(key), str):
                return False
            names.add(key.text)
            if not surely_fits(entry.value, shape.child(key.text)):
                return False
        return names.issuperset(shape.required) and (
            not shape.at_least_one or not names.isdisjoint(shape.at_least_one)
        )
    if not isinstance(node, Sequence) or not shape.takes(Kind.ARRAY):
        return False
    if shape.is_unique and not _are_surely_different(node.items):
        return False
    return shape.items is None or all(surely_fits(item, shape.items) for item in node.items)


def _scalar_surely_fits(scalar: Scalar, shape: Shape) -> bool:
    value = resolve(scalar)
    if isinstance(value, str):
        if not (shape.takes(Kind.STRING) or shape.cast):
            return False
        if HOLE in value:
            return not shape.enum
        return (not shape.enum or value in shape.enum) and (
            shape.pattern is None or shape.pattern.search(value) is not None
        )
    if value is None or isinstance(value, bool | int | float):
        kind = kind_of(value)
        return kind is not None and shape.takes(kind) and fits(value, shape)
    return False


def _are_surely_different(items: tuple[Node, ...]) -> bool:
    values = set()
    for item in items:
        value = resolve(item) if isinstance(item, Scalar) else None
        if value is None or (isinstance(value, str) and HOLE in value):
            continue  # never the same as another one: see `repeated`
        if value in values:
            return False
        values.add(value)
    return True


def fits(data: object, shape: Shape | None) -> bool:
    """Whether `data` and all that is in it may stand where `shape` says what may stand.

    What is unknown fits. `shape` None means that nothing may stand there.
    """
    if shape is None:
        return False
    if data is UNKNOWN:
        return True
    kind = kind_of(data)
    if kind is None or not takes(data, kind, shape):
        return False
    match data:
        case dict():
            return _mapping_fits(data, shape)
        case list():
            if shape.is_unique and repeated(data):
                return False
            return shape.items is None or all(fits(item, shape.items) for item in data)
        case UncertainText():
            return not shape.enum or any(data.could_be(text) for text in shape.enum)
        case str():
            return (not shape.enum or data in shape.enum) and (
                shape.pattern is None or shape.pattern.search(data) is not None
            )
        case bool() | None:
            return True
        case int() | float():
            return (shape.minimum is None or data >= shape.minimum) and (
                shape.maximum is None or data <= shape.maximum
            )
    return True


def takes(data: object, kind: Kind, shape: Shape) -> bool:
    """Whether a value of this kind may stand there, also after Compose has cast a text."""
    return shape.takes(kind) or (bool(shape.cast) and isinstance(data, str))


def repeated(items: list[object]) -> list[tuple[int, int]]:
    """Return where a list says the same text or number twice, as (first index, index).

    Texts with variables in them, and items that have parts, are never the same.
    """
    first: dict[tuple[bool, object], int] = {}
    found = []
    for index, item in enumerate(items):
        if item is None or isinstance(item, UncertainText | dict | list) or item is UNKNOWN:
            continue
        before = first.setdefault((isinstance(item, bool), item), index)
        if before != index:
            found.append((before, index))
    return found


def _mapping_fits(data: dict[str, object], shape: Shape) -> bool:
    if any(key not in data for key in shape.required):
        return False
    if shape.at_least_one and not any(key in data for key in shape.at_least_one):
        return False
    return all(fits(value, shape.child(key)) for key, value in data.items())
