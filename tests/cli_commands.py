"""Running the command in this process, for the tests of the command line."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

from composecheck.cli import main

if TYPE_CHECKING:
    import pytest


class Command:
    """Runs the command in this process."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.monkeypatch = monkeypatch
        self.capsys = capsys

    def __call__(self, *arguments: str, stdin: bytes | None = None) -> tuple[int, str, str]:
        """Return the exit status, and what was written to stdout and to stderr."""
        self.monkeypatch.setattr(sys, "argv", ["composecheck", *arguments])
        if stdin is not None:
            self.monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        status = main()
        captured = self.capsys.readouterr()
        return status, captured.out, captured.err
