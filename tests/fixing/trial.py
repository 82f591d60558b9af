"""Makes mistakes, has them fixed, and looks at what came of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from composecheck import Severity, check_text
from composecheck.fix import fix_text
from tests.fixing.models import is_accepted
from tests.fixing.oracle import declared_paths, objections

if TYPE_CHECKING:
    from collections.abc import Iterable

    from composecheck.fix import FixedText
    from tests.fixing.mistakes import Mistake


@dataclass(frozen=True, slots=True)
class Trial:
    """One file with one or more mistakes, and what `fix --unsafe` made of it.

    `sound` is the file before, with all fixes made. `is_found` says that `check` has more errors or
    warnings than for that. `is_undone` says that the very bytes are back, `is_accepted` that the
    real Compose takes the result (None where it was not asked). `objections` is what must not be;
    `left` is what check says of the result, and why fixes were not made.
    """

    mistake: Mistake
    sound: str
    fixed: str
    is_found: bool
    is_undone: bool
    is_accepted: bool | None
    objections: tuple[str, ...]
    left: tuple[str, ...]


def attempt(sound: str, mistake: Mistake, *, asks_compose: bool) -> Trial:
    """Have a file with a mistake fixed. `sound` is the file that it was made in."""
    whole = fix_text(sound, is_unsafe=True)
    fixed = fix_text(mistake.text, is_unsafe=True)
    declared = declared_paths((*fixed.applied, *whole.applied))
    wrong = objections(
        mistake.text, fixed.text, declared, sound=whole.text, broken_at=mistake.paths
    )
    if fix_text(fixed.text, is_unsafe=True).text != fixed.text:
        wrong.append("a second run changes it again")
    return Trial(
        mistake=mistake,
        sound=whole.text,
        fixed=fixed.text,
        is_found=_bad_findings(mistake.text) > _bad_findings(sound),
        is_undone=fixed.text == whole.text,
        is_accepted=is_accepted(fixed.text) if asks_compose else None,
        objections=tuple(wrong),
        left=tuple(_left(fixed)),
    )


def _bad_findings(text: str) -> int:
    return sum(finding.severity > Severity.NOTE for finding in check_text(text).findings)


def _left(fixed: FixedText) -> Iterable[str]:
    for dropped in fixed.dropped:
        yield f"not made, {dropped.finding.rule}: {dropped.reason}"
    for finding in fixed.remaining.findings:
        if finding.severity > Severity.NOTE:
            line = finding.source.position(finding.span.start).line
            yield f"remains, {finding.rule} in line {line}: {finding.text}"


@dataclass(slots=True)
class Tally:
    """How often each thing happened; `exact` counts mistakes that have one exact remedy."""

    tries: int = 0
    found: int = 0
    exact: int = 0
    undone: int = 0
    asked: int = 0
    accepted: int = 0
    failures: list[Trial] = field(default_factory=list)

    def add(self, trial: Trial) -> None:
        """Count a trial. `undone` counts only where the remedy is exact."""
        self.tries += 1
        self.found += trial.is_found
        self.exact += trial.mistake.has_exact_remedy
        self.undone += trial.mistake.has_exact_remedy and trial.is_undone
        self.asked += trial.is_accepted is not None
        self.accepted += trial.is_accepted is True
        if trial.objections or (trial.mistake.has_exact_remedy and not trial.is_undone):
            self.failures.append(trial)

    @property
    def share_undone(self) -> float:
        """How many of the mistakes with an exact remedy are undone to the byte, from 0 to 1."""
        return self.undone / self.exact if self.exact else 1.0
