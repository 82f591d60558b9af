"""Finds the mistake behind what a YAML parser says.

A parser reports where it gave up, which is often lines behind the mistake. So every plausible
cause near that place is tried: its repair is made and the text read again. The cheapest one that
makes the text readable, or gets the parser clearly further, is the mistake. If the parser then
stops elsewhere, that is another mistake, and the search goes on from there.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from composecheck.finding import Edit, Finding, Fix, Related, Severity, splice
from composecheck.rule import Category, rule
from composecheck.source import Source, Span
from composecheck.yaml.mistakes import (
    blocks,
    brackets,
    characters,
    colons,
    dashes,
    documents,
    indentation,
    quotes,
    tabs,
)
from composecheck.yaml.mistakes.attempt import Attempt, attempt
from composecheck.yaml.mistakes.cause import Cause, Scene, shown
from composecheck.yaml.mistakes.lines import Kind, Shape, lay_out

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.yaml.mistakes.cause import Change
    from composecheck.yaml.mistakes.lines import Line
    from composecheck.yaml.mistakes.problem import SyntaxProblem

LINE_RULES: tuple[Callable[[Scene, Line], Iterator[Cause]], ...] = (
    colons.colon_space,
    colons.colon_missing,
    colons.equals,
    colons.colon_in_value,
    dashes.dash_space,
    dashes.list_on_key_line,
    dashes.dash_missing,
    dashes.dash_extra,
    quotes.unclosed_quote,
    quotes.text_after_quote,
    quotes.bad_escape,
    quotes.typographic_quote,
    brackets.bracket,
    brackets.comma,
    brackets.bracket_text,
    brackets.template,
    characters.reserved_character,
    characters.asterisk,
    characters.ampersand,
    characters.exclamation_mark,
    blocks.block_text,
    blocks.block_indentation,
    indentation.indentation,
    documents.stray_text,
    documents.directive,
)

_MOST_FINDINGS = 10
# Characters read again in search of one cause: about a second's work.
_BUDGET = 4_000_000
_LEAST_ATTEMPTS = 8
_LINES_ABOVE = 5
_MOST_LEVELS = 12


def explain_syntax(source: Source, problem: SyntaxProblem) -> list[Finding]:
    """Return the mistakes because of which a parser gave up on `source`: at least one.

    The first explains `problem`; further ones are what stops a parser once those before them are
    repaired.
    """
    if conflicts := documents.merge_conflicts(source):
        return conflicts
    reads = attempt(source.text).problem is None
    findings: list[Finding] = []
    applied: list[tuple[Change, ...]] = []
    current = source
    last = 0
    while True:
        scene = Scene(current, lay_out(current), problem)
        found = _search_here(scene) if reads else _search(scene)
        if found is None:
            if not findings:
                findings.append(syntax_error(scene))
            return findings
        cause, after = found
        if findings and scene.problem_line.number - last <= 2 and cause.rule != findings[0].rule:
            # So close to the mistake before, it is more likely a consequence of its repair.
            return findings
        finding = _to_finding(source, cause, applied)
        if finding is None:
            return findings
        findings.append(finding)
        if after.problem is None or len(findings) == _MOST_FINDINGS:
            return findings
        applied.append(cause.changes)
        last = scene.problem_line.number
        current = Source(source.name, _changed(current, cause.changes))
        problem = after.problem


def _search_here(scene: Scene) -> tuple[Cause, Attempt] | None:
    """Return the most plausible cause at the very place of the problem.

    For what our parser reads and Compose refuses: there, no repair can be tried.
    """
    causes = (
        cause
        for cause in _causes(scene)
        if any(where.start <= scene.problem.offset < where.end for where, _ in cause.changes)
    )
    cause = min(causes, key=lambda cause: cause.cost, default=None)
    return None if cause is None else (cause, Attempt(None, 0))


def _search(scene: Scene) -> tuple[Cause, Attempt] | None:
    """Return the most plausible cause whose repair helps, and how far the parser came then."""
    breaks = _breaks(scene.text)
    place = _place(scene.text, scene.problem, added=0)
    causes = sorted(_causes(scene), key=lambda cause: cause.cost)
    tries = max(_LEAST_ATTEMPTS, _BUDGET // (len(scene.text) + 1))
    best: tuple[float, Cause, Attempt] | None = None
    partial: tuple[float, Cause, Attempt] | None = None
    fewest: int | None = None
    for cause in causes[:tries]:
        if best is not None and cause.cost >= best[0]:
            break
        changed = _changed(scene.source, cause.changes)
        after = attempt(changed)
        if after.problem is None:
            fewest = after.oddities if fewest is None else min(fewest, after.oddities)
            total = cause.cost + 2 * (after.oddities - fewest)
            if best is None or total < best[0]:
                best = total, cause, after
        else:
            total = cause.cost + after.oddities
            further = _place(changed, after.problem, added=_breaks(changed) - breaks) > place
            if further and (partial is None or total < partial[0]):
                partial = total, cause, after
    chosen = best or partial
    return None if chosen is None else (chosen[1], chosen[2])


def _breaks(text: str) -> int:
    return text.count("\n")


def _place(text: str, problem: SyntaxProblem, *, added: int) -> tuple[int, int]:
    """Return the line at which a parser stopped and the one at which that began, from 0.

    `added` is how many lines the text has more than it should.
    """
    stopped = text.count("\n", 0, problem.offset) - added
    context = problem.context_offset
    began = stopped if context is None else text.count("\n", 0, context) - added
    return stopped, began


def _causes(scene: Scene) -> Iterator[Cause]:
    """Yield what may be wrong near the problem; what is further away costs more."""
    yield from tabs.tabs(scene)
    number = scene.problem_line.number
    context = scene.problem.context_offset
    began = None if context is None else scene.layout.line_at(context).number
    for line in _suspects(scene):
        away = 0.0 if line.number == began else min(0.03 * abs(number - line.number), 0.3)
        for find in LINE_RULES:
            for cause in find(scene, line):
                yield replace(cause, cost=cause.cost + away)


def _suspects(scene: Scene) -> list[Line]:
    """Return the lines that may hold the mistake: where the parser was, and what led up to it."""
    layout = scene.layout
    here = scene.problem_line
    chosen = {here.number: here}
    for line in reversed(layout.lines[: here.number - 1]):
        if line.kind is Kind.CONTENT:
            chosen[line.number] = line
        if len(chosen) > _LINES_ABOVE:
            break
    if scene.problem.context_offset is not None:
        line = layout.line_at(scene.problem.context_offset)
        chosen[line.number] = line
        if (above := layout.before(line)) is not None:
            chosen[above.number] = above
    for column, line in layout.levels(here)[:_MOST_LEVELS]:
        chosen[line.number] = line
        first = layout.after(line)
        if column < here.indent and first is not None and first.number < here.number:
            chosen[first.number] = first  # the first of what `here` should be in line with
    running = [
        stretch
        for stretch in layout.stretches
        if stretch.span.start < scene.problem.offset
        and layout.line_at(stretch.span.start).end < stretch.span.end
    ]
    for stretch in running[-3:]:
        line = layout.line_at(stretch.span.start)
        chosen[line.number] = line
    return [chosen[number] for number in sorted(chosen) if chosen[number].kind is Kind.CONTENT]


def _changed(source: Source, changes: tuple[Change, ...]) -> str:
    return splice(source.text, [Edit(source, span, text) for span, text in changes])


def _to_finding(source: Source, cause: Cause, applied: list[tuple[Change, ...]]) -> Finding | None:
    """Return the finding that `cause` is, in terms of the text before the `applied` changes.

    None if the two touch: then one cannot be told from the other.
    """
    try:
        span = _original(cause.span, applied)
        changes = [(_original(where, applied), text) for where, text in cause.changes]
        related = tuple(
            Related(source, _original(where, applied), what) for where, what in cause.related
        )
    except _Touching:
        return None
    fix = None
    if cause.offered and changes and cause.title:
        edits = tuple(Edit(source, where, text) for where, text in changes)
        fix = Fix(cause.title, cause.safety, edits)
    return Finding(
        rule=cause.rule,
        severity=Severity.ERROR,
        message=cause.message,
        source=source,
        span=span,
        remedy=cause.remedy,
        suggestions=cause.suggestions,
        related=related,
        fix=fix,
    )


class _Touching(Exception):
    """A place lies in text that an earlier repair put there."""


def _original(span: Span, applied: list[tuple[Change, ...]]) -> Span:
    for changes in reversed(applied):
        shift = 0
        for where, text in sorted(changes, key=lambda change: change[0].start):
            begin = where.start + shift
            if span.start >= begin + len(text):
                shift += len(text) - len(where)
            elif span.end <= begin:
                break
            else:
                raise _Touching
        span = Span(span.start - shift, span.end - shift)
    return span


@rule("yaml-syntax", Severity.ERROR, Category.COMPOSE)
def syntax_error(scene: Scene) -> Finding:
    """The file is not YAML, for a reason that none of the more exact rules knows.

    Compose could not read on at this place. The mistake is on this line or on one just above it:
    look for a quote or bracket that is not closed, for indentation that does not fit, and for
    signs that need quotes.

    Bad:

        services:
          web:
            image: nginx
            command: ["nginx"; "-t"]

    Good:

        services:
          web:
            image: nginx
            command: ["nginx", "-t"]
    """
    text = scene.text
    offset = min(scene.problem.offset, len(text))
    line = scene.problem_line
    while line.kind is not Kind.CONTENT and line.number > 1:
        line = scene.layout.lines[line.number - 2]
        offset = line.value.start
    if not line.content <= offset < line.end:
        offset = line.content
    match = re.compile(r"[^\s,\[\]{}:#]+|\S").match(text, offset)
    span = Span(offset, match.end()) if match else Span(offset, min(offset + 1, len(text)))
    related: tuple[Related, ...] = ()
    began = scene.problem.context_offset
    if began is not None and began < len(text):
        start = scene.layout.line_at(began)
        if start.number < line.number:
            where = Span(start.content, max(start.value.end, start.content))
            related = (
                Related(scene.source, where, "What could not be read to its end began here."),
            )
    written = text[line.content : line.end].rstrip()
    return Finding(
        rule="yaml-syntax",
        severity=Severity.ERROR,
        message=f"Compose cannot read on here, at {shown(written)}, and refuses the file: "
        f"{_plain_words(scene)}.",
        source=scene.source,
        span=span,
        remedy=_plain_remedy(scene),
        related=related,
    )


def _plain_words(scene: Scene) -> str:
    """Return what the parser said, in words for people."""
    problem = scene.problem.problem
    context = scene.problem.context or ""
    table = (
        ("expected key", "there is something that is no further key"),
        ("block end", "there is something that is no further key"),
        ("'-' indicator", "there is something that is no further item of the list"),
        ("expected ':'", "a key without a colon"),
        ("mapping values", "a second colon where there can be no further key"),
        ("entries are not allowed", "a dash where no list can begin"),
        ("or ']'", "a list in brackets that is not closed, or has no comma between two items"),
        ("or '}'", "braces that are not closed, or have no comma between two entries"),
        ("cannot start any token", "a character with which no value can begin"),
        ("tab", "a tab where there must be blanks"),
        ("end of stream", "the file ends inside a value in quotes"),
        ("document", "there is something behind the end of the file's content"),
        ("node content", "a value is missing"),
    )
    for words, plain in table:
        if words in problem:
            return plain
    if "tag" in context or "tag" in problem:
        return 'a word that begins with "!" is no type that YAML knows'
    return "the text is not YAML at this place"


def _plain_remedy(scene: Scene) -> str:
    quote = next(
        (
            stretch
            for stretch in reversed(scene.layout.stretches)
            if stretch.shape is Shape.QUOTED
            and stretch.span.start < scene.problem.offset
            and scene.layout.line_at(stretch.span.start).end < stretch.span.end
        ),
        None,
    )
    if quote is not None:
        line = scene.layout.line_at(quote.span.start)
        return (
            f"Check the quotes: the one that opens on line {line.number} is not closed on its line."
        )
    return (
        "Check this line and those above it: their indentation, quotes and brackets, and the blank "
        "behind every colon and dash."
    )
