"""The rules on what a value says: `value-not-allowed`, `value-pattern`, `list-duplicate`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.expressions import expression
from composecheck.finding import Edit, Fix, Safety, Severity
from composecheck.nearest import nearest, only_slip
from composecheck.rule import Category, rule
from composecheck.schema.tree import UncertainText
from composecheck.schema.violation import Fault
from composecheck.schema.words import REFUSED, join_or, quoted
from composecheck.schema.work import (
    content_span,
    error,
    related_value,
    said,
    value_mark,
    written_path,
)
from composecheck.yaml.editing import CannotEdit, flow, lines
from composecheck.yaml.editing.scalars import as_written
from composecheck.yaml.editing.spots import locate
from composecheck.yaml.nodes import Scalar

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence as Row

    from composecheck.finding import Finding
    from composecheck.schema.tree import Place
    from composecheck.schema.work import Work

PATTERNS_IN_WORDS = {
    "[a-zA-Z0-9][a-zA-Z0-9_.-]+": 'Write at least two characters: letters, digits, ".", "_", "-".',
    "^(always|never|build|if_not_present|missing|refresh|daily|weekly|every_([0-9]+[wdhms])+)$": (
        'Write "missing", "always", "never", "build", "daily", "weekly", or a time such as'
        ' "every_12h".'
    ),
}
"""What a value must look like, for each pattern of the schema."""

_ALTERNATIVES = expression(r"\^\(([\w|]+)(?:\||\))")


@rule("value-not-allowed", Severity.ERROR, Category.COMPOSE)
def value_not_allowed(work: Work) -> Iterator[Finding]:
    """A value is none of those that Compose knows for this key.

    Some keys take one of a few words, some a number between two bounds. Compose refuses the whole
    file for any other value.

    Bad:

        services:
          web:
            image: nginx
            depends_on:
              db:
                condition: service_startd
          db:
            image: example/db:8

    Good:

        services:
          web:
            image: nginx
            depends_on:
              db:
                condition: service_started
          db:
            image: example/db:8
    """
    for violation in work.remaining(
        Fault.NOT_ALLOWED, Fault.TOO_SMALL, Fault.TOO_LARGE, Fault.INFINITE
    ):
        place = violation.place
        work.drop(violation)
        if violation.fault is Fault.NOT_ALLOWED and place.shape is not None:
            yield _wrong_word(
                work,
                place,
                "value-not-allowed",
                place.shape.enum,
                f"Write {join_or(quoted(value) for value in place.shape.enum)}.",
            )
        elif violation.fault is Fault.INFINITE:
            yield error(
                "value-not-allowed",
                place,
                place.node,
                f"{_written(place)} is no number that Compose can use; Compose refuses the file.",
                "Put quotes around it, if it is meant as text.",
                fix=_quote(place),
            )
        elif place.shape is not None:
            is_low = violation.fault is Fault.TOO_SMALL
            number = quoted(said(place)) if place.is_computed else _written(place)
            yield error(
                "value-not-allowed",
                place,
                value_mark(place),
                f"{number} is too {'low' if is_low else 'high'} for {quoted(place.name)};"
                f" {REFUSED}.",
                _bounds(place.shape.minimum, place.shape.maximum),
            )


def _quote(place: Place) -> Fix | None:
    node = place.node
    if not isinstance(node, Scalar) or _written(place) != node.text:
        return None
    edit = Edit(node.source, node.span, f'"{node.text}"')
    return Fix("Put quotes around it", Safety.UNSAFE, (edit,))


def _bounds(minimum: float | None, maximum: float | None) -> str:
    if maximum is None:
        return f"Write a number of at least {minimum}."
    if minimum is None:
        return f"Write a number of at most {maximum}."
    return f"Write a number from {minimum} to {maximum}."


@rule("value-pattern", Severity.ERROR, Category.COMPOSE)
def value_pattern(work: Work) -> Iterator[Finding]:
    """A value is not written as Compose wants it written.

    `pull_policy` takes certain words, or `every_` with a time; `container_name` at least two
    characters. Compose refuses the whole file otherwise.

    Bad:

        services:
          web:
            image: nginx
            pull_policy: every_day

    Good:

        services:
          web:
            image: nginx
            pull_policy: every_1d
    """
    for violation in work.remaining(Fault.PATTERN):
        place = violation.place
        work.drop(violation)
        pattern = place.shape.pattern if place.shape is not None else None
        if pattern is None:
            continue
        match = _ALTERNATIVES.match(pattern.pattern)
        words = match.group(1).split("|") if match else []
        yield _wrong_word(
            work, place, "value-pattern", words, PATTERNS_IN_WORDS.get(pattern.pattern, "")
        )


def _wrong_word(work: Work, place: Place, rule_name: str, words: Row[str], remedy: str) -> Finding:
    """Make the finding of a text that is not one of `words`."""
    written = said(place)
    is_certain = not isinstance(place.data, UncertainText)
    suggestions = nearest(written, words) if is_certain else []
    meant = only_slip(written, words) if is_certain else None
    fix = None
    if meant is not None:
        suggestions = [meant]
    if len(suggestions) == 1:
        safety = Safety.UNSAFE if meant is None else Safety.SAFE
        fix = _write(work, place, suggestions[0], safety)
    if suggestions:
        remedy = f"Write {join_or(quoted(value) for value in suggestions)}."
    if written:
        subject = f"{quoted(written)} is not"
    elif place.is_computed:
        as_written = _written(place).strip("'\"")
        subject = f"{quoted(as_written)} is an empty text here, which is not"
    else:
        subject = "An empty text is not"
    return error(
        rule_name,
        place,
        _traced_mark(place) or value_mark(place),
        f"{subject} a value that {quoted(place.name)} can have; {REFUSED}.",
        remedy,
        suggestions=tuple(suggestions),
        fix=fix,
    )


def _write(work: Work, place: Place, text: str, safety: Safety) -> Fix | None:
    node = _traced_mark(place) if place.is_computed else place.node
    if not isinstance(node, Scalar) or node.style.is_block or not work.may_edit(place):
        return None
    span = content_span(node)
    if place.is_computed:
        if node.source.slice(span) != node.text:
            return None  # a variable stands there
        written = text
    else:
        mark = work.habits.quote
        written = as_written(text, node.style, mark, node.source, in_flow=True)
    edit = Edit(node.source, span, written)
    return Fix(f"Write {quoted(text)}", safety, (edit,), (written_path(place),))


@rule("list-duplicate", Severity.ERROR, Category.COMPOSE)
def list_duplicate(work: Work) -> Iterator[Finding]:
    """A list says the same twice.

    Most lists may repeat themselves, and Compose drops what is there already. In some it does not,
    such as `depends_on`, `networks` and `security_opt`: then it refuses the whole file.

    Bad:

        services:
          web:
            image: nginx
            depends_on:
              - db
              - db
          db:
            image: example/db:8

    Good:

        services:
          web:
            image: nginx
            depends_on:
              - db
          db:
            image: example/db:8
    """
    for violation in work.remaining(Fault.REPEATED):
        place, first = violation.place, violation.first
        work.drop(violation)
        assert first is not None
        yield error(
            "list-duplicate",
            place,
            place.node,
            f"{quoted(place.data)} stands twice in the list {quoted(place.name)}; {REFUSED}.",
            "Remove one of the two.",
            related=(related_value(first, "It stands here already."),),
            fix=_remove_item(work, place),
        )


def _remove_item(work: Work, place: Place) -> Fix | None:
    """Delete the line of an item, or the item and the comma before it."""
    node, parent = place.node, place.parent
    if parent is None or work.is_used_elsewhere(place) or not isinstance(node, Scalar):
        return None
    if place.is_computed:
        return None  # it is the same only as long as a variable has this value
    source = node.source
    number = lines.line_of(source, node.start)
    line = source.line_span(number)
    before, after = source.text[line.start : node.start], source.text[node.end : line.end]
    try:
        spot = locate(work.document, node)
        if spot.parent is not None and spot.parent.is_flow:
            edit = flow.take_from(spot)
        elif before.strip() == "-" and not after.strip():
            edit = lines.cut(source, number, number)
        else:
            return None
    except CannotEdit:
        return None
    return Fix(f"Remove the second {quoted(place.data)}", Safety.SAFE, (edit,))


def _traced_mark(place: Place) -> Scalar | None:
    """Return the characters that a computed text came from, such as the default of a variable."""
    text = place.text
    if text is None or not text.is_known or not len(text.span):
        return None
    return Scalar(text.source, text.span.start, text.span.end, text.text)


def _written(place: Place) -> str:
    return place.node.source.text[place.node.start : place.node.end]
