"""Variables in a key, or with quotes in their default."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composecheck.finding import Safety
from composecheck.rules.variable_names import default_quoted, variable_in_key
from tests.rules.accepted import environment, find, fixed, model, service, variables_of
from tests.shared_material import requires_compose

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("text", "characters"),
    [
        (service("labels:", "  a.${N}.b: c"), "${N}"),
        (service("labels:", "  a.$N.b: c"), "$N"),
        (environment('"${N:-x}": c'), "${N:-x}"),
        (service("networks: {$N: }"), "$N"),
        (service("build: {context: ., args: {$N: a}}"), "$N"),
    ],
)
def test_a_variable_in_a_key(text: str, characters: str) -> None:
    (finding,) = find(variable_in_key, text, characters)
    assert finding.fix is None
    assert ("list" in finding.remedy) is ("networks" not in text)


@pytest.mark.parametrize(
    "text",
    [
        service("labels: [a.${N}.b=c]"),
        service("labels:", "  a$: b"),
        service("labels:", "  a$$b: c"),
        service("labels:", "  $5: c"),
        "x-a:\n  $N: b\n" + service(),
    ],
)
def test_no_variable_in_a_key_that_counts(text: str) -> None:
    assert find(variable_in_key, text) == []


@requires_compose
def test_compose_replaces_none_in_keys(tmp_path: Path) -> None:
    text = service("labels:", "  a.${N}: ${N}", "environment: ['A_$N=b']")
    found = model(text, tmp_path, N="x")["services"]["a"]
    assert found["labels"] == {"a.$${N}": "x"}
    assert found["environment"] == {"A_x": "b"}


QUOTED = (
    ('A: ${B:-"c"}', '"c"', "A: ${B:-c}"),
    ("A: ${B-'c d'}", "'c d'", None),
    ("A: \"${B:-'c d'}\"", "'c d'", 'A: "${B:-c d}"'),
    ('- A=${B:-"c"}', '"c"', "- A=${B:-c}"),
    ('- A=${B:-""}', '""', "- A=${B:-}"),
    ('A: ${B:-${C:-"d"}}', None, None),
)


@pytest.mark.parametrize(("line", "characters", "right"), QUOTED)
def test_quotes_around_a_default(line: str, characters: str | None, right: str | None) -> None:
    text = environment(line)
    findings = find(default_quoted, text, *(() if characters is None else (characters,)))
    if right is not None:
        assert findings[0].fix is not None
        assert findings[0].fix.safety is Safety.UNSAFE
        assert fixed(text, findings) == environment(right)


@pytest.mark.parametrize(
    "text",
    [
        environment("A: ${B:-c}"),
        environment('A: ${NODE_OPTIONS:-"c"}'),
        environment('NODE_OPTIONS: ${B:-"c"}'),
        environment('- NODE_OPTIONS=${B:-"c"}'),
        environment('A: ${B:+"c"}'),
        environment("A: ${B:-\"c'}"),
        environment('A: ${B:-"c" "d"}'),
        environment('A: x${B:-"c"}'),
        environment('A: ${B:-"c"}x'),
        environment('- A=x=${B:-"c"}'),
        environment('A: \'{"a": ${B:-"c"}}\''),
        environment('A: $${B:-"c"}'),
        service('command: ${B:-"c"}'),
        service("entrypoint: [sh, -c, '${B:-\"c\"}']"),
        service("healthcheck: {test: '${B:-\"c\"}'}"),
        'x-a: ${B:-"c"}\n' + service(),
    ],
)
def test_quotes_that_may_be_meant(text: str) -> None:
    assert find(default_quoted, text) == []


@requires_compose
def test_compose_leaves_the_quotes(tmp_path: Path) -> None:
    text = environment('A: ${B:-"c"}', "D: ${B:-e}")
    assert variables_of(text, tmp_path) == {"A": '"c"', "D": "e"}
