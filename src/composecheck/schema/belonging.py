"""Explanations of keys that are right, but stand in the wrong block."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.schema.elsewhere import homes, sentence_on_homes, slip_of_any_key
from composecheck.schema.explanation import Explanation, unknown_beside
from composecheck.schema.likeness import looks_like_variable, roughly_fits
from composecheck.schema.relocate import move_into, move_out
from composecheck.schema.words import REFUSED, join_and, join_or, more, quoted
from composecheck.schema.work import own_child, related

if TYPE_CHECKING:
    from composecheck.schema.grammar import Shape
    from composecheck.schema.tree import Place
    from composecheck.schema.work import Work

_MOST_KEYS_NAMED = 8
_SOME_KEYS = 6
_DEEPEST_HOME = 3


def key_of_outer_block(work: Work, place: Place, parent: Place, shape: Shape) -> Explanation | None:
    """Explain a key of the block around this one: it is indented too far."""
    found = outer_keys(place, parent)
    if found is None:
        return None
    beside, outer = found
    assert outer.shape is not None
    there = own_child(outer, str(place.key))
    return Explanation(
        f"Move it out, to the level of {quoted(beside.name)}."
        if there is None
        else f"{quoted(place.key)} is there already: put both together, or remove this one.",
        message=f"{quoted(place.key)} is indented too far: it is a key of {outer.shape.title},"
        f" not of {shape.title}; {REFUSED}.",
        related=(related(beside, "It belongs on the level of this."),)
        if there is None
        else (related(there, "It is written here."),),
        fix=move_out(work, [place], beside),
    )


def outer_keys(place: Place, parent: Place) -> tuple[Place, Place] | None:
    """Return the block beside which the key is known, and the mapping that this block stands in."""
    beside = parent
    while beside.parent is not None:
        outer = beside.parent
        shape = outer.shape
        if shape is not None and isinstance(outer.data, dict):
            child = shape.keys.get(str(place.key))
            if child is not None:
                is_at_home = place.data is None or roughly_fits(place.data, child)
                return (beside, outer) if is_at_home else None
            if shape.keys:
                return None
        beside = outer
    return None


def key_further_out(work: Work, place: Place, parent: Place, shape: Shape) -> Explanation | None:
    """Explain a key of a block still further out."""
    beside = parent
    while beside.parent is not None:
        found = outer_keys(place, beside)
        if found is not None:
            return key_of_outer_block(work, place, beside, shape)
        beside = beside.parent
    return None


def key_of_inner_block(work: Work, place: Place, parent: Place, shape: Shape) -> Explanation | None:
    """Explain a key of a block that could stand beside it: `replicas` of `deploy`."""
    found = _inner_homes(place, shape)
    there = [item for item in found if item[0][0] in parent.data] or found
    if not there:
        return None
    path = there[0][0]
    outermost = parent.data.get(path[0])
    has_value = outermost is not None and not isinstance(outermost, dict)
    nothing_behind = ", with nothing behind that colon" if has_value else ""
    headers = [" under ".join(f'"{key}:"' for key in reversed(path)) for path, _ in there]
    alike = unknown_beside(work, parent, lambda other: _inner_homes(other, shape) == found)
    one = len(alike) == 1
    return Explanation(
        f"Write {'it' if one else 'them'} under {join_or(headers)}{nothing_behind}.",
        message=f"{more([str(other.key) for other in alike])}"
        f" {'is not a key' if one else 'are not keys'} of {shape.title}, but of"
        f" {join_or(home.title for _, home in there)}; {REFUSED}.",
        related=tuple(related(other, "The same is true of this.") for other in alike[1:]),
        explains=tuple(alike),
        fix=move_into(work, alike, path) if len(there) == 1 else None,
    )


def _inner_homes(place: Place, shape: Shape) -> list[tuple[tuple[str, ...], Shape]]:
    """Return the nearest blocks within `shape` that know a key, with the keys that lead there."""
    name = str(place.key)
    level: list[tuple[tuple[str, ...], Shape]] = [((), shape)]
    while level and len(level[0][0]) < _DEEPEST_HOME:
        level = [
            ((*path, key), child)
            for path, here in level
            for key, child in here.keys.items()
            if child.keys
        ]
        found = [
            (path, here)
            for path, here in level
            if name in here.keys and roughly_fits(place.data, here.keys[name])
        ]
        if found:
            return found
    return []


def environment_variable(
    work: Work, place: Place, parent: Place, shape: Shape
) -> Explanation | None:
    """Explain `DB_HOST: db` where keys of a block belong."""
    if not looks_like_variable(str(place.key), place.data):
        return None
    alike = unknown_beside(
        work, parent, lambda other: looks_like_variable(str(other.key), other.data)
    )
    one = len(alike) == 1
    names = more([str(other.key) for other in alike], "names")
    is_home = "environment" in shape.keys
    keys = f"{'is not a key' if one else 'are not keys'} of {shape.title}"
    looks = f"{'looks like an environment variable' if one else 'look like environment variables'}"
    if not is_home:
        usual = allowed_keys(parent, shape)
        message = f"{names} {keys}; {REFUSED}."
        return Explanation(usual.remedy, message=message, explains=tuple(alike))
    return Explanation(
        f'Write {"it" if one else "them"} under "environment:".',
        message=f"{names} {keys}, but {looks}; {REFUSED}.",
        related=tuple(related(other, "The same is true of this.") for other in alike[1:]),
        explains=tuple(alike),
        fix=move_into(work, alike, ("environment",)),
    )


def key_elsewhere(work: Work, place: Place, parent: Place, shape: Shape) -> Explanation | None:
    """Explain a key of some other section."""
    found = homes(str(place.key), place.data)
    if found:
        return Explanation(f"It {sentence_on_homes(found)}")
    meant = slip_of_any_key(str(place.key))
    found = homes(meant, place.data) if meant is not None else []
    if meant is None or not found:
        return None
    return Explanation(f"{quoted(meant)} {sentence_on_homes(found)}", suggestions=(meant,))


def allowed_keys(parent: Place, shape: Shape) -> Explanation:
    """Say what may stand here instead."""
    keys = [key for key, child in shape.keys.items() if not child.is_deprecated]
    if len(keys) == 1:
        return Explanation(f"The only key here is {quoted(keys[0])}.")
    if len(keys) <= _MOST_KEYS_NAMED:
        return Explanation(f"The keys here are {join_and(quoted(key) for key in keys)}.")
    some = [key for key in keys if key not in parent.data][:_SOME_KEYS]
    return Explanation(
        f"Keys of {shape.title} are {', '.join(quoted(key) for key in some)} and"
        f" {len(keys) - len(some)} more."
    )
