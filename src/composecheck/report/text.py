"""The report that a person reads on a terminal."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Literal, TextIO

from rich.console import Console
from rich.style import Style
from rich.text import Text

from composecheck.finding import Safety, Severity
from composecheck.report.excerpt import FRAME, Mark, excerpt, page
from composecheck.report.rule_pages import rule_page
from composecheck.report.summary import how_to_fix, summary
from composecheck.report.visible import visible
from composecheck.report.wrap import wrap

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from composecheck.check import Report
    from composecheck.finding import Finding
    from composecheck.report.excerpt import Page
    from composecheck.source import Source, Span

_STYLES = {
    Severity.ERROR: "bold red",
    Severity.WARNING: "bold yellow",
    Severity.NOTE: "bold cyan",
}
_AVAILABLE = {
    Safety.SAFE: "A safe fix is available.",
    Safety.UNSAFE: "A fix is available, but unsafe: look at it.",
}
_SURETY = {Safety.SAFE: "safe", Safety.UNSAFE: "unsafe, so look at it"}
_MANY_NOTES = 3
"""From how many notes of one rule in a file on only the first is shown in full."""

_LONGEST_SHOWN = 40
"""How many characters of a place are shown where places stand in a row."""

_RELATED = "bold blue"
_REMEDY = "bold green"


def console_for(file: TextIO, color: Literal["auto", "always", "never"] = "auto") -> Console:
    """Return a console that writes to `file`.

    It has the colours that the terminal can show (none if NO_COLOR is set in the environment),
    "always" colours even if it is none, or "never" any.
    """
    return Console(
        file=file,
        force_terminal=True if color == "always" else None,
        color_system=None if color == "never" else "auto",
        no_color=False if color == "always" else None,
        markup=False,
        emoji=False,
        highlight=False,
    )


def render(report: Report, width: int = 100) -> str:
    """Return what a terminal of `width` cells would show, without colours: for a file."""
    file = io.StringIO()
    console = console_for(file, "never")
    console.width = width
    print_report(report, console)
    return file.getvalue()


def print_report(report: Report, console: Console, *, is_quiet: bool = False) -> None:
    """Print the findings with the lines they are about, and, unless `is_quiet`, a summary.

    Everything is printed as Text, so that nothing in a file is ever taken as markup.
    """
    pages: dict[int, Page] = {}
    for finding, *alike in _gather(report.findings):
        rows = _rows(finding, alike, console.width, pages)
        console.print(Text("\n").join([*rows, Text()]), soft_wrap=True)
    if is_quiet:
        return
    console.print(Text(summary(report), "bold"), soft_wrap=True)
    if advice := how_to_fix(report):
        console.print(Text(advice), soft_wrap=True)


def _gather(findings: Iterable[Finding]) -> list[list[Finding]]:
    """Put notes of one rule in one file together, where they are many; all else stands alone.

    Twenty variables that are not set must not hide the one mistake between them.
    """
    alike: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        if finding.severity is Severity.NOTE:
            alike.setdefault((finding.source.name, finding.rule), []).append(finding)
    groups = []
    for finding in findings:
        group = alike.get((finding.source.name, finding.rule), [])
        if finding.severity is not Severity.NOTE or len(group) < _MANY_NOTES:
            groups.append([finding])
        elif finding is group[0]:
            groups.append(group)
    return groups


def _also(findings: Iterable[Finding], width: int, gutter: int) -> Iterator[Text]:
    """Yield where else the same is to be noted, in as few lines as that takes."""
    places = []
    for finding in findings:
        first_line, *_ = finding.source.slice(finding.span).splitlines() or [""]
        shown = (
            first_line if len(first_line) <= _LONGEST_SHOWN else first_line[:_LONGEST_SHOWN] + "…"
        )
        places.append(f"{shown} (line {finding.source.position(finding.span.start).line})")
    if places:
        yield from _labelled(f"{'':{gutter}} = ", "also: ", visible(f"{', '.join(places)}."), width)


def _rows(
    finding: Finding, alike: list[Finding], width: int, pages: dict[int, Page]
) -> Iterator[Text]:
    style = _STYLES[finding.severity]
    yield from _heading(finding, style, width)

    excerpts: dict[int, tuple[Source, list[Mark]]] = {}
    for source, mark in _marks(finding, style):
        excerpts.setdefault(id(source), (source, []))[1].append(mark)
    gutter = max(
        len(str(source.position(mark.span.start).line))
        for source, marks in excerpts.values()
        for mark in marks
    )
    bar = Text(f"{'':{gutter}} |", FRAME)
    *_, (last, _) = excerpts.values()
    for arrow, (source, marks) in zip(_arrows(), excerpts.values(), strict=False):
        place = f"{visible(source.name)}:{_position(source, marks[0].span)}"
        yield Text.assemble((f"{'':{gutter}}{arrow} ", FRAME), place)
        yield bar
        if id(source) not in pages:
            pages[id(source)] = page(source)
        yield from excerpt(pages[id(source)], marks, width, gutter)
        if source is not last or finding.remedy or finding.fix:
            yield bar
    yield from _advice(finding, width, gutter)
    yield from _also(alike, width, gutter)


def _heading(finding: Finding, style: str, width: int) -> Iterator[Text]:
    label = f"{finding.severity}[{finding.rule}]"
    first, *others = wrap(visible(finding.message), width - 2, used=len(label))
    # A terminal that knows links opens the rule's page; rich leaves it out where there is none.
    linked = Style.parse(style) + Style(link=rule_page(finding.rule))
    yield Text.assemble((label, linked), (": " if first else ":", "bold"), (first, "bold"))
    for line in others:
        yield Text(f"  {line}", "bold")


def _marks(finding: Finding, style: str) -> Iterator[tuple[Source, Mark]]:
    yield finding.source, Mark(finding.span, "^", style)
    for related in finding.related:
        yield related.source, Mark(related.span, "-", _RELATED, visible(related.message))


def _arrows() -> Iterator[str]:
    yield "-->"
    while True:
        yield ":::"


def _position(source: Source, span: Span) -> str:
    position = source.position(span.start)
    return f"{position.line}:{position.column}"


def _advice(finding: Finding, width: int, gutter: int) -> Iterator[Text]:
    """Yield what to write, and that it can be written for them."""
    fix = finding.fix
    if fix and fix.title.startswith(finding.remedy.removesuffix(".") or fix.title):
        advice = [("help", f"{finding.remedy or f'{fix.title}.'} {_AVAILABLE[fix.safety]}")]
    else:
        advice = [("help", finding.remedy)] if finding.remedy else []
        if fix:
            surety = _SURETY[fix.safety]
            advice.append(("fix", f"{fix.title.removesuffix('.')} ({surety})."))
    for label, text in advice:
        yield from _labelled(f"{'':{gutter}} = ", f"{label}: ", visible(text), width)


def _labelled(frame: str, label: str, text: str, width: int) -> Iterable[Text]:
    first, *others = wrap(text, max(width - len(frame) - len(label), 1))
    yield Text.assemble((frame, FRAME), (label, _REMEDY), first)
    for line in others:
        yield Text(f"{'':{len(frame) + len(label)}}{line}")
