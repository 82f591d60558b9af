"""Asks `jsonschema` what is wrong with the shape of a file.

Its messages are never used; each of its errors becomes a `Violation`: what was violated, at which
place, and what might have stood there. This module is imported only once a file is known to have
a mistake (`accept.py`), since `jsonschema` takes longer to import than most files take to judge.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from jsonschema.validators import extend

from composecheck.schema.accept import repeated
from composecheck.schema.files import compose_schema
from composecheck.schema.grammar import Kind, compose_file
from composecheck.schema.tree import UncertainText, kind_of
from composecheck.schema.violation import Fault, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composecheck.schema.tree import Place


def violations(root: Place) -> list[Violation]:
    """Return all that is wrong with the shape of the file whose tree is `root`.

    What other files may supply or change is not there.
    """
    found = []
    for error in _validator().iter_errors(root.data):
        place = root
        for step in error.absolute_path:
            place = place.children[step]
        violation = _violation(error, place)
        if violation is not None:
            found.append(violation)
    return found


def _violation(error: ValidationError, place: Place) -> Violation | None:
    fault = Fault(error.validator)
    match fault:
        case Fault.MISSING_KEY | Fault.MISSING_ALL:
            if place.is_partial:
                return None
            return Violation(fault, place, name=str(error.validator_value))
        case Fault.REPEATED:
            assert place.parent is not None
            if place.parent.is_partial:
                return None
            return Violation(
                fault, place, first=place.parent.children[int(str(error.validator_value))]
            )
        case Fault.TYPE if place.is_partial and not _stays_wrong(place):
            return None
    return Violation(fault, place)


def _stays_wrong(place: Place) -> bool:
    """Whether Compose refuses a value of the wrong kind whatever the other files say.

    Measured for every key of a service: where a mapping or a list belongs, some keys are merged in
    a way that drops or converts anything else; a plain value is put in place as it is. The sections
    at the top, and what is named in them, are mappings or the file is refused.
    """
    if len(place.path) <= 2 or place.shape is None:
        return True
    parent = place.parent
    if parent is None or parent.shape is None or isinstance(parent.data, list):
        return True
    return place.key in parent.shape.keys and place.shape.is_scalar


@functools.cache
def _validator() -> Any:
    """Return the validator of Compose files, made once."""
    compose_file()
    judge: Any = extend(  # type: ignore[no-untyped-call]  # it has no annotations
        Draft202012Validator,
        validators={
            "$ref": _reference,
            "type": _type,
            "enum": _enum,
            "pattern": _pattern,
            "oneOf": _one_of,
            "required": _required,
            "additionalProperties": _additional_properties,
            "uniqueItems": _unique_items,
            "not": None,  # said again, in a way that can be explained, by x-at-least-one
            "x-at-least-one": _at_least_one,
        },
    )
    return judge(compose_schema())


def _error(keyword: str, value: object = None, path: tuple[int | str, ...] = ()) -> ValidationError:
    return ValidationError("", validator=keyword, validator_value=value, path=path)


def _resolve(schema: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in schema:
        schema = compose_schema()["$defs"][schema["$ref"].rpartition("/")[2]]
    return schema


def _reference(
    validator: Any, reference: str, instance: object, schema: object
) -> Iterator[ValidationError]:
    # The same as the original, which looks the address up anew for every value.
    yield from validator.descend(instance, _resolve({"$ref": reference}))


def _kinds(types: str | list[str]) -> frozenset[Kind]:
    return frozenset(Kind(name) for name in ([types] if isinstance(types, str) else types))


def _takes(instance: object, schema: dict[str, Any]) -> bool:
    """Whether `schema`, which is no alternative itself, takes a value of this kind."""
    kind = kind_of(instance)
    if kind is None or "type" not in schema:
        return True
    kinds = _kinds(schema["type"])
    return (
        kind in kinds
        or (kind is Kind.INTEGER and Kind.NUMBER in kinds)
        or ("x-cast" in schema and kind is Kind.STRING)
    )


def _type(
    validator: Any, types: object, instance: object, schema: dict[str, Any]
) -> Iterator[ValidationError]:
    if not _takes(instance, schema):
        yield _error("type")


def _one_of(
    validator: Any, branches: list[dict[str, Any]], instance: object, schema: object
) -> Iterator[ValidationError]:
    # The branches take different kinds of value: what was written says which one was meant.
    for branch in branches:
        resolved = _resolve(branch)
        if "oneOf" in resolved or _takes(instance, resolved):
            yield from validator.descend(instance, resolved)
            return
    yield _error("type")


def _enum(
    validator: Any, allowed: list[object], instance: object, schema: object
) -> Iterator[ValidationError]:
    match instance:
        case UncertainText():
            is_allowed = any(instance.could_be(str(text)) for text in allowed)
        case str():
            is_allowed = instance in allowed
        case _:
            is_allowed = True
    if not is_allowed:
        yield _error("enum")


def _pattern(
    validator: Any, pattern: str, instance: object, schema: object
) -> Iterator[ValidationError]:
    if isinstance(instance, UncertainText):
        return
    yield from Draft202012Validator.VALIDATORS["pattern"](validator, pattern, instance, schema)


def _required(
    validator: Any, names: list[str], instance: object, schema: object
) -> Iterator[ValidationError]:
    if isinstance(instance, dict):
        yield from (_error("required", name) for name in names if name not in instance)


def _at_least_one(
    validator: Any, names: list[str], instance: object, schema: object
) -> Iterator[ValidationError]:
    if isinstance(instance, dict) and not any(name in instance for name in names):
        yield _error("x-at-least-one", names[0])


def _additional_properties(
    validator: Any, allowed: object, instance: object, schema: dict[str, Any]
) -> Iterator[ValidationError]:
    if not isinstance(instance, dict):
        return
    names = schema.get("properties", {})
    patterns = _patterns(tuple(schema.get("patternProperties", ())))
    for key in instance:
        if key not in names and not any(pattern.search(key) for pattern in patterns):
            yield _error("additionalProperties", path=(key,))


@functools.cache
def _patterns(sources: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(re.compile(source) for source in sources)


def _unique_items(
    validator: Any, is_unique: object, instance: object, schema: object
) -> Iterator[ValidationError]:
    if isinstance(instance, list):
        for before, index in repeated(instance):
            yield _error("uniqueItems", before, path=(index,))
