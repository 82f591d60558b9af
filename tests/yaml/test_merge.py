"""Merge keys: which value is in force."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composecheck.yaml.merge import effective_entries, name_of
from composecheck.yaml.nodes import Mapping
from composecheck.yaml.walk import find
from tests.yaml.reading import SERVICES, read, value_of, written
from tests.yaml.real_compose import extensions, extensions_in_compose

if TYPE_CHECKING:
    from pathlib import Path

# Texts that are laid before a valid project; all values must be those that Compose reads.
TEXTS = {
    "explicit wins before": "x-a: &a {k: 1, l: 2}\nx-b:\n  k: 3\n  <<: *a\n",
    "explicit wins behind": "x-a: &a {k: 1, l: 2}\nx-b:\n  <<: *a\n  k: 3\n",
    "first of a list wins": "x-a: &a {k: 1}\nx-b: &b {k: 2, l: 3}\nx-c: {<<: [*a, *b], m: 4}\n",
    "chain": "x-a: &a {k: 1}\nx-b: &b {<<: *a, l: 2}\nx-c: {<<: *b, m: 3}\n",
    "chain overridden": "x-a: &a {k: 1, l: 1}\nx-b: &b {<<: *a, k: 2}\nx-c: {<<: *b, l: 3}\n",
    "list of chains": (
        "x-a: &a {k: 1}\nx-b: &b {<<: *a, l: 2}\nx-c: &c {l: 3, k: 4}\nx-d: {<<: [*b, *c]}\n"
    ),
    "diamond": "x-a: &a {k: 1}\nx-b: &b {<<: *a}\nx-c: &c {<<: *a, k: 2}\nx-d: {<<: [*b, *c]}\n",
    "anchor redefined": "x-a: &a {k: 1}\nx-b: {<<: *a}\nx-c: &a {k: 2}\nx-d: {<<: *a}\n",
    "anchor redefined in a list": "x-a: &a 1\nx-b: [*a, &a {k: 2}, *a]\n",
    "anchor used often": "x-a: &a {k: 1}\nx-b: {<<: *a}\nx-c: [*a, {<<: *a}]\n",
    "anchor of a merged value": "x-a: &a {k: &k [1]}\nx-b: {<<: *a, l: *k}\n",
    "inline": "x-a: {<<: {k: 1, l: 2}, k: 3}\n",
    "inline list": "x-a: {<<: [{k: 1}, {k: 2, l: 3}]}\n",
    "alias of a list": "x-a: &a [{k: 1}, {l: 2}]\nx-b: {<<: *a}\n",
    "list with an alias of nothing else": "x-a: &a {k: 1}\nx-b: {<<: [*a]}\n",
    "empty list": "x-a: {<<: [], k: 1}\n",
    "empty mapping": "x-a: {<<: {}, k: 1}\n",
    "quoted is no merge": "x-a: &a {k: 1}\nx-b: {'<<': *a}\n",
    "double quoted is no merge": 'x-b: {"<<": 1}\n',
    "tagged text is no merge": "x-a: &a {k: 1}\nx-b: {!!str <<: *a}\n",
    "tagged merge": "x-a: &a {k: 1}\nx-b: {!!merge whatever: *a}\n",
    "other tag is no merge": "x-a: &a {k: 1}\nx-b: {!t <<: *a}\n",
    "block": "x-a: &a\n  k: 1\nx-b:\n  <<:\n    - *a\n    - l: 2\n",
    "null in a merged one": "x-a: &a {k: ~}\nx-b: {<<: *a}\n",
    "null wins": "x-a: &a {k: 1}\nx-b: {<<: *a, k: }\n",
    "deep": "x-a: &a {k: {l: 1}}\nx-b: {<<: *a, k: {m: 2}}\n",
    "alias as a key before the same text": "x-k: &k b\nx-a: {*k : 1, b: 2}\n",
    "alias as a key behind the same text": "x-k: &k b\nx-a: {b: 1, *k : 2}\n",
    "inner anchor of the same name": "x-a: &a {k: &a {l: 1}}\nx-b: {<<: *a}\n",
    "alias as a key": "x-a: &a {k: 1}\nx-k: &k l\nx-b: {<<: *a, *k : 2}\n",
    "alias as a key wins over a merge": "x-a: &a {k: 1}\nx-k: &k k\nx-b: {*k : 2, <<: *a}\n",
    "reset does not hide": "x-a: &a {k: 1}\nx-b: {<<: *a, k: !reset 2}\n",
    "reset is not merged": "x-a: &a {k: !reset 1, l: 2}\nx-b: {<<: *a}\n",
    "merge of what is reset": "x-a: &a !reset {k: 1}\nx-b: {<<: *a, l: 2}\n",
    "reset in a list of merges": "x-a: {<<: [!reset {k: 1}, {k: 2}]}\n",
    "value of a merge sign": "x-a: {k: <<, l: [<<, m]}\n",
    "tagged mapping": "x-a: {<<: !t {k: 1}}\n",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_values_are_those_in_compose(text: str, tmp_path: Path) -> None:
    theirs = extensions_in_compose(text + SERVICES, tmp_path)
    document = read(text + SERVICES)
    assert document.findings == ()
    assert isinstance(theirs, dict), theirs
    assert extensions(document) == theirs


def test_anchors_hold_in_later_documents(tmp_path: Path) -> None:
    text = (
        f"x-a: &a {{k: 1}}\n{SERVICES}---\nx-b: {{<<: *a, l: 2}}\n"
        "...\n---\nx-c: [*a]\nx-d: &a 3\n---\nx-e: *a\n"
    )
    theirs = extensions_in_compose(text, tmp_path)
    document = read(text)
    assert document.findings == ()
    assert extensions(document) == theirs
    assert theirs == {
        "x-a": {"k": 1},
        "x-b": {"k": 1, "l": 2},
        "x-c": [{"k": 1}],
        "x-d": 3,
        "x-e": 3,
    }


def test_merged_entries_keep_their_place() -> None:
    value = value_of("a: &a\n  b: c # d\nk:\n  <<: *a\n  e: f\n")
    assert isinstance(value, Mapping)
    entries = effective_entries(value)
    assert {name: written(entry) for name, entry in entries.items()} == {"e": "e: f", "b": "b: c"}


def test_what_is_marked_reset_is_there_if_nothing_else_is() -> None:
    value = value_of("k: {a: !reset b}\n")
    assert isinstance(value, Mapping)
    assert list(effective_entries(value)) == ["a"]


def test_keys_that_are_no_text_are_left_out() -> None:
    (root,) = read("{[a]: b, c: d, 1: e}\n").roots
    assert isinstance(root, Mapping)
    assert list(effective_entries(root)) == ["c", "1"]
    assert [name_of(entry.key) for entry in root.entries] == [None, "c", "1"]


def test_a_cycle_of_merges_ends() -> None:
    (root,) = read("k: &k\n  <<: *k\n  a: b\n").roots
    value = find(root, ("k",))
    assert isinstance(value, Mapping)
    assert list(effective_entries(value)) == ["a"]
