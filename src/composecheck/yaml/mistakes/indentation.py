"""Lines that stand too far left or right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Safety, Severity
from composecheck.rule import Category, rule
from composecheck.source import Span
from composecheck.yaml.mistakes.cause import Cause, blanks, shown
from composecheck.yaml.mistakes.known_keys import is_known
from composecheck.yaml.mistakes.lines import Kind
from composecheck.yaml.mistakes.moves import Move
from composecheck.yaml.mistakes.surroundings import block_of, opens

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from composecheck.yaml.mistakes.cause import Scene
    from composecheck.yaml.mistakes.lines import Line


@rule("yaml-indentation", Severity.ERROR, Category.COMPOSE)
def indentation(scene: Scene, line: Line) -> Iterator[Cause]:
    """Lines that belong together are indented by the same number of blanks.

    The indentation alone tells YAML what belongs to what. A line that stands a blank too far left
    or right belongs to nothing, and Compose refuses the file, often with a complaint about a line
    further down. Put keys of the same service exactly below each other, and what belongs to a key
    deeper than the key.

    Bad:

        services:
          web:
            image: nginx
             restart: always

    Good:

        services:
          web:
            image: nginx
            restart: always
    """
    layout = scene.layout
    below = layout.after(line)
    above = layout.before(line)
    targets: dict[int, Line | None] = {}
    for column, other in layout.levels(line):
        targets.setdefault(column, other)
    if below is not None:
        targets.setdefault(below.indent, below)
    if above is not None and opens(layout, above):
        is_list = bool(line.dashes)
        offset = scene.offsets.usual(is_list=is_list, without=(above.number,))
        targets.setdefault(above.column + offset, above if offset == 0 else None)
    if above is not None and line.key is not None and above.dashes:
        targets.setdefault(above.column, above)
    here = scene.problem_line
    if here.number > line.number and here.kind is Kind.CONTENT:
        targets.setdefault(here.indent, here)  # what does not fit may stand right
    if is_known(layout.name(line), ()):
        targets.setdefault(0, None)
    targets.pop(line.indent, None)
    own = block_of(layout, line)
    runs: tuple[Sequence[Line], ...] = ((), own, _family(scene, line))
    for column, neighbour in targets.items():
        for run in {len(run): run for run in runs}.values():
            move = Move(scene, line, own, tuple(run), column, neighbour)
            if all(other.indent + move.delta >= 0 for other in move.lines):
                yield _cause(move)


def _family(scene: Scene, line: Line) -> list[Line]:
    """Return the lines below that stand at least as far right as `line`."""
    family: list[Line] = []
    waiting: list[Line] = []
    for other in scene.layout.lines[line.number :]:
        if other.kind is Kind.MARKER:
            break
        if other.kind is Kind.COMMENT:
            waiting.append(other)
        elif other.kind is Kind.CONTENT:
            if other.indent < line.indent:
                break
            family += [*waiting, other]
            waiting = []
    return family


def _cause(move: Move) -> Cause:
    scene, line, column, neighbour = move.scene, move.line, move.column, move.neighbour
    layout, delta = scene.layout, move.delta
    what = scene.text[line.dashes[0] : line.value.end] if line.dashes else layout.name(line)
    parent = layout.parent(line, column + (1 if line.dashes else 0))
    if parent is not None and parent.column == column and not opens(layout, parent):
        parent = layout.parent(line, column)
    if neighbour is not None:
        near = layout.name(neighbour) or scene.text[neighbour.content : neighbour.end]
        width = str(column) if column else "none"
        compared = f"but {shown(near, 40)} (line {neighbour.number}) by {width}"
    else:
        compared = "but should not be" if column == 0 else "like nothing else"
    count = sum(other.kind is Kind.CONTENT for other in move.below)
    where = (
        f"so that it belongs to {shown(layout.name(parent), 40)}"
        if parent
        else ("so that it stands at the top level" if column == 0 else "like its neighbours")
    )
    if count == 0:
        how = (
            f"Indent it by {blanks(column)}, {where}."
            if column
            else f"Remove the {blanks(line.indent).removeprefix('1 ')} before it, {where}."
        )
    else:
        rest = "the line" if count == 1 else f"the {count} lines"
        how = (
            f"Indent it by {blanks(column)}, {where}, and move {rest} below it by "
            f"{blanks(abs(delta))} to the {'right' if delta > 0 else 'left'} too."
        )
    return Cause(
        rule="yaml-indentation",
        span=Span(line.start, line.start + line.indent)
        if line.indent
        else (line.key or Span(line.content, line.end)),
        message=f"{shown(what, 40)} is indented by {blanks(line.indent)}, {compared}. Compose "
        f"cannot tell "
        "what it belongs to, and refuses the file.",
        remedy=how,
        changes=tuple(
            (Span(other.start, other.start), " " * delta)
            if delta > 0
            else (Span(other.start, other.start - delta), "")
            for other in move.lines
        ),
        title=f"Indent {shown(what, 40)} by {blanks(column)}",
        safety=Safety.SAFE if move.is_sure else Safety.UNSAFE,
        cost=move.cost,
        related=(
            (
                neighbour.key or Span(neighbour.content, neighbour.end),
                f"Indented by {blanks(column)}.",
            ),
        )
        if neighbour is not None
        else (),
    )
