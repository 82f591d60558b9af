"""Where the commands write, and the exit statuses."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterator

FOUND = 1
"""The exit status when there is something at or above `--fail-on`."""
FAILED = 2
"""The exit status when something could not be done."""
INTERRUPTED = 130
"""The exit status after Ctrl-C, as shells have it."""


def write(text: str) -> None:
    """Write to standard output. Raises SystemExit where that cannot be done."""
    with _complaining():
        sys.stdout.write(text)
        sys.stdout.flush()


def write_bytes(data: bytes) -> None:
    """Write to standard output as it is. Raises SystemExit where that cannot be done."""
    with _complaining():
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.flush()


@contextlib.contextmanager
def _complaining() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        # Whatever is left in the buffer must not fail once more when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            # Who closed the pipe (`| head`) has read enough, and needs no word about it.
            raise SystemExit(FAILED) from None
        fail(f"The report could not be written: {error.strerror}.")


def tell(sentence: str) -> None:
    """Write a line to standard error."""
    from composecheck.report.visible import visible

    with contextlib.suppress(OSError):
        sys.stderr.write(f"{visible(sentence)}\n")
        sys.stderr.flush()


def complain(sentence: str) -> None:
    """Write a line about the call, or about composecheck itself, to standard error."""
    tell(f"composecheck: {sentence}")


def fail(sentence: str) -> NoReturn:
    """Complain, and end with the status FAILED."""
    complain(sentence)
    raise SystemExit(FAILED)
