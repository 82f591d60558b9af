"""How often each rule spoke: what to look at first in a project with many findings."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Sequence

    from composecheck.check import Report
    from composecheck.finding import Severity

VERSION = 1
"""Of the form of the JSON; it changes when a program that reads it would have to."""


class Count(Struct, frozen=True):
    """How many findings of one rule and severity there are, and how many of them carry a fix."""

    rule: str
    severity: Severity
    count: int
    fixable: int


def counts(report: Report) -> tuple[Count, ...]:
    """Return how often each rule spoke: the most often first, then the worst, then by name."""
    all_findings = Counter((finding.rule, finding.severity) for finding in report.findings)
    fixable = Counter(
        (finding.rule, finding.severity) for finding in report.findings if finding.fix
    )
    ranked = sorted(
        all_findings.items(), key=lambda counted: (-counted[1], -counted[0][1], counted[0][0])
    )
    return tuple(
        Count(rule, severity, count, fixable[rule, severity]) for (rule, severity), count in ranked
    )


def as_table(counted: Sequence[Count]) -> str:
    """Return a line for each: count, severity, rule, and how many can be fixed where any can."""
    if not counted:
        return ""
    count_width = max(len(str(row.count)) for row in counted)
    rule_width = max(len(row.rule) for row in counted)
    lines = []
    for row in counted:
        fixes = f"{row.fixable} can be fixed" if row.fixable else ""
        line = f"{row.count:>{count_width}}  {row.severity!s:<7}  {row.rule:<{rule_width}}  {fixes}"
        lines.append(f"{line.rstrip()}\n")
    return "".join(lines)


def as_json(counted: Sequence[Count]) -> str:
    """Return the same as JSON, in the form `#/$defs/statistics` of `schemas/report.schema.json`."""
    rows = [
        {
            "rule": row.rule,
            "severity": str(row.severity),
            "count": row.count,
            "fixable": row.fixable,
        }
        for row in counted
    ]
    return json.dumps({"version": VERSION, "statistics": rows}, indent=2) + "\n"
