"""A change of a text: the edits, and which values they are meant to touch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from composecheck.finding import Edit, Path


class Touched(Struct, frozen=True):
    """The paths whose values a change touches; everything else must stay what it was.

    `changed` have another value afterwards, and no comment in them goes. `deleted` (paths in the
    text before) go with their comments; `inserted` (paths in the text after) come. A path that is
    in both has another value, and the comments within the old one go, but not those above it and
    at the end of its line. `moved` are pairs of a path before and the path after: the same value
    with the same comments; a key that is renamed is moved, too.
    """

    changed: tuple[Path, ...] = ()
    deleted: tuple[Path, ...] = ()
    inserted: tuple[Path, ...] = ()
    moved: tuple[tuple[Path, Path], ...] = ()


class Change(Struct, frozen=True):
    """What to do to a text (`edits`, in no order), and the values it touches."""

    edits: tuple[Edit, ...] = ()
    touched: Touched = Touched()
