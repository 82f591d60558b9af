"""What is said of an unknown key, and of a value of the wrong kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from composecheck.finding import Safety
from composecheck.schema.violation import Fault

if TYPE_CHECKING:
    from collections.abc import Callable

    from composecheck.finding import Edit, Fix, Related
    from composecheck.schema.tree import Place
    from composecheck.schema.work import Work
    from composecheck.yaml.nodes import Node


class Explanation(Struct, frozen=True):
    """What is said of one unknown key. `message` is None for the usual one."""

    remedy: str
    message: str | None = None
    suggestions: tuple[str, ...] = ()
    related: tuple[Related, ...] = ()
    fix: Fix | None = None
    mark: Node | None = None
    """What to underline, where it is not the key."""
    explains: tuple[Place, ...] = ()
    """All keys that it explains, if they are several."""


class Advice(Struct, frozen=True):
    """What is said of a value of the wrong kind.

    `whole` is the block around it, if `edits` write that in another form.
    """

    message: str
    remedy: str
    edits: tuple[Edit, ...] | None = None
    title: str = ""
    safety: Safety = Safety.SAFE
    suggestions: tuple[str, ...] = ()
    whole: Place | None = None


def unknown_beside(work: Work, parent: Place, is_alike: Callable[[Place], bool]) -> list[Place]:
    """Return the unknown keys of a block that are alike."""
    return [
        violation.place
        for violation in work.under(parent)
        if violation.fault is Fault.UNKNOWN_KEY
        and violation.place.parent is parent
        and is_alike(violation.place)
    ]
