"""The report that other programs and logs read line by line: one finding a line, nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.report.visible import visible

if TYPE_CHECKING:
    from composecheck.check import Report
    from composecheck.finding import Finding


def render(report: Report) -> str:
    """Return the line of each finding (see `line`), with a line end."""
    return "".join(f"{line(finding)}\n" for finding in report.findings)


def line(finding: Finding) -> str:
    """Return a finding as `file:line:column: severity[rule] message`, without a line end.

    Line and column count from 1. Whatever cannot be seen is shown as a backslash escape, so that
    a finding is always one line.
    """
    position = finding.source.position(finding.span.start)
    return (
        f"{visible(finding.source.name)}:{position.line}:{position.column}:"
        f" {finding.severity}[{finding.rule}] {visible(finding.text)}"
    )
