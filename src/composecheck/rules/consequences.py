"""Findings that only follow from another one: one cause is said once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from composecheck.expressions import expression
from composecheck.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from composecheck.finding import Finding
    from composecheck.source import Source, Span


def without_consequences(findings: Iterable[Finding], *, is_here: bool) -> list[Finding]:
    """Return `findings`, which are all of some files, without those that follow from others.

    A template that has not been filled in is refused for what its marks stand for, each in its own
    way: that becomes one finding. `is_here` tells whether the question is what Compose does here:
    then a mistake may say itself which variable is not set.
    """
    kept = _without_told(_without_misread(_without_marks(list(findings))))
    return _without_explained(kept) if is_here else kept


_TELL_OF_VARIABLES = frozenset(
    {
        "dollar-swallowed",
        "environment-host-path",
        "variable-for-shell",
        "variable-in-env-file",
        "variable-misspelt",
    }
)
"""Rules that say more of a variable than that it is not set."""


def _without_told(findings: list[Finding]) -> list[Finding]:
    """Leave out the notes on variables of which another finding says more."""
    told: dict[int, list[Span]] = {}
    for finding in findings:
        if finding.rule in _TELL_OF_VARIABLES:
            told.setdefault(id(finding.source), []).append(finding.span)
    return [
        finding
        for finding in findings
        if finding.rule != "variable-unset"
        or not any(
            outer.start < span.end and span.start < outer.end
            for source, span in _places(finding)
            for outer in told.get(id(source), ())
        )
    ]


def _without_explained(findings: list[Finding]) -> list[Finding]:
    """Leave out the notes on variables that an error speaks of."""
    errors: dict[int, list[Span]] = {}
    for finding in findings:
        if finding.severity is Severity.ERROR and "$" in finding.source.slice(finding.span):
            errors.setdefault(id(finding.source), []).append(finding.span)
    return [
        finding
        for finding in findings
        if finding.rule != "variable-unset"
        or not any(
            outer.start <= span.start and span.end <= outer.end
            for source, span in _places(finding)
            for outer in errors.get(id(source), ())
        )
    ]


_TYPOGRAPHIC = expression(
    "[\u201c\u201d\u201e\u2018\u2019\u00ab].+[\u201c\u201d\u2018\u2019\u00bb]"
)


def _is_misread(finding: Finding) -> bool:
    """Whether a finding says that a text is another one to Compose than to its author."""
    if finding.rule == "pasted-character":
        return _TYPOGRAPHIC.fullmatch(finding.source.slice(finding.span)) is not None
    return finding.rule == "list-item-joined"


def _without_misread(findings: list[Finding]) -> list[Finding]:
    """Leave out what is said of a text that is not what its author sees; it tells how bad it is.

    That is: two items of a list that are one to YAML, or quotes that are a part of the text.
    """
    for one in list(filter(_is_misread, findings)):
        spans = [span for _, span in _places(one)]
        start, end = min(span.start for span in spans), max(span.end for span in spans)
        following = [
            finding
            for finding in findings
            if finding.source is one.source
            and start <= finding.span.start
            and finding.span.end <= end
        ]
        worst = max(finding.severity for finding in following)
        findings = [finding for finding in findings if finding not in following]
        message = one.message
        if worst is not one.severity:
            message = f"{message.removesuffix('.')}; Compose refuses the file."
        findings.append(replace(one, severity=worst, message=message))
    return findings


def _places(finding: Finding) -> list[tuple[Source, Span]]:
    others = [(place.source, place.span) for place in finding.related]
    return [(finding.source, finding.span), *others]


def _without_marks(findings: list[Finding]) -> list[Finding]:
    """Put one finding in the place of all that are wrong because of the marks of a template."""
    kept = []
    wrong: dict[int, list[Finding]] = {}
    texts = {id(finding.source): finding.source.text for finding in findings}
    marked = {key for key, text in texts.items() if any(mark in text for mark in _OPENING)}
    for finding in findings:
        if id(finding.source) in marked and _marks_in(finding):
            wrong.setdefault(id(finding.source), []).append(finding)
        else:
            kept.append(finding)
    kept.extend(map(_template, wrong.values()))
    return kept


_OPENING = ("{{", "{%", "{#", "<%")


def _marks_in(finding: Finding) -> list[Span]:
    """Return the marks of a template among the characters of an error or a warning."""
    if finding.severity is Severity.NOTE or finding.rule == "yaml-template":
        return []
    # Imported here: hardly any file has marks.
    from composecheck.yaml.mistakes.templates import find_marks

    span = finding.source.first_line(finding.span)
    line = finding.source.line_span(finding.source.position(span.start).line)
    marks = find_marks(finding.source.text[line.start : line.end])
    return [
        type(span)(line.start + mark.start, line.start + mark.end)
        for mark in marks
        if line.start + mark.start < span.end and span.start < line.start + mark.end
    ]


def _template(findings: list[Finding]) -> Finding:
    from composecheck.yaml.mistakes.templates import template_as_text

    marks = {mark for finding in findings for mark in _marks_in(finding)}
    first = min(findings, key=lambda finding: finding.span.start)
    whole = template_as_text(first.source, sorted(marks, key=lambda mark: mark.start))
    worst = max(finding.severity for finding in findings)
    return replace(whole, severity=worst, path=first.path)
