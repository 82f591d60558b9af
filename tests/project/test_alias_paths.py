"""Aliases and marks over which Compose fails because of their paths."""

from __future__ import annotations

import pytest

from composecheck.project.problem import Fault
from composecheck.yaml.nodes import Alias
from tests.project.loading import load_texts

# All of these were asked of Docker Compose v5.6.1.
AROUND = (
    "x-b: &b {k: v}\nx-y: {<<: *b, f: *b}",
    "x-b: &b {k: v}\nx-y: {f: *b, <<: *b}",
    "x-b: &b {k: v}\nx-y: {z: {<<: *b, f: {g: *b}}}",
    "x-b: &b {k: v}\nx-y: {<<: *b, z: {<<: *b}}",
    "x-b: &b {k: v}\nx-y: {<<: *b, z: {f: 1, <<: [*b]}}",
    "x-b: &b {k: v}\nx-y: {<<: {<<: *b}, f: *b}",
    "x-b: &b [k]\nx-y: {a: *b}\n'x-y.a': {c: *b}",
    "x-b: &b v\nx-y: {<<: {a: *b}, a: {c: *b}}",
    "x-b: &b {image: x}\nservices: {w: {<<: *b, labels: *b}}",
)
BESIDE = (
    "x-b: &b {k: v}\nx-y: {<<: [*b], f: *b}",
    "x-b: &b {k: v}\nx-y: {<<: [*b], z: {<<: [*b]}}",
    "x-b: &b [k]\nx-y: {a: *b, a.c: *b}",
    "x-b: &b {image: x}\nservices: {<<: {w: *b}, y: *b}",
    "x-b: &b {c: d}\nx-y: {<<: [*b, *b], f: *b}",
    "x-y: {<<: &b {c: d}, f: *b}",
    "x-b: &b v\nx-y: {<<: {a: *b}, f: *b}",
    "x-b: &b {k: v}\nservices: {w: {image: x, labels: *b}, 'w.z': {image: x, labels: *b}}",
)
LOST = (
    "x-b: &b {labels: !override {a: b}}\nservices: {w.x: {image: x, <<: *b}}",
    "x-b: &b {labels: !reset {a: b}}\nx-a: {w.x: {image: x, <<: *b}}",
    "x-a: {w.x: {image: x, <<: [{q: !reset }]}}",
    "x-a: {w.x: {image: x, <<: !reset {q: r}}}",
    "x-a: {w.x: {image: x, k: {<<: {a: !reset }}}}",
)
KEPT = (
    "x-b: &b {labels: !override {a: b}}\nservices: {w: {image: x, <<: *b}}",
    "x-b: &b {labels: {a: b}}\nservices: {w.x: {image: x, <<: *b, command: !override [a]}}",
    "services: {w.x: {image: x, command: !override [a]}}",
    "x-a: {k: {<<: {b.c: !override 5}}}",
    "x-a.b: {k: {<<: {b: 1}}, c: !reset }",
)


def faults(text: str) -> list[Fault]:
    more = "" if "services" in text else "\nservices: {a: {image: x}}"
    return [
        problem.fault
        for problem in load_texts(text + more).problems
        if problem.fault in (Fault.ALIAS_AROUND, Fault.MARK_LOST)
    ]


@pytest.mark.parametrize("text", AROUND)
def test_alias_that_compose_takes_for_a_circle(text: str) -> None:
    assert faults(text) == [Fault.ALIAS_AROUND]


@pytest.mark.parametrize("text", [*BESIDE, *KEPT])
def test_paths_that_compose_bears(text: str) -> None:
    assert faults(text) == []


@pytest.mark.parametrize("text", LOST)
def test_mark_whose_path_compose_loses(text: str) -> None:
    assert faults(text) == [Fault.MARK_LOST]


def test_both_places_are_told() -> None:
    text = "x-b: &b {k: v}\nx-y:\n  <<: *b\n  f: *b\nservices: {a: {image: x}}"
    (problem,) = load_texts(text).problems
    assert problem.source is not None
    assert problem.span is not None
    assert problem.source.position(problem.span.start).line == 4
    (other,) = problem.related
    assert other.source.position(other.span.start).line == 3
    assert isinstance(problem.payload, Alias)
    assert problem.payload.span == other.span


def test_true_circle_is_told_once() -> None:
    text = "x-y: &b {f: *b, g: *b}\nservices: {a: {image: x}}"
    assert faults(text) == []
