"""Variables and labels that come twice in one list."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composecheck.finding import Safety, Severity
from composecheck.rules.repeated_variables import environment_repeated
from tests.rules.accepted import environment, find, fixed, service, variables_of
from tests.shared_material import requires_compose

if TYPE_CHECKING:
    from pathlib import Path


def test_with_two_values() -> None:
    (finding,) = find(environment_repeated, environment("- A=1", "- B=1", "- A=2"), "A=1")
    assert finding.severity is Severity.WARNING
    assert finding.fix is None
    assert "line 7" in finding.message
    assert [place.source.slice(place.span) for place in finding.related] == ["A=2"]


def test_with_one_value() -> None:
    text = environment("- A=1", "# the next one", "- B=1", "- A=1")
    findings = find(environment_repeated, text, "A=1")
    assert findings[0].severity is Severity.NOTE
    assert findings[0].fix is not None
    assert findings[0].fix.safety is Safety.SAFE
    assert fixed(text, findings) == environment("# the next one", "- B=1", "- A=1")


def test_three_times_are_two_findings() -> None:
    find(environment_repeated, environment("- A=1", "- 'A=2'", "- A=3"), "A=1", "A=2")


def test_labels_and_arguments() -> None:
    text = service("labels: [a=1, a=2]", "build: {context: ., args: [b=1, b=2]}")
    find(environment_repeated, text, "a=1", "b=1")


@pytest.mark.parametrize(
    "lines",
    [
        ("- A=1", "- a=2"),
        ("- A=1", "- A"),
        ("- A", "- A"),
        ("- $A=1", "- $A=2"),
        ("- =1", "- =2"),
        ("A: 1", "B: 1"),
    ],
)
def test_what_is_not_the_same_name(lines: tuple[str, ...]) -> None:
    assert find(environment_repeated, environment(*lines)) == []


@requires_compose
def test_compose_takes_the_last(tmp_path: Path) -> None:
    text = environment("- A=1", "- B=1", "- A=2", "- B=1")
    assert variables_of(text, tmp_path) == {"A": "2", "B": "1"}
