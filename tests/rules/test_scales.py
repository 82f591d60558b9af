"""Numbers of containers, and limits that are written twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composecheck.rules.scales import RULES, limit_differs, scale_differs, scale_negative
from tests.rules.fitting import assert_accepted, assert_refused, judge

if TYPE_CHECKING:
    from pathlib import Path

    from tests.rules.fitting import Rule


def _service(keys: str) -> str:
    return f"services: {{a: {{image: x, {keys}}}}}"


def _limited(keys: str, limits: str, group: str = "limits") -> str:
    return _service(f"{keys}, deploy: {{resources: {{{group}: {{{limits}}}}}}}")


REFUSED: tuple[tuple[Rule, str, str], ...] = (
    (scale_differs, _service("scale: 2, deploy: {replicas: 3}"), "2"),
    (scale_differs, _service("scale: '2', deploy: {replicas: '3'}"), "2"),
    (scale_negative, _service("scale: -1"), "-1"),
    (scale_negative, _service("deploy: {replicas: -2}"), "-2"),
    (scale_negative, _service("scale: 9223372036854775808"), "9223372036854775808"),
    (scale_negative, _service("deploy: {replicas: 1e30}"), "1e30"),
    (limit_differs, _limited("cpus: 1", "cpus: '2'"), "1"),
    (limit_differs, _limited("cpus: 0.5", "memory: 1g"), "0.5"),
    (limit_differs, _limited("cpus: '0.5'", ""), "0.5"),
    (limit_differs, _limited("mem_limit: 512m", "memory: 1g"), "512m"),
    (limit_differs, _limited("mem_limit: -1", "memory: 1g"), "-1"),
    (limit_differs, _limited("mem_reservation: 1g", "cpus: '2'", "reservations"), "1g"),
    (limit_differs, _limited("pids_limit: -1", "cpus: '2'"), "-1"),
    (limit_differs, _limited("pids_limit: '5'", "pids: 6"), "5"),
)

ACCEPTED = (
    _service("scale: '2', deploy: {replicas: 2}"),
    _service("scale: 2.0, deploy: {replicas: 2}"),
    _service("scale: 0"),
    _service("scale: 9223372036854775807"),
    _service("scale: 2, deploy: {replicas: 3}, profiles: [p]"),
    _limited("cpus: 1", "memory: 1g", "reservations"),
    _limited("cpus: '0.3'", "cpus: '.30'"),
    _limited("cpus: '0.10000000001'", "cpus: 0.1"),
    _limited("cpus: 0", "cpus: '1'"),
    _limited("mem_limit: 1g", "memory: 1024m"),
    _limited("mem_limit: 1.5", "memory: 1g"),
    _limited("mem_limit: 0", "memory: 1g"),
    _limited("mem_reservation: 1g", "memory: 2g"),
    _limited("pids_limit: 0", "pids: 5"),
    _limited("pids_limit: 2.0", "pids: 2"),
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
        _service("scale: $V, deploy: {replicas: 3}"),
        _service("scale: 2, deploy: {replicas: '${V:-3}'}"),
        _service("scale: '-$V'"),
        _limited("cpus: $V", "cpus: '1'"),
        _limited("cpus: $V", "memory: 1g"),
        _limited("mem_limit: 1g", "memory: $V"),
        _limited("mem_limit: 1g", "memory: 100"),
        _limited("mem_limit: wrong", "memory: 1g"),
        "include: [f]\n" + _limited("cpus: 1", "memory: 1g"),
    ],
)
def test_silent_where_it_is_unknown_or_follows_from_something_else(text: str) -> None:
    assert not [f.text for rule in RULES for f in judge(rule, text, is_here=False)]


def test_both_values_are_shown_or_where_to_write_the_one() -> None:
    (finding,) = judge(limit_differs, _limited("mem_limit: 512m", "memory: 1g"))
    assert "says 512m" in finding.message
    assert "says 1g" in finding.message
    (finding,) = judge(limit_differs, _limited("cpus: 0.5", "memory: 1g"))
    assert finding.remedy == 'Write "cpus: 0.5" under "limits" instead.'
    assert [place.source.slice(place.span) for place in finding.related] == ["limits"]
