"""New text looks as if the author of the file had written it; comments stay with their values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from composecheck.yaml.editing import (
    delete,
    insert_entry,
    insert_item,
    list_to_mapping,
    mapping_to_list,
    move,
    rename_key,
    set_value,
    unwrap,
    wrap,
)
from tests.yaml.editing.oracle import read

if TYPE_CHECKING:
    from collections.abc import Callable

EXAMPLES: list[tuple[str, Callable[..., Any], tuple[Any, ...], dict[str, Any], str]] = [
    # The indentation, of keys and of dashes.
    ("s:\n    a:\n        x: 1\n", insert_entry, (("s",), "b", {"w": {"z": 1}}), {},
     "s:\n    a:\n        x: 1\n    b:\n        w:\n            z: 1\n"),
    ("a:\n- x\nb: 1\n", insert_entry, ((), "c", ["w", "z"]), {}, "a:\n- x\nb: 1\nc:\n- w\n- z\n"),
    ("a:\n    -   x\n", insert_item, (("a",), {"b": "c", "d": ["e"]}), {},
     "a:\n    -   x\n    -   b: c\n        d:\n            -   e\n"),
    ("a:\n  b:\n  - x\n  c: y\nd:\n    - z\n", set_value, (("a", "c"), ["w"]), {},
     "a:\n  b:\n  - x\n  c:\n  - w\nd:\n    - z\n"),
    # Quotes.
    ("a:\n  - '80:80'\n", insert_item, (("a",), "443:443"), {}, "a:\n  - '80:80'\n  - '443:443'\n"),
    ("a: 'x'\nb: y\n", insert_entry, ((), "c", "yes"), {}, "a: 'x'\nb: y\nc: 'yes'\n"),
    ("a: \"x\"\nb: y\n", insert_entry, ((), "c", "z"), {}, "a: \"x\"\nb: y\nc: z\n"),
    ("a: 'x'\nb: y\n", set_value, (("a",), "z"), {}, "a: 'z'\nb: y\n"),
    ('a: {"x": "y"}\n', insert_entry, (("a",), "z", "w"), {}, 'a: {"x": "y", "z": "w"}\n'),
    ("'a': x\n", rename_key, (("a",), "b"), {}, "'b': x\n"),
    # Blank lines.
    ("s:\n  a:\n    x: 1\n\n  b:\n    x: 1\n", insert_entry, (("s",), "c", {"x": 2}), {},
     "s:\n  a:\n    x: 1\n\n  b:\n    x: 1\n\n  c:\n    x: 2\n"),
    ("s:\n  a:\n    x: 1\n\n  b:\n    x: 1\n", insert_entry, (("s",), "c", None), {"before": "a"},
     "s:\n  c:\n\n  a:\n    x: 1\n\n  b:\n    x: 1\n"),
    ("s:\n  a: 1\n", insert_entry, ((), "v", {"d": None}), {}, "s:\n  a: 1\n\nv:\n  d:\n"),
    ("s: 1\nt: 2\n", insert_entry, ((), "v", {"d": None}), {}, "s: 1\nt: 2\nv:\n  d:\n"),
    ("version: '3'\n\ns:\n  a: 1\n", delete, (("version",),), {}, "s:\n  a: 1\n"),
    ("s:\n  a: 1\n\n  b: 1\n\n  c: 1\n", delete, (("s", "b"),), {}, "s:\n  a: 1\n\n  c: 1\n"),
    ("s:\n  a: 1\n\n  b: 1\n\nt: 1\n", delete, (("s", "b"),), {}, "s:\n  a: 1\n\nt: 1\n"),
    # Flow and block.
    ("a: {b: 1}\n", insert_entry, (("a",), "c", [1, {"d": None}]), {},
     "a: {b: 1, c: [1, {d: null}]}\n"),
    ("a: {}\n", insert_entry, (("a",), "c", [1]), {}, "a:\n  c:\n    - 1\n"),
    ("a: [\n  x,\n  y\n]\n", insert_item, (("a",), "z"), {}, "a: [\n  x,\n  y,\n  z\n]\n"),
    ("a: [\n  x,\n  y,\n]\n", delete, (("a", 0),), {}, "a: [\n  y,\n]\n"),
    ("a: [x, y]\n", delete, (("a", 1),), {}, "a: [x]\n"),
    ("a: [ x ]\n", delete, (("a", 0),), {}, "a: []\n"),
    ('{"a": {"b": 1}}\n', insert_entry, ((), "c", "d"), {}, '{"a": {"b": 1}, "c": d}\n'),
    ("a: {b, c: }\n", set_value, (("a", "b"), 1), {}, "a: {b: 1, c: }\n"),
    ("a: {b: 1, c: 2, d: 3}\n", wrap, (("a",), ["b", "c"], "x"), {},
     "a: {x: {b: 1, c: 2}, d: 3}\n"),
    # Line breaks, and the end of the file.
    ("a: 1\r\nb:\r\n  c: 2\r\n", insert_entry, (("b",), "d", {"e": 1}), {},
     "a: 1\r\nb:\r\n  c: 2\r\n  d:\r\n    e: 1\r\n"),
    ("a: 1\rb: 1\r", insert_entry, ((), "c", 2), {}, "a: 1\rb: 1\rc: 2\r"),
    ("a: 1\nb: 2", insert_entry, ((), "c", 3), {}, "a: 1\nb: 2\nc: 3"),
    ("a: 1\nb: 2", delete, (("b",),), {}, "a: 1"),
    ("a: 1\nb: |-\n  x", insert_entry, ((), "c", "x\ny"), {}, "a: 1\nb: |-\n  x\nc: |-\n  x\n  y"),
    ("a: 1\nb: 2", set_value, (("b",), ["x"]), {}, "a: 1\nb:\n  - x"),
    # Comments.
    ("# top\na: 1\n# b\nb: 2 # end\n\n# c\nc: 3\n", delete, (("b",),), {},
     "# top\na: 1\n\n# c\nc: 3\n"),
    ("# top\na: 1\nb: 2\n", delete, (("a",),), {}, "# top\nb: 2\n"),
    ("a:\n  - x # x\n  # y\n  - y # end\n  # far\n", delete, (("a", 1),), {},
     "a:\n  - x # x\n  # far\n"),
    ("a: # a\n  b: 1 # b\n  c: 2\n", set_value, (("a",), "x"), {}, "a: x # a\n"),
    ("a: # a\n  b: 1\n", delete, (("a", "b"),), {}, "a: {} # a\n"),
    ("a:   # a\n", set_value, (("a",), "x"), {}, "a: x   # a\n"),
    ("a: x   # a\n", set_value, (("a",), {"b": 1}), {}, "a:   # a\n  b: 1\n"),
    ("s:\n  a: 1\n  # b\n  b:\n    - x # x\n  # far\nt: 1\n", move, (("s", "b"), ()),
     {"before": "t"},
     "s:\n  a: 1\n  # far\n# b\nb:\n  - x # x\nt: 1\n"),
    # Blocks of text.
    ("a:\n  b: >2-\n      x\n    y\n  c: 1\n", move, (("a", "b"), ()), {},
     "a:\n  c: 1\n\nb: >2-\n    x\n  y\n"),
    ("a: |+\n  x\n\n\nb: 1\n", set_value, (("a",), "w"), {}, "a: w\nb: 1\n"),
    ("a: | # a\n  x\nb: 1\n", set_value, (("a",), "p\nq"), {}, "a: |- # a\n  p\n  q\nb: 1\n"),
    ("a:\n  b: 1\n      \n", insert_entry, (("a",), "c", "p\nq\n"), {},
     'a:\n  b: 1\n  c: "p\\nq\\n"\n      \n'),
    ("a: x\n  # far\nb: 1\n", set_value, (("a",), "p\nq"), {}, 'a: "p\\nq"\n  # far\nb: 1\n'),
    # Values over several lines, and on a line of their own.
    ("a: x\n  y # a\nb: 1\n", set_value, (("a",), "z"), {}, "a: z # a\nb: 1\n"),
    ("a:\n  x # a\nb: 1\n", set_value, (("a",), "z"), {}, "a:\n  z # a\nb: 1\n"),
    ("a:\n  x\nb: 1\n", set_value, (("a",), {"c": 1}), {}, "a:\n  c: 1\nb: 1\n"),
    ("a:\n  |\n  x\n  z\nb: 1\n", set_value, (("a",), "w"), {}, "a: w\nb: 1\n"),
    ("-\n  x # a\n- b\n", set_value, ((0,), "z"), {}, "-\n  z # a\n- b\n"),
    ("a: [x,\n  y] # a\nb: 1\n", set_value, (("a",), {"c": 1}), {}, "a: # a\n  c: 1\nb: 1\n"),
    ("- a: 1\n  b: 2\n", delete, ((0, "a"),), {}, "- b: 2\n"),
    ("- a: 1\n", delete, ((0, "a"),), {}, "- {}\n"),
    ("- a: 1\n", insert_entry, ((0,), "b", 2), {"before": "a"}, "- b: 2\n  a: 1\n"),
    ("- - a\n  - b\n", delete, ((0, 0),), {}, "- - b\n"),
    ("- a: 1 # a\n", set_value, ((0,), "x"), {}, "- x # a\n"),
    ("a:\n-\n  b: 1\n", delete, (("a", 0, "b"),), {}, "a:\n- {}\n"),
    ("a: &x\n  b: 1\n", delete, (("a", "b"),), {}, "a: &x {}\n"),
    # What is left empty may go.
    ("a:\n  b:\n    c: 1\nd: 1\n", delete, (("a", "b", "c"),), {"drop_emptied": True}, "d: 1\n"),
    ("a:\n  b: 1\nd:\n  e: 1\n", move, (("a", "b"), ("d",)), {"drop_emptied": True},
     "d:\n  e: 1\n  b: 1\n"),
    ("a:\n  b: 1\nd:\n", move, (("a", "b"), ("d",)), {}, "a: {}\nd:\n  b: 1\n"),
    # Levels.
    ("# web\nweb:\n  image: x\n\n# db\ndb:\n  image: y\n", wrap,
     ((), ["web", "db"], "services"), {},
     "# web\nservices:\n  web:\n    image: x\n\n  # db\n  db:\n    image: y\n"),
    ("a: 1\nb: 2\n# c\nc: 3\nd: 4\n", wrap, ((), ["a", "c"], "x"), {},
     "x:\n  a: 1\n  # c\n  c: 3\nb: 2\nd: 4\n"),
    ("- a: 1\n  b: 2\n", wrap, ((0,), ["a", "b"], "x"), {}, "- x:\n    a: 1\n    b: 2\n"),
    ("a:\n  # b\n  b: |\n    x\n  c: 1 # c\nd: 1\n", unwrap, (("a",),), {},
     "# b\nb: |\n  x\nc: 1 # c\nd: 1\n"),
    ("- a:\n    b: 1\n    c: 2\n", unwrap, ((0, "a"),), {}, "- b: 1\n  c: 2\n"),
    # Lists and mappings.
    ("e:\n  # a\n  - A=1 # one\n  - \"B=x: y\"\n  - C\n  - D=\n", list_to_mapping, (("e",),), {},
     "e:\n  # a\n  A: \"1\" # one\n  B: \"x: y\"\n  C:\n  D: \"\"\n"),
    ("e:\n- A=b=c\n", list_to_mapping, (("e",),), {}, "e:\n  A: b=c\n"),
    ("e:\n  # a\n  A: 1 # one\n  B: 'x: y'\n  C: # c\n  D: true\n", mapping_to_list, (("e",),), {},
     "e:\n  # a\n  - A=1 # one\n  - 'B=x: y'\n  - C # c\n  - D=true\n"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "edit", "arguments", "options", "after"),
    EXAMPLES,
    ids=[f"{number}-{example[1].__name__}" for number, example in enumerate(EXAMPLES)],
)
def test_the_text_that_comes_out(
    before: str,
    edit: Callable[..., Any],
    arguments: tuple[Any, ...],
    options: dict[str, Any],
    after: str,
) -> None:
    document = read(before)
    assert edit(document, *arguments, **options).text == after
    assert document.text == before
