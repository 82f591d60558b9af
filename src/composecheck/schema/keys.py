"""The rules on keys that Compose knows: `key-missing` and `name-invalid`."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from composecheck.expressions import expression
from composecheck.finding import Finding, Fix, Safety, Severity
from composecheck.nearest import only_slip
from composecheck.rule import Category, rule
from composecheck.schema.renaming import rename
from composecheck.schema.violation import Fault
from composecheck.schema.words import REFUSED, join_or, quoted
from composecheck.schema.work import error, value_mark
from composecheck.yaml.editing import CannotEdit, inserting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composecheck.schema.tree import Place
    from composecheck.schema.work import Work

_NAME_CHARACTERS = expression(r"[A-Za-z0-9._-]")


_CONDITION, _STARTED = "condition", "service_started"


@rule("key-missing", Severity.ERROR, Category.COMPOSE)
def key_missing(work: Work) -> Iterator[Finding]:
    """A key is missing that Compose cannot do without.

    Some blocks mean nothing without a certain key: an entry of `depends_on` in long form without
    its `condition`, a volume in long form without its `type`. Compose refuses the whole file.

    Bad:

        services:
          web:
            image: nginx
            depends_on:
              db:
                restart: true
          db:
            image: example/db:8

    Good:

        services:
          web:
            image: nginx
            depends_on:
              db:
                condition: service_started
                restart: true
          db:
            image: example/db:8
    """
    for violation in work.remaining(Fault.MISSING_KEY, Fault.MISSING_ALL):
        place, name = violation.place, violation.name
        shape = place.shape
        if shape is None:
            continue
        names = [name] if violation.fault is Fault.MISSING_KEY else list(shape.at_least_one)
        keys = join_or(quoted(key) for key in names)
        written = only_slip(name, (key for key in place.data if key not in shape.keys))
        if written is not None:
            remedy = f"Write {quoted(name)} instead of {quoted(written)}."
        elif len(names) == 1 and shape.keys[name].enum:
            values = join_or(quoted(value) for value in shape.keys[name].enum)
            remedy = f'Add "{name}:" with {values}.'
        else:
            remedy = f"Add {join_or(quoted(f'{key}:') for key in names)}."
        subject = quoted(place.name) if isinstance(place.key, str) else "This"
        mark = value_mark(place) if place.entry is None else place.entry.key
        yield error(
            "key-missing",
            place,
            mark if written is None else place.children[written].mark,
            f"{subject} lacks {keys}, which {shape.title} must have; {REFUSED}.",
            remedy,
            suggestions=() if written is None else (name,),
            fix=_add_condition(work, place)
            if written is None
            else rename(work, place.children[written], name),
        )
        work.drop(violation)


def _add_condition(work: Work, place: Place) -> Fix | None:
    """Return the fix that adds the condition of a dependency: the one that the short form has."""
    parent = place.parent
    if parent is None or parent.key != "depends_on" or not work.may_edit(place):
        return None
    first = next(iter(place.data), None)
    try:
        change = inserting(work.document, place.node, _CONDITION, _STARTED, before=first)
    except CannotEdit:
        return None
    title = f"Write {quoted(f'{_CONDITION}: {_STARTED}')}"
    return Fix(title, Safety.UNSAFE, change.edits, ((*place.path, _CONDITION),))


@rule("name-invalid", Severity.ERROR, Category.COMPOSE)
def name_invalid(work: Work) -> Iterator[Finding]:
    """A service, network or volume has a name that Compose does not take.

    The names of services, networks, volumes, configs, secrets and models consist of the letters a
    to z and A to Z, digits, `.`, `_` and `-`. Compose refuses the whole file for any other
    character, such as a blank.

    Bad:

        services:
          my shop:
            image: nginx

    Good:

        services:
          my-shop:
            image: nginx
    """
    for violation in work.remaining(Fault.UNKNOWN_KEY):
        place = violation.place
        parent = place.parent
        shape = parent.shape if parent is not None else None
        if parent is None or shape is None or shape.named is None:
            continue
        name = str(place.key)
        better = _valid_name(name)
        if better in parent.data:
            better = ""
        wrong = "".join(dict.fromkeys(c for c in name if not _NAME_CHARACTERS.match(c)))
        title = shape.named.title or "anything"
        if name:
            contains = "a blank" if wrong == " " else join_or(quoted(c) for c in wrong)
            message = f"{quoted(name)} cannot be the name of {title}: it contains {contains};"
        else:
            message = f"The name of {title} is empty;"
        yield error(
            "name-invalid",
            place,
            place.mark,
            f"{message} {REFUSED}.",
            f'Write "{better}", for example.'
            if better
            else 'Use letters from a to z, digits, ".", "_" and "-".',
            suggestions=(better,) if better else (),
            # Others may refer to it by its name.
            fix=rename(work, place, better, Safety.UNSAFE) if better else None,
        )
        work.claim(place)


def _valid_name(name: str) -> str:
    """Return a name that Compose takes and that resembles `name`, or nothing."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9._-]+", "-", plain).strip("-")
