"""Rules of `docker compose watch`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composecheck.finding import Severity
from composecheck.rules.watch import RULES, watch_path_empty, watch_target_missing
from tests.rules.fitting import assert_accepted, assert_refused, judge

if TYPE_CHECKING:
    from pathlib import Path

    from tests.rules.fitting import Rule


def _watched(rule: str, keys: str = "") -> str:
    return f"services: {{a: {{image: x, {keys}develop: {{watch: [{{{rule}}}]}}}}}}"


REFUSED: tuple[tuple[Rule, str, str], ...] = (
    (watch_target_missing, _watched("path: ., action: sync"), "sync"),
    (watch_target_missing, _watched("path: ., action: sync+restart"), "sync+restart"),
    (watch_target_missing, _watched("path: ., action: sync, target: ''"), "sync"),
    (watch_path_empty, _watched("path: '', action: rebuild"), "''"),
    (watch_path_empty, _watched("path: '', action: rebuild", "profiles: [p], "), "''"),
)

ACCEPTED = (
    _watched("path: ., action: restart"),
    _watched("path: ., action: rebuild"),
    _watched("path: ., action: sync, target: /a"),
    _watched("path: ., action: sync", "profiles: [p], "),
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
        _watched("path: ., action: $V"),
        _watched("path: ., action: sync, target: $V"),
        _watched("path: $V, action: rebuild"),
    ],
)
def test_silent_where_it_is_unknown(text: str) -> None:
    assert not [f.text for rule in RULES for f in judge(rule, text, is_here=False)]


def test_with_a_profile_off_it_is_a_warning_that_names_it() -> None:
    (finding,) = judge(watch_target_missing, ACCEPTED[-1])
    assert finding.severity is Severity.WARNING
    assert '"--profile p"' in finding.message
