"""The report that other programs and logs read line by line: one finding a line, nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.report.visible import visible

if TYPE_CHECKING:
    from composecheck.check import Report


def render(report: Report) -> str:
    """Return a line `file:line:column: severity[rule] message` for each finding.

    Line and column count from 1. Whatever cannot be seen is shown as a backslash escape, so that
    a finding is always one line.
    """
    lines = []
    for finding in report.findings:
        position = finding.source.position(finding.span.start)
        lines.append(
            f"{visible(finding.source.name)}:{position.line}:{position.column}:"
            f" {finding.severity}[{finding.rule}] {visible(finding.text)}\n"
        )
    return "".join(lines)
