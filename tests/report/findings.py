"""Findings made by hand, to be shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.check import Report
from composecheck.finding import Edit, Finding, Fix, Related, Safety, Severity
from composecheck.source import Source, Span

if TYPE_CHECKING:
    from composecheck.discovery import Skipped


HOSTILE = (
    "a::error file=x::b",
    "100%, 50%0A and %25",
    "a,b:c=d;e]f",
    "]]> <![CDATA[ </failure> & &amp; &#0;",
    "one\ntwo\r\nthree\rfour",
    "both \"double\" and 'single' quotes, and a \\ at the end\\",
    "\x00\x07\x08\x0b\x0c\x1b[31m\x7f\x85\u2028\u2029\u202e\ufeff\ufffe\uffff",
    "\udcff\udc80 and \ud800",
    "한국어 👍 𝒳 é ß",
    "[a](https://example.org) [b](1) {0} {{1}} ${X}",
    "  blanks around  ",
    "{%- raw -%} <script>alert(1)</script> `code` *b* | c",
)
"""What may stand in a file, and be quoted in a message, that some format could trip over."""


def span_of(source: Source, characters: str, occurrence: int = 0) -> Span:
    """Return where `characters` stand in `source`; `occurrence` counts from 0."""
    start = -1
    for _ in range(occurrence + 1):
        start = source.text.index(characters, start + 1)
    return Span(start, start + len(characters))


def source_of(text: str, name: str = "compose.yaml") -> Source:
    return Source(name, text)


def finding_on(
    source: Source,
    characters: str,
    *,
    occurrence: int = 0,
    severity: Severity = Severity.ERROR,
    rule: str = "key-unknown",
    message: str = "This is wrong.",
    remedy: str = "",
    related: tuple[Related, ...] = (),
    fix: Fix | None = None,
) -> Finding:
    """Return a finding on the characters in `source` that are given."""
    return Finding(
        rule=rule,
        severity=severity,
        message=message,
        source=source,
        span=span_of(source, characters, occurrence),
        remedy=remedy,
        related=related,
        fix=fix,
    )


def related_to(source: Source, characters: str, message: str, occurrence: int = 0) -> Related:
    return Related(source, span_of(source, characters, occurrence), message)


def replacing(
    source: Source, characters: str, text: str, title: str, safety: Safety = Safety.SAFE
) -> Fix:
    """Return the fix that writes `text` for the `characters`."""
    return Fix(title, safety, (Edit(source, span_of(source, characters), text),))


def report_of(*findings: Finding, skipped: tuple[Skipped, ...] = ()) -> Report:
    files = tuple(dict.fromkeys(finding.source.name for finding in findings))
    return Report(findings=findings, files=files, skipped=skipped)
