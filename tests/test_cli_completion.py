"""What a shell is told when somebody presses the tab key."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest


def run(**environment: str) -> str:
    """Run the command as a shell does that wants to complete something."""
    process = subprocess.run(
        [sys.executable, "-m", "composecheck"],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert process.stderr == ""
    return process.stdout


def complete(line: str) -> list[str]:
    """Return what bash is offered for the last word of `line`."""
    out = run(
        _COMPOSECHECK_COMPLETE="complete_bash",
        COMP_WORDS=line,
        COMP_CWORD=str(len(line.split(" ")) - 1),
    )
    return out.split()


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("composecheck che", ["check"]),
        ("composecheck check --fail", ["--fail-on"]),
        ("composecheck check --fail-on w", ["warning"]),
        ("composecheck check --select key-unk", ["key-unknown"]),
        ("composecheck check --ignore upkeep,key-unk", ["upkeep,key-unknown"]),
        ("composecheck fix --select compo", ["compose"]),
        ("composecheck explain key-unk", ["key-unknown"]),
    ],
)
def test_words_are_completed(line: str, offered: list[str]) -> None:
    assert complete(line) == offered


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_for_a_shell_is_one(shell: str) -> None:
    script = run(_COMPOSECHECK_COMPLETE=f"source_{shell}")
    assert f"_COMPOSECHECK_COMPLETE=complete_{shell}" in script
    if shutil.which(shell) is None:
        pytest.skip(f"NOT RUN in part: there is no {shell} here to read the script")
    subprocess.run([shell, "-n"], input=script, text=True, check=True)
