"""The one sentence that says what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Severity

if TYPE_CHECKING:
    from composecheck.check import Report


def summary(report: Report) -> str:
    """Return how many of what were found, in one sentence."""
    counts = [
        _number(report.count(severity), str(severity))
        for severity in sorted(Severity, reverse=True)
        if report.count(severity)
    ]
    files = _number(len(report.files), "file")
    sentence = f"{_enumeration(counts) or 'No problems'} in {files}"
    if report.fixable:
        sentence += f"; {report.fixable} can be fixed"
    if report.skipped:
        sentence += f"; {len(report.skipped)} could not be checked"
    return f"{sentence}."


def _number(count: int, thing: str) -> str:
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"


def _enumeration(parts: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:])))
