"""Keys with values, written as a list of `KEY=value` or as a mapping.

So are written `environment`, `build.args`, `labels`, `annotations`, `sysctls` and others. (Facts:
compose-go, `types/mapping.go` and `types/labels.go`; the tests ask Docker Compose v5.6.1 itself.)
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from msgspec import Struct

from composecheck.language.casts import Boolean, Integer, Number
from composecheck.language.go_text import SPACES, print_value
from composecheck.language.traced import Traced, known, trace
from composecheck.language.values import read_value
from composecheck.yaml.merge import effective_entries
from composecheck.yaml.nodes import Mapping, Scalar, Sequence, follow
from composecheck.yaml.scalars import Timestamp, resolve
from composecheck.yaml.structure import is_reset

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composecheck.language.values import TextOf
    from composecheck.source import Span
    from composecheck.yaml.nodes import Entry, Node


class Fault(Enum):
    """Why Compose refuses an item of a list of variables."""

    BLANK_BEHIND_KEY = "blank behind key"
    """`- NAME =value`: a blank at the end of the key."""
    LOOKS_LIKE_BLANK = "looks like blank"
    """`- \u00e0=1`: a key whose last letter Compose mistakes for a blank (measured).

    It looks at the last byte alone, and takes 0x85 and 0xA0 for blanks."""


class InvalidKeyValue(Struct, frozen=True):
    """An item of a list that Compose refuses.

    `span` and `text` are the characters at fault: the blanks at the end of the key, or its last
    letter. `key` is the key without them.
    """

    span: Span
    text: str
    fault: Fault
    key: str


class KeyValue(Struct, frozen=True, eq=False):
    """A key with its value, which is None if only the key is written, or the value is null.

    Numbers and booleans are the text that Compose makes of them. `span` is all of it. `is_listed`
    says that it is an item of a list. Where the key has unknown parts, these may hold the `=`.
    """

    key: Traced
    value: Traced | None
    span: Span
    is_listed: bool


def read_environment(node: Node, text_of: TextOf) -> tuple[KeyValue | InvalidKeyValue, ...]:
    """Read the variables of a container, in the order of the text.

    Of several items for one key the last counts.
    """
    return tuple(
        (pair.is_listed and _blank_behind_key(pair)) or pair
        for pair in read_key_values(node, text_of)
    )


def read_build_arguments(node: Node, text_of: TextOf) -> tuple[KeyValue | InvalidKeyValue, ...]:
    """Read the variables of a build, in the order of the text.

    Unlike in a container's, Compose does not look at a key alone: it drops one that has no value in
    its own environment before it would (measured).
    """
    return tuple(
        (pair.is_listed and pair.value is not None and _blank_behind_key(pair)) or pair
        for pair in read_key_values(node, text_of)
    )


def read_key_values(node: Node, text_of: TextOf) -> tuple[KeyValue, ...]:
    """Read labels, options and the like: anything is right.

    What is no text in a list, and no single value in a mapping, is left out.
    """
    content = follow(node)
    if isinstance(content, Sequence):
        values = (read_value(item, text_of) for item in content.items)
        return tuple(_cut(value) for value in values if isinstance(value, Traced))
    if not isinstance(content, Mapping):
        return ()
    pairs = []
    for entry in entries(content):
        value = follow(entry.value)
        if isinstance(value, Scalar):
            printed = read_printed(value, text_of)
            pairs.append(KeyValue(key_of(entry), printed, entry.span, is_listed=False))
    return tuple(pairs)


def entries(mapping: Mapping) -> Iterator[Entry]:
    """Yield the entries of `mapping` that Compose sees: merge keys followed, resets dropped."""
    return (entry for entry in effective_entries(mapping).values() if not is_reset(entry.value))


def key_of(entry: Entry) -> Traced:
    """Return the key of `entry`, in which Compose replaces no variables."""
    key = follow(entry.key)
    assert isinstance(key, Scalar)  # `effective_entries` leaves out others
    return trace(key)


def read_printed(scalar: Scalar, text_of: TextOf) -> Traced | None:
    """Return the text that Compose makes of a value, also of a number; None for null."""
    match read_value(scalar, text_of):
        case Traced() as text:
            return text
        case Boolean(value, span) | Integer(value, span) | Number(value, span):
            return known(scalar.source, print_value(value), span)
        case _:
            moment = resolve(scalar)
            if not isinstance(moment, Timestamp):
                return None
            return known(scalar.source, moment.text, trace(scalar).span)


def _cut(item: Traced) -> KeyValue:
    key, equals, value = item.partition("=")
    return KeyValue(key, value if len(equals) else None, item.span, is_listed=True)


_BYTES_LIKE_BLANKS = (0x85, 0xA0)


def _blank_behind_key(pair: KeyValue) -> InvalidKeyValue | None:
    key = pair.key
    # An unknown part may hold the `=`, and then the key is another.
    if not key.is_known or not len(key):
        return None
    stripped = key.rstrip(SPACES)
    # Go's blanks beyond those of one byte are none here, unless by the byte they end in.
    last = key.text[-1].encode("utf-8", "surrogatepass")[-1]
    if last not in b"\t\n\v\f\r " and last not in _BYTES_LIKE_BLANKS:
        return None
    if len(stripped) < len(key):
        wrong, fault = key[len(stripped) :], Fault.BLANK_BEHIND_KEY
    else:
        wrong, stripped, fault = key[-1:], key[:-1], Fault.LOOKS_LIKE_BLANK
    return InvalidKeyValue(wrong.span, wrong.text, fault, stripped.text)
