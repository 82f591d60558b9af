"""The words in which findings speak of values, keys and places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.schema.grammar import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from composecheck.schema.grammar import Shape

REFUSED = "Compose refuses the file"

_NOUNS = {
    Kind.STRING: "text",
    Kind.INTEGER: "a whole number",
    Kind.NUMBER: "a number",
    Kind.BOOLEAN: "true or false",
    Kind.ARRAY: "a list",
    Kind.OBJECT: "keys with values",
    Kind.NULL: "nothing",
}


def noun(kind: Kind | None) -> str:
    """Return what a value of this kind is called: `text`, `a list`."""
    match kind:
        case None:
            return "something else"
        case Kind.INTEGER:
            return "a number"
        case Kind.BOOLEAN:
            return "a yes-or-no value"
    return _NOUNS[kind]


def wanted(shape: Shape) -> str:
    """Return what may stand at a place: `text or a list`."""
    return join_or(
        text
        for kind, text in _NOUNS.items()
        if kind in shape.kinds
        and kind is not Kind.NULL
        and not (kind is Kind.INTEGER and Kind.NUMBER in shape.kinds)
    )


def quoted(name: object) -> str:
    """Return `name` in double quotes, on one line, cut if it is long."""
    text = " ".join(str(name).split())
    if len(text) > 60:
        text = f"{text[:59]}…"
    return f'"{text}"'


def join_or(texts: Iterable[str]) -> str:
    """Return `a, b or c`."""
    return _join(list(texts), "or")


def join_and(texts: Iterable[str]) -> str:
    """Return `a, b and c`."""
    return _join(list(texts), "and")


def more(names: Sequence[str], what: str = "keys") -> str:
    """Return `"a"`, `"a" and "b"`, or `"a" and 3 more keys`; `what` says what they are."""
    if len(names) <= 2:
        return join_and(quoted(name) for name in names)
    return f"{quoted(names[0])} and {len(names) - 1} more {what}"


def _join(texts: list[str], conjunction: str) -> str:
    if len(texts) < 2:
        return "".join(texts)
    return f"{', '.join(texts[:-1])} {conjunction} {texts[-1]}"
