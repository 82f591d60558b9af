"""The bar of a long run: on a terminal only, only after a while, and gone in the end."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from composecheck.cli import progress
from composecheck.cli.progress import Watch

if TYPE_CHECKING:
    import pytest


class Terminal(io.StringIO):
    """Standard error that says it is a terminal."""

    def isatty(self) -> bool:
        """Say so."""
        return True


def on_terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Make standard error a terminal; in a fixture, pytest would take it away again."""
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    return terminal


def test_a_long_run_shows_how_far_it_has_come(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = on_terminal(monkeypatch)
    monkeypatch.setattr(progress, "PATIENCE", -1)
    with Watch() as watch:
        watch(1, 3)
        watch(3, 3)
    assert "checking" in terminal.getvalue()
    assert "3/3" in terminal.getvalue()
    # What was shown is wiped out: the last thing written erases the line.
    assert terminal.getvalue().rstrip().endswith("\x1b[2K")


def test_a_short_run_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "PATIENCE", 3600)
    terminal = on_terminal(monkeypatch)
    with Watch() as watch:
        watch(1, 1)
    assert terminal.getvalue() == ""


def test_nor_does_a_quiet_one_or_one_in_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = on_terminal(monkeypatch)
    monkeypatch.setattr(progress, "PATIENCE", -1)
    with Watch(is_quiet=True) as watch:
        watch(1, 2)
    assert terminal.getvalue() == ""
    pipe = io.StringIO()
    monkeypatch.setattr("sys.stderr", pipe)
    with Watch() as watch:
        watch(1, 2)
    assert pipe.getvalue() == ""
