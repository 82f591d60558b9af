"""Values that Compose needs as text, and names that it takes for extension keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composecheck.finding import Severity
from tests.rules.value_rules import Row, assert_fine, assert_row, characters, find, service
from tests.shared_material import ask_compose

if TYPE_CHECKING:
    from pathlib import Path

REFUSED: tuple[Row, ...] = (
    ("storage_opt: {size: 1.5}", "text-needed", "1.5", 'storage_opt: {size: "1.5"}'),
    ("storage_opt: {size: 1e3}", "text-needed", "1e3", 'storage_opt: {size: "1e3"}'),
    ("storage_opt: {size: true}", "text-needed", "true", 'storage_opt: {size: "true"}'),
    (
        "storage_opt: {size: 9223372036854775808}",
        "text-needed",
        "9223372036854775808",
        'storage_opt: {size: "9223372036854775808"}',
    ),
    ("storage_opt: {size: [x]}", "text-needed", "[x]", None),
    ("storage_opt: {size: {a: b}}", "text-needed", "{a: b}", None),
    ("group_add: [2.0]", "text-needed", "2.0", 'group_add: ["2.0"]'),
    ("pid:", "text-needed", "", None),
    ("storage_opt: {x-a: b}", "name-ignored", "x-a", None),
    ("extra_hosts: {x-ray: 10.0.0.7}", "name-ignored", "x-ray", None),
)


@pytest.mark.parametrize("row", REFUSED, ids=lambda row: row[0])
def test_refused(row: Row, tmp_path: Path) -> None:
    assert_row(row, tmp_path)


def test_driver_options_of_a_secret(tmp_path: Path) -> None:
    text = f"{service()}secrets:\n  s:\n    file: f\n    driver_opts:\n      k: 1.5\n"
    (finding,) = find(text)
    assert (finding.rule, characters(finding)) == ("text-needed", "1.5")
    assert ask_compose(text, tmp_path).returncode != 0


@pytest.mark.parametrize(
    "lines",
    [
        "storage_opt: {size: 1}",
        "storage_opt: {size: }",
        "storage_opt: {size: yes}",
        "storage_opt: {size: -9223372036854775808}",
        "group_add: [27, video]",
        "pid: ''",
        "pre_start: [{image: x, command: y, pid: }]",
        "extra_hosts: [x-ray=10.0.0.7]",
        "labels: {x-a: 1.5}",
    ],
)
def test_accepted(lines: str, tmp_path: Path) -> None:
    assert_fine(lines, tmp_path)


def test_a_variable_is_text() -> None:
    found = find(service("storage_opt: {size: $SIZE}"), is_here=False)
    assert [(finding.rule, finding.severity) for finding in found] == [
        ("variable-unset", Severity.NOTE)
    ]
