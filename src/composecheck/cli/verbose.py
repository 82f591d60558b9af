"""What was read and why, for whoever wonders what a report is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.cli.output import tell
from composecheck.discovery import display_name

if TYPE_CHECKING:
    from composecheck.check import Question, Report
    from composecheck.finding import Finding


def tell_what_was_read(report: Report, question: Question) -> None:
    """Write a line to standard error for each file that was read, and for what was passed by."""
    settings = question.in_force.here().file
    if settings is not None:
        tell(f"settings: {display_name(settings)}")
    for name in report.files:
        tell(f"checked: {name}")
    for file in report.read:
        why = ""
        if file.asked_by is not None:
            line = file.asked_by.source.position(file.asked_by.start).line
            why = f", which {file.asked_by.source.name}:{line} names"
        tell(f"looked for: {display_name(file.path)}{why}")
    for passed in report.passed_by:
        tell(f"passed by: {passed.file}. {passed.reason}")
    for finding in report.suppressed:
        tell(f"silenced by a comment: {_place(finding)}")
    for finding in report.known:
        tell(f"known in the baseline: {_place(finding)}")


def _place(finding: Finding) -> str:
    line = finding.source.position(finding.span.start).line
    return f"{finding.rule} in {finding.source.name}:{line}"
