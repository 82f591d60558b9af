"""`composecheck fix`: write what is right in place of what is wrong."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from composecheck.cli import options  # noqa: TC001 - typer reads the annotations when it runs
from composecheck.cli.choices import When
from composecheck.cli.output import FAILED, FOUND, complain, fail, tell, write, write_bytes
from composecheck.cli.showing import complain_of_skipped, is_for_a_person, show

if TYPE_CHECKING:
    from composecheck.finding import Finding
    from composecheck.fix import FixReport


def fix(
    paths: options.Paths = None,
    *,
    file: options.Files = None,
    env_file: options.EnvFiles = None,
    profile: options.Profiles = None,
    project_directory: options.ProjectDirectory = None,
    stdin_filename: options.StdinFilename = None,
    target_compose: options.TargetCompose = None,
    is_unsafe: Annotated[
        bool,
        typer.Option(
            "--unsafe",
            help="Make fixes, too, that are a best guess or change what Compose does.",
        ),
    ] = False,
    is_diff: Annotated[
        bool, typer.Option("--diff", help="Show what would change, and write nothing.")
    ] = False,
    fail_on: options.FailOnOption = None,
    select: options.Select = None,
    extend_select: options.ExtendSelect = None,
    ignore: options.Ignore = None,
    include: options.Include = None,
    exclude: options.Exclude = None,
    force_exclude: options.ForceExclude = False,
    quiet: options.Quiet = False,
    color: options.Color = When.AUTO,
) -> None:
    """Fix what can be fixed in Compose files, and touch nothing else.

    Only safe fixes are made: what Compose sees stays the same, or a text that it refuses becomes
    the only thing that it can have meant. "--unsafe" makes the others, too. A file is replaced in
    one step, and everything else in it stays as it is, character by character. With "-" for a PATH,
    the fixed text is written to standard output, and what remains is said on standard error.

    Exit status: 0 if nothing remains that counts (see --fail-on), 1 if something does or, with
    --diff, if something would change, 2 if something could not be read, checked or written.
    """
    from composecheck.cli.asking import make_question
    from composecheck.fix import fix_asked
    from composecheck.settings import InvalidSettings

    if "-" in (paths or ()) and len(paths or ()) > 1:
        fail('Nothing else can be fixed together with standard input ("-").')
    question = make_question(
        paths or (),
        file=file or (),
        env_file=env_file or (),
        profile=profile or (),
        project_directory=project_directory,
        stdin_filename=stdin_filename,
        force_exclude=force_exclude,
        target_compose=target_compose,
        is_here=False,
        select=select or (),
        extend_select=extend_select or (),
        ignore=ignore or (),
        include=include or (),
        exclude=exclude or (),
        fail_on=fail_on,
    )
    try:
        report = fix_asked(question, is_unsafe=is_unsafe)
    except InvalidSettings as error:
        fail(str(error))
    has_failed = bool(report.remaining.skipped)
    if is_diff:
        _show_diff(report, color)
    elif report.standard_input is not None:
        write_bytes(report.standard_input.encode())
        _tell_remaining(report)
    else:
        failed = _write_files(report)
        has_failed |= bool(failed)
        if not quiet:
            _show_fixes(report, failed)
        show(report.remaining, color, is_quiet=quiet)
    for dropped in report.dropped:
        complain(
            f"A fix for {dropped.finding.rule} in {_place(dropped.finding)} was not made."
            f" {dropped.reason} Please report this to the makers of composecheck."
        )
    complain_of_skipped(report.remaining)
    if has_failed:
        raise SystemExit(FAILED)
    worst = report.remaining.worst
    remains = worst is not None and worst >= question.in_force.here().fail_on.value
    if bool(report.files) if is_diff else remains:
        raise SystemExit(FOUND)


def _write_files(report: FixReport) -> set[str]:
    """Write what has changed; return the names of the files that could not be written."""
    from composecheck.fix import write_fixed
    from composecheck.writing import ChangedMeanwhile

    failed: set[str] = set()
    for file in report.files:
        name = file.before.name
        try:
            write_fixed(file)
        except ChangedMeanwhile:
            complain(f'"{name}" was not fixed: it has changed since it was read. Try again.')
        except OSError as error:
            complain(f'"{name}" was not fixed: it cannot be written ({error.strerror}).')
        else:
            continue
        failed.add(name)
    return failed


def _show_fixes(report: FixReport, failed: set[str]) -> None:
    from composecheck.report.visible import visible

    for finding in report.applied:
        if finding.fix is not None and finding.source.name not in failed:
            line = f"{_place(finding)}: fixed[{finding.rule}] {finding.fix.title}."
            write(f"{visible(line)}\n")


def _place(finding: Finding) -> str:
    position = finding.source.position(finding.span.start)
    return f"{finding.source.name}:{position.line}:{position.column}"


def _show_diff(report: FixReport, color: When) -> None:
    from composecheck.report.diff import styled_diff, unified_diff

    if not is_for_a_person(color):
        write(unified_diff(report.files))
        return
    from rich.text import Text

    from composecheck.report.text import console_for

    console = console_for(sys.stdout, color.value)
    with console.capture() as capture:
        for line, style in styled_diff(report.files):
            console.print(Text(line, style or ""), soft_wrap=True)
    write(capture.get())


def _tell_remaining(report: FixReport) -> None:
    from composecheck.report import lines

    for line in lines.render(report.remaining).splitlines():
        tell(line)
