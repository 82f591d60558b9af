"""The rule `value-type`: a value of the wrong kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Fix, Severity
from composecheck.rule import Category, rule
from composecheck.schema.advice import advise
from composecheck.schema.violation import Fault
from composecheck.schema.work import error, related_value, value_mark, written_path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composecheck.finding import Finding
    from composecheck.schema.tree import Place
    from composecheck.schema.work import Work


@rule("value-type", Severity.ERROR, Category.COMPOSE)
def value_type(work: Work) -> Iterator[Finding]:
    """A value is of a kind that Compose does not take here.

    Some keys take text, some a list, some more keys with values. A number is no text: where a name
    consists of digits, put quotes around it. A list has a `- ` before each item. Compose refuses
    the whole file for one value of the wrong kind.

    Bad:

        services:
          web:
            image: nginx
            ports: "8080:80"

    Good:

        services:
          web:
            image: nginx
            ports:
              - "8080:80"
    """
    for violation in work.remaining(Fault.TYPE):
        place = violation.place
        if place.parent is not None and isinstance(place.key, int):
            has_keys = isinstance(place.data, dict)
            group = [
                other for other in _beside(work, place) if isinstance(other.data, dict) is has_keys
            ]
        elif place.parent is not None and _chooses_names(place.parent):
            has_parts = isinstance(place.data, dict | list)
            group = [
                other
                for other in _beside(work, place)
                if (other.data is None) is (place.data is None)
                and isinstance(other.data, dict | list) is has_parts
            ]
        else:
            group = [place]
        yield _finding(work, group)
        work.claim(*group)


def _chooses_names(parent: Place) -> bool:
    """Whether the keys under `parent` are names that the user chooses, of blocks."""
    named = parent.shape.named if parent.shape is not None else None
    return named is not None and bool(named.keys)


def _beside(work: Work, place: Place) -> list[Place]:
    """Return the values of the wrong kind in the same list or mapping, this one among them."""
    parent = place.parent
    assert parent is not None
    return [
        other.place
        for other in work.under(parent)
        if other.fault is Fault.TYPE and other.place.parent is parent
    ]


def _finding(work: Work, group: list[Place]) -> Finding:
    place = group[0]
    advice = advise(work, group)
    fix = None
    if advice.edits and all(work.may_edit(member) for member in group):
        concerned = group if advice.whole is None else (*group, advice.whole)
        changes = tuple(written_path(member) for member in concerned)
        fix = Fix(advice.title, advice.safety, advice.edits, changes)
    return error(
        "value-type",
        place,
        value_mark(place),
        advice.message,
        advice.remedy,
        suggestions=advice.suggestions,
        related=tuple(related_value(member, "Here as well.") for member in group[1:]),
        fix=fix,
    )
