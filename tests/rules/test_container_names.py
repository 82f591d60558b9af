"""Names of containers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composecheck.finding import Severity
from composecheck.rules.container_names import (
    RULES,
    container_name_scaled,
    container_name_taken,
)
from tests.rules.fitting import assert_accepted, assert_refused, judge, marked

if TYPE_CHECKING:
    from pathlib import Path

    from tests.rules.fitting import Rule


def _two(keys: str = "") -> str:
    service = "image: x, container_name: foo"
    return f"services: {{a: {{{service}}}, b: {{{service}{keys}}}}}"


def _one(keys: str) -> str:
    return f"services: {{a: {{image: x, container_name: foo, {keys}}}}}"


REFUSED: tuple[tuple[Rule, str, str], ...] = (
    (container_name_taken, _two(), "foo"),
    (container_name_scaled, _one("scale: 2"), "container_name"),
    (container_name_scaled, _one("scale: 2, deploy: {replicas: 2}"), "container_name"),
    (container_name_scaled, _one("deploy: {replicas: 2, mode: global}"), "container_name"),
)

ACCEPTED = (
    _two(", profiles: [p]"),
    _one("scale: 0"),
    _one("scale: 1"),
    _one("deploy: {replicas: 1}"),
    _one("scale: 2, profiles: [p]"),
    "services: {a: {image: x, container_name: foo, profiles: [p]},"
    " b: {image: x, container_name: foo, profiles: [q]}}",
)


@pytest.mark.parametrize(("rule", "text", "characters"), REFUSED, ids=[row[1] for row in REFUSED])
def test_what_compose_refuses(rule: Rule, text: str, characters: str, tmp_path: Path) -> None:
    assert_refused(rule, text, characters, tmp_path)
    assert not [other for other in RULES if other is not rule and judge(other, text)]


@pytest.mark.parametrize("text", ACCEPTED)
def test_what_compose_accepts(text: str, tmp_path: Path) -> None:
    for rule in RULES:
        assert_accepted(rule, text, tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        _two().replace("foo", "'foo-$V'"),
        _two(", profiles: [$V]"),
        _one("scale: $V"),
        _one("scale: 2, profiles: [$V]"),
    ],
)
def test_silent_where_it_is_unknown(text: str) -> None:
    assert not [f.text for rule in RULES for f in judge(rule, text, is_here=False)]


def test_with_a_profile_off_it_is_a_warning_that_names_it() -> None:
    (finding,) = judge(container_name_taken, _two(", profiles: [p]"))
    assert finding.severity is Severity.WARNING
    assert '"--profile p"' in finding.message
    (finding,) = judge(container_name_scaled, _one("scale: 2, profiles: [p]"))
    assert finding.severity is Severity.WARNING


def test_profiles_that_are_never_on_together_may_share_a_name() -> None:
    text = ACCEPTED[-1]
    assert not judge(container_name_taken, text)


def test_a_name_from_an_anchor_is_one_place() -> None:
    text = "x-b: &b {image: x, container_name: foo}\nservices: {a: *b, b: *b, c: {<<: *b}}"
    findings = judge(container_name_taken, text)
    assert marked(findings) == ["foo"]
