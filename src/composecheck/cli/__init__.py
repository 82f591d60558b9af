"""Arguments in, exit status out; nothing else. Each command has its module."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from composecheck import COMPOSE_VERSION, __version__
from composecheck.cli.check import check
from composecheck.cli.config import config
from composecheck.cli.explain import explain
from composecheck.cli.fix import fix
from composecheck.cli.options import FORCE_EXCLUDE
from composecheck.cli.output import FAILED, INTERRUPTED, complain, fail, write
from composecheck.cli.rules import rules

if TYPE_CHECKING:
    from collections.abc import Sequence

app = typer.Typer(
    name="composecheck",
    # Nothing that comes from a file or a command line may be taken for markup.
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(*, asked: bool) -> None:
    if asked:
        write(f"composecheck {__version__} (Docker Compose {COMPOSE_VERSION})\n")
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


app.command(short_help="Say what is wrong with Compose files.")(check)
app.command(short_help="Fix what can be fixed, and touch nothing else.")(fix)
app.command(short_help="Print what the files of a project add up to.")(config)
app.command(short_help="List all rules.")(rules)
app.command(short_help="Explain a rule, with examples.")(explain)


def main() -> int:
    """Run the command line, and return the exit status."""
    _prepare_streams()
    command, *arguments = sys.argv[1:] or [""]
    status = 0
    try:
        if command == "check" and _needs_no_parser(arguments):
            force_exclude = FORCE_EXCLUDE in arguments
            paths = [argument for argument in arguments if argument != FORCE_EXCLUDE]
            check(paths, force_exclude=force_exclude)
        elif (
            command not in ("check", "fix", "config", "rules", "explain")
            and Path(command).is_file()
        ):
            fail(f'To check a file, write "composecheck check {command}".')
        else:
            status = app(sys.argv[1:] or ["--help"], "composecheck", standalone_mode=False) or 0
            status = status if sys.argv[1:] else FAILED
    except typer.Exit as end:
        status = end.exit_code
    except typer.Abort:
        status = INTERRUPTED
    except typer.TyperException as error:
        from composecheck.cli.usage import in_words

        complain(in_words(error))
        status = FAILED
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


def _needs_no_parser(arguments: Sequence[str]) -> bool:
    """Whether these are paths alone, as in the calls of editors, or what our hooks say as well.

    To read options typer imports pydantic, which takes longer than checking most files does. (On
    Windows it also fills in wildcards.)
    """
    has_options = any(
        argument[:1] == "-" and argument not in ("-", FORCE_EXCLUDE) for argument in arguments
    )
    return os.name == "posix" and not has_options


def _prepare_streams() -> None:
    for stream in (sys.stdout, sys.stderr):
        # What the terminal's character set lacks is shown as an escape; it must not stop us.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
