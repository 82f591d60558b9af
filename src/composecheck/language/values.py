"""What stands behind a key of a long form: text, a number, or true or false.

`text_of` gives the text of a scalar that YAML reads as text: `traced.trace` for a file as it is
written, and for a project whose variables are replaced, what became of the text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.language.casts import Boolean, Integer, Number
from composecheck.language.traced import Traced, known, trace
from composecheck.yaml.nodes import Scalar, Sequence, follow
from composecheck.yaml.scalars import resolve

if TYPE_CHECKING:
    from collections.abc import Callable

    from composecheck.yaml.nodes import Entry, Node

    TextOf = Callable[[Scalar], Traced]

Value = Traced | Integer | Number | Boolean


def read_value(node: Node, text_of: TextOf) -> Value | None:
    """Return the value of `node`; None for nothing, a moment in time, a list, keys and values."""
    scalar = follow(node)
    if not isinstance(scalar, Scalar):
        return None
    value = resolve(scalar)
    if isinstance(value, str):
        if value == scalar.text:
            return text_of(scalar)
        return known(scalar.source, value, trace(scalar).span)
    if isinstance(value, bool):
        return Boolean(value, trace(scalar).span)
    if isinstance(value, int):
        return Integer(value, trace(scalar).span)
    return Number(value, trace(scalar).span) if isinstance(value, float) else None


def read_text(entry: Entry | None, text_of: TextOf) -> Traced | None:
    """Return the text that is the value of `entry`; None if there is none, or it is no text."""
    value = read_value(entry.value, text_of) if entry else None
    return value if isinstance(value, Traced) else None


def read_texts(entry: Entry | None, text_of: TextOf) -> tuple[Traced, ...] | None:
    """Return the texts in a list; what is no text is left out. None if there is no list."""
    content = follow(entry.value) if entry else None
    if not isinstance(content, Sequence):
        return None
    values = (read_value(item, text_of) for item in content.items)
    return tuple(value for value in values if isinstance(value, Traced))


def number_as_text(scalar: Scalar, number: Integer) -> Traced:
    """Return `number` as Compose writes it down where it reads text: 0777 is `511`."""
    written, text = trace(scalar), str(number.value)
    return written if written.equals(text) else known(scalar.source, text, number.span)
