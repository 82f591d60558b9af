"""The sentences that say what came of it, and what can be done about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Safety, Severity

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


def how_to_fix(report: Report) -> str:
    """Return which commands fix how many of the findings, in one sentence; "" where none does."""
    safe = _fixes(report, Safety.SAFE)
    unsafe = _fixes(report, Safety.UNSAFE)
    if safe and unsafe:
        return (
            f'"composecheck fix" makes {_the(safe, "safe fix")};'
            f' "composecheck fix --unsafe" also {_the(unsafe, "unsafe one")}, to be looked at.'
        )
    if safe:
        return f'"composecheck fix" makes {_the(safe, "safe fix")}.'
    if unsafe:
        verb = "is" if unsafe == 1 else "are"
        return (
            f'"composecheck fix --unsafe" makes {_the(unsafe, "fix")},'
            f" which {verb} unsafe and to be looked at."
        )
    return ""


def _fixes(report: Report, safety: Safety) -> int:
    return sum(
        finding.fix is not None and finding.fix.safety is safety for finding in report.findings
    )


def _the(count: int, thing: str) -> str:
    if count == 1:
        return f"the {thing}"
    return f"the {count} {thing}es" if thing.endswith("x") else f"the {count} {thing}s"


def _number(count: int, thing: str) -> str:
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"


def _enumeration(parts: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:])))
