"""Whether a value fits what may stand at its place: the quick answer, without reasons.

It answers for a whole file in a fraction of a millisecond, so that a file without mistakes does
not pay for the means to explain mistakes (`validate.py`, which asks `jsonschema`). A test holds
that both always agree.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.schema.tree import UNKNOWN, UncertainText, kind_of

if TYPE_CHECKING:
    from composecheck.schema.grammar import Kind, Shape


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
