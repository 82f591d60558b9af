"""How much a value looks like what may stand somewhere else.

This is how a block that was indented wrongly is recognised: by its content.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.expressions import expression
from composecheck.schema.accept import takes
from composecheck.schema.grammar import Kind, compose_file
from composecheck.schema.tree import UNKNOWN, kind_of

if TYPE_CHECKING:
    from composecheck.schema.grammar import Shape

SOURCES = frozenset({"image", "build"})
"""Every service has one of these (unless another program provides it)."""

_ENVIRONMENT_VARIABLE = expression(r"[A-Z][A-Z0-9_]*")


def service_shape() -> Shape:
    """Return what a service may be."""
    shape = compose_file().keys["services"].named
    assert shape is not None
    return shape


def looks_like_variable(key: str, data: object) -> bool:
    """Whether this can only be an environment variable: capitals, and a plain value."""
    return (
        _ENVIRONMENT_VARIABLE.fullmatch(key) is not None
        and len(key) > 1
        and not isinstance(data, dict | list)
    )


def roughly_fits(data: object, shape: Shape | None) -> bool:
    """Whether `data` is of a kind that may stand there; of its keys, at least half may as well."""
    if shape is None:
        return False
    if data is UNKNOWN:
        return True
    kind = kind_of(data)
    if kind is None or not takes(data, kind, shape):
        return False
    if not isinstance(data, dict) or not data or not shape.is_closed:
        return True
    fitting = 0
    for key, value in data.items():
        child = shape.child(key)
        if child is not None and (shape.named is None or _is_of_kind(value, child)):
            fitting += 1
    return 2 * fitting >= len(data)


def _is_of_kind(data: object, shape: Shape) -> bool:
    kind = kind_of(data)
    return kind is None or kind is Kind.NULL or takes(data, kind, shape)


def resembles(data: object, shape: Shape | None) -> bool:
    """Whether `data` has keys that `shape` gives, of the right kind, and few others.

    Others that look like `data` themselves do not count: they are its neighbours, which have come
    to stand under it since it is indented too little.
    """
    if shape is None or not isinstance(data, dict) or not data:
        return False
    known = others = 0
    for key, value in data.items():
        if key in shape.keys and roughly_fits(value, shape.keys[key]):
            known += 1
        elif not resembles(value, shape):
            others += 1
    return known > 0 and known >= others


def resembles_service(data: object) -> bool:
    """Whether `data` looks like a service: it has an image or is built, or most keys say so."""
    shape = service_shape()
    if not isinstance(data, dict) or not resembles(data, shape):
        return False
    if any(key in data and roughly_fits(data[key], shape.keys[key]) for key in SOURCES):
        return True
    return 2 * sum(key in shape.keys for key in data) > len(data)


def _has_only_names(value: object, shape: Shape) -> bool:
    """Whether nothing stands here, or what stands here are neighbours of it (see `resembles`)."""
    return not value or (
        isinstance(value, dict)
        and all(not child or resembles(child, shape) for child in value.values())
    )


def adopts(data: object, shape: Shape | None, key: str, value: object) -> bool:
    """Whether `key` with `value` would be at home in `data`, a mapping or nothing so far."""
    if (
        shape is None
        or not shape.takes(Kind.OBJECT)
        or not (data is None or isinstance(data, dict))
    ):
        return False
    if data and key in data:
        return False
    if key in shape.keys:
        return roughly_fits(value, shape.keys[key])
    named = shape.named
    if named is None or shape.child(key) is not named:
        return False
    if named.keys:
        return resembles(value, named) or (
            data is None and named.takes(Kind.NULL) and _has_only_names(value, named)
        )
    if isinstance(value, dict | list) or not roughly_fits(value, named):
        return False
    return not data or (
        looks_like_variable(key, value) and all(looks_like_variable(name, "") for name in data)
    )
