"""Which of all findings somebody wants to hear of: by comments in the files, and by settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from composecheck.rules import rule_named
from composecheck.settings.merging import with_severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from composecheck.finding import Finding
    from composecheck.outcome import Outcome
    from composecheck.settings import InForce


class Heard(Struct, frozen=True):
    """What is told of some projects, each finding once, and what comments keep from being told."""

    findings: tuple[Finding, ...]
    suppressed: tuple[Finding, ...]


def hear(outcomes: Sequence[Outcome], in_force: InForce) -> Heard:
    """Return what is told of `outcomes`.

    Comments are asked first, and of everything that was found: one is of no use only if it silences
    nothing in any project that its file is part of. Then come the settings for each file.
    """
    # A file that is part of several projects may give the same finding in each of them.
    found = {
        _key(finding): finding for each in outcomes for finding in (*each.blocking, *each.findings)
    }
    blocking = {_key(finding) for each in outcomes for finding in each.blocking}
    documents = {document.source: document for each in outcomes for document in each.commented}
    heard = list(found.values())
    suppressed: tuple[Finding, ...] = ()
    if documents:
        # Imported here, because most files have no such comment.
        from composecheck.suppression import apply

        partly = {
            document.source for each in outcomes if each.has_errors for document in each.commented
        }
        outcome = apply(heard, documents, partly)
        heard = [*outcome.kept, *outcome.notes]
        suppressed = tuple(silenced.finding for silenced in outcome.suppressed)
    told = []
    for finding in heard:
        rules = in_force.rules_for(finding.source)
        rule = rule_named(finding.rule)
        is_blocking = _key(finding) in blocking
        # Behind what blocks nothing is judged: whoever selects other rules must know of it.
        if not rules.selection.ignores(rule) if is_blocking else rules.selection.keeps(rule):
            told.append(with_severity(finding, rules.severities))
    return Heard(tuple(told), suppressed)


def _key(finding: Finding) -> tuple[object, ...]:
    return (finding.source.name, finding.span, finding.rule, finding.message)
