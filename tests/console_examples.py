"""The command lines that our pages show, and what they print: run, compared, and written anew.

In a page, a block

    ```console
    $ composecheck check samples/tabs/compose.yaml
    …what it prints…
    ```

shows what the command prints, run at the top of the repository. `python -m tests.console_examples`
(`make docs`) writes the outputs anew; a test fails when a page tells something else.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent

PAGES = (Path("README.md"), Path("samples/README.md"), Path("CONTRIBUTING.md"))
"""The pages that may show commands, below the top of the repository."""

_COLOUR = re.compile("\x1b\\[[0-9;]*m")

_BLOCK = re.compile(r"(?<=```console\n)(?P<body>.*?)(?=```)", re.DOTALL)


def rewrite(page: str) -> str:
    """Return the text of a page with the output of each command in it as it is now."""
    return _BLOCK.sub(lambda block: _rerun(block["body"]), page)


def commands(page: str) -> list[str]:
    """Return the command lines of a page that are run."""
    return [
        line[2:]
        for block in _BLOCK.finditer(page)
        for line in block["body"].splitlines()
        if line.startswith("$ ")
    ]


def _rerun(body: str) -> str:
    lines = [line for line in body.splitlines() if line.startswith("$ ")]
    return "".join(f"{line}\n{run(line[2:])}" for line in lines)


def run(command: str) -> str:
    """Return what a command line that begins with `composecheck` prints on a terminal.

    The terminal is 80 columns wide; the colours are left out.
    """
    program, *arguments = shlex.split(command)
    assert program == "composecheck", f"only composecheck is run, not {program!r}"
    if arguments[0] == "check" and "--format" not in arguments:
        arguments.append("--color=always")
    environment = {"PATH": os.environ["PATH"], "COLUMNS": "80", "PYTHONUTF8": "1"}
    process = subprocess.run(
        [sys.executable, "-m", "composecheck", *arguments],
        cwd=REPOSITORY,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,  # a finding is no failure of ours
    )
    assert process.returncode in (0, 1), process.stderr
    return _COLOUR.sub("", process.stdout)


def main() -> None:
    """Write the outputs in all pages anew."""
    for page in PAGES:
        path = REPOSITORY / page
        text = path.read_text(encoding="utf-8")
        path.write_text(rewrite(text), encoding="utf-8")


if __name__ == "__main__":
    main()
