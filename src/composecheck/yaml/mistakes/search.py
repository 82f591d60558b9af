"""Searches for the mistake behind what a YAML parser says.

A parser reports where it gave up, which is often lines behind the mistake. So every plausible
cause near that place is tried: its repair is made and the text read again. The cheapest one that
makes the text readable, or gets the parser clearly further, is the mistake.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from composecheck.finding import Edit, splice
from composecheck.yaml.mistakes import (
    blanks,
    blocks,
    brackets,
    characters,
    colons,
    commas,
    dashes,
    documents,
    indentation,
    inner_colons,
    quotes,
    sections,
    tabs,
    templates,
)
from composecheck.yaml.mistakes.attempt import Attempt, attempt
from composecheck.yaml.mistakes.lines import Kind
from composecheck.yaml.swallowing import swallows_keys

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.source import Source
    from composecheck.yaml.mistakes.cause import Cause, Change, Scene
    from composecheck.yaml.mistakes.lines import Line
    from composecheck.yaml.mistakes.problem import SyntaxProblem

LINE_RULES: tuple[Callable[[Scene, Line], Iterator[Cause]], ...] = (
    colons.colon_space,
    colons.colon_missing,
    colons.equals,
    inner_colons.colon_in_value,
    dashes.dash_space,
    dashes.list_on_key_line,
    dashes.dash_missing,
    dashes.dash_extra,
    quotes.unclosed_quote,
    quotes.text_after_quote,
    quotes.bad_escape,
    quotes.typographic_quote,
    brackets.bracket,
    commas.comma,
    templates.bracket_text,
    templates.template,
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

# What turns a line into mere text, so that it runs together with the lines around it.
_JOINING_RULES = (colons.colon_space, colons.colon_missing, colons.equals)

# Characters read again in search of one cause: about a second's work.
_BUDGET = 4_000_000
_LEAST_ATTEMPTS = 8
_LINES_ABOVE = 5
_PRICE_OF_AN_ODDITY = 2.0
_LINES_AROUND = 2
_CERTAIN = 0.2
_LONGEST_ROW = 60
_MOST_LEVELS = 12


def search(scene: Scene) -> tuple[Cause, Attempt] | None:
    """Return the most plausible cause whose repair helps, and how far the parser came then."""
    breaks = _breaks(scene.text)
    place = stopping_place(scene.text, scene.problem, added=0)
    causes = sorted(_causes(scene), key=lambda cause: cause.cost)
    tries = max(_LEAST_ATTEMPTS, _BUDGET // (len(scene.text) + 1))
    best: tuple[float, Cause, Attempt] | None = None
    partial: tuple[float, Cause, Attempt] | None = None
    for cause in causes[:tries]:
        if best is not None:
            # Another repair may leave less that is odd behind, unless this one leaves nothing.
            spare = _PRICE_OF_AN_ODDITY if best[0] > best[1].cost else 0.0
            if cause.cost >= best[1].cost + spare:
                break
        changed = changed_text(scene.source, cause.changes)
        after = attempt(changed)
        if after.blocks and swallows_keys(scene.text, changed, after.blocks):
            continue
        total = cause.cost + _PRICE_OF_AN_ODDITY * _oddities(scene, cause.changes, after, changed)
        if after.problem is None:
            if best is None or total < best[0]:
                best = total, cause, after
            continue
        stopped = stopping_place(changed, after.problem, added=_breaks(changed) - breaks)
        if stopped > place and (partial is None or total < partial[0]):
            partial = total, cause, after
    chosen = best or partial
    if best is not None and partial is not None and partial[0] <= _CERTAIN:
        chosen = partial  # there is a second mistake
    return None if chosen is None else (chosen[1], chosen[2])


def _oddities(scene: Scene, changes: tuple[Change, ...], after: Attempt, changed: str) -> int:
    """Count what is odd around the `changes` and the problem, and the comments that became text."""
    ends = [scene.problem.offset, *(where.end for where, _ in changes)]
    starts = [scene.problem.offset, *(where.start for where, _ in changes)]
    layout = scene.layout
    first = layout.line_at(min(starts)).number - _LINES_AROUND
    last = layout.line_at(min(max(ends), len(layout.text))).number
    if after.problem is None:
        last += _LINES_AROUND  # otherwise, what is there may be the next mistake
    begin = layout.lines[max(first, 1) - 1].start
    end = _moved(layout.lines[min(last, len(layout.lines)) - 1].end, changes)
    changes_begin = min((where.start for where, _ in changes), default=0)
    count = sum(begin <= offset <= end for offset in after.running)
    count += sum(
        begin <= offset <= end and not (offset < changes_begin and _was_empty(scene, offset))
        for offset in after.empty
    )
    if not after.with_hash:
        return count
    return count + sum(
        any(
            text.start <= at < text.end
            for at in (_moved(line.content, changes),)
            for text in after.with_hash
        )
        for line in layout.lines
        if line.kind is Kind.COMMENT and line.inside is None
    )


def _was_empty(scene: Scene, offset: int) -> bool:
    """Tell whether nothing belongs to the key that ends at `offset`, as far as one can see."""
    line = scene.layout.line_at(offset)
    below = scene.layout.after(line)
    return (
        below is None
        or below.indent < line.column
        or (below.indent == line.column and not below.dashes)
    )


def _moved(offset: int, changes: tuple[Change, ...]) -> int:
    """Return where the character at `offset` stands when the `changes` are made."""
    return offset + sum(len(text) - len(where) for where, text in changes if where.end <= offset)


def search_here(scene: Scene) -> tuple[Cause, Attempt] | None:
    """Return the most plausible cause at the very place of the problem.

    For what our parser reads and Compose refuses: there, no repair can be tried.
    """
    causes = (
        cause
        for cause in _causes(scene)
        if any(where.start <= scene.problem.offset < where.end for where, _ in cause.changes)
    )
    cause = min(causes, key=lambda cause: cause.cost, default=None)
    return None if cause is None else (cause, Attempt(None))


def _causes(scene: Scene) -> Iterator[Cause]:
    """Yield what may be wrong near the problem; what is further away costs more."""
    yield from tabs.tabs(scene)
    yield from blanks.no_break_space(scene)
    yield from sections.services_missing(scene)
    number = scene.problem_line.number
    context = scene.problem.context_offset
    began = None if context is None else scene.layout.line_at(context).number
    for line in _suspects(scene):
        away = 0.02 if line.number == began else min(0.03 * abs(number - line.number), 0.3)
        for find in LINE_RULES:
            for cause in find(scene, line):
                yield replace(cause, cost=cause.cost + away)
    yield from _joint_causes(scene)


def _joint_causes(scene: Scene) -> Iterator[Cause]:
    """Yield one cause for each row of lines that all became mere text, and so one value."""
    row: list[Cause] = []
    first = max(0, scene.problem_line.number - _LONGEST_ROW)
    for line in scene.layout.lines[first : scene.problem_line.number + 1]:
        if line.kind is not Kind.CONTENT:
            continue
        found = [cause for find in _JOINING_RULES for cause in find(scene, line)]
        if found:
            row.append(min(found, key=lambda cause: cause.cost))
        elif line.key is not None:
            if len(row) > 1:
                yield _joint(row)
            row = []
    if len(row) > 1:
        yield _joint(row)


def _joint(row: list[Cause]) -> Cause:
    return replace(
        row[0],
        changes=tuple(change for cause in row for change in cause.changes),
        cost=max(cause.cost for cause in row) + 0.2,
        parts=tuple(row),
    )


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


def changed_text(source: Source, changes: tuple[Change, ...]) -> str:
    """Return the text of `source` with the `changes` made."""
    return splice(source.text, [Edit(source, span, text) for span, text in changes])


def stopping_place(text: str, problem: SyntaxProblem, *, added: int) -> tuple[int, int]:
    """Return the line at which a parser stopped and the one at which that began, from 0.

    `added` is how many lines the text has more than it should.
    """
    stopped = text.count("\n", 0, problem.offset) - added
    context = problem.context_offset
    began = stopped if context is None else text.count("\n", 0, context) - added
    # A quote that is never closed takes the parser to the end of the file.
    return (began if "end of stream" in problem.problem else stopped), began


def _breaks(text: str) -> int:
    return text.count("\n")
