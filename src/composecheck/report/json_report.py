"""The report that other programs read: JSON in the form of `schemas/report.schema.json`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from composecheck import COMPOSE_VERSION, __version__
from composecheck.finding import Severity
from composecheck.report.rule_pages import rule_page
from composecheck.rules import rule_named

if TYPE_CHECKING:
    from composecheck.check import Report
    from composecheck.finding import Finding, Fix
    from composecheck.source import Source, Span

VERSION = 1
"""Of the form of the report; it changes when a program that reads it would have to."""


def render(report: Report) -> str:
    """Return the report as JSON in ASCII, indented, with a line end."""
    return json.dumps(_report(report), indent=2) + "\n"


def _report(report: Report) -> dict[str, Any]:
    return {
        "version": VERSION,
        "mode": report.mode,
        "tool": {"name": "composecheck", "version": __version__, "compose": COMPOSE_VERSION},
        "summary": {
            "files": len(report.files),
            "errors": report.count(Severity.ERROR),
            "warnings": report.count(Severity.WARNING),
            "notes": report.count(Severity.NOTE),
            "fixable": report.fixable,
        },
        "skipped": [
            {"file": skipped.file, "reason": skipped.reason}
            for skipped in (*report.skipped, *report.passed_by)
        ],
        "findings": [finding_object(finding) for finding in report.findings],
    }


def finding_object(finding: Finding) -> dict[str, Any]:
    """Return a finding in the form `#/$defs/finding` of `schemas/report.schema.json`."""
    start = finding.source.position(finding.span.start)
    end = finding.source.position(finding.span.end)
    return {
        "rule": finding.rule,
        "severity": str(finding.severity),
        "category": rule_named(finding.rule).category.value,
        "message": finding.text,
        "file": finding.source.name,
        "line": start.line,
        "column": start.column,
        "end_line": end.line,
        "end_column": end.column,
        "path": list(finding.path),
        "suggestions": list(finding.suggestions),
        "related": [
            {**_place(related.source, related.span), "message": related.message}
            for related in finding.related
        ],
        "fix": _fix(finding.fix) if finding.fix else None,
        "url": rule_page(finding.rule),
    }


def _place(source: Source, span: Span) -> dict[str, Any]:
    start = source.position(span.start)
    return {"file": source.name, "line": start.line, "column": start.column}


def _fix(fix: Fix) -> dict[str, Any]:
    return {
        "title": fix.title,
        "safety": fix.safety.value,
        "edits": [
            {
                "file": edit.source.name,
                "start": edit.span.start,
                "end": edit.span.end,
                "text": edit.text,
            }
            for edit in fix.edits
        ],
    }
