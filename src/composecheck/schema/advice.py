"""What to say of a value of the wrong kind, and how to write it instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.expressions import expression
from composecheck.finding import Safety
from composecheck.schema import convert, text_lines
from composecheck.schema.empty_values import advise_on_empty
from composecheck.schema.explanation import Advice
from composecheck.schema.foreign_blanks import FOREIGN_BLANKS
from composecheck.schema.grammar import Kind, Shape
from composecheck.schema.obsolete import removal
from composecheck.schema.tree import kind_of
from composecheck.schema.words import REFUSED, more, noun, quoted, wanted
from composecheck.schema.work import said
from composecheck.yaml.nodes import Scalar

if TYPE_CHECKING:
    from collections.abc import Iterable

    from composecheck.finding import Edit
    from composecheck.schema.tree import Place
    from composecheck.schema.work import Work

_NUMBER = expression(r"[0-9]+(?:\.[0-9]+)?")

_MOUNTS = ("volume-mount", "device")
"""Languages in which a text is two paths with a colon between them."""

_UNITS = {"duration": "30s or 5m", "byte-size": "512m or 1g"}
"""Languages in which a number means nothing without its unit, with examples."""


def advise(work: Work, group: list[Place]) -> Advice:
    """Advise on values of the wrong kind: one, or several that have the same mistake in common."""
    place = group[0]
    shape = place.shape
    assert shape is not None
    if place.parent is None:
        return Advice(
            f'A Compose file consists of keys with values, such as "services:", and this is'
            f" {noun(kind_of(place.data))}; Compose refuses it.",
            'Begin with "services:" at the start of a line.',
        )
    if place.data is None:
        return advise_on_empty(work, group, shape)
    if isinstance(place.key, int):
        return _wrong_item(work, group, shape)
    if len(group) > 1:
        return _several_names(group, shape)
    match place.data:
        case dict():
            return _keys_instead(place, shape)
        case list():
            return _list_instead(work, place, shape)
        case _:
            return _plain_instead(work, place, shape)


def _subject(place: Place, shape: Shape) -> str:
    return f"{quoted(place.name)} must be {wanted(shape)}"


def _several_names(group: list[Place], shape: Shape) -> Advice:
    """Advise on several names that have no block under them: they may belong elsewhere."""
    names = more([str(place.key) for place in group], "names")
    parent = group[0].parent
    where = quoted(parent.name) if parent is not None else ""
    return Advice(
        f"{names} must be {wanted(shape)}, since they stand under {where}; {REFUSED}.",
        f"Move them to where they belong; under {where} stand the names of blocks.",
    )


def _wrong_item(work: Work, group: list[Place], shape: Shape) -> Advice:
    place = group[0]
    parent = place.parent
    assert parent is not None
    name = quoted(place.name)
    if isinstance(place.data, dict):
        return _keys_in_list(work, group, parent, shape)
    if isinstance(place.data, list):
        return Advice(
            f"A list stands inside the list {name}, which takes {wanted(shape)}; {REFUSED}.",
            'Write each item after a single "- ".',
        )
    written = _written(place)
    return Advice(
        f"The items of {name} must be {wanted(shape)}, and {written} without quotes is"
        f" {noun(kind_of(place.data))}; {REFUSED}.",
        f'Put quotes around it: "{written}".',
        edits=convert.quote(work, group) if shape.takes(Kind.STRING) else None,
        title=f'Write "{written}" in quotes',
    )


def _keys_in_list(work: Work, group: list[Place], parent: Place, shape: Shape) -> Advice:
    """Advise on `- KEY: value` where an item is text."""
    place = group[0]
    name = quoted(place.name)
    first = next(iter(place.data), "")
    if "${" in str(first) and "}" not in str(first):
        return Advice(
            f"A colon with a blank behind it splits an item of {name} in two; {REFUSED}.",
            "Remove the blank behind the colon.",
            edits=_all_edits(convert.close_colon(member) for member in group),
            title="Remove the blank behind the colon",
        )
    if "=" in str(first) or shape.syntax not in ("key-value", ""):
        whole = convert.whole_items(group)
        if whole is not None:
            return Advice(
                f"A colon with a blank behind it makes keys with values of an item of {name}, which"
                f" must be {wanted(shape)}; {REFUSED}.",
                "Put quotes around the whole item.",
                edits=whole,
                title="Put quotes around the whole item",
            )
    if shape.syntax == "key-value":
        value = place.children[first].node if first in place.children else None
        pair = f"{first}={value.text}" if isinstance(value, Scalar) else f"{first}=…"
        return Advice(
            f'{name} is a list here, since a "- " stands before {quoted(first)}; then it takes'
            f" KEY=value, not KEY: value; {REFUSED}.",
            f"Write {quoted(pair)}.",
            edits=convert.assignments(group),
            title=f"Write {quoted(pair)}" if len(group) == 1 else "Write KEY=value in each line",
            suggestions=(pair,) if isinstance(value, Scalar) and len(group) == 1 else (),
        )
    edits = None
    if (
        parent.shape is not None
        and parent.shape.takes(Kind.OBJECT)
        and (len(group) == len(parent.data) or parent.shape.named is not None)
    ):
        edits = convert.without_dashes(work, parent)
    if edits and len(group) < len(parent.data):
        return Advice(
            f"The items of {name} must be {wanted(shape)}, and this is {noun(Kind.OBJECT)};"
            f" {REFUSED}.",
            'Write all of them with a colon and without "- ".',
            edits=edits,
            title='Write all without "- "',
            whole=parent,
        )
    return Advice(
        f"The items of {name} must be {wanted(shape)}, and this is {noun(Kind.OBJECT)}; {REFUSED}.",
        f'Remove the "- " before {quoted(first)}.'
        if edits
        else f"Write {quoted(first)} without a colon, or put quotes around the whole item.",
        edits=edits,
        title='Remove the "- "',
    )


def _all_edits(parts: Iterable[tuple[Edit, ...] | None]) -> tuple[Edit, ...] | None:
    """Return all edits in one; None if one of them is not possible."""
    edits: list[Edit] = []
    for part in parts:
        if part is None:
            return None
        edits += part
    return tuple(edits)


def _keys_instead(place: Place, shape: Shape) -> Advice:
    if shape.takes(Kind.ARRAY):
        is_mounts = shape.items is not None and shape.items.syntax in _MOUNTS
        return Advice(
            f"{_subject(place, shape)}, and these are {noun(Kind.OBJECT)}; {REFUSED}.",
            'Write each item on a line of its own, after "- ".',
            edits=convert.items_of_pairs(place) if is_mounts else None,
            title='Write "- " before each line, and no blank behind the colon',
        )
    return Advice(
        f"{_subject(place, shape)}, and more keys stand under it; {REFUSED}.",
        "Write its value behind the colon; or correct the indentation of what is below it.",
    )


def _list_instead(work: Work, place: Place, shape: Shape) -> Advice:
    has_keys = all(isinstance(item, dict) for item in place.data)
    if shape.takes(Kind.OBJECT) and (has_keys or not shape.takes(Kind.STRING)):
        edits, title = convert.without_dashes(work, place), 'Remove each "- "'
        if edits is None:
            edits, title = convert.names_with_colons(place), "Write each name with a colon"
        return Advice(
            f"{_subject(place, shape)}, and this is a list; {REFUSED}.",
            'Write a key and a colon in each line, without "- ".',
            edits=edits,
            title=title,
        )
    return Advice(
        f"{_subject(place, shape)}, and this is a list; {REFUSED}.",
        "Write one value behind the colon, without brackets or dashes.",
    )


def _plain_instead(work: Work, place: Place, shape: Shape) -> Advice:
    """Advise on a plain value where something else belongs."""
    kind = kind_of(place.data)
    written = _written(place)
    if place.shape is not None and place.shape.is_deprecated:
        fix = removal(work, place)
        return Advice(
            f"{_subject(place, shape)}, and {written} is {noun(kind)}; {REFUSED},"
            " although it ignores the key.",
            "Delete the line: the key is obsolete.",
            edits=fix.edits if fix else convert.quote(work, [place]),
            title=fix.title if fix else "Put quotes around it",
        )
    if shape.takes(Kind.STRING):
        return _quotes_wanted(work, place, shape, kind, written)
    if kind is Kind.STRING and shape.takes(Kind.BOOLEAN):
        meant = {"true": "true", "yes": "true", "on": "true", "false": "false", "no": "false"}
        value = meant.get(str(place.data).lower(), "")
        return Advice(
            f"{_subject(place, shape)}, and {quoted(said(place))} is text; {REFUSED}.",
            f"Write {value} without quotes." if value else "Write true or false without quotes.",
            edits=convert.replace(place, value) if value and not place.is_computed else None,
            title=f"Write {value}",
            suggestions=(value,) if value else (),
        )
    if shape.takes(Kind.ARRAY):
        written_lines = written.splitlines()
        runs = ": its lines run together into one text" if len(written_lines) > 1 else ""
        return Advice(
            f"{_subject(place, shape)}, and this is {noun(kind)}{runs}; {REFUSED}.",
            'Write "- " at the start of each line.'
            if runs
            else 'Write each item on a line of its own, after "- ".',
            edits=text_lines.list_of_lines(work, place),
            title='Write "- " before each line' if runs else "Write it as a list",
        )
    pairs = text_lines.pairs_of_lines(place, shape) if shape.takes(Kind.OBJECT) else None
    if pairs is not None:
        # `image:nginx`, `image = nginx` or `image nginx`: for YAML, a text.
        right = pairs.written[0]
        one = len(pairs.written) == 1
        looks = (
            " since what looks like a blank behind the colon is none, but a no-break space, say;"
            if any(letter in FOREIGN_BLANKS for letter in written)
            else ""
        )
        return Advice(
            f"{quoted(written)} under {quoted(place.name)} is text, not"
            f" {'a key with a value' if one else 'keys with values'}{',' if looks else ''}"
            f"{looks or ';'} {REFUSED}.",
            f"Write {quoted(right)}{'' if one else ', and so on'}.",
            edits=pairs.edits,
            title=f"Write {quoted(right)}" if one else "Write a colon and a blank behind each key",
            suggestions=(right,) if one else (),
        )
    return Advice(
        f"{_subject(place, shape)}, and this is {noun(kind)}; {REFUSED}.",
        "Write its keys below it, indented more."
        if shape.takes(Kind.OBJECT)
        else f"Write {wanted(shape)} instead.",
    )


def _quotes_wanted(
    work: Work, place: Place, shape: Shape, kind: Kind | None, written: str
) -> Advice:
    """Advise on a number, or true or false, where text belongs."""
    message = f"{_subject(place, shape)}, and {written} without quotes is {noun(kind)}; {REFUSED}."
    units = _UNITS.get(shape.syntax)
    if units is not None:
        # Without a unit, people mean seconds; of sizes, nobody can tell.
        is_time = shape.syntax == "duration" and _NUMBER.fullmatch(written) is not None
        return Advice(
            message,
            f"Write it with its unit, such as {units}.",
            edits=convert.replace(place, f"{written}s") if is_time else None,
            title=f'Write "{written}s"',
            safety=Safety.UNSAFE,
        )
    if kind is Kind.BOOLEAN and not shape.takes(Kind.ARRAY):
        return Advice(message, f"Write what is meant as text, or put quotes around {written}.")
    return Advice(
        message,
        f'Put quotes around it: "{written}".',
        edits=convert.quote(work, [place]),
        title=f'Write "{written}" in quotes',
        suggestions=(f'"{written}"',),
    )


def _written(place: Place) -> str:
    """Return the characters that stand for a value in the text."""
    node = place.node
    return node.source.text[node.start : node.end]
