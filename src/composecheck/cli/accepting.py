"""Taking what is found as it is: a baseline, or comments in the files."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from composecheck.baseline import render_baseline
from composecheck.cli.output import complain, fail, write
from composecheck.finding import splice
from composecheck.project.files import join_path
from composecheck.settings import path_of
from composecheck.suppression import add_ignores as comments_for
from composecheck.writing import ChangedMeanwhile, replace_file, write_file
from composecheck.yaml import load

if TYPE_CHECKING:
    from composecheck.check import Report
    from composecheck.finding import Finding
    from composecheck.source import Source


def write_baseline(report: Report, name: str) -> None:
    """Write a baseline that knows all findings of a report."""
    path = join_path(Path.cwd(), name)
    findings = (*report.known, *report.findings)
    try:
        write_file(path.resolve(), render_baseline(findings, path).encode("utf-8"))
    except OSError as error:
        fail(f'The baseline could not be written to "{name}": {error.strerror}.')
    write(f'"{name}" knows {_number(len(findings), "finding")} now.\n')


def add_ignores(report: Report) -> None:
    """Write a comment for each finding into the file it is in."""
    by_source: dict[Source, list[Finding]] = defaultdict(list)
    for finding in report.findings:
        by_source[finding.source].append(finding)
    count = 0
    for source, findings in by_source.items():
        path = path_of(source)
        edits = () if path is None else comments_for(findings, load(source))
        if path is None or not edits:
            continue
        new = replace(source, text=splice(source.text, edits))
        try:
            replace_file(path, source.encode(), new.encode())
        except ChangedMeanwhile:
            complain(f'"{source.name}" was not changed: it has changed since it was read.')
        except OSError as error:
            complain(f'"{source.name}" was not changed: {error.strerror}.')
        else:
            count += 1
            write(f"{source.name}: {_number(len(edits), 'comment')} written.\n")
    if not count:
        write("No comment was written.\n")


def _number(count: int, thing: str) -> str:
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"
