"""`composecheck explain`: what one rule is about."""

from __future__ import annotations

from typing import Annotated

import typer

from composecheck.cli.completion import complete_rule
from composecheck.cli.output import fail, write


def explain(
    name: Annotated[
        str,
        typer.Argument(
            metavar="RULE",
            help='The name of a rule, such as "key-unknown".',
            autocompletion=complete_rule,
        ),
    ],
) -> None:
    """Explain a rule: what is wrong, why it bites, a bad and a good example."""
    from composecheck.report import catalogue
    from composecheck.rules import all_rules
    from composecheck.rules.selection import unknown_rule

    known = {rule.name: rule for rule in all_rules()}
    if name not in known:
        fail(unknown_rule(name, known))
    write(catalogue.explanation(known[name]))
