"""Going over a tree, and finding the value at a path."""

from __future__ import annotations

import pytest

from composecheck.yaml.nodes import Alias, Scalar
from composecheck.yaml.walk import children, find, walk
from tests.yaml.reading import all_nodes, read, root_of, written

TEXT = """\
a: &a
  b: [x, {c: y}]
  d: v
e:
  <<: *a
  d: w
f: *a
"1": z
"""

PATHS = [
    (("a", "b", 1, "c"), "y"),
    (("e", "b", 0), "x"),
    (("e", "d"), "w"),
    (("f", "d"), "v"),
    (("f", "b", 1, "c"), "y"),
    (("f",), "*a"),
    (("1",), "z"),
    (("a", "b"), "[x, {c: y}]"),
]


@pytest.mark.parametrize(("path", "value"), PATHS)
def test_a_path_leads_to_its_value(path: tuple[str | int, ...], value: str) -> None:
    node = find(root_of(TEXT), path)
    assert node is not None
    assert written(node) == value


NOWHERE = [("x",), ("a", "b", 2), ("a", "b", -1), ("a", "d", "v"), ("a", 0), ("a", "b", "c"), (1,)]


@pytest.mark.parametrize("path", NOWHERE)
def test_other_paths_lead_nowhere(path: tuple[str | int, ...]) -> None:
    assert find(root_of(TEXT), path) is None


def test_an_empty_path_leads_to_the_top() -> None:
    root = root_of(TEXT)
    assert find(root, ()) is root


def test_an_alias_of_nothing_leads_nowhere() -> None:
    (root,) = read("a: *b\n").roots
    assert isinstance(find(root, ("a",)), Alias)
    assert find(root, ("a", "c")) is None


def test_all_nodes_are_walked_in_the_order_of_the_text() -> None:
    root = root_of(TEXT)
    walked = list(walk(root))
    assert walked == [node for node, _ in all_nodes(root)]
    starts = [node.start for node in walked]
    assert starts == sorted(starts)
    assert [node.text for node in walked if isinstance(node, Scalar)][:4] == ["a", "b", "x", "c"]


def test_children_are_keys_and_values_in_turn() -> None:
    root = root_of("a: b\nc: [d, e]\n")
    assert [written(child) for child in children(root)] == ["a", "b", "c", "[d, e]"]
    assert [written(child) for child in children(children(root)[-1])] == ["d", "e"]
    assert children(children(root)[0]) == []
