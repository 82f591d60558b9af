"""Keys by the names that they had at first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.project.reading import child, value_of
from composecheck.yaml.nodes import Sequence
from tests.project.loading import load_texts

if TYPE_CHECKING:
    from composecheck.yaml.nodes import Node


def rule(written: str) -> Node:
    watch = f"[{{path: ., action: rebuild, {written}}}]"
    text = f"services: {{a: {{build: ., develop: {{watch: {watch}}}}}}}"
    rules = child(load_texts(text).root, "services", "a", "develop", "watch")
    assert isinstance(rules, Sequence)
    return rules.items[0]


def test_early_name_becomes_the_other() -> None:
    node = rule("x-initialSync: true")
    assert value_of(child(node, "initial_sync")) is True
    assert child(node, "x-initialSync") is None


def test_early_name_counts_for_nothing_beside_the_other() -> None:
    node = rule("x-initialSync: true, initial_sync: false")
    assert value_of(child(node, "initial_sync")) is False
    assert child(node, "x-initialSync") is None


def test_notes_are_kept() -> None:
    node = rule("x-initial-sync: true")
    assert child(node, "initial_sync") is None
    assert value_of(child(node, "x-initial-sync")) is True


def test_what_is_no_rule_stays_as_it_is() -> None:
    text = "x-initialSync: 5\nservices: {a: {build: ., develop: 5}, b: 5}"
    root = load_texts(text).root
    assert value_of(child(root, "services", "a", "develop")) == 5
    assert value_of(child(root, "x-initialSync")) == 5
