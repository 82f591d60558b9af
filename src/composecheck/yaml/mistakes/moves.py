"""What it would mean to indent a line otherwise, and how odd that would be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from composecheck.yaml.mistakes.known_keys import is_known, known_keys
from composecheck.yaml.mistakes.lines import Kind
from composecheck.yaml.mistakes.surroundings import (
    comments_of,
    first_offset,
    opens,
    path_at,
)

if TYPE_CHECKING:
    from composecheck.yaml.mistakes.cause import Scene
    from composecheck.yaml.mistakes.lines import Line


class Move(Struct, frozen=True):
    """A line that may be meant to stand at `column` (from 0), with the lines `below` it or not.

    `own` are the lines that belong to it, whether they are moved or not. `neighbour` is what has
    something at that column already.
    """

    scene: Scene
    line: Line
    own: list[Line]
    below: tuple[Line, ...]
    column: int
    neighbour: Line | None

    @property
    def delta(self) -> int:
        """How many blanks to the right."""
        return self.column - self.line.indent

    @property
    def lines(self) -> list[Line]:
        """All that is moved: comments go along, unless they are too far left for that."""
        layout = self.scene.layout
        before = layout.before(self.line)
        # Comments that stand in line with what is above them belong to that.
        is_apart = before is None or self.line.indent not in before.columns
        above = comments_of(layout, self.line) if is_apart else []
        return [
            line
            for line in (*above, self.line, *self.below)
            if line.kind is Kind.CONTENT or line.indent + self.delta >= 0
        ]

    @property
    def following(self) -> Line | None:
        """The first line behind all that belongs to the line or is moved."""
        last = max((self.line, *self.own, *self.below), key=lambda line: line.number)
        return self.scene.layout.after(last)

    @property
    def is_in_line(self) -> bool:
        """Whether it comes to stand between two of its kind."""
        after = self.following
        return (
            self.neighbour is not None
            and self.neighbour.number < self.line.number
            and after is not None
            and after.indent == self.column
            and bool(after.dashes) == bool(self.line.dashes)
        )

    @property
    def is_sure(self) -> bool:
        """Whether the line can hardly be meant to stand anywhere else."""
        if not self.is_in_line or len(self.below) > len(self.own):
            return False
        layout, line = self.scene.layout, self.line
        path = path_at(layout, line, self.column)
        if path is None:
            return False
        if line.key is None or line.dashes:
            return not self.own
        name = layout.name(line)
        if known_keys(path):
            return is_known(name, path)
        here = path_at(layout, line, line.indent)
        return not self.own and not (here is not None and is_known(name, here))

    @property
    def cost(self) -> float:
        """How odd it would be that the line is meant to stand there."""
        return _cost_of_neighbours(self) + _cost_of_offsets(self) + _cost_of_place(self)


def _opens_list(scene: Scene, line: Line) -> bool:
    below = scene.layout.after(line)
    return below is not None and bool(below.dashes)


def _cost_of_neighbours(move: Move) -> float:
    """Return how odd it would be beside what stands around."""
    layout, line, column, neighbour = move.scene.layout, move.line, move.column, move.neighbour
    step = move.scene.offsets.step
    cost = 1.5 + 0.1 * min(abs(move.delta), 12)
    last = max(other.number for other in (line, *move.own[-1:]))
    siblings = sum(
        other.indent == line.indent and other.inside is None and other.kind is Kind.CONTENT
        for other in move.below
        if other.number > last
    )
    cost += 0.3 * min(siblings, 5)
    cost += 0.3 * (column % step != 0) - 0.3 * (line.indent % step != 0)
    if any(
        at == line.indent and bool(line.dashes) == (at not in (other.column,))
        for at, other in layout.levels(line)
    ):
        cost += 0.6  # it stands right below one of its kind
    if neighbour is not None:
        at_dash = column in [dash - neighbour.start for dash in neighbour.dashes]
        if bool(line.dashes) != at_dash:
            # Items stand below items and keys below keys, but a list may stand right below its key.
            cost += 0.2 if line.dashes and opens(layout, neighbour) else 0.9
        elif opens(layout, line) != opens(layout, neighbour):
            cost += 0.25
        elif (
            opens(layout, line)
            and _opens_list(move.scene, line)
            and not _opens_list(move.scene, neighbour)
        ):
            # A list stands among names of services only by mistake.
            cost += 0.5
        if neighbour.number == line.number - 1:
            cost -= 0.1
    if move.is_in_line:
        cost -= 0.3
    return cost


def _cost_of_offsets(move: Move) -> float:
    """Return how odd it would be where it stands below its key, and what is below it."""
    scene, line, column = move.scene, move.line, move.column
    cost = 0.0
    parent = scene.layout.parent(line, column + (1 if line.dashes else 0))
    concerned = (line.number, parent.number if parent is not None else 0)
    if parent is not None:
        offset = column - parent.column
        odd = scene.offsets.oddness(offset, is_list=bool(line.dashes), without=concerned)
        cost += 0.3 * odd
    below = scene.layout.after(line)
    if not move.own:
        if below is not None and opens(scene.layout, line) and not below.dashes:
            gained = below.indent - column
            if gained > 0 and below.indent <= line.indent:
                # What stands right below it is what it lacks.
                cost -= 0.6 * (1 - scene.offsets.oddness(gained, is_list=False, without=concerned))
        return cost
    is_whole = len(move.below) >= len(move.own)
    first = first_offset(scene.layout, line)
    if first is not None:
        is_list, offset = first
        offset -= 0 if is_whole else move.delta
        if offset < 0 or (offset == 0 and not is_list):
            return cost + 1.2  # it would lose what stands below it
        return cost + 0.5 * scene.offsets.oddness(offset, is_list=is_list, without=concerned)
    child = next((other for other in move.own if other.kind is Kind.CONTENT), move.own[0])
    if line.dashes and child.inside is None:
        # Further keys stand exactly below the first.
        return cost + 0.6 * (child.indent != line.column + (0 if is_whole else move.delta))
    if child.inside is not None:
        return cost + (0.0 if is_whole else 0.2)
    # It has its value beside it: what is deeper belongs to something else.
    return cost + (0.5 if is_whole else 0.0)


def _cost_of_place(move: Move) -> float:
    """Return what is to be said against it by what Compose knows."""
    layout, line = move.scene.layout, move.line
    path = path_at(layout, line, move.column)
    if path is None:
        return 0.5
    if line.key is None or line.dashes:
        return 0.0
    name = layout.name(line)
    cost = 0.0
    if not path and move.column:
        cost += 0.5  # the top of a file has no blanks before it
    elif is_known(name, path):
        cost -= 0.4
    elif known_keys(path):
        cost += 0.6
    elif path[:1] == ("services",) and name in known_keys(("services", "")):
        cost += 0.6 if len(path) == 1 else 0.2
    here = path_at(layout, line, line.indent)
    stands_right = not line.indent or any(at == line.indent for at, _ in layout.levels(line))
    if here is not None and is_known(name, here) and stands_right:
        cost += 0.5 if here else 0.8
    elif here is not None and stands_right and known_keys(here):
        cost -= 0.3  # nobody knows it where it is
    if path[:1] == ("services",) and len(path) > 1 and path[1] in known_keys(("services", "")):
        cost += 0.4  # what seems to be a service is a key of one
    below = layout.after(line)
    inner = known_keys((*path, name))
    if below is not None and first_offset(layout, line) is not None:
        if below.dashes:
            # A section has no list, and neither has what has keys of its own.
            cost += 0.6 if (not path and name != "include") else 0.3 if inner else 0.0
        elif below.key is not None and inner:
            cost += -0.2 if layout.name(below) in inner else 0.3
    return cost
