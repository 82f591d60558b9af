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


_Names = list[str] | None


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
    file: Annotated[
        _Names,
        typer.Option(
            "-f",
            "--file",
            metavar="FILE",
            show_default=False,
            help='A Compose file, as with "docker compose -f". Can be given several times: each is'
            ' laid over those before it. "-" is standard input.',
        ),
    ] = None,
    env_file: Annotated[
        _Names,
        typer.Option(
            metavar="FILE",
            show_default=False,
            help='Read variables from this file instead of ".env". Can be given several times.',
        ),
    ] = None,
    profile: Annotated[
        _Names,
        typer.Option(
            metavar="NAME",
            show_default=False,
            help='Switch a profile on; "*" is all of them. Can be given several times.',
        ),
    ] = None,
    project_directory: Annotated[
        str | None,
        typer.Option(
            metavar="FOLDER",
            show_default=False,
            help="What paths are seen from. By default the folder of the first file.",
        ),
    ] = None,
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
        _Names,
        typer.Option(
            metavar="RULE,...",
            show_default=False,
            help="Report these rules or categories alone. Can be given several times.",
        ),
    ] = None,
    ignore: Annotated[
        _Names,
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

    if paths and file:
        fail(
            'A PATH and "-f" cannot be given together: what "-f" names is one project, each file'
            " laid over those before it; each PATH stands for itself."
        )
    try:
        report = check_paths(
            paths or (),
            files=file or (),
            env_files=env_file or (),
            profiles=profile or (),
            project_directory=project_directory,
            is_here=is_here,
            select=_names(select),
            ignore=_names(ignore),
        )
    except UnknownRule as error:
        fail(str(error))
    except FileNotFoundError:
        fail("The folder in which you are no longer exists.")
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
