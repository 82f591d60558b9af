"""A document as Compose works with it: aliases followed, variables replaced, texts cast.

What is marked `!reset` is gone, merge keys have become plain keys, and text that Compose makes a
number or a boolean of is one. Each value is still a node with its source and span; what has changed
is a new node, with its text and where each character came from in the ledger. A value that depends
on a variable that nobody knows has `traced.HOLE` in its text.
"""

from __future__ import annotations

import functools
import math
from typing import TYPE_CHECKING

from composecheck.language.casts import InvalidCast, cast_boolean, cast_integer, cast_number
from composecheck.language.traced import Unknown, join, known, trace, unknown
from composecheck.language.variables import InvalidVariable, interpolate, read_variables
from composecheck.project.casts import CASTS, Cast
from composecheck.project.go_values import single
from composecheck.project.making import plain_at, text_at, with_entries, with_items, with_value
from composecheck.project.problem import Fault, Problem, Unset
from composecheck.yaml import limits
from composecheck.yaml.merge import effective_entries
from composecheck.yaml.nodes import Alias, Entry, Mapping, Scalar, Sequence, Style, follow, tag_of
from composecheck.yaml.scalars import Absent, resolve
from composecheck.yaml.structure import OVERRIDE_TAG, RESET_TAG, is_merge, is_reset
from composecheck.yaml.walk import children

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from composecheck.finding import Path
    from composecheck.language.casts import Boolean, Integer, Number
    from composecheck.language.traced import Traced
    from composecheck.project.ledger import Ledger
    from composecheck.project.patterns import Patterns
    from composecheck.source import Source
    from composecheck.yaml.nodes import Node


def interpolate_document(
    root: Node, ledger: Ledger, *, keep_variables: bool = False, assumes_defaults: bool = False
) -> Node:
    """Return the tree of one YAML document as Compose works with it.

    With `keep_variables` they stay as they are written, and nothing is cast. With
    `assumes_defaults`, a variable that nobody knows stands for its default, if it has one. Raises
    TooMuch if aliases nest it deeper than `limits.DEPTH`.
    """
    interpolator = _Interpolator(
        ledger,
        keep_variables=keep_variables,
        assumes_defaults=assumes_defaults,
        has_aliases="*" in root.source.text,
    )
    resolved = interpolator.node(root, CASTS, ())
    return plain_at(root, "") if resolved is None else resolved


def assume_defaults(text: Traced) -> Traced:
    """Return `text` with the default of each unknown part in its place, if that has one.

    That is what the text is as long as those variables are not set. Parts without a default stay
    unknown, also within a default.
    """
    if not any(has_default(part) for part in text.unknowns):
        return text
    parts = (
        _assumed(piece, text.source) if isinstance(piece, Unknown) else piece
        for piece in text.pieces
    )
    return join(text.source, parts, text.span.start)


def has_default(part: Unknown) -> bool:
    """Whether the text says what to put where the variable is not set: `${NAME:-default}`."""
    return part.operator is not None and part.operator.is_default and part.argument is not None


def _assumed(part: Unknown, source: Source) -> Traced:
    if part.argument is None or not has_default(part):
        return unknown(source, part)
    return assume_defaults(part.argument)


class _Interpolator:
    """Goes over a tree once; what several aliases share is gone over once for all of them."""

    def __init__(
        self, ledger: Ledger, *, keep_variables: bool, assumes_defaults: bool, has_aliases: bool
    ) -> None:
        self.ledger = ledger
        # Without aliases, nothing is nested deeper than the file itself may be.
        self.has_aliases = has_aliases
        self.keep_variables = keep_variables
        self.assumes_defaults = assumes_defaults
        self.done: dict[tuple[Node, int, bool], Node] = {}
        self.depths: dict[Node, int] = {}
        self.overriding = False

    def node(self, node: Node, casts: Patterns[Cast] | None, path: Path) -> Node | None:
        """Return what becomes of `node`; None if Compose drops it."""
        content = follow(node)
        if content is None:
            return plain_at(node, "")
        if isinstance(content, Scalar):
            return self._scalar(self._untagged(content), casts.here if casts else None, path)
        if len(path) > limits.DEPTH:
            raise limits.TooMuch(f"its aliases nest it more than {limits.DEPTH} levels deep")
        key = (content, id(casts), self.overriding)
        if key not in self.done:
            was_overriding = self.overriding
            self.overriding = was_overriding or tag_of(content) == OVERRIDE_TAG
            if isinstance(content, Mapping):
                self.done[key] = self._mapping(content, casts, path)
            else:
                self.done[key] = self._sequence(content, casts, path)
            self.overriding = was_overriding
            if self.has_aliases:
                self._check_depth(self.done[key])
        return self.done[key]

    def _check_depth(self, node: Node) -> None:
        """Raise TooMuch if `node`, the parts of which have been checked, is too deep."""
        deepest = max((self.depths.get(part, 0) for part in children(node)), default=0)
        self.depths[node] = deepest + 1
        if deepest >= limits.DEPTH:
            raise limits.TooMuch(f"its aliases nest it more than {limits.DEPTH} levels deep")

    def _untagged(self, scalar: Scalar) -> Scalar:
        """Return `scalar` without a `!reset` that means nothing, within `!override`."""
        if self.overriding and tag_of(scalar) == RESET_TAG:
            return text_at(scalar, scalar.text)
        return scalar

    def _mapping(self, mapping: Mapping, casts: Patterns[Cast] | None, path: Path) -> Mapping:
        entries: list[Entry] = []
        changed = any(map(is_merge, mapping.entries))
        is_plain = not (changed or self.overriding)
        for name, entry in _own(mapping) if is_plain else effective_entries(mapping).items():
            if not self.overriding and is_reset(entry.value):
                changed = True
                continue
            below = casts.below(name) if casts else None
            value = self.node(entry.value, below, (*path, name))
            if value is None:
                changed = True
                continue
            if value is not entry.value or isinstance(entry.key, Alias):
                changed = True
                entry = with_value(entry, value)
                if isinstance(entry.key, Alias):
                    entry = Entry(text_at(entry.key, name), value, entry.start)
            entries.append(entry)
        return with_entries(mapping, entries) if changed else mapping

    def _sequence(self, sequence: Sequence, casts: Patterns[Cast] | None, path: Path) -> Sequence:
        items: list[Node] = []
        changed = False
        for index, item in enumerate(sequence.items):
            if not self.overriding and is_reset(item):
                changed = True
                continue
            below = casts.below(index) if casts else None
            value = self.node(item, below, (*path, index))
            changed = changed or value is not item
            if value is not None:
                items.append(value)
        return with_items(sequence, items) if changed else sequence

    def _scalar(self, scalar: Scalar, kind: Cast | None, path: Path) -> Scalar | None:
        text = scalar.text
        if kind is None and "$" not in text and (text != "<<" or scalar.style is not Style.PLAIN):
            return scalar
        value = resolve(scalar)
        if isinstance(value, Absent):
            return None
        if not isinstance(value, str) or self.keep_variables:
            return scalar
        traced = trace(scalar) if value == text else known(scalar.source, value, scalar.span)
        if "$" in value:
            traced = self._replace_variables(traced, path)
            style = Style.DOUBLE_QUOTED if scalar.style is Style.PLAIN else scalar.style
            scalar = Scalar(scalar.source, scalar.start, scalar.end, traced.shape, style)
            self.ledger.texts[scalar] = traced
        return scalar if kind is None else self._cast(scalar, traced, kind, path)

    def _replace_variables(self, text: Traced, path: Path) -> Traced:
        ledger = self.ledger
        outcome = interpolate(
            read_variables(text), ledger.environment, unset_is_blank=ledger.unset_is_blank
        )
        source = text.source
        for variable in outcome.unset:
            ledger.note_unset(Unset(source, variable, path))
        for may_be, refusals in ((False, outcome.refused), (True, outcome.may_be_refused)):
            for refusal in refusals:
                if isinstance(refusal, InvalidVariable):
                    fault, span, name = Fault.VARIABLE_INVALID, refusal.span, refusal.name
                else:
                    fault, span = Fault.VARIABLE_MISSING, refusal.variable.span
                    name = refusal.variable.name
                ledger.note(
                    Problem(fault, source, span, path, name, payload=refusal, may_be=may_be)
                )
        return assume_defaults(outcome.value) if self.assumes_defaults else outcome.value

    def _cast(self, scalar: Scalar, text: Traced, kind: Cast, path: Path) -> Scalar:
        outcome = _READERS[kind](text)
        if outcome is None:
            return scalar
        if isinstance(outcome, InvalidCast):
            span = outcome.span if len(outcome.span) else scalar.span
            self.ledger.note(
                Problem(Fault.CAST, text.source, span, path, kind.value, payload=outcome)
            )
            return scalar
        value = outcome.value
        if kind is Cast.SINGLE:
            value = single(value)
        # The text is written so that the value's own reader makes the same number of it again.
        cast = plain_at(scalar, _plain_text(value))
        self.ledger.texts[cast] = text
        return cast


def _own(mapping: Mapping) -> Iterable[tuple[str, Entry]]:
    """Return the keys in force, with their entries, of a mapping without merge keys.

    For nearly all, that is what stands there; `effective_entries` knows the rest.
    """
    keys = [entry.key for entry in mapping.entries]
    if all(type(key) is Scalar for key in keys):
        names = [key.text for key in keys if isinstance(key, Scalar)]
        if len(set(names)) == len(names):
            return zip(names, mapping.entries, strict=True)
    return effective_entries(mapping).items()


_READERS: dict[Cast, Callable[[Traced], Integer | Number | Boolean | InvalidCast | None]] = {
    Cast.INTEGER: cast_integer,
    Cast.NUMBER: cast_number,
    Cast.SINGLE: functools.partial(cast_number, bits=32),
    Cast.BOOLEAN: cast_boolean,
}


def _plain_text(value: float) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if math.isnan(value):
        return ".nan"
    if math.isinf(value):
        return ".inf" if value > 0 else "-.inf"
    return repr(value)
