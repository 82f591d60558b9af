"""The commands and their options, as typer reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from composecheck import COMPOSE_VERSION, __version__
from composecheck.cli.check import check
from composecheck.cli.config import config
from composecheck.cli.explain import explain
from composecheck.cli.fix import fix
from composecheck.cli.output import FAILED, INTERRUPTED, complain, write
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


def run(arguments: Sequence[str]) -> int:
    """Do what the command line says; return the exit status.

    Raises SystemExit for most exit statuses but 0.
    """
    try:
        return app([*arguments], "composecheck", standalone_mode=False) or 0
    except typer.Exit as end:
        return end.exit_code
    except typer.Abort:
        return INTERRUPTED
    except typer.TyperException as error:
        from composecheck.cli.usage import in_words

        complain(in_words(error))
        return FAILED
