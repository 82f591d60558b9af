"""Which of all findings somebody wants to hear of: by comments in the files, and by settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from composecheck.rules import rule_named
from composecheck.settings.merging import with_severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from composecheck.finding import Finding
    from composecheck.settings import InForce
    from composecheck.stages import Judgement

_MARK = "composecheck"
"""What every comment to us has in it, in whatever letters."""


class Heard(Struct, frozen=True):
    """What is told of some projects, each finding once, and what comments keep from being told."""

    findings: tuple[Finding, ...]
    suppressed: tuple[Finding, ...]


def hear(judgements: Sequence[Judgement], in_force: InForce) -> Heard:
    """Return what is told of `judgements`.

    Comments are asked first, and of everything that was found: one is of no use only if it silences
    nothing in any project that its file is part of. Then come the settings for each file.
    """
    # A file that is part of several projects may give the same finding in each of them.
    found = {_key(finding): finding for each in judgements for finding in each.all_findings}
    blocking = {_key(finding) for each in judgements for finding in each.blocking}
    documents = {
        file.document.source: file.document
        for each in judgements
        for file in (each.project.files if each.project is not None else each.files)
    }
    heard = list(found.values())
    suppressed: tuple[Finding, ...] = ()
    if any(_MARK in source.text.lower() for source in documents):
        # Imported here, because most files have no such comment.
        from composecheck.suppression import apply

        partly = {source for each in judgements if each.has_errors for source in each.sources}
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
