"""Variables with a misspelt name, in a key, or with quotes in their default."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING, Any

import pytest

from composecheck.finding import Safety
from composecheck.rules.variable_names import default_quoted, variable_in_key, variable_misspelt
from tests.rules.accepted import environment, find, fixed, model, service, variables_of
from tests.rules.fitting import FOLDER
from tests.shared_material import requires_compose

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from composecheck.finding import Finding


def reading(env: str) -> Callable[[Path], bytes]:
    """Return what reads files where there is but a `.env`."""

    def read(path: Path) -> bytes:
        if path == FOLDER / ".env":
            return env.encode()
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))

    return read


def misspelt(text: str, env: str, *characters: str, **options: Any) -> list[Finding]:
    return find(variable_misspelt, text, *characters, read=reading(env), **options)


@pytest.mark.parametrize("is_here", [False, True])
def test_a_name_that_the_env_file_spells_otherwise(is_here: bool) -> None:
    text = environment("A: ${DB_PASWORD}", "B: x$DB_PASWORD", "C: ${DB_USER}")
    findings = misspelt(text, "DB_PASSWORD=a\nDB_USER=b\n", "DB_PASWORD", is_here=is_here)
    assert findings[0].suggestions == ("DB_PASSWORD",)
    assert len(findings[0].related) == 1
    assert findings[0].fix is not None
    assert findings[0].fix.safety is Safety.UNSAFE
    assert findings[0].fix.changes == (("services", "a", "environment", "B"),)
    assert fixed(text, findings) == text.replace("PASWORD", "PASSWORD")


@pytest.mark.parametrize(
    ("value", "env"),
    [
        ("${DB_HOST_1}", "DB_HOST_2=a\n"),
        ("${DB_PASWORD}", "DB_USER=a\n"),
        ("${DB_PASWORD:-}", "DB_PASSWORD=a\n"),
        ("${DB_PASWORD}${DB_PASSWORD}", "DB_PASSWORD=a\n"),
        ("${DB_PASWORD}", "DB_PASWORD=a\nDB_PASSWORD=b\n"),
        ("${DB_PASWORD}", ""),
        ("${DB_NAMES}", "DB_NAMED=a\nDB_NAME=b\n"),
        ("$$DB_PASWORD", "DB_PASSWORD=a\n"),
    ],
)
def test_a_name_that_may_be_meant(value: str, env: str) -> None:
    assert misspelt(environment(f'A: "{value}"'), env) == []


def test_what_the_shell_sets_is_not_in_the_env_file() -> None:
    text = environment("A: ${DB_PASWORD}")
    assert misspelt(text, "A=b\n", environment={"DB_PASSWORD": "c"}) == []


def test_a_shared_name_has_no_fix() -> None:
    text = "x-e: &e\n  A: ${DB_PASWORD}\n" + service("environment: *e")
    assert misspelt(text, "DB_PASSWORD=a\n", "DB_PASWORD")[0].fix is None


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
