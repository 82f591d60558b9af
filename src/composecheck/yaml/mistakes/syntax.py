"""Turns what a YAML parser says into the mistakes that people made."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from composecheck.finding import Finding, Related, Severity
from composecheck.rule import Category, rule
from composecheck.source import Source, Span
from composecheck.yaml.mistakes.attempt import attempt
from composecheck.yaml.mistakes.cause import Cause, Scene, shown, to_finding
from composecheck.yaml.mistakes.documents import merge_conflicts
from composecheck.yaml.mistakes.lines import Kind, Shape, lay_out
from composecheck.yaml.mistakes.search import changed_text, search, search_here, stopping_place

if TYPE_CHECKING:
    from composecheck.yaml.mistakes.cause import Change
    from composecheck.yaml.mistakes.problem import SyntaxProblem

_MOST_FINDINGS = 10


def explain_syntax(source: Source, problem: SyntaxProblem) -> list[Finding]:
    """Return the mistakes because of which a parser gave up on `source`: at least one.

    The first explains `problem`; further ones are what stops a parser once those before them are
    repaired. Where a parser does read `source`, and only Compose refuses it, the place of `problem`
    must be exact.
    """
    if conflicts := merge_conflicts(source):
        return conflicts
    reads = attempt(source.text).problem is None
    findings: list[Finding] = []
    applied: list[tuple[Change, ...]] = []
    current = source
    last = -3
    while True:
        scene = Scene(current, lay_out(current), problem)
        found = search_here(scene) if reads else search(scene)
        if found is None:
            if not findings:
                findings.append(syntax_error(scene))
            return findings
        cause, after = found
        here = stopping_place(current.text, problem, added=0)[0]
        if findings and here - last <= 1 and cause.rule != findings[-1].rule:
            # So close to the mistake before, it is more likely a consequence of its repair.
            return findings
        last = here
        for part in cause.parts or (cause,):
            moved = _moved_back(part, applied)
            if moved is None:
                return findings
            findings.append(to_finding(source, moved))
        if after.problem is None or len(findings) >= _MOST_FINDINGS:
            return findings
        applied.append(cause.changes)
        current = Source(source.name, changed_text(current, cause.changes))
        problem = after.problem


def _moved_back(cause: Cause, applied: list[tuple[Change, ...]]) -> Cause | None:
    """Return `cause` with its places as they were before the `applied` changes.

    None if one of them touches a change: then one mistake cannot be told from the other.
    """
    try:
        return replace(
            cause,
            span=_original(cause.span, applied),
            changes=tuple((_original(where, applied), text) for where, text in cause.changes),
            related=tuple((_original(where, applied), what) for where, what in cause.related),
        )
    except _Touching:
        return None


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
