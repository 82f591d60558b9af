"""What may stand where in a Compose file: the schema, read for questions.

The schema is flat (see `schemas/README.md`): references to `$defs`, and alternatives only between
different kinds of value. So everything that may stand at one place folds into one `Shape`: which
kinds of value, which keys if it is a mapping, which items if it is a list.
"""

from __future__ import annotations

import functools
import re
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from composecheck.schema.files import compose_schema

if TYPE_CHECKING:
    from collections.abc import Iterator


class Kind(StrEnum):
    """The kinds of value, by their names in JSON Schema."""

    OBJECT = "object"
    ARRAY = "array"
    STRING = "string"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    NULL = "null"


_SCALARS = frozenset({Kind.STRING, Kind.INTEGER, Kind.NUMBER, Kind.BOOLEAN, Kind.NULL})


class Shape(Struct, eq=False):
    """What may stand at one place. Without `kinds`, anything may."""

    title: str = ""
    """What it is in words, with an article: `a service`, `the healthcheck`. May be empty."""
    kinds: frozenset[Kind] = frozenset()
    keys: dict[str, Shape] = field(default_factory=dict)
    """The keys a mapping may have, by name."""
    patterns: tuple[tuple[re.Pattern[str], Shape], ...] = ()
    """What keys that are named by the user look like, and what stands under them."""
    is_closed: bool = False
    """Whether a mapping may have no other keys."""
    required: tuple[str, ...] = ()
    at_least_one: tuple[str, ...] = ()
    hints: dict[str, str] = field(default_factory=dict)
    """What to say of keys that people write here although they do not exist."""
    items: Shape | None = None
    is_unique: bool = False
    enum: tuple[str, ...] = ()
    pattern: re.Pattern[str] | None = None
    minimum: float | None = None
    maximum: float | None = None
    cast: str = ""
    """What Compose makes of a text here before it judges the shape: a kind's name, or empty."""
    syntax: str = ""
    """The name of the little language that a text here is written in, or empty."""
    wrong_names: tuple[str, ...] = ()
    """Names that people write for the key that this stands under."""
    is_deprecated: bool = False
    since: tuple[int, ...] = ()
    """The first Docker Compose that takes the key that this stands under; empty if all do."""
    works_since: tuple[int, ...] = ()
    """The first one that does what the key says, if others take it and do nothing."""
    since_kinds: dict[Kind, tuple[int, ...]] = field(default_factory=dict)
    """The first one that takes a value of a kind here, for those that not all take."""
    since_values: dict[str, tuple[int, ...]] = field(default_factory=dict)
    """The first one that knows a text here; a `*` at the end stands for whatever follows."""

    def child(self, key: str) -> Shape | None:
        """Return what may stand under `key` of a mapping; None if the key may not stand here."""
        if not self.takes(Kind.OBJECT):
            return None
        if key in self.keys:
            return self.keys[key]
        for pattern, shape in self.patterns:
            if pattern.search(key):
                return shape
        return None if self.is_closed else ANYTHING

    @property
    def item(self) -> Shape | None:
        """What may stand in a list here; None if no list may stand here."""
        return (self.items or ANYTHING) if self.takes(Kind.ARRAY) else None

    @property
    def named(self) -> Shape | None:
        """What stands under the names that the user chooses; None where the keys are given."""
        for pattern, shape in self.patterns:
            if pattern.pattern != EXTENSION:
                return shape
        return None

    @property
    def is_scalar(self) -> bool:
        """Whether only values without parts may stand here."""
        return bool(self.kinds) and self.kinds <= _SCALARS

    def takes(self, kind: Kind) -> bool:
        """Whether a value of this kind may stand here."""
        kinds = self.kinds
        return kind in kinds or not kinds or (kind is Kind.INTEGER and Kind.NUMBER in kinds)


EXTENSION = "^x-"
"""The pattern of keys that Compose leaves alone."""

ANYTHING = Shape()


@functools.cache
def compose_file() -> Shape:
    """Return what a whole Compose file may be."""
    schema = compose_schema()
    return _read(schema, schema["$defs"], {})


def sections(shape: Shape, *, depth: int = 6) -> Iterator[tuple[tuple[str, ...], Shape]]:
    """Yield each mapping with given keys at or below `shape`, with the path to it.

    In the path `*` stands for a name that the user chooses and `[]` for an item of a list. Nearer
    ones come first; not deeper than `depth` steps.
    """
    level: list[tuple[tuple[str, ...], Shape]] = [((), shape)]
    while level and depth >= 0:
        below: list[tuple[tuple[str, ...], Shape]] = []
        for path, here in level:
            if here.keys:
                yield path, here
            below += [((*path, key), child) for key, child in here.keys.items()]
            if here.named is not None:
                below.append(((*path, "*"), here.named))
            if here.items is not None:
                below.append(((*path, "[]"), here.items))
        level = below
        depth -= 1


def _read(schema: dict[str, Any], defs: dict[str, Any], known: dict[str, Shape]) -> Shape:
    """Fold a schema, the `$ref` in it followed, into one Shape."""
    reference = schema.get("$ref")
    if reference is not None and len(schema) == 1:
        if reference not in known:
            known[reference] = _read(defs[reference.rpartition("/")[2]], defs, known)
        return known[reference]
    shape = Shape()
    _fold(shape, schema, defs, known)
    return shape


def _fold(
    shape: Shape, schema: dict[str, Any], defs: dict[str, Any], known: dict[str, Shape]
) -> None:
    if "$ref" in schema:
        _fold(shape, defs[schema["$ref"].rpartition("/")[2]], defs, known)
    for branch in schema.get("oneOf", ()):
        kinds, since = shape.kinds, shape.since
        _fold(shape, {key: branch[key] for key in branch if key != "title"}, defs, known)
        if shape.since != since:
            # That is about the alternative, and not about the key.
            shape.since_kinds |= dict.fromkeys(shape.kinds - kinds, shape.since)
            shape.since = since
    types = schema.get("type", ())
    shape.kinds |= {Kind(name) for name in ([types] if isinstance(types, str) else types)}
    shape.title = schema.get("title", shape.title)
    for key, value in schema.get("properties", {}).items():
        shape.keys[key] = _read(value, defs, known)
    shape.patterns += tuple(
        (re.compile(pattern), _read(value, defs, known))
        for pattern, value in schema.get("patternProperties", {}).items()
    )
    shape.is_closed = shape.is_closed or schema.get("additionalProperties") is False
    shape.required += tuple(schema.get("required", ()))
    shape.at_least_one += tuple(schema.get("x-at-least-one", ()))
    shape.hints |= schema.get("x-unknown-keys", {})
    if "items" in schema:
        shape.items = _read(schema["items"], defs, known)
    shape.is_unique = shape.is_unique or schema.get("uniqueItems", False)
    shape.enum += tuple(schema.get("enum", ()))
    if "pattern" in schema:
        shape.pattern = re.compile(schema["pattern"])
    shape.minimum = schema.get("minimum", shape.minimum)
    shape.maximum = schema.get("maximum", shape.maximum)
    shape.cast = schema.get("x-cast", shape.cast)
    shape.syntax = schema.get("x-short-syntax", shape.syntax)
    shape.wrong_names = tuple(dict.fromkeys((*shape.wrong_names, *schema.get("x-wrong-names", ()))))
    shape.is_deprecated = schema.get("deprecated", shape.is_deprecated)
    if "x-since" in schema:
        shape.since = _version(schema["x-since"])
    if "x-works-since" in schema:
        shape.works_since = _version(schema["x-works-since"])
    for text, version in schema.get("x-since-values", {}).items():
        shape.since_values[text] = _version(version)


def _version(text: str) -> tuple[int, ...]:
    return tuple(map(int, text.split(".")))
