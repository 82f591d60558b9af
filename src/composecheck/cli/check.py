"""`composecheck check`: say what is wrong."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from composecheck.cli.formats import Format
from composecheck.cli.output import FAILED, FOUND, complain, fail, write

if TYPE_CHECKING:
    from composecheck.check import Report


class FailOn(StrEnum):
    """From which severity on `check` fails."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class When(StrEnum):
    """When to write for a terminal."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


def check(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="PATH",
            show_default=False,
            help='Files, folders to search, or "-" for standard input.'
            ' By default the files that "docker compose" would take here.',
        ),
    ] = None,
    *,
    is_here: Annotated[
        bool,
        typer.Option(
            "--here",
            help="Ask whether Compose would take the project here and now: variables that are"
            " not set are blank then, and absent files are errors.",
        ),
    ] = False,
    output_format: Annotated[
        Format, typer.Option("--format", help="text for people, json for programs.")
    ] = Format.TEXT,
    fail_on: Annotated[
        FailOn, typer.Option(help="From which severity on the exit status is 1.")
    ] = FailOn.WARNING,
    select: Annotated[
        list[str] | None,
        typer.Option(
            metavar="RULE,...",
            show_default=False,
            help="Report these rules or categories alone. Can be given several times.",
        ),
    ] = None,
    ignore: Annotated[
        list[str] | None,
        typer.Option(
            metavar="RULE,...",
            show_default=False,
            help="Do not report these rules or categories. Can be given several times.",
        ),
    ] = None,
    color: Annotated[
        When,
        typer.Option(
            help='Colours and frames: "always" writes them into a pipe, too; "never" leaves out'
            " the colours on a terminal."
        ),
    ] = When.AUTO,
) -> None:
    """Say what is wrong with Compose files, where, and what to write instead.

    On a terminal each finding is shown with the lines it is about; in a pipe it is one line.

    Exit status: 0 if nothing was found that counts (see --fail-on), 1 if something was, 2 if
    something could not be read or checked.
    """
    from composecheck.check import check as check_paths
    from composecheck.finding import Severity
    from composecheck.rules.selection import UnknownRule

    try:
        report = check_paths(
            paths or (), is_here=is_here, select=_names(select), ignore=_names(ignore)
        )
    except UnknownRule as error:
        fail(str(error))
    if output_format is Format.JSON:
        from composecheck.report import json_report

        write(json_report.render(report))
    else:
        _write_text(report, color)
    for skipped in report.skipped:
        complain(f'"{skipped.file}" was not checked. {skipped.reason}')
    if report.skipped:
        raise typer.Exit(FAILED)
    if report.worst is not None and report.worst >= Severity[fail_on.name]:
        raise typer.Exit(FOUND)


def _write_text(report: Report, color: When) -> None:
    if not sys.stdout.isatty() and color is not When.ALWAYS:
        from composecheck.report import lines

        write(lines.render(report))
    elif not report.findings:
        from composecheck.report.summary import summary

        write(f"{summary(report)}\n")
    else:
        from composecheck.report import text

        console = text.console_for(sys.stdout, color.value)
        with console.capture() as capture:
            text.print_report(report, console)
        write(capture.get())


def _names(options: list[str] | None) -> list[str]:
    names = [name.strip() for option in options or () for name in option.split(",")]
    return [name for name in names if name]
