"""Which findings are silenced by comments, and what is to be said about these comments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from composecheck.finding import Severity
from composecheck.rule import describe
from composecheck.rules import all_rules
from composecheck.rules.ignores import RULES
from composecheck.suppression.coverage import covers, reach
from composecheck.suppression.directives import Directive, Lookalike, read_directives
from composecheck.suppression.notes import (
    Silenced,
    explain_directive,
    explain_lookalike,
    find_unused,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from composecheck.finding import Finding
    from composecheck.rule import Rule
    from composecheck.source import Source
    from composecheck.suppression.coverage import Cover, Covers
    from composecheck.yaml import Document


_ABOUT_COMMENTS = frozenset(describe(function).name for function in RULES)


class Suppressed(Struct, frozen=True):
    """A finding that a comment silences, and the reason that the comment gives, or ""."""

    finding: Finding
    reason: str


class Outcome(Struct, frozen=True):
    """What is left of findings. `notes` are about the comments themselves."""

    kept: tuple[Finding, ...]
    suppressed: tuple[Suppressed, ...]
    notes: tuple[Finding, ...]


def apply(
    findings: Iterable[Finding],
    documents: Mapping[Source, Document],
    partly_judged: Collection[Source] | None = None,
) -> Outcome:
    """Let the comments in `documents` silence findings in them.

    `findings` are all of a run, those of rules that nobody asked for as well: a comment is said to
    be of no use only if it silences none of them, in no project that its file is part of. Of files
    in `partly_judged` none is: much is not judged behind an error. These are the files of projects
    that have errors; by default all files, if there is any error.

    Findings in other files are kept. So are mistakes of YAML that keep a file from being read:
    where they begin, comments cannot be told from text.
    """
    findings = tuple(findings)
    files = {
        source: file
        for source, document in documents.items()
        if (file := _File.read(document)) is not None
    }
    if not files:
        return Outcome(findings, (), ())
    kept: list[Finding] = []
    suppressed: list[Suppressed] = []
    for finding in findings:
        file = files.get(finding.source)
        if file is None:
            kept.append(finding)
        else:
            file.hear([finding], kept, suppressed)
    if partly_judged is None:
        has_errors = any(finding.severity is Severity.ERROR for finding in findings)
        partly_judged = documents.keys() if has_errors else ()
    notes: list[Finding] = []
    for source, file in files.items():
        file.hear(file.notes(findings), notes, suppressed)
        if source not in partly_judged and file.document.is_complete:
            # Only now, since a comment may be there to silence what is said about another.
            unused = find_unused(file.document, file.covers, file.silenced, file.rules)
            file.hear(list(unused), notes, suppressed)
    return Outcome(tuple(kept), tuple(suppressed), tuple(notes))


def known_rules() -> dict[str, Rule]:
    """Return all rules by name, those about comments included."""
    return {rule.name: rule for rule in (*all_rules(), *map(describe, RULES))}


def names_of(finding: Finding, rules: Mapping[str, Rule]) -> tuple[str, ...]:
    """Return the names that silence `finding`: of its rule, and of its category."""
    rule = rules.get(finding.rule)
    return (finding.rule,) if rule is None else (finding.rule, rule.category.value)


class _File(Struct, frozen=True):
    """The directives of one file, and which of their names have silenced something."""

    document: Document
    covers: Covers
    lookalikes: list[Lookalike]
    rules: dict[str, Rule]
    silenced: set[Silenced]

    @staticmethod
    def read(document: Document) -> _File | None:
        """Read the comments of `document`; return None if none of them speaks to us."""
        found = list(read_directives(document))
        if not found:
            return None
        directives = [each for each in found if isinstance(each, Directive)]
        lookalikes = [each for each in found if isinstance(each, Lookalike)]
        return _File(document, covers(document, directives), lookalikes, known_rules(), set())

    def silence(self, finding: Finding) -> Cover | None:
        """Return what silences `finding`, and remember that it does; None if nothing does."""
        at = finding.span.start
        if at >= reach(self.document):
            return None
        names = names_of(finding, self.rules)
        result = None
        for cover in self.covers.at(at):
            own = cover.directive.span
            if finding.rule in _ABOUT_COMMENTS and own.start <= at < own.end:
                continue  # a comment cannot silence what is said about itself
            for named in cover.directive.names:
                if named.name in names:
                    self.silenced.add((cover.directive, named.name))
                    result = result or cover
        return result

    def hear(
        self, findings: Iterable[Finding], kept: list[Finding], suppressed: list[Suppressed]
    ) -> None:
        """Add each finding to those that are `kept` or to those that are not."""
        for finding in findings:
            cover = self.silence(finding)
            if cover is None:
                kept.append(finding)
            else:
                suppressed.append(Suppressed(finding, cover.directive.reason))

    def notes(self, findings: Sequence[Finding]) -> list[Finding]:
        """Say what is wrong with the comments, whatever they cover."""
        own = [finding for finding in findings if finding.source == self.document.source]
        notes = [
            explain_lookalike(self.document, lookalike, self.rules, own)
            for lookalike in self.lookalikes
        ]
        for cover in self.covers:
            notes += explain_directive(self.document, cover, self.rules, own)
        return notes
