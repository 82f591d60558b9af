"""`composecheck rules`: list all rules."""

from __future__ import annotations

import shutil
import sys
from typing import Annotated

import typer

from composecheck.cli.formats import Format
from composecheck.cli.output import write


def rules(
    output_format: Annotated[
        Format, typer.Option("--format", help="text for people, json for programs.")
    ] = Format.TEXT,
) -> None:
    """List all rules: name, severity, category, and what they are about."""
    from composecheck.report import catalogue
    from composecheck.rules import all_rules

    if output_format is Format.JSON:
        write(catalogue.as_json(all_rules()))
    else:
        width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
        write(catalogue.as_table(all_rules(), width))
