"""Arguments in, exit status out; nothing else."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from composecheck import COMPOSE_VERSION, __version__

if TYPE_CHECKING:
    from collections.abc import Sequence

    from composecheck.check import Report

FOUND = 1
"""The exit status when there is something at or above `--fail-on`."""
FAILED = 2
"""The exit status when something could not be done."""
INTERRUPTED = 130
"""The exit status after Ctrl-C, as shells have it."""

app = typer.Typer(
    name="composecheck",
    add_completion=False,
    no_args_is_help=True,
    # Nothing that comes from a file or a command line may be taken for markup.
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class Format(StrEnum):
    """How a report is written."""

    TEXT = "text"
    JSON = "json"


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


def _print_version(*, asked: bool) -> None:
    if asked:
        _write(f"composecheck {__version__} (Docker Compose {COMPOSE_VERSION})\n")
        raise typer.Exit


@app.callback()
def composecheck(
    *,
    version: Annotated[
        bool,
        typer.Option(
            "--version",
            callback=_print_version,
            is_eager=True,
            help="Show the version, and that of the Docker Compose it knows.",
        ),
    ] = False,
) -> None:
    """Tells you what is wrong with a Docker Compose project before you run it.

    Start with "composecheck check" in the folder of your project.
    """


@app.command(short_help="Say what is wrong with Compose files.")
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
        report = check_paths(paths or (), select=_names(select), ignore=_names(ignore))
    except UnknownRule as error:
        _fail(str(error))
    if output_format is Format.JSON:
        from composecheck.report import json_report

        _write(json_report.render(report))
    else:
        _write_text(report, color)
    for skipped in report.skipped:
        _complain(f'"{skipped.file}" was not checked. {skipped.reason}')
    if report.skipped:
        raise typer.Exit(FAILED)
    if report.worst is not None and report.worst >= Severity[fail_on.name]:
        raise typer.Exit(FOUND)


@app.command(short_help="List all rules.")
def rules(
    output_format: Annotated[
        Format, typer.Option("--format", help="text for people, json for programs.")
    ] = Format.TEXT,
) -> None:
    """List all rules: name, severity, category, and what they are about."""
    from composecheck.report import catalogue
    from composecheck.rules import all_rules

    if output_format is Format.JSON:
        _write(catalogue.as_json(all_rules()))
    else:
        width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
        _write(catalogue.as_table(all_rules(), width))


@app.command(short_help="Explain a rule, with examples.")
def explain(
    name: Annotated[
        str, typer.Argument(metavar="RULE", help='The name of a rule, such as "key-unknown".')
    ],
) -> None:
    """Explain a rule: what is wrong, why it bites, a bad and a good example."""
    from composecheck.report import catalogue
    from composecheck.rules import all_rules
    from composecheck.rules.selection import unknown_rule

    known = {rule.name: rule for rule in all_rules()}
    if name not in known:
        _fail(unknown_rule(name, known))
    _write(catalogue.explanation(known[name]))


def main() -> int:
    """Run the command line, and return the exit status."""
    _prepare_streams()
    command, *arguments = sys.argv[1:] or [""]
    try:
        if command == "check" and _needs_no_parser(arguments):
            check(arguments)
        elif command not in ("check", "rules", "explain") and Path(command).is_file():
            _fail(f'To check a file, write "composecheck check {command}".')
        else:
            app(prog_name="composecheck")
    except typer.Exit as end:
        status = end.exit_code
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else FAILED
    except KeyboardInterrupt:
        status = INTERRUPTED
    except Exception as error:
        if os.environ.get("COMPOSECHECK_DEBUG"):
            raise
        from composecheck.check import our_mistake

        _complain(our_mistake(error))
        status = FAILED
    else:
        status = 0
    if status == INTERRUPTED:
        _complain("Interrupted.")
    return status


def _needs_no_parser(arguments: Sequence[str]) -> bool:
    """Whether these are paths alone, as in the calls of hooks and editors.

    To read options typer imports pydantic, which takes longer than checking most files does. (On
    Windows it also fills in wildcards.)
    """
    has_options = any(argument[:1] == "-" != argument for argument in arguments)
    return os.name == "posix" and not has_options


def _prepare_streams() -> None:
    for stream in (sys.stdout, sys.stderr):
        # What the terminal's character set lacks is shown as an escape; it must not stop us.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _write_text(report: Report, color: When) -> None:
    if not sys.stdout.isatty() and color is not When.ALWAYS:
        from composecheck.report import lines

        _write(lines.render(report))
    elif not report.findings:
        from composecheck.report.summary import summary

        _write(f"{summary(report)}\n")
    else:
        from composecheck.report import text

        console = text.console_for(sys.stdout, color.value)
        with console.capture() as capture:
            text.print_report(report, console)
        _write(capture.get())


def _write(text: str) -> None:
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError as error:
        # Whatever is left in the buffer must not fail once more when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            # Who closed the pipe (`| head`) has read enough, and needs no word about it.
            raise typer.Exit(FAILED) from None
        _fail(f"The report could not be written: {error.strerror}.")


def _names(options: list[str] | None) -> list[str]:
    names = [name.strip() for option in options or () for name in option.split(",")]
    return [name for name in names if name]


def _complain(sentence: str) -> None:
    from composecheck.report.visible import visible

    with contextlib.suppress(OSError):
        sys.stderr.write(f"composecheck: {visible(sentence)}\n")
        sys.stderr.flush()


def _fail(sentence: str) -> NoReturn:
    _complain(sentence)
    raise typer.Exit(FAILED)
