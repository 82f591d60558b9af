"""Keys and values as a list of `KEY=value`: what Compose makes of them when it appends to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.language.traced import join, known, trace
from composecheck.project.go_values import go_text
from composecheck.project.making import traced_at
from composecheck.project.reading import is_null, value_of
from composecheck.yaml.merge import name_of
from composecheck.yaml.nodes import Mapping, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composecheck.language.traced import Traced
    from composecheck.project.ledger import Ledger
    from composecheck.yaml.nodes import Entry, Node


def pairs_as_texts(node: Node, ledger: Ledger) -> tuple[Node, ...]:
    """Return the items of a list, a single text as one item, or `KEY=value` for each key.

    The latter are sorted; a key without a value is only the key; one whose value is a list stands
    there once for each item of that list. Anything else gives nothing.
    """
    if isinstance(node, Sequence):
        return node.items
    if isinstance(node, Mapping):
        pairs = [pair for entry in node.entries for pair in _texts(entry, ledger)]
        return tuple(sorted(pairs, key=lambda pair: pair.text))
    return (node,) if isinstance(value_of(node), str) else ()


def _texts(entry: Entry, ledger: Ledger) -> Iterator[Scalar]:
    key = trace(entry.key) if isinstance(entry.key, Scalar) else None
    name = name_of(entry.key) or ""
    if key is None or key.shape != name:
        key = known(entry.key.source, name, entry.key.span)
    if is_null(entry.value):
        yield _noted(key, ledger)
        return
    values = entry.value.items if isinstance(entry.value, Sequence) else (entry.value,)
    for value in values:
        sign = known(key.source, "=", entry.key.span)
        yield _noted(join(key.source, (key, sign, _text(value, ledger)), key.span.start), ledger)


def _text(value: Node, ledger: Ledger) -> Traced:
    """Return a value as Go writes it."""
    if isinstance(value, Scalar) and isinstance(value_of(value), str):
        return ledger.text(value)
    return known(value.source, go_text(value_of(value)), value.span)


def _noted(text: Traced, ledger: Ledger) -> Scalar:
    scalar = traced_at(text)
    ledger.texts[scalar] = text
    return scalar
