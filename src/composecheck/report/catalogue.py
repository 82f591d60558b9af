"""The rules themselves, as a person or a program reads about them."""

from __future__ import annotations

import json
import textwrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from composecheck.rule import Rule

VERSION = 1
"""Of the form of the JSON; it changes when a program that reads it would have to."""


def as_table(rules: Sequence[Rule], width: int | None = None) -> str:
    """Return a row for each rule: name, severity, category, summary.

    The summaries are wrapped at `width` cells; without it, each row is one line.
    """
    name_width = max(len(rule.name) for rule in rules)
    rows = []
    for rule in rules:
        head = f"{rule.name:<{name_width}}  {rule.severity!s:<7}  {rule.category.value:<8}  "
        rows.append(_hang(head, rule.summary, width))
    return "".join(rows)


def _hang(head: str, text: str, width: int | None) -> str:
    if width is None:
        return f"{head}{text}\n"
    lines = textwrap.wrap(text, max(width - len(head), 24))
    return head + f"\n{'':{len(head)}}".join(lines) + "\n"


def as_json(rules: Sequence[Rule]) -> str:
    """Return all that is known of the rules, as JSON."""
    listed = [
        {
            "name": rule.name,
            "severity": str(rule.severity),
            "category": rule.category.value,
            "summary": rule.summary,
            "explanation": rule.explanation,
            "bad": rule.bad,
            "good": rule.good,
        }
        for rule in rules
    ]
    return json.dumps({"version": VERSION, "rules": listed}, indent=2) + "\n"


def explanation(rule: Rule) -> str:
    """Return the documentation of a rule as plain text."""
    return (
        f"{rule.name} ({rule.severity}, {rule.category.value})\n\n"
        f"{textwrap.fill(rule.summary, 88)}\n\n"
        f"{rule.explanation}\n\n"
        f"Bad:\n\n{textwrap.indent(rule.bad, '    ')}\n"
        f"Good:\n\n{textwrap.indent(rule.good, '    ')}"
    )


def markdown(rule: Rule) -> str:
    """Return the documentation of a rule as Markdown, without a heading that names it."""
    return (
        f"{rule.summary}\n\n{rule.explanation}\n\n"
        f"## Bad\n\n{_fenced(rule.bad)}\n"
        f"## Good\n\n{_fenced(rule.good)}"
    )


def _fenced(example: str) -> str:
    # Three backticks in an example would end a fence of three.
    fence = "```"
    while fence in example:
        fence += "`"
    return f"{fence}yaml\n{example}{fence}\n"
