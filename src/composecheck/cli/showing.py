"""A report on standard output: for a person on a terminal, one finding a line in a pipe."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from composecheck.cli.choices import When
from composecheck.cli.output import complain, write

if TYPE_CHECKING:
    from composecheck.check import Report


def is_for_a_person(color: When) -> bool:
    """Whether to write for a terminal: to one, or because somebody asks for it."""
    is_forced = color is When.AUTO and bool(os.environ.get("FORCE_COLOR"))
    return sys.stdout.isatty() or color is When.ALWAYS or is_forced


def show(report: Report, color: When, *, is_quiet: bool = False) -> None:
    """Write a report to standard output; without its summary, if `is_quiet`."""
    if not is_for_a_person(color):
        from composecheck.report import lines

        write(lines.render(report))
    elif not report.findings:
        from composecheck.report.summary import summary

        if not is_quiet:
            write(f"{summary(report)}\n")
    else:
        from composecheck.report import text

        console = text.console_for(sys.stdout, color.value)
        with console.capture() as capture:
            text.print_report(report, console, is_quiet=is_quiet)
        write(capture.get())


def complain_of_skipped(report: Report) -> None:
    """Say on standard error what could not be checked."""
    for skipped in report.skipped:
        # What is wrong with the call itself is about no file.
        about = "" if skipped.file == "." else f'"{skipped.file}" was not checked. '
        complain(f"{about}{skipped.reason}")
