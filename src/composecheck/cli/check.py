"""`composecheck check`: say what is wrong."""

from __future__ import annotations

from typing import Annotated

import typer

from composecheck.cli import options  # noqa: TC001 - typer reads the annotations when it runs
from composecheck.cli.choices import When
from composecheck.cli.formats import ReportFormat


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
    jobs: Annotated[
        int | None,
        typer.Option(
            "-j",
            "--jobs",
            metavar="NUMBER",
            min=1,
            show_default="as many as there are cores",
            help="How many processes may check many files side by side.",
        ),
    ] = None,
    color: options.Color = When.AUTO,
) -> None:
    """Say what is wrong with Compose files, where, and what to write instead.

    On a terminal each finding is shown with the lines it is about; in a pipe it is one line.

    Exit status: 0 if nothing was found that counts (see --fail-on), 1 if something was, 2 if
    something could not be read or checked.
    """
    from composecheck.cli.checking import Options, run

    run(
        Options(
            paths=paths or (),
            file=file or (),
            env_file=env_file or (),
            profile=profile or (),
            project_directory=project_directory,
            stdin_filename=stdin_filename,
            target_compose=target_compose,
            is_here=is_here,
            output_format=output_format,
            output=output or (),
            fail_on=fail_on,
            exit_zero=exit_zero,
            select=select or (),
            extend_select=extend_select or (),
            ignore=ignore or (),
            include=include or (),
            exclude=exclude or (),
            force_exclude=force_exclude,
            baseline=baseline,
            write_baseline=write_baseline,
            add_ignores=add_ignores,
            show_settings=show_settings,
            statistics=statistics,
            quiet=quiet,
            verbose=verbose,
            jobs=jobs,
            color=color,
        )
    )
