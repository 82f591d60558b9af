"""Variables that are meant for a shell in the container."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composecheck.finding import Safety
from composecheck.rules.shell_variables import variable_for_shell
from tests.rules.accepted import find, fixed, model, service
from tests.shared_material import requires_compose

if TYPE_CHECKING:
    from pathlib import Path

GIVEN = "environment: {A: b, C: '', D: $D, E: }"

FOUND = (
    ("healthcheck: {test: x $A}", "$A", True),
    ("healthcheck: {test: [CMD-SHELL, 'x ${A}']}", "${A}", True),
    ("healthcheck: {test: [CMD, sh, -c, 'x $A']}", "$A", True),
    ("healthcheck: {test: [CMD, x, $A]}", "$A", False),
    ("command: sh -c 'x $A $A'", "$A", True),
    ("command: [/bin/bash, -lc, 'x $A']", "$A", True),
    ("command: x $A", "$A", False),
    ("command: [x, $A]", "$A", False),
    ("entrypoint: [sh, -c, 'x $A']", "$A", True),
    ("command: sh -c 'for i in 1 2; do x $i; done'", "$i", True),
    ("command: sh -c 'while read -r line; do x $line; done'", "$line", True),
    ('command: sh -c "N=1; x ${N}"', "${N}", True),
    ('command: sh -c "export N=1 && x $N"', "$N", True),
)


@pytest.mark.parametrize(("line", "characters", "has_shell"), FOUND)
@pytest.mark.parametrize("is_here", [False, True])
def test_what_a_shell_would_know(
    line: str, characters: str, has_shell: bool, is_here: bool
) -> None:
    text = service(GIVEN.replace(", D: $D", ""), line)
    findings = find(variable_for_shell, text, characters, is_here=is_here)
    fix = findings[0].fix
    assert (fix is not None) is has_shell
    if fix is not None:
        assert fix.safety is Safety.UNSAFE
        assert fixed(text, findings) == text.replace(characters, f"${characters}")


@pytest.mark.parametrize(
    "line",
    [
        "command: sh -c 'x $$A'",
        "command: sh -c 'x ${A:-b}'",
        "command: sh -c 'x $B'",
        "command: sh -c 'x $C'",
        "command: sh -c 'x $D'",
        "command: sh -c 'x $E'",
        "command: sh -c 'B=$B x'",
        "command: sh -c 'x --b=$b'",
        "labels: {a: $A}",
        "hostname: $A",
    ],
)
def test_what_compose_may_know(line: str) -> None:
    assert find(variable_for_shell, service(GIVEN, line)) == []


def test_what_is_used_elsewhere_is_one_of_compose_s_own() -> None:
    text = service("environment: [A=b]", "command: sh -c 'x $A'", "hostname: ${A}")
    assert find(variable_for_shell, text) == []


def test_what_is_set_here() -> None:
    text = service("environment: [A=b]", "command: sh -c 'x $A'")
    assert find(variable_for_shell, text, environment={"A": "c"}) == []


def test_a_shared_command_has_no_fix() -> None:
    text = (
        "services:\n  a:\n    image: x\n    environment: [A=b]\n    command: &c sh -c 'x $A'\n"
        "  b:\n    image: x\n    command: *c\n"
    )
    assert find(variable_for_shell, text, "$A")[0].fix is None


@requires_compose
def test_compose_puts_nothing_there(tmp_path: Path) -> None:
    text = service("environment: [A=b]", "command: [sh, -c, x $A $$A]")
    assert model(text, tmp_path)["services"]["a"]["command"] == ["sh", "-c", "x  $$A"]
