"""Lines that stand too far left or right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Safety, Severity
from composecheck.rule import Category, rule
from composecheck.source import Span
from composecheck.yaml.mistakes.cause import Cause, blanks, shown
from composecheck.yaml.mistakes.lines import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composecheck.yaml.mistakes.cause import Scene
    from composecheck.yaml.mistakes.lines import Line

# What may stand at the top of a Compose file.
_TOP = frozenset(
    (
        "services",
        "volumes",
        "networks",
        "configs",
        "secrets",
        "name",
        "version",
        "include",
        "models",
    )
)


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
    levels = layout.levels(line)
    below = layout.after(line)
    above = layout.before(line)
    targets: dict[int, Line | None] = {}
    for column, other in levels:
        targets.setdefault(column, other)
    if below is not None:
        targets.setdefault(below.indent, below)
    if above is not None and above.opens:
        targets.setdefault(above.column + 2, None)
    if above is not None and line.key is not None and above.dashes:
        targets.setdefault(above.column, above)
    if layout.name(line) in _TOP:
        targets.setdefault(0, None)
    targets.pop(line.indent, None)
    block = layout.block_of(line)
    family = _family(scene, line)
    for column, neighbour in targets.items():
        moves = [[line], [line, *block], [line, *family]]
        for moved in {len(move): move for move in moves}.values():
            delta = column - line.indent
            if any(other.indent + delta < 0 for other in moved):
                continue
            yield _cause(scene, line, moved, column, neighbour, below)


def _family(scene: Scene, line: Line) -> list[Line]:
    """Return the lines below that stand at least as far right as `line`."""
    family = []
    for other in scene.layout.lines[line.number :]:
        if other.kind is Kind.MARKER:
            break
        if other.kind is Kind.CONTENT:
            if other.indent < line.indent:
                break
            family.append(other)
    return family


def _opens_list(scene: Scene, line: Line) -> bool:
    below = scene.layout.after(line)
    return below is not None and bool(below.dashes)


def _cause(
    scene: Scene,
    line: Line,
    moved: list[Line],
    column: int,
    neighbour: Line | None,
    below: Line | None,
) -> Cause:
    layout = scene.layout
    delta = column - line.indent
    what = scene.text[line.dashes[0] : line.value.end] if line.dashes else layout.name(line)
    parent = layout.parent(line, column + (1 if line.dashes else 0))
    if line.dashes and parent is not None and parent.column == column and not parent.opens:
        parent = layout.parent(line, column)
    cost = 1.5 + 0.1 * min(abs(delta), 12) + 0.12 * min(len(moved) - 1, 10)
    sibling = neighbour is not None and neighbour is not below
    step = layout.step
    cost += 0.3 * (column % step != 0) - 0.3 * (line.indent % step != 0)
    if parent is not None and column - parent.column not in (step, 0):
        cost += 0.3
    if column == 0 and layout.name(line) not in _TOP and not layout.name(line).startswith("x-"):
        cost += 0.6
    if line.indent == 0 and layout.name(line) in _TOP:
        cost += 0.8
    if any(
        at == line.indent and bool(line.dashes) == (at not in (other.column,))
        for at, other in layout.levels(line)
    ):
        cost += 0.6  # it stands right below one of its kind
    if neighbour is not None:
        at_dash = column in [dash - neighbour.start for dash in neighbour.dashes]
        if bool(line.dashes) != at_dash:
            # Items stand below items and keys below keys, but a list may stand right below its key.
            cost += 0.2 if line.dashes and neighbour.opens else 0.9
        elif line.opens != neighbour.opens:
            cost += 0.25
        elif line.opens and _opens_list(scene, line) and not _opens_list(scene, neighbour):
            # A list stands among names of services only by mistake.
            cost += 0.5
    if neighbour is not None and sibling and neighbour.number == line.number - 1:
        cost -= 0.1
    if (
        len(moved) == 1
        and line.opens
        and below is not None
        and line.indent < below.indent <= column
        and not below.dashes
    ):
        cost += 1.2  # it would lose what stands below it
    firm = (
        sibling
        and len(moved) == 1
        and below is not None
        and below.indent == column
        and bool(below.dashes) == bool(line.dashes)
    )
    if firm:
        cost -= 0.2
    if neighbour is not None:
        near = layout.name(neighbour) or scene.text[neighbour.content : neighbour.end]
        width = str(column) if column else "none"
        compared = f"but {shown(near, 40)} (line {neighbour.number}) by {width}"
    else:
        compared = "but should not be" if column == 0 else "like nothing else"
    where = (
        f"so that it belongs to {shown(layout.name(parent), 40)}"
        if parent
        else ("so that it stands at the top level" if column == 0 else "like its neighbours")
    )
    if len(moved) == 1:
        how = (
            f"Indent it by {blanks(column)}, {where}."
            if column
            else f"Remove the {blanks(line.indent).removeprefix('1 ')} before it, {where}."
        )
    else:
        rest = "the line" if len(moved) == 2 else f"the {len(moved) - 1} lines"
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
            for other in moved
        ),
        title=f"Indent {shown(what, 40)} by {blanks(column)}",
        safety=Safety.SAFE if firm else Safety.UNSAFE,
        cost=cost,
        related=(
            (
                neighbour.key or Span(neighbour.content, neighbour.end),
                f"Indented by {blanks(column)}.",
            ),
        )
        if neighbour is not None
        else (),
    )
