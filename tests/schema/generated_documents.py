"""Documents made up from a JSON Schema: valid ones, and the same with one thing broken.

Two schemas that are written differently may still mean the same. `shape_of` brings what a schema
allows into one form, a `Shape`, so that two of them can be compared; `Writer` makes documents of a
shape; `break_one_thing` spoils them. All randomness comes from the `Random` that is passed in.
"""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from random import Random

EVERY_KIND = frozenset({"null", "boolean", "number", "string", "array", "object"})

# Keywords that say nothing about what is valid.
ANNOTATIONS = {"$schema", "$id", "$defs", "title", "description", "default", "deprecated"}

# Texts for each pattern that a schema uses: for keys of a mapping, and for values.
FITTING: dict[str, tuple[str, ...]] = {
    "^x-": ("x-note", "x-a.b"),
    "^[a-zA-Z0-9._-]+$": ("web", "db", "A_1", "my.app-2", "default"),
    ".+": ("KEY", "com.example.key", "a b", "x-key"),
    "^.+$": ("KEY", "max-size", "a b"),
    "^[a-z]+$": ("nofile", "nproc"),
    "[a-zA-Z0-9][a-zA-Z0-9_.-]+": ("app", "app_1", "an app!"),
    ("^(always|never|build|if_not_present|missing|refresh|daily|weekly|every_([0-9]+[wdhms])+)$"): (
        "always",
        "if_not_present",
        "every_1w2d",
        "daily",
    ),
}
TEXTS = ("", "text", "80", "8080:80", "./data:/data", "KEY=value", "true", "1.5", "10s", "é")

# What stands in for another value when a document is broken.
STRANGE_VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, 3, -1, 101, 1001, -1001, 2.0, 1.5, "", "text", "UPPER"),
    *([], [None], ["a", "a"], [1, 1.0], [[]], {}, {"key": None}, {"key": {}}, [{}]),
)
STRANGE_KEYS = ("unknown", "enviroment", "Image", "a b", "", "é", "x-note", "x", "key\n", "1")


@dataclass(frozen=True, slots=True)
class Shape:
    """What a schema allows at one place, however the schema says it."""

    kinds: frozenset[str]
    enum: tuple[Any, ...] | None = None
    pattern: str | None = None
    minimum: float | None = None
    maximum: float | None = None
    items: Shape | None = None
    unique: bool = False
    properties: dict[str, Shape] = field(default_factory=dict)
    patterns: dict[str, Shape] = field(default_factory=dict)
    closed: bool = False
    required: frozenset[str] = frozenset()
    at_least_one: frozenset[str] = frozenset()
    # Our own annotation; no part of what is allowed.
    cast: str | None = field(default=None, compare=False)


ANYTHING = Shape(EVERY_KIND)

# Which attributes of a shape speak of which kinds of value.
ABOUT: dict[str, set[str]] = {
    "enum": {"string"},
    "pattern": {"string"},
    "minimum": {"number", "integer"},
    "maximum": {"number", "integer"},
    "items": {"array"},
    "unique": {"array"},
    "properties": {"object"},
    "patterns": {"object"},
    "closed": {"object"},
    "required": {"object"},
    "at_least_one": {"object"},
}


def shape_of(schema: dict[str, Any], node: dict[str, Any] | bool | None = None) -> Shape:
    """Return what `node` of `schema` allows; without a node, what the whole schema allows.

    Raises on any keyword and any combination that is not accounted for, so that nothing which
    decides over validity is left out of a comparison.
    """
    node = schema if node is None else node
    if not isinstance(node, dict):
        raise TypeError(f"no shape for {node!r}")
    rules = {
        key: value
        for key, value in node.items()
        if key not in ANNOTATIONS and not key.startswith("x-")
    }
    cast = node.get("x-cast")
    if "$ref" in rules:
        assert rules.keys() == {"$ref"}, rules
        return shape_of(schema, schema["$defs"][rules["$ref"].removeprefix("#/$defs/")])
    if "oneOf" in rules:
        assert rules.keys() == {"oneOf"}, rules
        return _alternatives([shape_of(schema, branch) for branch in rules["oneOf"]])
    return _plain(schema, rules, cast)


def _alternatives(branches: list[Shape]) -> Shape:
    """Return the shape of alternatives of different kinds, put together from theirs."""
    kinds: set[str] = set()
    attributes: dict[str, Any] = {}
    cast = None
    for branch in branches:
        overlap = kinds & branch.kinds or {"number", "integer"} <= kinds | branch.kinds
        assert not overlap, f"alternatives share {overlap}"
        kinds |= branch.kinds
        cast = cast or branch.cast
        attributes |= {
            name: getattr(branch, name) for name, about in ABOUT.items() if about & branch.kinds
        }
    return Shape(frozenset(kinds), cast=cast, **attributes)


def _plain(schema: dict[str, Any], rules: dict[str, Any], cast: str | None) -> Shape:
    """Return the shape of a schema without alternatives."""
    rules = dict(rules)
    if not rules:
        return ANYTHING
    parts = [shape_of(schema, part) for part in rules.pop("allOf", [])]
    kinds = rules.pop("type", None) or sorted(parts[0].kinds)
    kinds = frozenset({kinds} if isinstance(kinds, str) else kinds)
    closed = rules.pop("additionalProperties", True) is False
    closed = rules.pop("unevaluatedProperties", not closed) is False
    at_least_one = {name for choice in rules.pop("anyOf", []) for name in _only_required(choice)}
    at_least_one |= set(_only_forbidden(rules.pop("not", {"properties": {}})))
    items = rules.pop("items", None)
    properties = {
        key: shape_of(schema, value) for key, value in rules.pop("properties", {}).items()
    }
    patterns = {
        key: shape_of(schema, value) for key, value in rules.pop("patternProperties", {}).items()
    }
    required = frozenset(rules.pop("required", ()))
    for part in parts:
        assert part.kinds == kinds == {"object"}, "a part of allOf of another kind"
        assert not part.closed, "a closed part of allOf"
        assert not part.properties.keys() & properties.keys(), "a key in two parts of allOf"
        properties |= part.properties
        patterns |= part.patterns
        required |= part.required
    enum = rules.pop("enum", None)
    attributes: dict[str, Any] = {
        "enum": tuple(sorted(enum)) if enum else None,
        "pattern": rules.pop("pattern", None),
        "minimum": rules.pop("minimum", None),
        "maximum": rules.pop("maximum", None),
        "items": shape_of(schema, items) if items is not None else None,
        "unique": rules.pop("uniqueItems", False),
        "properties": properties,
        "patterns": patterns,
        "closed": closed,
        "required": required,
        "at_least_one": frozenset(at_least_one),
    }
    assert not rules, f"keywords that are not accounted for: {sorted(rules)}"
    fitting = {name: value for name, value in attributes.items() if ABOUT[name] & kinds}
    return Shape(kinds, cast=cast, **fitting)


def _only_required(choice: dict[str, Any]) -> list[str]:
    """Return NAME of `{"required": [NAME]}`, one choice of an anyOf."""
    assert choice.keys() == {"required"}, choice
    assert len(choice["required"]) == 1, choice
    return list(choice["required"])


def _only_forbidden(excluded: dict[str, Any]) -> list[str]:
    """Return the names of `not: {"properties": {NAME: false, …}}`: one of them must be there."""
    assert excluded.keys() == {"properties"}, excluded
    assert not any(excluded["properties"].values()), excluded
    return list(excluded["properties"])


class Writer:
    """Makes up valid documents of a shape."""

    def __init__(self, random: Random) -> None:
        self._random = random

    def value(self, shape: Shape) -> Any:
        """Return a value that the shape allows."""
        kind = self._random.choice(sorted(shape.kinds))
        if kind == "object":
            return self._object(shape)
        if kind == "array":
            return self._array(shape)
        return self._scalar(kind, shape)

    def _scalar(self, kind: str, shape: Shape) -> Any:
        low = int(shape.minimum if shape.minimum is not None else -3)
        high = int(shape.maximum if shape.maximum is not None else 70000)
        match kind:
            case "null":
                return None
            case "boolean":
                return self._random.random() < 0.5
            case "integer":
                return self._random.choice([low, high, self._random.randint(low, high)])
            case "number":
                return self._random.choice([self._random.randint(low, high), 0.5, 80.0])
        if shape.enum:
            return self._random.choice(shape.enum)
        if shape.pattern:
            return self._random.choice(FITTING[shape.pattern])
        return self._random.choice(TEXTS)

    def _array(self, shape: Shape) -> list[Any]:
        items: list[Any] = []
        for _ in range(self._random.choice([0, 1, 1, 2, 3])):
            item = self.value(shape.items or ANYTHING)
            if not shape.unique or all(not same(item, other) for other in items):
                items.append(item)
        return items

    def _object(self, shape: Shape) -> dict[str, Any]:
        names = set(shape.required)
        if shape.at_least_one:
            names.add(self._random.choice(sorted(shape.at_least_one)))
        wanted = self._random.choice([0, 1, 2, 3, 5])
        names |= set(
            self._random.sample(sorted(shape.properties), k=min(wanted, len(shape.properties)))
        )
        written = {name: self.value(shape.properties[name]) for name in sorted(names)}
        for pattern, inner in shape.patterns.items():
            if pattern != "^x-" or self._random.random() < 0.1:
                name = self._random.choice(FITTING[pattern])
                if _only_pattern(name, shape, pattern):
                    written[name] = self.value(inner)
        return written


def _only_pattern(name: str, shape: Shape, pattern: str) -> bool:
    """Whether no other rule of the shape speaks of this name."""
    return name not in shape.properties and all(
        other == pattern or not re.search(other, name) for other in shape.patterns
    )


def same(left: Any, right: Any) -> bool:
    """Whether JSON Schema takes the two for equal: 1 is 1.0, but true is not 1."""
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(same(left[key], right[key]) for key in left)
    return bool(left == right)


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield each place in a document as its container and the key or index in it."""
    if isinstance(value, dict | list):
        for key in list(value) if isinstance(value, dict) else range(len(value)):
            yield value, key
            yield from places(value[key])


def break_one_thing(document: Any, random: Random) -> tuple[str, Any]:
    """Return what was done, and a copy of the document in which it was done at a random place.

    What was done need not make the document invalid: both schemas have to agree all the same.
    """
    broken = {"document": copy.deepcopy(document)}
    container, key = random.choice(list(places(broken)))
    name = random.choice(sorted(BREAKS))
    BREAKS[name](container, key, random)
    return name, broken.get("document")


def _unknown_key(container: Any, key: Any, random: Random) -> None:
    inside = container[key] if isinstance(container[key], dict) else container
    if isinstance(inside, dict):
        inside[random.choice(STRANGE_KEYS)] = random.choice(STRANGE_VALUES)


def _strange_value(container: Any, key: Any, random: Random) -> None:
    container[key] = copy.deepcopy(random.choice(STRANGE_VALUES))


def _null(container: Any, key: Any, random: Random) -> None:
    container[key] = None


def _missing(container: Any, key: Any, random: Random) -> None:
    del container[key]


def _renamed(container: Any, key: Any, random: Random) -> None:
    if isinstance(container, dict):
        container[random.choice(STRANGE_KEYS)] = container.pop(key)


def _wrapped(container: Any, key: Any, random: Random) -> None:
    container[key] = random.choice([[container[key]], {"key": container[key]}])


def _item_twice(container: Any, key: Any, random: Random) -> None:
    items = container[key] if isinstance(container[key], list) else container
    if isinstance(items, list) and items:
        items.append(copy.deepcopy(random.choice(items)))


def _item_strange(container: Any, key: Any, random: Random) -> None:
    items = container[key] if isinstance(container[key], list) else container
    if isinstance(items, list):
        items.insert(random.randint(0, len(items)), copy.deepcopy(random.choice(STRANGE_VALUES)))


BREAKS: dict[str, Callable[[Any, Any, Random], None]] = {
    "unknown key": _unknown_key,
    "strange value": _strange_value,
    "null": _null,
    "missing": _missing,
    "renamed": _renamed,
    "wrapped": _wrapped,
    "item twice": _item_twice,
    "strange item": _item_strange,
}


Path = tuple[str | int, ...]


def every_place(shape: Shape, path: Path = ()) -> Iterator[tuple[Path, Shape]]:
    """Yield a shape and every shape below it, each with one path that leads to it."""
    yield path, shape
    if shape.items:
        yield from every_place(shape.items, (*path, 0))
    for name, inner in shape.properties.items():
        yield from every_place(inner, (*path, name))
    for pattern, inner in shape.patterns.items():
        if pattern != "^x-":
            yield from every_place(inner, (*path, FITTING[pattern][0]))


def document_with(shape: Shape, path: Path, value: Any, writer: Writer) -> Any:
    """Return the smallest document that has `value` at `path`, with the keys required beside it."""
    if not path:
        return value
    step, *rest = path
    if isinstance(step, int):
        assert shape.items
        return [document_with(shape.items, tuple(rest), value, writer)]
    inner = shape.properties.get(step) or next(
        found for pattern, found in shape.patterns.items() if re.search(pattern, step)
    )
    document = {
        name: writer.value(shape.properties[name]) for name in sorted(shape.required - {step})
    }
    document[step] = document_with(inner, tuple(rest), value, writer)
    return document
