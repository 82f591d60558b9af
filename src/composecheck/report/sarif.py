"""The report in SARIF 2.1.0, the format of code scanning at GitHub and of many viewers.

Its form: https://docs.oasis-open.org/sarif/sarif/v2.1.0/. What GitHub takes from it:
https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support
"""

from __future__ import annotations

import json
from pathlib import PurePath
from typing import TYPE_CHECKING, Any
from urllib.parse import quote_from_bytes

from composecheck import COMPOSE_VERSION, __version__
from composecheck.expressions import expression
from composecheck.finding import Safety
from composecheck.fingerprint import fingerprints
from composecheck.report import catalogue
from composecheck.report.repository_paths import path_in_checkout
from composecheck.report.rule_pages import rule_page
from composecheck.report.visible import visible
from composecheck.rules import rule_named

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from composecheck.check import Report
    from composecheck.finding import Edit, Finding, Fix, Path
    from composecheck.rule import Rule
    from composecheck.source import Source, Span

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)

_FINGERPRINT = "composecheckFingerprint/v1"
"""Ours has a name of its own: GitHub computes its `primaryLocationLineHash` itself, and complains
about any other value of that."""

# `problem.severity` as GitHub knows it.
_PROBLEM_SEVERITIES = {"error": "error", "warning": "warning", "note": "recommendation"}

_LINK = expression(r"\[(?=[^\]]*\]\()")


def render(report: Report) -> str:
    """Return the report as SARIF in ASCII, indented, with a line end.

    Files are named as seen from the top of the checkout where GitHub says which folder that is
    (GITHUB_WORKSPACE). No text of the files themselves is in it but what findings quote, for there
    may be passwords in it.
    """
    rules = [rule_named(name) for name in sorted({finding.rule for finding in report.findings})]
    files = _Files(report)
    rule_indexes = {rule.name: index for index, rule in enumerate(rules)}
    run = {
        "tool": {
            "driver": {
                "name": "composecheck",
                "version": __version__,
                "semanticVersion": __version__,
                "properties": {"compose": COMPOSE_VERSION},
                "rules": [_rule(rule) for rule in rules],
            }
        },
        "invocations": [_invocation(report, files)],
        "columnKind": "unicodeCodePoints",
        # The usual two, and the one that YAML ends a line at, too.
        "newlineSequences": ["\r\n", "\n", "\r"],
        "properties": {"mode": report.mode},
        "artifacts": files.artifacts,
        "results": [
            _result(finding, known_by, rule_indexes, files)
            for finding, known_by in zip(
                report.findings, fingerprints(report.findings), strict=True
            )
        ],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


class _Files:
    """The files that a report speaks of, each under the number it has among the artifacts."""

    def __init__(self, report: Report) -> None:
        checked = set(report.files)
        named = dict.fromkeys((*sorted(checked), *_names_in(report)))
        self.indexes = {name: index for index, name in enumerate(named)}
        self.artifacts = [
            {
                "location": _artifact_location(name),
                **({"roles": ["analysisTarget"]} if name in checked else {}),
            }
            for name in named
        ]

    def location(self, name: str) -> dict[str, Any]:
        """Return where the file of this name is, as an artifactLocation."""
        location = _artifact_location(name)
        if name in self.indexes:
            location["index"] = self.indexes[name]
        return location

    def place(self, source: Source, span: Span) -> dict[str, Any]:
        """Return `span` as a physicalLocation."""
        return {"artifactLocation": self.location(source.name), "region": _region(source, span)}


def _names_in(report: Report) -> Iterator[str]:
    for finding in report.findings:
        yield finding.source.name
        yield from (related.source.name for related in finding.related)
        if finding.fix:
            yield from (edit.source.name for edit in finding.fix.edits)


def _artifact_location(name: str) -> dict[str, Any]:
    path = path_in_checkout(name, "GITHUB_WORKSPACE")
    if PurePath(path).is_absolute():
        path = PurePath(path).as_posix()
        written = quote_from_bytes(_bytes_of(path), safe="/:")
        return {"uri": f"file://{written}" if path.startswith("/") else f"file:///{written}"}
    # A colon or a blank has no place in a relative URI, nor has a byte that is no text.
    return {"uri": quote_from_bytes(_bytes_of(path)), "uriBaseId": "%SRCROOT%"}


def _bytes_of(path: str) -> bytes:
    try:
        return path.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # half a character, as names on Windows may have
        return path.encode("utf-8", "surrogatepass")


def _region(source: Source, span: Span) -> dict[str, int]:
    start, end = source.position(span.start), source.position(span.end)
    return {
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    }


def _result(
    finding: Finding, known_by: str, rule_indexes: Mapping[str, int], files: _Files
) -> dict[str, Any]:
    location: dict[str, Any] = {"physicalLocation": files.place(finding.source, finding.span)}
    if finding.path:
        location["logicalLocations"] = [{"fullyQualifiedName": _pointer(finding.path)}]
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": rule_indexes[finding.rule],
        "level": str(finding.severity),
        "message": _message(finding.text),
        "locations": [location],
        "partialFingerprints": {_FINGERPRINT: known_by},
    }
    if finding.related:
        result["relatedLocations"] = [
            {
                "id": number,
                "physicalLocation": files.place(related.source, related.span),
                "message": _message(related.message),
            }
            for number, related in enumerate(finding.related, start=1)
        ]
    if finding.fix and all(_is_text(edit.text) for edit in finding.fix.edits):
        result["fixes"] = [_fix(finding.fix, files)]
    return result


def _pointer(path: Path) -> str:
    """Return a path as a JSON pointer (RFC 6901), as SARIF proposes for trees."""
    keys = (str(key).replace("~", "~0").replace("/", "~1") for key in path)
    return visible("".join(f"/{key}" for key in keys))


def _message(text: str) -> dict[str, str]:
    """Return a text as a message.

    `[…](…)` is a link in a SARIF message, and none in ours, so it is escaped. Braces are not
    doubled, as SARIF asks for, for nobody who shows messages without arguments halves them.
    """
    return {"text": _LINK.sub(r"\\[", visible(text))}


def _is_text(text: str) -> bool:
    """Whether the text can be written in UTF-8: a byte that is none has no place in JSON."""
    return not any("\ud800" <= character <= "\udfff" for character in text)


def _fix(fix: Fix, files: _Files) -> dict[str, Any]:
    title = f"{fix.title.removesuffix('.')}."
    if fix.safety is Safety.UNSAFE:
        title += " This fix is unsafe: look at it."
    by_file: dict[str, list[Edit]] = {}
    for edit in sorted(fix.edits, key=lambda edit: (edit.span.start, edit.span.end)):
        by_file.setdefault(edit.source.name, []).append(edit)
    return {
        "description": _message(title),
        "artifactChanges": [
            {
                "artifactLocation": files.location(name),
                "replacements": [
                    {
                        "deletedRegion": _region(edit.source, edit.span),
                        "insertedContent": {"text": edit.text},
                    }
                    for edit in edits
                ],
            }
            for name, edits in by_file.items()
        ],
    }


def _invocation(report: Report, files: _Files) -> dict[str, Any]:
    invocation: dict[str, Any] = {"executionSuccessful": not report.skipped}
    if report.skipped:
        invocation["toolExecutionNotifications"] = [
            {
                "level": "error",
                "message": _message(f'"{skipped.file}" was not checked. {skipped.reason}'),
                "locations": [
                    {"physicalLocation": {"artifactLocation": files.location(skipped.file)}}
                ],
            }
            for skipped in report.skipped
        ]
    return invocation


def _rule(rule: Rule) -> dict[str, Any]:
    page = rule_page(rule.name)
    severity = str(rule.severity)
    return {
        "id": rule.name,
        "name": "".join(word.capitalize() for word in rule.name.split("-")),
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": f"{rule.summary} {' '.join(rule.explanation.split())}"},
        "help": {"text": catalogue.explanation(rule), "markdown": catalogue.markdown(rule)},
        **({"helpUri": page} if page else {}),
        "defaultConfiguration": {"level": severity},
        "properties": {
            "tags": [rule.category.value],
            "problem.severity": _PROBLEM_SEVERITIES[severity],
        },
    }
