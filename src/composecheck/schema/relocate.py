"""Fixes that bring a key to the level it belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Fix, Safety
from composecheck.schema.grammar import Kind
from composecheck.schema.likeness import adopts, roughly_fits
from composecheck.schema.moves import (
    Row,
    column_within,
    header_line,
    line_above,
    row_of,
    shift,
    transplant,
)
from composecheck.schema.words import more, quoted
from composecheck.schema.work import own_child
from composecheck.yaml.editing import CannotEdit, lines, unwrapping
from composecheck.yaml.editing.joining import joined
from composecheck.yaml.editing.spots import locate
from composecheck.yaml.structure import key_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from composecheck.finding import Edit
    from composecheck.schema.tree import Place
    from composecheck.schema.work import Work
    from composecheck.yaml.editing.spots import Spot

    Edits = Callable[[], tuple[Edit, ...]]


def _fix(title: str, safety: Safety, edits: Edits) -> Fix | None:
    """Return the fix with these edits; None if they cannot be made."""
    try:
        return Fix(title, safety, edits())
    except CannotEdit:
        return None


def _counts_only_here(work: Work, places: Iterable[Place]) -> bool:
    return not any(work.is_used_elsewhere(place) for place in places)


def _move_alike(work: Work, run: list[Place], inner: Place, outer: Place) -> bool:
    """Whether keys may move between the block `inner` and what stands around `outer`.

    They may if they count nowhere else, or as the same everywhere, as long as they come along to
    all those places: nothing between `inner` and `outer` has an anchor that is used.
    """
    if _counts_only_here(work, (*run, inner)):
        return True
    here: Place | None = inner
    while here is not None:
        if work.is_anchored(here):
            return False
        if here is outer:
            break
        here = here.parent
    return all(map(work.may_edit, (*run, inner, outer)))


def _spot(work: Work, place: Place) -> Spot:
    """Return where a place is in the text; raises CannotEdit if it has no key."""
    return locate(work.document, place.entry or place.node)


def indent_under(work: Work, run: list[Place], adopter: Place) -> Fix | None:
    """Indent a row of keys, so that the block they stand directly below takes them in."""
    if not _move_alike(work, run, adopter, adopter):
        return None

    def edits() -> tuple[Edit, ...]:
        row = row_of(work.document, run)
        column = column_within(_spot(work, adopter))
        if column <= row.column:
            raise CannotEdit("They do not stand further out.")
        last = row.last
        swallowed = _swallowed(work, run[-1], adopter, column)
        if swallowed is not None:
            last = swallowed.first - 1
            last -= lines.blank_lines_above(row.source, swallowed.first)
        return shift(row, column - row.column, last=last)

    names = [str(place.key) for place in run]
    return _fix(f"Indent {more(names)} under {quoted(adopter.name)}", Safety.SAFE, edits)


def outdent_header(work: Work, place: Place, beside: Place) -> Fix | None:
    """Move out a key with nothing under it, so that what stands below it comes to be under it."""
    if not _counts_only_here(work, (place,)):
        return None

    def edits() -> tuple[Edit, ...]:
        header, outer = (row_of(work.document, [key]) for key in (place, beside))
        return shift(header, outer.column - header.column)

    title = f"Indent {quoted(place.key)} less, above what belongs to it"
    return _fix(title, Safety.SAFE, edits)


def _swallowed(work: Work, place: Place, adopter: Place, column: int) -> Row | None:
    """Return the lines of the first neighbour that stands under `place` by its indentation only.

    That is: a key in the column where `place` belongs, at home beside it, and not in it.
    """
    shape = adopter.shape.child(str(place.key)) if adopter.shape is not None else None
    if adopter.shape is None or shape is None or place.is_shared:
        return None
    for key, child in place.children.items():
        is_given = key in adopter.shape.keys and key not in shape.keys
        is_at_home = roughly_fits(child.data, shape.child(str(key))) and not is_given
        if is_at_home or not adopts(adopter.data, adopter.shape, str(key), child.data):
            continue
        try:
            row = row_of(work.document, [child])
        except CannotEdit:
            continue
        if row.column == column:
            return row
    return None


def move_out(work: Work, run: list[Place], beside: Place) -> Fix | None:
    """Move a row of keys with their values out of the block `beside`, to stand below it.

    A key under which nothing would be left goes as well, unless it may be empty: then the fix is
    unsafe.
    """
    parent, outside = run[0].parent, beside.parent
    if parent is None or outside is None or not _move_alike(work, run, parent, beside):
        return None
    if any(own_child(outside, str(place.key)) is not None for place in run):
        return None
    emptied = _emptied(run, beside)

    def edits() -> tuple[Edit, ...]:
        row, outer = row_of(work.document, run), row_of(work.document, [beside])
        if any(str(place.key) in map(key_name, outer.keys) for place in run):
            raise CannotEdit("There is such a key already.")
        by = outer.column - row.column
        gone = () if emptied is None else (header_line(_spot(work, emptied)),)
        if row.last >= outer.last:
            return (*gone, *shift(row, by))
        return (*gone, *transplant(row, outer.above, by, after=outer.end.index))

    title = f"Move {more([str(place.key) for place in run])} out of {quoted(parent.name)}"
    return _fix(title, Safety.SAFE if emptied is None else Safety.UNSAFE, edits)


def move_below(work: Work, run: list[Place], target: Place) -> Fix | None:
    """Move a row of keys to the end of the mapping `target`, which stands elsewhere.

    A key under which nothing would be left goes as well; then the fix is unsafe.
    """
    parent = run[0].parent
    if parent is None or not _counts_only_here(work, (*run, target)):
        return None
    if any(str(place.key) in target.data for place in run):
        return None
    is_emptied = parent.entry is not None and len(parent.children) == len(run)

    def edits() -> tuple[Edit, ...]:
        row, into = row_of(work.document, run), _spot(work, target)
        by = column_within(into) - row.column
        gone = (header_line(_spot(work, parent)),) if is_emptied else ()
        if into.parent is row.start.parent and into.index == row.start.index - 1:
            return shift(row, by)  # it stands below already
        return (*gone, *transplant(row, into, by))

    title = f"Move {more([str(place.key) for place in run])} under {quoted(target.name)}"
    return _fix(title, Safety.UNSAFE if is_emptied else Safety.SAFE, edits)


def move_into(work: Work, run: list[Place], path: tuple[str, ...]) -> Fix | None:
    """Move a row of keys into the mapping that `path` leads to from beside them.

    What is missing on the path is made.
    """
    beside = target = run[0].parent
    if target is None or not _counts_only_here(work, run):
        return None
    depth = 0
    for name in path:
        child = target.children.get(name)
        if child is None:
            break
        if not isinstance(child.data, dict) or work.is_used_elsewhere(child):
            return None
        target, depth = child, depth + 1
    if target is not beside and any(place.key in target.data for place in run):
        return None
    missing = path[depth:]

    def edits() -> tuple[Edit, ...]:
        row, into = row_of(work.document, run), _spot(work, target)
        column, step = column_within(into), work.habits.step
        headers = tuple(
            f"{' ' * (column + step * level)}{name}:" for level, name in enumerate(missing)
        )
        by = column + step * len(missing) - row.column
        if target is beside:
            ending = lines.line_break(row.source)
            return joined((line_above(row, ending.join(headers)), *shift(row, by)))
        return transplant(row, into, by, above=headers)

    title = f"Move {more([str(place.key) for place in run])} under {quoted(path[-1])}"
    return _fix(title, Safety.UNSAFE, edits)


def wrap(work: Work, run: list[Place], header: str, *, title: str, safety: Safety) -> Fix | None:
    """Write `header:` above a row of keys, and indent them under it.

    Where they are all there is, and are indented already, only the header is written.
    """
    if any(place.is_shared for place in run):
        return None

    def edits() -> tuple[Edit, ...]:
        row = row_of(work.document, run)
        if row.is_all and row.column and run[0].parent is work.root:
            return (line_above(row, f"{header}:"),)
        above = line_above(row, f"{' ' * row.column}{header}:")
        return joined((above, *shift(row, work.habits.step)))

    return _fix(title, safety, edits)


def unwrap(work: Work, outer: Place) -> Fix | None:
    """Take a key away, and bring all that stands under it to its level."""
    entry = outer.entry
    if entry is None or work.is_used_elsewhere(outer):
        return None
    title = f"Remove {quoted(outer.key)}, and move out what stands under it"
    return _fix(title, Safety.SAFE, lambda: unwrapping(work.document, entry).edits)


def _emptied(run: list[Place], beside: Place) -> Place | None:
    """Return the outermost block that would be left empty, and may not be, if `run` went."""
    found = None
    here, leaving = run[0].parent, len(run)
    while here is not None and here.entry is not None and len(here.children) == leaving:
        if here.shape is None or not here.shape.takes(Kind.NULL):
            found = here
        if here is beside:
            break
        here, leaving = here.parent, 1
    return found
