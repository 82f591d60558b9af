"""What cannot be done without changing something else is refused, with the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from composecheck.finding import splice
from composecheck.source import Source
from composecheck.yaml import load
from composecheck.yaml.editing import (
    CannotEdit,
    delete,
    deleting,
    get_value,
    insert_entry,
    insert_item,
    list_to_mapping,
    mapping_to_list,
    move,
    rename_key,
    set_value,
    setting,
    unwrap,
    wrap,
)
from composecheck.yaml.nodes import Mapping
from tests.yaml.editing.oracle import read

if TYPE_CHECKING:
    from collections.abc import Callable

REFUSED: list[tuple[str, Callable[..., Any], tuple[Any, ...], dict[str, Any], str]] = [
    # The whole file.
    ("a: 1\n---\nb: 1\n", set_value, (("a",), 2), {}, "several YAML documents"),
    ("a: [1\n", set_value, (("a",), 2), {}, "mistake in its YAML"),
    ("# nothing\n", set_value, (("a",), 2), {}, "empty"),
    ("a: 1\x85b: 2\n", set_value, (("a",), 2), {}, "NEL"),
    ("a: 1\n", set_value, ((), 2), {}, "whole file"),
    ("a: 1\n", delete, ((),), {}, "whole file"),
    # No such place.
    ("a: 1\n", set_value, (("b",), 2), {}, 'no "b" at the top of the file'),
    ("a: {}\n", delete, (("a", "b"),), {}, 'no "b" in "a"'),
    ("a: [1]\n", set_value, (("a", 1), 2), {}, "no item number 1"),
    ("a: [1]\n", set_value, (("a", "b"), 2), {}, "not keys and values"),
    ("a: {b: 1}\n", set_value, (("a", 0), 2), {}, "not a list"),
    ("a: 1\na: 2\n", set_value, (("a",), 2), {}, "more than once"),
    ("a: 1\n", insert_entry, ((), "b"), {"before": "c"}, 'no key "c"'),
    ("a: 1\n", insert_entry, (("a",), "b"), {}, "no keys and values"),
    ("a: 1\n", insert_item, (("a",), "b"), {}, "no list"),
    # What is there already.
    ("a: 1\nb: 1\n", rename_key, (("a",), "b"), {}, 'a key "b"'),
    ("a: 1\n", insert_entry, ((), "a"), {}, 'a key "a"'),
    ("a: 1\nb: {}\nc:\n  a: 1\n", move, (("a",), ("c",)), {}, 'a key "a"'),
    ("a: 1\nb: 1\n", wrap, ((), ["a"], "b"), {}, 'a key "b"'),
    ("a: 1\nb:\n  a: 1\n", unwrap, (("b",),), {}, '"a" is at the top of the file'),
    # Through aliases and merges, and values that are used elsewhere.
    ("a: &x {b: 1}\nc: *x\n", set_value, (("c", "b"), 2), {}, r'"\*x"'),
    ("a: &x {b: 1}\nc: *x\n", set_value, (("a", "b"), 2), {}, '"&x", and is used elsewhere'),
    ("a: &x {b: 1}\nc: *x\n", rename_key, (("a", "b"), "d"), {}, "used elsewhere"),
    ("a: &x {b: 1}\nc: *x\n", delete, (("a", "b"),), {}, "used elsewhere"),
    ("a: &x {b: 1}\nc: *x\n", insert_entry, (("a",), "d"), {}, "used elsewhere"),
    ("a: &x {b: 1}\nc: *x\n", delete, (("a",),), {}, 'needs the anchor "&x"'),
    ("a:\n  b: &x 1\nc: *x\n", set_value, (("a",), 2), {}, 'needs the anchor "&x"'),
    ("a: &x 1\nc: *x\n", move, (("a",), ()), {"after": "c"}, "must stand below"),
    ("a: &x 1\nc: *x\n", move, (("c",), ()), {"before": "a"}, "must stand below"),
    ("x: &x {a: 1}\ns:\n  <<: *x\n", set_value, (("s", "a"), 2), {}, 'comes in by "<<"'),
    ("x: &x {a: 1}\ns:\n  <<: *x\n  a: 2\n", delete, (("s", "a"),), {}, '"<<" instead'),
    ("x: &x {a: 1}\ns:\n  <<: *x\n  a: 2\n", rename_key, (("s", "a"), "b"), {}, '"<<" instead'),
    ("x: &x {a: 1}\ns:\n  <<: *x\n", set_value, (("s", "<<"), {"a": 2}), {}, "merges"),
    ("x: &x {a: 1}\ns:\n  <<: [*x]\n", set_value, (("s", "<<", 0), {"a": 2}), {}, "merges"),
    ("x: &x {a: 1}\ns:\n  <<: [*x]\n", insert_item, (("s", "<<"), {"a": 2}), {}, "merges"),
    ("x: &x {a: 1}\ns:\n  <<: *x\n", rename_key, (("s", "<<"), "b"), {}, "not one to rename"),
    ("a: !reset 1\n", set_value, (("a",), 2), {}, 'the tag "!reset"'),
    ("a: !reset {b: 1}\n", insert_entry, (("a",), "c"), {}, 'the tag "!reset"'),
    # Keys of another kind.
    ("? a\n: 1\nb: 2\n", delete, (("b",),), {}, r'"\?"'),
    ("? a\n: 1\nb: 2\n", insert_entry, ((), "c"), {}, r'"\?"'),
    ("&x a: 1\n", rename_key, (("a",), "b"), {}, "anchor or a tag"),
    ("a: [b: 1]\n", insert_entry, (("a", 0), "c"), {}, "braces"),
    # Brackets that it is not clear how to go on in.
    ("a: [\n  b\n]\n", insert_item, (("a",), "c"), {}, "several lines"),
    ("a: [\n  b, # b\n  c\n]\n", delete, (("a", 0),), {}, "comment between the brackets"),
    ("a: [\n  b,\n  # c\n  c\n]\n", insert_item, (("a",), "d"), {"index": 1}, "comment between"),
    ("a: {b: 1}\nc:\n  d: 1\n", move, (("a", "b"), ("c",)), {}, "between braces"),
    ("a: {b: 1, c: 2, d: 3}\n", wrap, (("a",), ["b", "d"], "x"), {}, "side by side"),
    # Comments and blank lines that would come to mean something else.
    ("- a: 1\n  # b\n  b: 2\n", delete, ((0, "a"),), {}, "no place"),
    ("a: |+\n  x\nb: 1\n\nc: 1\n", delete, (("b",),), {}, "Blank lines would become part"),
    ("a: |\n  x\nb: 1\n  # far\n", delete, (("b",),), {}, '"# far" would become part'),
    ("a:\n  # b\n  x\n", set_value, (("a",), {"b": 1}), {}, "comment between"),
    ("a:\n  x # b\n", set_value, (("a",), {"b": 1}), {}, "comment behind"),
    ("a:\n  | # b\n  x\n", set_value, (("a",), 1), {}, "comment behind"),
    ("a: 1\nb: |\n  x", insert_entry, ((), "c"), {}, "without a line break"),
    ("a:\n# far\n  b: 1\n", unwrap, (("a",),), {}, '"# far" would come to be about "a.b"'),
    ("a: |\n  x\nb: 1\n     \nc: 1\n", delete, (("b",),), {}, "line of blanks"),
    ("z: 1\n# a\na:\n  b: 1\n", unwrap, (("a",),), {}, "comment about"),
    ("a:\n  # far\n\n  b: 1\nc:\n  d: 1\n", delete, (("a", "b"),), {"drop_emptied": True},
     '"# far" would be lost'),
    # Moves that are none.
    ("a:\n  b: 1\n", move, (("a",), ("a",)), {}, "into itself"),
    ("a: [1]\nb:\n  c: 1\n", move, (("a", 0), ("b",)), {}, "no key with a value"),
    # Lists and mappings that are not of one kind.
    ("e:\n  - A=1\n  - A=2\n", list_to_mapping, (("e",),), {}, "more than once"),
    ("e:\n  - A: 1\n", list_to_mapping, (("e",),), {}, "no text on one line"),
    ("e:\n  - 1\n", list_to_mapping, (("e",),), {}, "no text"),
    ("e: [A=1]\n", list_to_mapping, (("e",),), {}, "no list of lines"),
    ("e:\n  A: [1]\n", mapping_to_list, (("e",),), {}, "no text on one line"),
    ("e:\n  A: 1.5\n", mapping_to_list, (("e",),), {}, "not certain"),
    ("e:\n  A=: x\n", mapping_to_list, (("e",),), {}, '"=" in it'),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "edit", "arguments", "options", "reason"),
    REFUSED,
    ids=[f"{number}-{example[1].__name__}" for number, example in enumerate(REFUSED)],
)
def test_the_reason_is_given(
    text: str,
    edit: Callable[..., Any],
    arguments: tuple[Any, ...],
    options: dict[str, Any],
    reason: str,
) -> None:
    document = load(Source("test", text))
    with pytest.raises(CannotEdit, match=reason) as caught:
        edit(document, *arguments, **options)
    said = str(caught.value)
    assert said.endswith(".")
    assert said[0] == '"' or said[0].isupper()
    # The reason comes from the edit itself, not from the check that looks at the result.
    assert "something else as well" not in said


def test_calls_that_make_no_sense_are_mistakes_of_the_caller() -> None:
    document = read("a: [x]\nb: {c: 1}\n")
    with pytest.raises(IndexError):
        insert_item(document, ("a",), "y", index=2)
    with pytest.raises(TypeError):
        insert_entry(document, ("b",), "d", before="c", after="c")
    with pytest.raises(KeyError):
        get_value(document, ("b", "d"))


def test_an_anchor_that_nobody_uses_stays() -> None:
    assert set_value(read("a: &x 1\n"), ("a",), 2).text == "a: &x 2\n"
    assert insert_entry(read("a: &x\n  b: 1\n"), ("a",), "c", 2).text == "a: &x\n  b: 1\n  c: 2\n"


def test_an_alias_may_be_written_over() -> None:
    assert set_value(read("a: &x 1\nb: *x\n"), ("b",), 2).text == "a: &x 1\nb: 2\n"


def test_an_entry_of_its_own_may_override_a_merged_one() -> None:
    edited = insert_entry(read("x: &x {a: 1}\ns:\n  <<: *x\n"), ("s",), "a", 2)
    assert edited.text == "x: &x {a: 1}\ns:\n  <<: *x\n  a: 2\n"
    assert get_value(edited, ("s",)) == {"a": 2}


def test_a_place_can_be_named_by_what_stands_there() -> None:
    document = load(Source("test", "a: 1\nb: 2\na: 3\n"))
    root = document.roots[0]
    assert isinstance(root, Mapping)
    change = deleting(document, root.entries[2])
    assert splice(document.text, change.edits) == "a: 1\nb: 2\n"
    change = setting(document, root.entries[0].value, 9)
    assert splice(document.text, change.edits) == "a: 9\nb: 2\na: 3\n"
    other = read("a: 1\n").roots[0]
    with pytest.raises(CannotEdit, match="does not stand in this file"):
        deleting(document, other)
