"""How far a long run has come, for whoever waits at a terminal."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import TracebackType

    from rich.progress import Progress, TaskID

PATIENCE = 1.0
"""How many seconds nobody needs to be told that something is under way."""


class Watch:
    """Shows a bar on standard error while `with` it; only on a terminal, and after a second."""

    def __init__(self, *, is_quiet: bool = False) -> None:
        self._is_shown = not is_quiet and sys.stderr is not None and sys.stderr.isatty()
        self._start = time.monotonic()
        self._bar: tuple[Progress, TaskID] | None = None

    def __call__(self, done: int, total: int) -> None:
        """Take note that `done` of `total` projects have been judged."""
        if not self._is_shown or time.monotonic() - self._start < PATIENCE:
            return
        if self._bar is None:
            # Imported here, because most runs are over by then.
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress

            progress = Progress(
                "checking",
                BarColumn(),
                MofNCompleteColumn(),
                console=Console(stderr=True),
                transient=True,
            )
            self._bar = progress, progress.add_task("", total=total)
            progress.start()
        progress, task = self._bar
        progress.update(task, completed=done)

    def __enter__(self) -> Watch:
        """Return the watch itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Take the bar away, so that it leaves nothing on the terminal."""
        if self._bar is not None:
            self._bar[0].stop()
