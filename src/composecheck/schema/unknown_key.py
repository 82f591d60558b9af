"""The rule `key-unknown`: keys that Compose does not know where they stand."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from composecheck.finding import Severity
from composecheck.nearest import only_slip
from composecheck.rule import Category, rule
from composecheck.schema.explanations import explain_key
from composecheck.schema.foreign_blanks import keys_behind_foreign_blanks
from composecheck.schema.grammar import compose_file
from composecheck.schema.layout import find_misplaced
from composecheck.schema.likeness import resembles_service, roughly_fits
from composecheck.schema.violation import Fault
from composecheck.schema.words import REFUSED, quoted
from composecheck.schema.work import error

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composecheck.finding import Finding
    from composecheck.schema.violation import Violation
    from composecheck.schema.work import Work


@rule("key-unknown", Severity.ERROR, Category.COMPOSE)
def key_unknown(work: Work) -> Iterator[Finding]:
    """A key that Compose does not know where it stands.

    Compose refuses the whole file for one such key. Most often it stands on the wrong level, since
    it is indented too little or too far; or it is misspelt; or it is the word that another tool
    uses for the same thing. Keys of your own may begin with `x-`: Compose leaves those alone.

    Bad:

        services:
          db:
            image: example/db:8
            enviroment:
              MYSQL_DATABASE: shop

    Good:

        services:
          db:
            image: example/db:8
            environment:
              MYSQL_DATABASE: shop
    """
    yield from keys_behind_foreign_blanks(work)
    yield from _no_compose_file(work)
    yield from find_misplaced(work)
    for violation in work.remaining(Fault.UNKNOWN_KEY):
        place = violation.place
        parent = place.parent
        if parent is None or parent.shape is None or not parent.shape.keys:
            continue
        explanation = explain_key(work, place, parent, parent.shape)
        yield error(
            "key-unknown",
            place,
            explanation.mark or place.mark,
            explanation.message
            or f"{quoted(place.key)} is not a key of {parent.shape.title}; {REFUSED}.",
            explanation.remedy,
            suggestions=explanation.suggestions,
            related=explanation.related,
            fix=explanation.fix,
        )
        work.drop(violation)
        work.claim(*explanation.explains)
        if explanation.mark is not None:
            work.claim(parent)
        _drop_what_follows(work, violation, explanation.suggestions)


def _no_compose_file(work: Work) -> Iterator[Finding]:
    """Recognise a file of some other kind: none of its keys is a section of a Compose file."""
    root = work.root
    unknown = [
        violation
        for violation in work.under(root)
        if violation.fault is Fault.UNKNOWN_KEY and violation.place.parent is root
    ]
    keys = [str(violation.place.key) for violation in unknown]
    shape = compose_file()
    sections = [key for key, section in shape.keys.items() if not section.is_scalar]
    if len(unknown) < 3 or any(key in sections for key in root.data):
        return
    for violation in unknown:
        meant = only_slip(str(violation.place.key), sections)
        if meant is not None and roughly_fits(violation.place.data, shape.keys[meant]):
            return
        if resembles_service(violation.place.data):
            return
    hints = Counter(shape.hints[key] for key in reversed(keys) if key in shape.hints)
    hint = hints.most_common(1)[0][0] if hints else ""
    yield error(
        "key-unknown",
        unknown[0].place,
        unknown[0].place.mark,
        f"None of the {len(keys)} keys at the top of this file, from {quoted(keys[0])} on, is a key"
        f" of a Compose file; {REFUSED}.",
        hint
        or 'Check that this is the right file: a Compose file lists services under "services:".',
    )
    for violation in unknown:
        work.claim(violation.place)


def _drop_what_follows(work: Work, violation: Violation, suggestions: tuple[str, ...]) -> None:
    """Do not say that a key is missing where it is there under a wrong name."""
    parent = violation.place.parent
    if parent is None or parent.shape is None:
        return
    if not parent.shape.required and not parent.shape.at_least_one:
        return
    for other in work.under(parent):
        if other.place is parent and (
            (other.fault is Fault.MISSING_KEY and other.name in suggestions)
            or other.fault is Fault.MISSING_ALL
        ):
            work.drop(other)
