"""Keys that are indented too little, or too far."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Fix, Safety
from composecheck.nearest import nearest
from composecheck.schema.accept import fits
from composecheck.schema.levels import is_likely_slip, rows
from composecheck.schema.likeness import adopts, looks_like_variable, resembles
from composecheck.schema.relocate import indent_under, move_out, outdent_header, unwrap
from composecheck.schema.violation import Fault
from composecheck.schema.words import REFUSED, more, quoted
from composecheck.schema.work import error, own_child, related

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composecheck.finding import Finding
    from composecheck.schema.tree import Place
    from composecheck.schema.work import Work


def header_indented_too_far(work: Work) -> Iterator[Finding]:
    """Find a key with nothing under it that belongs further out, above what stands below it."""
    for parent, wrong in _wrong_children(work):
        row = rows(parent)
        for position, place in enumerate(row):
            below = row[position + 1 :]
            if (
                place.data is not None
                or not below
                or not all(id(other) in wrong for other in below)
            ):
                continue
            found = _home_of_header(place, below)
            if found is None:
                continue
            beside, home = found
            yield error(
                "key-unknown",
                place,
                place.mark,
                f"{quoted(place.key)} is indented too far: it is a key of {home}, and what is"
                f" below it belongs to it; {REFUSED}.",
                f"Indent {quoted(place.key)} less, to the level of {quoted(beside.name)}.",
                related=(related(beside, "It belongs on the level of this."),),
                fix=outdent_header(work, place, beside),
            )
            work.claim(place, *below)
            break


def _home_of_header(place: Place, below: list[Place]) -> tuple[Place, str] | None:
    """Return the block beside which a header is at home, and what it is a key of there."""
    key = str(place.key)
    beside = place.parent
    while beside is not None and beside.parent is not None:
        outer = beside.parent.shape
        home = outer.keys.get(key) if outer is not None else None
        if outer is not None and home is not None:
            is_home = own_child(beside.parent, key) is None and all(
                adopts(None, home, str(other.key), other.data) for other in below
            )
            return (beside, outer.title) if is_home else None
        beside = beside.parent
    return None


def indented_too_little(work: Work) -> Iterator[Finding]:
    """Find keys that the block directly above them would take in, were they indented."""
    yield from _missing_above(work)
    for parent, wrong in _wrong_children(work):
        row = rows(parent)
        position = 0
        while position < len(row):
            place = row[position]
            adopter = None
            above = row[position - 1]
            is_candidate = position > 0 and id(place) in wrong and not is_likely_slip(place)
            if is_candidate and not _is_misplaced(work, above):
                adopter = _adopter(above, place)
            if adopter is None:
                position += 1
                continue
            run = [place]
            while position + len(run) < len(row):
                following = row[position + len(run)]
                if not (id(following) in wrong and _takes_in(adopter, following)):
                    break
                run.append(following)
            position += len(run)
            yield _too_little(work, run, adopter)
            work.claim(*run)
            if adopter.data is None:
                work.claim(adopter)
            for violation in work.under(adopter):
                if violation.fault in (Fault.MISSING_KEY, Fault.MISSING_ALL):
                    work.drop(violation)


def _missing_above(work: Work) -> Iterator[Finding]:
    """Find keys that are missing in the block directly above them."""
    for violation in work.remaining(Fault.MISSING_KEY):
        above = violation.place
        parent = above.parent
        row = [] if parent is None else rows(parent)
        following = row[row.index(above) + 1] if above in row[:-1] else None
        if following is None or following.key != violation.name:
            continue
        if adopts(above.data, above.shape, violation.name, following.data):
            yield _too_little(work, [following], above)
            work.drop(violation)
            work.claim(following)


def _is_misplaced(work: Work, place: Place) -> bool:
    """Whether a block with something in it does not belong where it stands: it takes nothing in."""
    if place.data is None:
        return False
    wrong = work.under(place)
    return any(violation.place is place for violation in wrong) or (
        any(item.fault is Fault.UNKNOWN_KEY and item.place.parent is place for item in wrong)
        and not resembles(place.data, place.shape)
    )


def _wrong_children(work: Work) -> list[tuple[Place, set[int]]]:
    """Return the mappings with keys that are wrong where they stand, and which those are."""
    found: dict[int, tuple[Place, set[int]]] = {}
    for violation in work.remaining(Fault.UNKNOWN_KEY, Fault.TYPE):
        place = violation.place
        while place.parent is not None:
            parent = place.parent
            is_named = parent.shape is not None and place.shape is parent.shape.named
            if place is violation.place or is_named:
                found.setdefault(id(parent), (parent, set()))[1].add(id(place))
            place = parent
    return sorted(found.values(), key=lambda item: item[0].node.start)


def _adopter(above: Place, place: Place) -> Place | None:
    """Return the block that `place` would fall into if it were indented; `above` is before it."""
    here: Place | None = above
    while here is not None:
        if _takes_in(here, place):
            return here
        if not here.children:
            return None
        if isinstance(here.data, list):
            here = here.children[len(here.data) - 1]
        else:
            row = rows(here)
            here = row[-1] if row else None
    return None


def _takes_in(adopter: Place, place: Place) -> bool:
    key = str(place.key)
    if not adopts(adopter.data, adopter.shape, key, place.data):
        return False
    parent = place.parent
    assert adopter.shape is not None
    if key in adopter.shape.keys or parent is None or parent.shape is None:
        return not _lists_names(place)
    if looks_like_variable(key, place.data) or resembles(place.data, adopter.shape.named):
        return True
    return not nearest(key, parent.shape.keys)


def _lists_names(place: Place) -> bool:
    """Whether this is a list of names where each of these names belongs as a key."""
    shape = place.shape
    return (
        shape is not None
        and shape.named is not None
        and isinstance(place.data, list)
        and all(isinstance(item, str) and shape.child(item) is shape.named for item in place.data)
    )


def _too_little(work: Work, run: list[Place], adopter: Place) -> Finding:
    first = run[0]
    name = quoted(adopter.name)
    one = len(run) == 1
    verb, pronoun = ("is", "it") if one else ("are", "they")
    belongs = "belongs" if one else "belong"
    return error(
        "key-unknown",
        first,
        first.mark,
        f"{more([str(place.key) for place in run])} {verb} indented too little: {pronoun}"
        f" {belongs} under {name}; {REFUSED}.",
        f"Indent {'it' if one else 'them'} more than {name}.",
        related=(related(adopter, "It belongs under this." if one else "They belong under this."),),
        fix=indent_under(work, run, adopter),
    )


def indented_under_a_value(work: Work) -> Iterator[Finding]:
    """Find keys where no keys belong, which are at home beside the key they stand under."""
    for violation in work.remaining(Fault.TYPE):
        place = violation.place
        parent = place.parent
        if not isinstance(place.data, dict) or not place.data or parent is None:
            continue
        row = list(place.children.values())
        beside = parent.shape.keys if parent.shape is not None else {}
        if all(key in beside and key not in parent.data for key in place.data):
            first = row[0]
            yield error(
                "key-unknown",
                first,
                first.mark,
                f"{more([str(child.key) for child in row])}"
                f" {'is' if len(row) == 1 else 'are'} indented too far: under"
                f" {quoted(place.name)} no keys can stand; {REFUSED}.",
                f"Move {'it' if len(row) == 1 else 'them'} out,"
                f" to the level of {quoted(place.name)}.",
                related=(related(place, "This takes a value of its own."),),
                fix=unwrap(work, place)
                if place.shape is not None and place.shape.is_deprecated
                else None,
            )
            work.claim(place)


def indented_too_far(work: Work) -> Iterator[Finding]:
    """Find blocks that fit exactly further out, under the same key."""
    for violation in work.remaining(Fault.TYPE, Fault.UNKNOWN_KEY):
        inside = violation.place
        if violation.fault is Fault.UNKNOWN_KEY and inside.parent is not None:
            inside = inside.parent
        while inside.parent is not None:
            found = _outer_home(inside)
            if found is not None:
                beside, home = found
                fix = move_out(work, [inside], beside)
                yield error(
                    "key-unknown",
                    inside,
                    inside.mark,
                    f"{quoted(inside.key)} is indented too far: what is under it belongs"
                    f" {home}; {REFUSED}.",
                    f"Move it out, to the level of {quoted(beside.name)}.",
                    related=(related(beside, "It belongs beside this."),),
                    fix=None if fix is None else Fix(fix.title, Safety.UNSAFE, fix.edits),
                )
                work.claim(inside)
                break
            inside = inside.parent


def _outer_home(place: Place) -> tuple[Place, str] | None:
    """Return the block beside which `place` would be right, and what it would be a part of."""
    if not isinstance(place.data, dict) or not place.data or not isinstance(place.key, str):
        return None
    beside = place.parent
    while beside is not None and beside.parent is not None:
        outer = beside.parent
        shape = outer.shape.keys.get(place.key) if outer.shape is not None else None
        if shape is not None and own_child(outer, place.key) is None and fits(place.data, shape):
            title = outer.shape.title if outer.shape is not None else ""
            return beside, "at the top of the file" if outer.parent is None else f"to {title}"
        beside = outer
    return None
