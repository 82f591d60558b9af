"""Why a key is unknown where it stands, and what to write: the best explanation there is.

Here are those by the name of the key; those by the block it belongs to are in `belonging`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Fix, Safety
from composecheck.nearest import nearest, only_slip
from composecheck.schema import convert
from composecheck.schema.belonging import (
    allowed_keys,
    environment_variable,
    key_elsewhere,
    key_further_out,
    key_of_inner_block,
    key_of_outer_block,
    outer_keys,
)
from composecheck.schema.explanation import Explanation, unknown_beside
from composecheck.schema.grammar import Kind, Shape
from composecheck.schema.likeness import roughly_fits
from composecheck.schema.renaming import has_rival, rename
from composecheck.schema.words import REFUSED, join_or, more, quoted
from composecheck.schema.work import names_beside, related
from composecheck.yaml.nodes import Scalar

if TYPE_CHECKING:
    from collections.abc import Callable

    from composecheck.schema.tree import Place
    from composecheck.schema.work import Work


def explain_key(work: Work, place: Place, parent: Place, shape: Shape) -> Explanation:
    """Return the best explanation there is of an unknown key."""
    attempts: tuple[Callable[[Work, Place, Place, Shape], Explanation | None], ...] = (
        _blank_behind_colon,
        _extension,
        _written_differently,
        _wrong_name,
        key_of_outer_block,
        _misspelt,
        _hint,
        key_of_inner_block,
        environment_variable,
        key_further_out,
        _near,
        key_elsewhere,
    )
    for attempt in attempts:
        explanation = attempt(work, place, parent, shape)
        if explanation is not None:
            return explanation
    return allowed_keys(parent, shape)


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


def _extension(work: Work, place: Place, parent: Place, shape: Shape) -> Explanation | None:
    """Explain `X-note` or `x_note`: a key of one's own begins with `x-`."""
    name = str(place.key)
    if name[:2].lower() not in ("x-", "x_") or shape.child("x-") is None:
        return None
    better = f"x-{name[2:]}"
    return Explanation(
        f'A key of your own begins with "x-": write {quoted(better)}.',
        suggestions=(better,),
        fix=rename(work, place, better),
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
    if not meant or (not fitting and outer_keys(place, parent)):
        return None
    best = fitting or meant
    return _rename(work, place, parent, *best, is_safe=len(fitting) == 1)


def _misspelt(work: Work, place: Place, parent: Place, shape: Shape) -> Explanation | None:
    """Explain a name that is a slip away from a key that takes such a value."""
    there = names_beside(place)
    fitting = [
        key
        for key, child in shape.keys.items()
        if key not in there and roughly_fits(place.data, child)
    ]
    meant = only_slip(str(place.key), fitting)
    if meant is None:
        return None
    is_only = only_slip(str(place.key), shape.keys) == meant
    return _rename(work, place, parent, meant, is_safe=is_only)


def _near(work: Work, place: Place, parent: Place, shape: Shape) -> Explanation | None:
    """Explain a name that is near enough to a key, or to some."""
    name = str(place.key)
    there = names_beside(place)
    absent = [key for key in shape.keys if key not in there]
    fitting = [key for key in absent if roughly_fits(place.data, shape.keys[key])]
    found = nearest(name, fitting) or nearest(name, absent) or nearest(name, shape.keys)
    return _rename(work, place, parent, *found, is_safe=False) if found else None


def _rename(
    work: Work, place: Place, parent: Place, meant: str, *others: str, is_safe: bool
) -> Explanation:
    """Suggest to write `meant`, the best of several names."""
    suggestions = (meant, *others)
    there = parent.children.get(meant)
    if there is not None and meant in names_beside(place):
        return Explanation(
            f"{quoted(meant)} is there already: put both together, or remove this one.",
            suggestions=suggestions,
            related=(related(there, f"{quoted(meant)} is written here."),),
        )
    fits = parent.shape is not None and roughly_fits(place.data, parent.shape.keys[meant])
    safety = Safety.SAFE if is_safe else Safety.UNSAFE
    return Explanation(
        f"Write {quoted(meant)} once, with all that belongs under it."
        if has_rival(place, meant)
        else f"Write {join_or(quoted(name) for name in suggestions)}.",
        suggestions=suggestions,
        fix=rename(work, place, meant, safety) if fits else None,
    )


def _hint(work: Work, place: Place, parent: Place, shape: Shape) -> Explanation | None:
    """Explain keys that the schema has a sentence for."""
    hint = shape.hints.get(str(place.key))
    if hint is None:
        return None
    alike = unknown_beside(work, parent, lambda other: shape.hints.get(str(other.key)) == hint)
    if len(alike) == 1:
        return Explanation(hint)
    return Explanation(
        hint,
        message=f"{more([str(other.key) for other in alike])} are not keys of {shape.title};"
        f" {REFUSED}.",
        related=tuple(related(other, "The same is true of this.") for other in alike[1:]),
        explains=tuple(alike),
    )
