"""The report that GitHub Actions shows beside the lines of a pull request: workflow commands.

A command is a line `::error file=…,line=…::message`. The escaping is that of the runner
(ActionCommand.cs in actions/runner), which undoes it: `%`, carriage return and line feed in every
text, and `:` and `,` in the values before the message.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Severity
from composecheck.report.repository_paths import path_in_checkout
from composecheck.report.visible import visible

if TYPE_CHECKING:
    from collections.abc import Mapping

    from composecheck.check import Report
    from composecheck.finding import Finding

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}

# `%` first, or else it would escape the escapes.
_IN_MESSAGE = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_IN_VALUE = {**_IN_MESSAGE, ":": "%3A", ",": "%2C"}


def render(report: Report) -> str:
    """Return a workflow command for each finding, and for each file that could not be checked.

    Files are named as seen from the top of the checkout (GITHUB_WORKSPACE), where GitHub looks for
    them, whatever folder composecheck runs in.
    """
    commands = [_command(finding) for finding in report.findings]
    for skipped in report.skipped:
        message = f'"{skipped.file}" was not checked. {skipped.reason}'
        commands.append(_write("error", {"title": "composecheck"}, message))
    return "".join(commands)


def _command(finding: Finding) -> str:
    start = finding.source.position(finding.span.start)
    end = finding.source.position(finding.span.end)
    values = {
        "file": path_in_checkout(finding.source.name, "GITHUB_WORKSPACE"),
        "line": str(start.line),
        "endLine": str(end.line),
    }
    if start.line == end.line:
        # Columns are not taken where a command is about several lines.
        values |= {"col": str(start.column), "endColumn": str(end.column)}
    values["title"] = f"composecheck ({finding.rule})"
    return _write(_COMMANDS[finding.severity], values, finding.text)


def _write(command: str, values: Mapping[str, str], message: str) -> str:
    written = ",".join(f"{name}={_escape(value, _IN_VALUE)}" for name, value in values.items())
    return f"::{command} {written}::{_escape(visible(message), _IN_MESSAGE)}\n"


def _escape(text: str, escapes: Mapping[str, str]) -> str:
    for character, escape in escapes.items():
        text = text.replace(character, escape)
    return text
