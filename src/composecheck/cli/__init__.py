"""Arguments in, exit status out; nothing else. Each command has its module."""

from __future__ import annotations

import contextlib
import gc
import io
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from composecheck.cli.output import FAILED, INTERRUPTED, complain, fail

if TYPE_CHECKING:
    from collections.abc import Sequence

_COMMANDS = ("check", "fix", "config", "rules", "explain")
_FORCE_EXCLUDE = "--force-exclude"


def command() -> NoReturn:
    """Be the process that runs the command line: it ends with the exit status.

    A small file takes less time than Python needs to look for garbage in what was imported, and to
    take everything apart in the end. So that waits until there are many files (see `checking`), and
    nothing is taken apart: what was written is flushed, and the process ends.
    """
    gc.disable()
    _import_msgspec()
    status = main()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError, AttributeError):
            stream.flush()
    os._exit(status)


def _import_msgspec() -> None:
    """Import msgspec without typing_extensions, which takes as long as all the rest of it.

    msgspec asks it for what Python 3.11 has itself, and does without where it is absent.
    """
    name = "typing_extensions"
    if name not in sys.modules:
        # So Python knows a module that cannot be imported; afterwards it can again.
        sys.modules[name] = None  # type: ignore[assignment] # what the type says is not all
        try:
            import msgspec  # noqa: F401 - here it is imported first
        finally:
            del sys.modules[name]


def main() -> int:
    """Run the command line, and return the exit status."""
    _prepare_streams()
    try:
        status = _run(sys.argv[1:])
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else FAILED
    except KeyboardInterrupt:
        status = INTERRUPTED
    except Exception as error:
        if os.environ.get("COMPOSECHECK_DEBUG"):
            raise
        from composecheck.stages import our_mistake

        complain(our_mistake(error))
        status = FAILED
    if status == INTERRUPTED:
        complain("Interrupted.")
    return status


def _run(words: Sequence[str]) -> int:
    command, *arguments = words or [""]
    if command == "check" and _needs_no_parser(arguments):
        from composecheck.cli import checking

        paths = [argument for argument in arguments if argument != _FORCE_EXCLUDE]
        is_forced = _FORCE_EXCLUDE in arguments
        checking.run(checking.Options(paths=paths, force_exclude=is_forced))
        return 0
    if command not in _COMMANDS and Path(command).is_file():
        fail(f'To check a file, write "composecheck check {command}".')
    from composecheck.cli import app

    return app.run(words) if words else app.run(["--help"]) or FAILED


def _needs_no_parser(arguments: Sequence[str]) -> bool:
    """Whether these are paths alone, as in the calls of editors, or what our hooks say as well.

    Without options there is nothing for typer to read, and importing it takes a third of the time
    that a small file takes in all. (On Windows it also fills in wildcards.)
    """
    has_options = any(
        argument[:1] == "-" and argument not in ("-", _FORCE_EXCLUDE) for argument in arguments
    )
    return os.name == "posix" and not has_options


def _prepare_streams() -> None:
    for stream in (sys.stdout, sys.stderr):
        # What the terminal's character set lacks is shown as an escape; it must not stop us.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
