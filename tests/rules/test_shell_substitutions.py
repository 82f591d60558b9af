"""Commands in values, which only a shell would run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composecheck.rules.shell_substitutions import environment_shell
from tests.rules.accepted import environment, find, service, variables_of
from tests.rules.env_folder import SERVICE, find_in, read_by_compose

if TYPE_CHECKING:
    from pathlib import Path

VALUES = (
    ("$(date)", "$(date)"),
    ("$(git rev-parse --short HEAD)", "$(git rev-parse --short HEAD)"),
    ("v-$(cat /etc/version)-x", "$(cat /etc/version)"),
    ("'`hostname`'", "`hostname`"),
)


@pytest.mark.parametrize(("value", "command"), VALUES)
def test_a_command_in_a_value(value: str, command: str, tmp_path: Path) -> None:
    text = environment(f"A: {value}")
    find(environment_shell, text, command)
    find(
        environment_shell, service("build:", "  context: .", "  args:", f"    A: {value}"), command
    )
    assert variables_of(text, tmp_path)["A"] == value.strip("'").replace("$", "$$")


def test_a_command_in_an_env_file(tmp_path: Path) -> None:
    env = "A=$(git rev-parse HEAD)\nB=\"$(date)\"\nC='$(date)'\nD\n"
    find_in(environment_shell, SERVICE, {"a.env": env}, "$(git rev-parse HEAD)", "$(date)")
    find_in(environment_shell, "services: {a: {image: x$A}}", {".env": "A=$(date)"}, "$(date)")
    assert read_by_compose(env, tmp_path)["B"] == "$$(date)"


@pytest.mark.parametrize(
    "line",
    [
        "A: ${DATE}",
        "A: $(HOSTNAME)",
        "A: Host(`example.com`)",
        "A: the `date` of it",
        "A: 5$ (five)",
        "JAVA_OPTS: -Dx=$(hostname)",
        "PS1: $(pwd)",
        "A: $()",
        "A: $$(date)",
        "A: '^(a|b)$(c'",
    ],
)
def test_no_command_or_one_for_a_shell(line: str) -> None:
    assert find(environment_shell, environment(line)) == []
    assert find(environment_shell, service("labels:", "  a: $(date)")) == []
