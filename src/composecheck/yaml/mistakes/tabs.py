"""Tabs where YAML wants blanks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Safety, Severity
from composecheck.rule import Category, rule
from composecheck.source import Span
from composecheck.yaml.mistakes.cause import Cause
from composecheck.yaml.mistakes.known_keys import is_known, known_keys
from composecheck.yaml.mistakes.lines import Kind
from composecheck.yaml.mistakes.surroundings import path_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composecheck.yaml.mistakes.cause import Scene
    from composecheck.yaml.mistakes.lines import Line


@rule("yaml-tab", Severity.ERROR, Category.COMPOSE)
def tabs(scene: Scene) -> Iterator[Cause]:
    """Lines are indented with blanks, never with tabs.

    YAML forbids tabs in indentation, because nobody can tell how wide they are meant to be. Most
    editors can be told to write blanks when you press the tab key, and to convert a whole file.

    Bad:

        services:
          web:
        ⇥image: nginx

    Good:

        services:
          web:
            image: nginx
    """
    places = _places(scene)
    if not places:
        return
    text = scene.text
    indented = [
        line.indent
        for line in scene.layout.lines
        if line.kind is Kind.CONTENT and line.indent and line.inside is None
        if "\t" not in text[line.start : line.start + line.indent]
    ]
    step = min(indented, default=2)
    expected = _expected(scene, places[0][0], step)
    for rank, width in enumerate(dict.fromkeys((step, 2, 4, 8, 2 * step, 3 * step, 6))):
        for way, measure in enumerate((_counted, _to_stops)):
            changes = tuple(
                (span, _blanks(line, span, measure(text, line, width))) for line, span in places
            )
            cost = 0.2 + 0.05 * rank + 0.02 * way
            column = measure(text, places[0][0], width)
            if column != expected:
                cost += 0.3
            cost += _cost_of_place(scene, places[0][0], column)
            yield _cause(scene, places, changes, cost, width)
    # A line pasted among others goes where its neighbour stands.
    changes = tuple((span, _blanks(line, span, _neighbour(scene, line))) for line, span in places)
    yield _cause(scene, places, changes, 0.55, None)


def _places(scene: Scene) -> list[tuple[Line, Span]]:
    """Return the lines with a tab where none may be, each with the blanks and tabs around it.

    Measured with Compose: it refuses tabs before content, comments and nothing at all, and behind
    a dash; in quotes, brackets and blocks of text a tab is only a character.
    """
    places = []
    text = scene.text
    for line in scene.layout.lines:
        if line.inside is not None and line.inside.closed:
            continue
        leading = Span(line.start, line.start + line.indent)
        if "\t" in scene.source.slice(leading):
            places.append((line, leading))
        for dash in line.dashes:
            end = dash + 1
            while end < line.end and text[end] in " \t":
                end += 1
            if "\t" in text[dash:end] and end < line.end:
                places.append((line, Span(dash + 1, end)))
    return places


def _blanks(line: Line, span: Span, width: int) -> str:
    if line.kind is Kind.BLANK:
        return ""
    return " " * width if span.start == line.start else " "


def _cause(
    scene: Scene,
    places: list[tuple[Line, Span]],
    changes: tuple[tuple[Span, str], ...],
    cost: float,
    width: int | None,
) -> Cause:
    first, span = places[0]
    start = scene.text.index("\t", span.start)
    numbers = {line.number for line, _ in places}
    count = len(numbers)
    written = changes[0][1]
    if span.start > first.start:
        message = "A tab stands behind the dash, where YAML wants a blank."
    elif count == 1:
        message = f"Line {first.number} is indented with a tab, which YAML forbids."
    else:
        more = "1 more line is" if count == 2 else f"{count - 1} more lines are"
        message = f"Line {first.number} and {more} indented with tabs, which YAML forbids."
    if first.kind is Kind.BLANK:
        remedy = "Remove the tab."
    elif count == 1:
        blank = "a blank" if len(written) == 1 else f"{len(written)} blanks"
        remedy = f"Write {blank} instead."
    elif width is not None:
        remedy = f"Replace the tabs by blanks, {width} for each."
    else:
        remedy = "Replace the tabs by blanks, as many as the lines around have."
    # Where nothing is indented by blanks, the tabs alone say what belongs to what.
    alone = not any(
        line.indent and line.kind is Kind.CONTENT and line.number not in numbers
        for line in scene.layout.lines
    )
    harmless = all(line.kind is not Kind.CONTENT or at.start > line.start for line, at in places)
    return Cause(
        rule="yaml-tab",
        span=Span(start, span.end),
        message=f"{message} Compose refuses the file.",
        remedy=remedy,
        changes=changes,
        title="Write blanks instead of tabs",
        safety=Safety.SAFE if alone or harmless else Safety.UNSAFE,
        cost=cost,
    )


def _cost_of_place(scene: Scene, line: Line, column: int) -> float:
    """Return what is to be said against `column` for `line` by what Compose knows."""
    path = path_at(scene.layout, line, column)
    if line.key is None or line.dashes or path is None or not known_keys(path):
        return 0.0
    return -0.4 if is_known(scene.layout.name(line), path) else 0.4


def _expected(scene: Scene, line: Line, step: int) -> int:
    """Return how many blanks `line` would have if it went on as the line before it began."""
    before = scene.before(line)
    if before is None:
        return 0
    return before.column + step if before.opens else before.column


def _counted(text: str, line: Line, width: int) -> int:
    leading = text[line.start : line.start + line.indent]
    return leading.count(" ") + leading.count("\t") * width


def _to_stops(text: str, line: Line, width: int) -> int:
    return len(text[line.start : line.start + line.indent].expandtabs(width))


def _neighbour(scene: Scene, line: Line) -> int:
    text = scene.text
    for other in (scene.before(line), scene.after(line)):
        if other is not None and "\t" not in text[other.start : other.start + other.indent]:
            if other.opens and other.number < line.number:
                return other.column + (2 if not other.dashes else 0)
            return other.column if not line.dashes else other.indent
    return 2 * text[line.start : line.start + line.indent].count("\t")
