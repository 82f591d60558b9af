"""Where we and the real Compose differ on a case."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from composecheck.finding import Severity
from tests.conformance.causes import CRASH, causes_in
from tests.conformance.compose import own_words
from tests.project.comparing import differences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from composecheck.check import Report
    from composecheck.finding import Finding
    from tests.conformance.case import Case
    from tests.conformance.compose import Answer
    from tests.conformance.ours import Judgement


_FETCHED = ("include-remote", "extends-remote")
"""The rules that say of a file that it would be fetched."""


class Kind(Enum):
    """In which way the two differ."""

    FALSE_ERROR = "false error"
    MISSED_ERROR = "missed error"
    CAUSE_NOT_NAMED = "cause not named"
    MODEL_DIFFERS = "model differs"
    NOT_JUDGED = "not judged"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Difference:
    """One of them, on one case, and what each of the two says."""

    case: Case
    kind: Kind
    detail: str


@dataclass(slots=True)
class Tally:
    """What a run has counted, by origin of the cases, and all differences."""

    cases: Counter[str] = field(default_factory=Counter)
    models: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    differences: list[Difference] = field(default_factory=list)

    def add(self, case: Case, ours: Judgement, theirs: Answer) -> None:
        """Count a case."""
        self.cases[case.origin] += 1
        self.refused[case.origin] += theirs.refuses
        self.models[case.origin] += ours.model is not None and theirs.model is not None
        self.differences += compare(case, ours, theirs)

    def add_text(self, case: Case, report: Report, theirs: Answer) -> None:
        """Count a case that we judged without `--here`.

        Then an error is wrong on what Compose accepts here, and silence on what it refuses here.
        """
        self.cases[case.origin] += 1
        self.refused[case.origin] += theirs.refuses
        if report.worst is Severity.ERROR and not theirs.refuses:
            self.differences.append(Difference(case, Kind.FALSE_ERROR, _said(report.findings)))
        if theirs.refuses and not report.findings:
            self.differences.append(Difference(case, Kind.SILENT, own_words(theirs.stderr)))

    def add_difference(self, difference: Difference) -> None:
        """Count a case that came to nothing else."""
        self.cases[difference.case.origin] += 1
        self.differences.append(difference)

    def count(self, origin: str, kind: Kind) -> int:
        """Return how many cases of this origin differ in this way."""
        return sum(found.case.origin == origin and found.kind is kind for found in self.differences)


def compare(case: Case, ours: Judgement, theirs: Answer) -> Iterator[Difference]:
    """Yield how the two differ: in the verdict, else in what they say for it.

    To say that we cannot judge is no difference where Compose refuses, since we promise nothing.
    What Compose would fetch from elsewhere is not compared.
    """
    fetches = any(found.rule in _FETCHED for found in ours.findings)
    if fetches or (ours.unjudged and theirs.refuses):
        return
    if ours.unjudged:
        yield Difference(case, Kind.NOT_JUDGED, "; ".join(ours.unjudged))
    elif ours.refuses and not theirs.refuses:
        yield Difference(case, Kind.FALSE_ERROR, _said(ours.errors))
    elif theirs.refuses and not ours.refuses:
        yield Difference(case, Kind.MISSED_ERROR, own_words(theirs.stderr))
    elif theirs.refuses:
        yield from _compare_causes(case, ours, theirs)
    elif ours.model is not None and theirs.model is not None:
        found = list(differences(ours.model, theirs.model))
        if found:
            yield Difference(case, Kind.MODEL_DIFFERS, "; ".join(found[:3]))


def _compare_causes(case: Case, ours: Judgement, theirs: Answer) -> Iterator[Difference]:
    causes = causes_in(theirs.stderr)
    if not causes and CRASH not in theirs.stderr:
        detail = f"the table has no cause for: {own_words(theirs.stderr)}"
        yield Difference(case, Kind.CAUSE_NOT_NAMED, detail)
    for cause in causes:
        if not cause.is_named_in(ours.errors):
            rules = ", ".join(cause.rules)
            detail = (
                f"{cause.words!r} ({rules}: {', '.join(cause.names)}); we say: {_said(ours.errors)}"
            )
            yield Difference(case, Kind.CAUSE_NOT_NAMED, detail)


def _said(findings: Iterable[Finding]) -> str:
    errors = [found for found in findings if found.severity is Severity.ERROR]
    return " | ".join(f"[{found.rule}] {found.message}" for found in errors)
