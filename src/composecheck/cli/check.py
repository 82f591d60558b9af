"""`composecheck check`: say what is wrong."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from composecheck.cli import options  # noqa: TC001 - typer reads the annotations when it runs
from composecheck.cli.formats import STANDARD_OUTPUT, InvalidOutput, Output, ReportFormat, outputs
from composecheck.cli.options import When
from composecheck.cli.output import FAILED, FOUND, complain, fail, write
from composecheck.cli.progress import Watch
from composecheck.cli.showing import complain_of_skipped, show

if TYPE_CHECKING:
    from composecheck.baseline import Baseline
    from composecheck.check import Report


def check(
    paths: options.Paths = None,
    *,
    file: options.Files = None,
    env_file: options.EnvFiles = None,
    profile: options.Profiles = None,
    project_directory: options.ProjectDirectory = None,
    stdin_filename: options.StdinFilename = None,
    target_compose: options.TargetCompose = None,
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
    fail_on: options.FailOnOption = None,
    exit_zero: Annotated[
        bool, typer.Option("--exit-zero", help="End with status 0 whatever is found.")
    ] = False,
    select: options.Select = None,
    extend_select: options.ExtendSelect = None,
    ignore: options.Ignore = None,
    include: options.Include = None,
    exclude: options.Exclude = None,
    force_exclude: options.ForceExclude = False,
    baseline: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            show_default=False,
            help="Leave out what is known in this file, which --write-baseline has written.",
        ),
    ] = None,
    write_baseline: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            show_default=False,
            help="Write down what is found now, so that only what is new is told later.",
        ),
    ] = None,
    add_ignores: Annotated[
        bool,
        typer.Option(
            "--add-ignores", help="Write a comment to silence each finding into the files."
        ),
    ] = False,
    show_settings: Annotated[
        bool,
        typer.Option(
            "--show-settings",
            help="Print the settings in force here, and where each comes from; check nothing.",
        ),
    ] = False,
    statistics: Annotated[
        bool, typer.Option("--statistics", help="Say how often each rule spoke, and no more.")
    ] = False,
    quiet: options.Quiet = False,
    verbose: Annotated[
        bool,
        typer.Option("-v", "--verbose", help="Say on standard error what was read, and why."),
    ] = False,
    color: options.Color = When.AUTO,
) -> None:
    """Say what is wrong with Compose files, where, and what to write instead.

    On a terminal each finding is shown with the lines it is about; in a pipe it is one line.

    Exit status: 0 if nothing was found that counts (see --fail-on), 1 if something was, 2 if
    something could not be read or checked.
    """
    from composecheck.check import answer
    from composecheck.cli.asking import make_question
    from composecheck.settings import InvalidSettings

    question = make_question(
        paths,
        file=file,
        env_file=env_file,
        profile=profile,
        project_directory=project_directory,
        stdin_filename=stdin_filename,
        force_exclude=force_exclude,
        target_compose=target_compose,
        is_here=is_here,
        select=select,
        extend_select=extend_select,
        ignore=ignore,
        include=include,
        exclude=exclude,
        fail_on=fail_on,
    )
    try:
        wanted = outputs(output or (), output_format)
    except InvalidOutput as error:
        fail(str(error))
    if show_settings:
        from composecheck.settings.showing import render_settings

        write(render_settings(question.in_force.here()))
        return
    known = _read_baseline(baseline) if baseline is not None else None
    try:
        with Watch(is_quiet=quiet) as watch:
            report = answer(question, known, watch)
    except InvalidSettings as error:
        fail(str(error))
    if verbose:
        from composecheck.cli.verbose import tell_what_was_read

        tell_what_was_read(report, question)
    if baseline is not None:
        _tell_of_baseline(report, baseline)
    if write_baseline is not None or add_ignores:
        from composecheck.cli import accepting

        if write_baseline is not None:
            accepting.write_baseline(report, write_baseline)
        if add_ignores:
            accepting.add_ignores(report)
        complain_of_skipped(report)
        raise typer.Exit(FAILED if report.skipped else 0)
    is_written = _write(report, wanted, color, as_statistics=statistics, is_quiet=quiet)
    complain_of_skipped(report)
    if report.skipped or not is_written:
        raise typer.Exit(FAILED)
    bar = question.in_force.here().fail_on.value
    if report.worst is not None and report.worst >= bar and not exit_zero:
        raise typer.Exit(FOUND)


def _read_baseline(name: str) -> Baseline:
    from composecheck.baseline import InvalidBaseline, read_baseline
    from composecheck.project.files import join_path

    try:
        return read_baseline(join_path(Path.cwd(), name), name)
    except InvalidBaseline as error:
        fail(str(error))


def _tell_of_baseline(report: Report, name: str) -> None:
    from composecheck.baseline import describe_gone

    sentence = describe_gone(report.gone, name)
    if sentence is not None:
        complain(sentence)


def _write(
    report: Report,
    wanted: tuple[Output, ...],
    color: When,
    *,
    as_statistics: bool,
    is_quiet: bool,
) -> bool:
    """Write a report to where it is wanted; return whether all of it could be written."""
    others = []
    for one in wanted:
        if one.destination == STANDARD_OUTPUT and as_statistics:
            _show_statistics(report, one.format)
        elif one.destination == STANDARD_OUTPUT and one.format is ReportFormat.TEXT:
            show(report, color, is_quiet=is_quiet)
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
