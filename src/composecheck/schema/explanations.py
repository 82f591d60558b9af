"""Why a key is unknown where it stands, and what to write: the explanations, the best first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from composecheck.finding import Edit, Fix, Related, Safety
from composecheck.nearest import nearest, only_slip
from composecheck.schema import convert
from composecheck.schema.elsewhere import homes, sentence_on_homes
from composecheck.schema.grammar import Kind, Shape
from composecheck.schema.likeness import looks_like_variable, roughly_fits
from composecheck.schema.relocate import move_into, move_out
from composecheck.schema.words import REFUSED, join_and, join_or, quoted
from composecheck.schema.work import content_span, own_child, related
from composecheck.yaml.nodes import Scalar

if TYPE_CHECKING:
    from collections.abc import Callable

    from composecheck.schema.tree import Place
    from composecheck.schema.work import Work
    from composecheck.yaml.nodes import Node

_MOST_KEYS_NAMED = 8
_SOME_KEYS = 6


@dataclass(frozen=True, slots=True)
class Explanation:
    """What is said of one unknown key. `message` is None for the usual one."""

    remedy: str
    message: str | None = None
    suggestions: tuple[str, ...] = ()
    related: tuple[Related, ...] = ()
    fix: Fix | None = None
    mark: Node | None = None
    """What to underline, where it is not the key."""


def explain_key(work: Work, place: Place, parent: Place, shape: Shape) -> Explanation:
    """Return the best explanation there is of an unknown key."""
    attempts: tuple[Callable[[Work, Place, Place, Shape], Explanation | None], ...] = (
        _blank_behind_colon,
        _written_differently,
        _wrong_name,
        _key_of_outer_block,
        _misspelt,
        _hint,
        _key_of_inner_block,
        _environment_variable,
        _key_further_out,
        _near,
        _key_elsewhere,
    )
    for attempt in attempts:
        explanation = attempt(work, place, parent, shape)
        if explanation is not None:
            return explanation
    return _allowed_keys(parent, shape)


def _blank_behind_colon(
    work: Work, place: Place, parent: Place, shape: Shape
) -> Explanation | None:
    """Explain `- ./data: /data`: a text that a blank makes a key with a value."""
    row = parent.parent
    if row is None or row.shape is None or row.shape.items is not shape or len(parent.data) > 1:
        return None
    if not shape.takes(Kind.STRING) or not isinstance(place.node, Scalar):
        return None
    if only_slip(str(place.key), shape.keys) or not place.node.text:
        return None
    edits = convert.close_colon(parent)
    pair = f"{place.key}:{place.node.text}"
    return Explanation(
        f"Write {quoted(pair)}, without a blank behind the colon.",
        message=f"The blank behind the colon makes a key with a value of {quoted(place.key)};"
        f" {REFUSED}.",
        suggestions=(pair,),
        mark=parent.node,
        fix=None
        if edits is None or work.is_used_elsewhere(place)
        else Fix(f"Write {quoted(pair)}", Safety.SAFE, edits),
    )


def _written_differently(
    work: Work, place: Place, parent: Place, shape: Shape
) -> Explanation | None:
    """Explain `Image`, `container-name`, `healthCheck`: the right word, written differently."""
    found = nearest(str(place.key), (key for key in shape.keys if _same_letters(place, key)))
    return _rename(work, place, parent, found[0], is_safe=True) if found else None


def _same_letters(place: Place, key: str) -> bool:
    def letters(name: str) -> str:
        return "".join(letter for letter in name.lower() if letter.isalnum())

    return letters(str(place.key)) == letters(key)


def _wrong_name(work: Work, place: Place, parent: Place, shape: Shape) -> Explanation | None:
    """Explain `env`, `cmd`: names from elsewhere that the schema knows."""
    name = str(place.key)
    meant = [key for key, child in shape.keys.items() if name in child.wrong_names]
    fitting = [key for key in meant if roughly_fits(place.data, shape.keys[key])]
    if not meant or (not fitting and _outer_keys(place, parent)):
        return None
    best = fitting or meant
    return _rename(work, place, parent, *best, is_safe=len(fitting) == 1)


def _misspelt(work: Work, place: Place, parent: Place, shape: Shape) -> Explanation | None:
    """Explain a name that is a slip away from a key that takes such a value."""
    fitting = [
        key
        for key, child in shape.keys.items()
        if key not in parent.data and roughly_fits(place.data, child)
    ]
    meant = only_slip(str(place.key), fitting)
    if meant is None:
        return None
    is_only = only_slip(str(place.key), shape.keys) == meant
    return _rename(work, place, parent, meant, is_safe=is_only)


def _near(work: Work, place: Place, parent: Place, shape: Shape) -> Explanation | None:
    """Explain a name that is near enough to a key, or to some."""
    name = str(place.key)
    absent = [key for key in shape.keys if key not in parent.data]
    fitting = [key for key in absent if roughly_fits(place.data, shape.keys[key])]
    found = nearest(name, fitting) or nearest(name, absent) or nearest(name, shape.keys)
    return _rename(work, place, parent, *found, is_safe=False) if found else None


def _rename(
    work: Work, place: Place, parent: Place, meant: str, *others: str, is_safe: bool
) -> Explanation:
    """Suggest to write `meant`, the best of several names."""
    suggestions = (meant, *others)
    there = parent.children.get(meant)
    if there is not None:
        return Explanation(
            f"{quoted(meant)} is there already: put both together, or remove this one.",
            suggestions=suggestions,
            related=(related(there, f"{quoted(meant)} is written here."),),
        )
    fits = parent.shape is not None and roughly_fits(place.data, parent.shape.keys[meant])
    fix = None
    if fits and isinstance(place.mark, Scalar) and not work.is_used_elsewhere(place):
        fix = Fix(
            f"Write {quoted(meant)} instead of {quoted(place.key)}",
            Safety.SAFE if is_safe else Safety.UNSAFE,
            (Edit(place.mark.source, content_span(place.mark), meant),),
        )
    return Explanation(
        f"Write {join_or(quoted(name) for name in suggestions)}.", suggestions=suggestions, fix=fix
    )


def _outer_keys(place: Place, parent: Place) -> tuple[Place, Place] | None:
    """Return the block beside which the key is known, and the mapping that this block stands in."""
    beside = parent
    while beside.parent is not None:
        outer = beside.parent
        shape = outer.shape
        if shape is not None and isinstance(outer.data, dict):
            child = shape.keys.get(str(place.key))
            if child is not None:
                return (beside, outer) if roughly_fits(place.data, child) else None
            if shape.keys:
                return None
        beside = outer
    return None


def _key_of_outer_block(
    work: Work, place: Place, parent: Place, shape: Shape
) -> Explanation | None:
    """Explain a key of the block around this one: it is indented too far."""
    found = _outer_keys(place, parent)
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


def _key_further_out(work: Work, place: Place, parent: Place, shape: Shape) -> Explanation | None:
    """Explain a key of a block still further out."""
    beside = parent
    while beside.parent is not None:
        found = _outer_keys(place, beside)
        if found is not None:
            return _key_of_outer_block(work, place, beside, shape)
        beside = beside.parent
    return None


def _hint(work: Work, place: Place, parent: Place, shape: Shape) -> Explanation | None:
    """Explain a key that the schema has a sentence for."""
    hint = shape.hints.get(str(place.key))
    return None if hint is None else Explanation(hint)


def _key_of_inner_block(
    work: Work, place: Place, parent: Place, shape: Shape
) -> Explanation | None:
    """Explain a key of a block that could stand beside it: `replicas` of `deploy`."""
    name = str(place.key)
    level: list[tuple[tuple[str, ...], Shape]] = [((), shape)]
    found: list[tuple[tuple[str, ...], Shape]] = []
    while level and not found and len(level[0][0]) < 3:
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
    if not found:
        return None
    there = [item for item in found if item[0][0] in parent.data] or found
    path = there[0][0]
    headers = [" under ".join(f'"{key}:"' for key in reversed(path)) for path, _ in there]
    outermost = parent.data.get(path[0])
    has_value = outermost is not None and not isinstance(outermost, dict)
    nothing_behind = ", with nothing behind that colon" if has_value else ""
    return Explanation(
        f"Write it under {join_or(headers)}{nothing_behind}.",
        message=f"{quoted(name)} is not a key of {shape.title}, but of"
        f" {join_or(home.title for _, home in there)}; {REFUSED}.",
        fix=move_into(work, place, path) if len(there) == 1 else None,
    )


def _environment_variable(
    work: Work, place: Place, parent: Place, shape: Shape
) -> Explanation | None:
    """Explain `DB_HOST: db` where keys of a service belong."""
    if "environment" not in shape.keys or not looks_like_variable(str(place.key), place.data):
        return None
    return Explanation(
        'Write it under "environment:".',
        message=f"{quoted(place.key)} is not a key of {shape.title}, but looks like an environment"
        f" variable; {REFUSED}.",
        fix=move_into(work, place, ("environment",)),
    )


def _key_elsewhere(work: Work, place: Place, parent: Place, shape: Shape) -> Explanation | None:
    """Explain a key of some other section."""
    found = homes(str(place.key), place.data)
    return Explanation(sentence_on_homes(found)) if found else None


def _allowed_keys(parent: Place, shape: Shape) -> Explanation:
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
