"""`composecheck check`: say what is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from composecheck.cli import options
from composecheck.cli.formats import STANDARD_OUTPUT, InvalidOutput, Output, ReportFormat, outputs
from composecheck.cli.options import FailOn, When, names_in
from composecheck.cli.output import FAILED, FOUND, complain, fail, write
from composecheck.cli.showing import complain_of_skipped, show

if TYPE_CHECKING:
    from composecheck.check import Report


def check(
    paths: options.Paths = None,
    *,
    file: options.Files = None,
    env_file: options.EnvFiles = None,
    profile: options.Profiles = None,
    project_directory: options.ProjectDirectory = None,
    is_here: Annotated[
        bool,
        typer.Option(
            "--here",
            help="Ask whether Compose would take the project here and now: variables that are"
            " not set are blank then, and absent files are errors.",
        ),
    ] = False,
    output_format: Annotated[
        ReportFormat,
        typer.Option(
            "--format",
            help="text for people, which is one finding a line in a pipe; the others for programs.",
        ),
    ] = ReportFormat.TEXT,
    output: Annotated[
        list[str] | None,
        typer.Option(
            metavar="[FORMAT:]FILE",
            show_default=False,
            help="Write the report to a file, too, in a format of its own; to a FILE without one,"
            " instead of to standard output. Can be given several times.",
        ),
    ] = None,
    statistics: Annotated[
        bool, typer.Option("--statistics", help="Say how often each rule spoke, and no more.")
    ] = False,
    fail_on: options.FailOnOption = FailOn.WARNING,
    select: options.Select = None,
    ignore: options.Ignore = None,
    color: options.Color = When.AUTO,
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
        fail(options.PATH_AND_FILE)
    try:
        wanted = outputs(output or (), output_format)
    except InvalidOutput as error:
        fail(str(error))
    try:
        report = check_paths(
            paths or (),
            files=file or (),
            env_files=env_file or (),
            profiles=profile or (),
            project_directory=project_directory,
            is_here=is_here,
            select=names_in(select),
            ignore=names_in(ignore),
        )
    except UnknownRule as error:
        fail(str(error))
    except FileNotFoundError:
        fail("The folder in which you are no longer exists.")
    is_written = _write(report, wanted, color, as_statistics=statistics)
    complain_of_skipped(report)
    if report.skipped or not is_written:
        raise typer.Exit(FAILED)
    if report.worst is not None and report.worst >= Severity[fail_on.name]:
        raise typer.Exit(FOUND)


def _write(report: Report, wanted: tuple[Output, ...], color: When, *, as_statistics: bool) -> bool:
    """Write a report to where it is wanted; return whether all of it could be written."""
    others = []
    for one in wanted:
        if one.destination == STANDARD_OUTPUT and as_statistics:
            _show_statistics(report, one.format)
        elif one.destination == STANDARD_OUTPUT and one.format is ReportFormat.TEXT:
            show(report, color)
        else:
            others.append((one.format.value, one.destination))
    if not others:
        return True
    from composecheck.report.outputs import NotWritten, write_reports

    try:
        write_reports(report, others, write)
    except NotWritten as error:
        complain(str(error))
        return False
    return True


def _show_statistics(report: Report, output_format: ReportFormat) -> None:
    from composecheck.report.statistics import as_json, as_table, counts

    found = counts(report)
    write(as_json(found) if output_format is ReportFormat.JSON else as_table(found))
