"""What `composecheck check` does, once its options are read.

The command line of most calls is paths alone; those come here without typer, which takes longer to
import than such a call may take in all.
"""

from __future__ import annotations

import gc
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from composecheck.check import answer
from composecheck.cli.asking import make_question
from composecheck.cli.choices import FailOn, When
from composecheck.cli.formats import STANDARD_OUTPUT, InvalidOutput, Output, ReportFormat, outputs
from composecheck.cli.output import FAILED, FOUND, complain, fail, write
from composecheck.cli.progress import Watch
from composecheck.cli.showing import complain_of_skipped, show
from composecheck.judging import cores
from composecheck.settings import InvalidSettings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from composecheck.baseline import Baseline
    from composecheck.check import Report


class Options(Struct, frozen=True, kw_only=True):
    """The options of the command, by the names that they have there."""

    paths: Sequence[str] = ()
    file: Sequence[str] = ()
    env_file: Sequence[str] = ()
    profile: Sequence[str] = ()
    project_directory: str | None = None
    stdin_filename: str | None = None
    target_compose: str | None = None
    is_here: bool = False
    output_format: ReportFormat = ReportFormat.TEXT
    output: Sequence[str] = ()
    fail_on: FailOn | None = None
    exit_zero: bool = False
    select: Sequence[str] = ()
    extend_select: Sequence[str] = ()
    ignore: Sequence[str] = ()
    include: Sequence[str] = ()
    exclude: Sequence[str] = ()
    force_exclude: bool = False
    baseline: str | None = None
    write_baseline: str | None = None
    add_ignores: bool = False
    show_settings: bool = False
    statistics: bool = False
    quiet: bool = False
    verbose: bool = False
    jobs: int | None = None
    color: When = When.AUTO


def run(options: Options) -> None:
    """Check what is asked for, and report. Raises SystemExit for any exit status but 0."""
    question = make_question(
        options.paths,
        file=options.file,
        env_file=options.env_file,
        profile=options.profile,
        project_directory=options.project_directory,
        stdin_filename=options.stdin_filename,
        force_exclude=options.force_exclude,
        target_compose=options.target_compose,
        is_here=options.is_here,
        select=options.select,
        extend_select=options.extend_select,
        ignore=options.ignore,
        include=options.include,
        exclude=options.exclude,
        fail_on=options.fail_on,
    )
    try:
        wanted = outputs(options.output, options.output_format)
    except InvalidOutput as error:
        fail(str(error))
    if options.show_settings:
        from composecheck.settings.showing import render_settings

        write(render_settings(question.in_force.here()))
        return
    baseline = None if options.baseline is None else _read_baseline(options.baseline)
    try:
        with Watch(is_quiet=options.quiet) as watch:
            report = answer(question, baseline, _collecting_garbage(watch), options.jobs or cores())
    except InvalidSettings as error:
        fail(str(error))
    if options.verbose:
        from composecheck.cli.verbose import tell_what_was_read

        tell_what_was_read(report, question)
    if options.baseline is not None:
        _tell_of_baseline(report, options.baseline)
    if options.write_baseline is not None or options.add_ignores:
        from composecheck.cli import accepting

        if options.write_baseline is not None:
            accepting.write_baseline(report, options.write_baseline)
        if options.add_ignores:
            accepting.add_ignores(report)
        complain_of_skipped(report)
        raise SystemExit(FAILED if report.skipped else 0)
    is_written = _write(report, wanted, options)
    complain_of_skipped(report)
    if report.skipped or not is_written:
        raise SystemExit(FAILED)
    bar = question.in_force.here().fail_on.value
    if report.worst is not None and report.worst >= bar and not options.exit_zero:
        raise SystemExit(FOUND)


def _collecting_garbage(watch: Watch) -> Callable[[int, int], None]:
    """Return `watch`, and what takes up garbage collection again once there are several projects.

    `cli.command` has put it off. What was imported until then is no garbage.
    """

    def told(done: int, total: int) -> None:
        if not gc.isenabled():
            gc.freeze()
            gc.enable()
        watch(done, total)

    return told


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


def _write(report: Report, wanted: tuple[Output, ...], options: Options) -> bool:
    """Write a report to where it is wanted; return whether all of it could be written."""
    others = []
    for one in wanted:
        if one.destination == STANDARD_OUTPUT and options.statistics:
            _show_statistics(report, one.format)
        elif one.destination == STANDARD_OUTPUT and one.format is ReportFormat.TEXT:
            show(report, options.color, is_quiet=options.quiet)
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
