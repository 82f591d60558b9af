"""The schema, read for questions; and what must be true of it for that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from composecheck.schema.allowed import PATTERNS_IN_WORDS
from composecheck.schema.files import compose_schema
from composecheck.schema.grammar import ANYTHING, Kind, Shape, compose_file, sections

if TYPE_CHECKING:
    from collections.abc import Iterator

UNDERSTOOD = {
    "$ref", "additionalProperties", "enum", "items", "maximum", "minimum", "not", "oneOf",
    "pattern", "patternProperties", "properties", "required", "type", "uniqueItems",
    "x-at-least-one", "x-cast", "x-since", "x-since-values", "x-works-since",
}  # fmt: skip
ANNOTATIONS = {
    "$defs", "$id", "$schema", "deprecated", "description", "title", "x-compose",
    "x-short-syntax", "x-unknown-keys", "x-wrong-names",
}  # fmt: skip


def schemas(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield a schema and all those in it."""
    yield schema
    for keyword in ("properties", "patternProperties", "$defs"):
        for child in schema.get(keyword, {}).values():
            yield from schemas(child)
    for child in (*schema.get("oneOf", ()), *([schema["items"]] if "items" in schema else ())):
        yield from schemas(child)


def test_every_keyword_of_the_schema_is_understood() -> None:
    used = {keyword for schema in schemas(compose_schema()) for keyword in schema}

    assert used - UNDERSTOOD - ANNOTATIONS == set()


def test_alternatives_take_different_kinds_of_value() -> None:
    defs = compose_schema()["$defs"]

    def kinds(schema: dict[str, Any]) -> list[str]:
        while "$ref" in schema:
            schema = defs[schema["$ref"].rpartition("/")[2]]
        types = schema["type"]
        return [types] if isinstance(types, str) else types

    for schema in schemas(compose_schema()):
        alternatives = [kind for branch in schema.get("oneOf", ()) for kind in kinds(branch)]
        assert len(set(alternatives)) == len(alternatives), schema


def test_a_negation_is_said_again_in_a_way_that_can_be_explained() -> None:
    for schema in schemas(compose_schema()):
        assert ("not" in schema) == ("x-at-least-one" in schema)


def test_every_pattern_has_words() -> None:
    patterns = {schema["pattern"] for schema in schemas(compose_schema()) if "pattern" in schema}

    assert patterns == set(PATTERNS_IN_WORDS)


def test_every_block_has_a_title() -> None:
    assert [path for path, shape in sections(compose_file(), depth=12) if not shape.title] == []


def test_alternatives_fold_into_one_shape() -> None:
    service = compose_file().keys["services"].named
    assert service is not None
    build = service.keys["build"]

    assert build.kinds == {Kind.STRING, Kind.OBJECT}
    assert build.title == "the build section"
    assert build.keys["context"].syntax == "build-context"
    assert service.keys["networks"].items is not None
    assert service.keys["networks"].named is not None


def test_what_stands_beside_a_reference_wins() -> None:
    service = compose_file().keys["services"].named
    assert service is not None

    assert "env" in service.keys["environment"].wrong_names
    assert service.keys["environment"].title == "the environment"


def test_children() -> None:
    whole = compose_file()

    assert whole.child("x-anything") is not None
    assert whole.child("servces") is None
    assert whole.keys["services"].child("web") is whole.keys["services"].named
    assert whole.keys["services"].child("a b") is None
    assert whole.keys["version"].child("services") is None
    assert whole.keys["version"].item is None
    assert ANYTHING.child("a") is ANYTHING


def test_an_integer_is_a_number() -> None:
    assert Shape(kinds=frozenset({Kind.NUMBER})).takes(Kind.INTEGER)
    assert not Shape(kinds=frozenset({Kind.INTEGER})).takes(Kind.NUMBER)
    assert not Shape(kinds=frozenset({Kind.STRING})).takes(Kind.INTEGER)
