"""Blanks that are none: characters that look like one, where YAML wants one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.expressions import expression
from composecheck.finding import Severity
from composecheck.rule import Category, rule
from composecheck.source import Span
from composecheck.yaml.mistakes.cause import Cause, shown
from composecheck.yaml.mistakes.lines import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composecheck.yaml.mistakes.cause import Change, Scene
    from composecheck.yaml.mistakes.lines import Line

_NAMES = {
    "\u00a0": "a no-break space",
    "\u2007": "a figure space",
    "\u202f": "a narrow no-break space",
    "\u3000": "an ideographic space",
    "\u200b": "a space of no width",
    "\ufeff": "a byte order mark",
}
_WITHOUT_WIDTH = "\u200b\ufeff"
_FOREIGN = "".join(_NAMES)
_RUN = expression(rf"[ \t{_FOREIGN}]*")
_NAME_AND_COLON = expression(r"(?:[A-Za-z_][\w.-]*|<<|\"[^\"\n]+\"|'[^'\n]+'):")


@rule("yaml-no-break-space", Severity.ERROR, Category.COMPOSE)
def no_break_space(scene: Scene) -> Iterator[Cause]:
    """A character that looks like a blank, before a line or behind a colon or dash, is none.

    Text from a web page or a word processor often has no-break spaces in it, and some keyboards
    write them when a key is held too long. They look like blanks, but to YAML they are letters:
    the line is not indented, and the key has no colon. Type ordinary blanks.

    Bad:

        services:
          web:
            image:\u00a0nginx
            restart: always

    Good:

        services:
          web:
            image: nginx
            restart: always
    """
    places = [
        place
        for line in scene.layout.lines
        if line.kind is Kind.CONTENT and (line.inside is None or not line.inside.closed)
        for place in _places(scene, line)
    ]
    if not places:
        return
    yield _cause(scene, places, 0.15)
    numbers = {scene.source.position(place.start).line for place in places}
    for number in sorted(numbers) if len(numbers) > 1 else ():
        line = scene.layout.lines[number - 1]
        if abs(number - scene.problem_line.number) <= _LINES_APART:
            here = [place for place in places if line.start <= place.start < line.end]
            yield _cause(scene, here, 0.2)


_LINES_APART = 5


def _places(scene: Scene, line: Line) -> Iterator[Span]:
    """Yield the runs of blanks on `line`, with others among them, where YAML wants blanks."""
    text, end = scene.text, line.end
    position = line.start
    has_dash = False
    while True:
        run = _run(text, position, end)
        if _is_foreign(text, run) and (run.end < end or not has_dash):
            yield run
        position = run.end
        if not text.startswith("-", position) or not len(_run(text, position + 1, end)):
            break
        has_dash = True
        position += 1
    name = _NAME_AND_COLON.match(text, position, end)
    if name is None:
        return
    run = _run(text, name.end(), end)
    if not _is_foreign(text, run):
        return
    below = scene.layout.after(line)
    # `- note: text` is an item as it is, unless there are further keys below.
    if has_dash and not (below and not below.dashes and below.column == position - line.start):
        return
    yield run


def _run(text: str, start: int, end: int) -> Span:
    match = _RUN.match(text, start, end)
    return Span(start, match.end() if match else start)


def _is_foreign(text: str, run: Span) -> bool:
    return any(letter in _FOREIGN for letter in text[run.start : run.end])


def _cause(scene: Scene, places: list[Span], cost: float) -> Cause:
    text = scene.text
    first = places[0]
    at = next(i for i in range(first.start, first.end) if text[i] in _FOREIGN)
    stop = at + 1
    while stop < first.end and text[stop] == text[at]:
        stop += 1
    line = scene.layout.line_at(first.start)
    if first.start == line.start:
        where = "before this line"
    else:
        where = f"behind {shown(text[line.start : first.start].strip())}"
    name = _NAMES[text[at]]
    what = name if stop == at + 1 else f"{name}, {stop - at} in a row,"
    more = len({scene.source.position(place.start).line for place in places}) - 1
    others = (
        f" {more} more line{' has' if more == 1 else 's have'} such characters." if more else ""
    )
    return Cause(
        rule="yaml-no-break-space",
        span=Span(at, stop),
        message=f"There is {what} {where}. It looks like a blank, but is a letter to YAML, so "
        f"Compose refuses the file.{others}",
        remedy=_remedy(scene, places),
        changes=tuple(_change(text, place) for place in places),
        title="Write ordinary blanks",
        cost=cost,
    )


def _change(text: str, place: Span) -> Change:
    written = text[place.start : place.end]
    is_last = text[place.end : place.end + 1] in ("", "\r", "\n")
    right = "".join(
        "" if letter in _WITHOUT_WIDTH else " " if letter in _FOREIGN else letter
        for letter in written
    )
    return place, "" if is_last else right


def _remedy(scene: Scene, places: list[Span]) -> str:
    if len(places) > 1:
        return "Type ordinary blanks in their place."
    _, right = _change(scene.text, places[0])
    if not right:
        return "Remove it."
    line = scene.layout.line_at(places[0].start)
    if places[0].start > line.start:
        start = (
            line.start
            + len(scene.text[line.start : line.end])
            - len(scene.text[line.start : line.end].lstrip())
        )
        wanted = scene.text[start : places[0].start] + right + scene.text[places[0].end : line.end]
        return f"Type an ordinary blank in its place: {shown(wanted)}."
    return "Type ordinary blanks in its place."
