"""Values of which nothing is left: what is wrong with their keys does not matter."""

from __future__ import annotations

import pytest

from composecheck.source import Source
from composecheck.yaml import load


def rules(text: str) -> list[str]:
    return [finding.rule for finding in load(Source("compose.yaml", text)).findings]


@pytest.mark.parametrize(
    "text",
    [
        "x-n: &n foo\nx-m: {foo: {5: a}, *n : b}",
        "x-n: &n foo\nx-m: {foo: [{a: {5: a}}], *n : b}",
        "x-m: {<<: {foo: {5: a}}, foo: b}",
        "x-m: {foo: b, <<: {foo: {5: a}}}",
    ],
)
def test_key_in_what_is_overwritten(text: str) -> None:
    assert rules(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "x-n: &n foo\nx-m: {*n : b, foo: {5: a}}",
        "x-n: &n foo\nx-m: {bar: {5: a}, *n : b}",
        "x-n: &n foo\nx-m: {foo: &z {5: a}, *n : b, c: *z}",
        "x-m: {<<: {bar: {5: a}}, foo: b}",
        "x-m: {foo: {5: a}}",
    ],
)
def test_key_in_what_counts(text: str) -> None:
    assert rules(text) == ["yaml-key-type"]


def test_other_findings_are_kept() -> None:
    assert rules("x-n: &n foo\nx-m: {foo: {5: a, b: c, b: d}, *n : b}") == ["yaml-duplicate-key"]
