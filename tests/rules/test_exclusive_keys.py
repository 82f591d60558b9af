"""Keys of a service that exclude each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composecheck.finding import Severity
from composecheck.rules.exclusive_keys import (
    RULES,
    device_count_and_ids,
    network_mode_and_networks,
)
from tests.rules.fitting import assert_accepted, assert_refused, judge

if TYPE_CHECKING:
    from pathlib import Path

    from tests.rules.fitting import Rule


def _service(keys: str) -> str:
    return f"services: {{a: {{image: x, {keys}}}}}\nnetworks: {{n: }}"


BOTH = "{count: 1, device_ids: ['0'], capabilities: [gpu]}"

REFUSED: tuple[tuple[Rule, str, str], ...] = (
    (network_mode_and_networks, _service("network_mode: host, networks: [n]"), "network_mode"),
    (
        network_mode_and_networks,
        _service("networks: {default: }, network_mode: bridge"),
        "network_mode",
    ),
    (device_count_and_ids, _service(f"gpus: [{BOTH}]"), "count"),
    (device_count_and_ids, _service(f"profiles: [p], gpus: [{BOTH}]"), "count"),
    (
        device_count_and_ids,
        _service(f"deploy: {{resources: {{reservations: {{devices: [{BOTH}]}}}}}}"),
        "count",
    ),
)

ACCEPTED = (
    _service("network_mode: host"),
    _service("network_mode: host, networks: []"),
    _service("network_mode: '', networks: [n]"),
    _service("network_mode: host, networks: [n], profiles: [p]"),
    _service("gpus: all"),
    _service("gpus: [{device_ids: ['0']}, {count: 1}]"),
    "services: {a: {image: x}}\n"
    f"jobs: {{j: {{image: x, triggers: {{manual: true}}, gpus: [{BOTH}]}}}}",
)


@pytest.mark.parametrize(("rule", "text", "characters"), REFUSED, ids=[row[1] for row in REFUSED])
def test_what_compose_refuses(rule: Rule, text: str, characters: str, tmp_path: Path) -> None:
    finding = assert_refused(rule, text, characters, tmp_path)
    assert len(finding.related) == 1


@pytest.mark.parametrize("text", ACCEPTED)
def test_what_compose_accepts(text: str, tmp_path: Path) -> None:
    for rule in RULES:
        assert_accepted(rule, text, tmp_path)


def test_unknown_and_off() -> None:
    text = _service("network_mode: $V, networks: [n]")
    assert not judge(network_mode_and_networks, text, is_here=False)
    text = _service("network_mode: '${V:-host}', networks: [n]")
    assert len(judge(network_mode_and_networks, text, is_here=False)) == 1
    text = _service("network_mode: host, networks: [n], profiles: [p]")
    assert [f.severity for f in judge(network_mode_and_networks, text)] == [Severity.WARNING]
