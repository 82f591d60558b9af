"""Traced text: characters that know where they stand, between parts whose text nobody knows.

Every parser in `language/` reads it, so that `80800` in `"${HOST}:80800:80"` can be underlined,
and so that what depends on a variable is not judged as if it did not. That text is one unknown
part and ten characters; an unknown part counts as one element, however long its text may be.

How a parser treats the unknown honestly: splitting and searching look at the known characters
only, and an unknown part may hold anything, also a separator. After `text.split(":")`, a part that
is known is truly one of the parts, since a known separator or the end stands on both sides; but its
number is certain only when counted from an end of the row between which and it all is known.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, overload

from msgspec import Struct

from composecheck.source import Span
from composecheck.yaml.places import places

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from composecheck.source import Source
    from composecheck.yaml.nodes import Scalar

HOLE = "\ud800"
"""What stands in `Traced.shape` for an unknown part: no text that Compose reads can have it."""


class Operator(Enum):
    """What stands between a variable's name and what to use instead: `${NAME:-instead}`."""

    DEFAULT_IF_EMPTY = ":-"
    DEFAULT_IF_UNSET = "-"
    REQUIRED_NOT_EMPTY = ":?"
    REQUIRED_SET = "?"
    INSTEAD_IF_NOT_EMPTY = ":+"
    INSTEAD_IF_SET = "+"

    @property
    def concerns_empty(self) -> bool:
        """Whether an empty value counts as none at all: the forms with a colon."""
        return self.value.startswith(":")

    @property
    def is_default(self) -> bool:
        """Whether what follows is used where the variable has no value."""
        return self.value.endswith("-")

    @property
    def is_required(self) -> bool:
        """Whether Compose refuses the text where the variable has no value."""
        return self.value.endswith("?")

    @property
    def is_instead(self) -> bool:
        """Whether what follows is used where the variable has a value."""
        return self.value.endswith("+")


class Unknown(Struct, frozen=True, eq=False):
    """A part whose text is not known.

    `variable` is the name of the variable that decides it; empty where the text is written in a way
    that Compose refuses. `span` is the whole `${…}`. `argument` is the text after `operator`, read
    as far as it can be: the default, or what is used instead. It is what the part may be, not what
    it is.
    """

    variable: str
    span: Span
    operator: Operator | None = None
    argument: Traced | None = None

    @property
    def may_be_empty(self) -> bool:
        """Whether there is an environment in which nothing stands here."""
        match self.operator:
            case Operator.REQUIRED_NOT_EMPTY:
                return False
            case Operator.DEFAULT_IF_EMPTY:
                return self.argument is None or self.argument.may_be_empty
            case _:
                return True


class NotKnown(ValueError):
    """The text was asked for, and a part of it is unknown."""


class Traced(Struct, frozen=True, eq=False):
    """A row of elements: characters and unknown parts.

    `shape` has one character for each element; for an unknown part that is HOLE, so a regular
    expression can be matched against it: digits, letters and punctuation never match a HOLE, `.`
    and `[^:]` do. Element i stands in `source` from offset `starts[i]` up to, not including,
    `ends[i]`; substituted characters all stand at the whole `${…}` they came from. `holes` are the
    unknown parts with their index, in order. `origin` is the offset of an empty text.

    Slices, parts and sums are traced texts of the same source; two are compared with `equals`.
    """

    source: Source
    shape: str
    starts: Sequence[int]
    ends: Sequence[int]
    holes: tuple[tuple[int, Unknown], ...]
    origin: int

    @property
    def is_known(self) -> bool:
        """Whether all of it is known."""
        return not self.holes

    @property
    def text(self) -> str:
        """The characters. Raises NotKnown if a part is unknown: ask `is_known` before."""
        if self.holes:
            raise NotKnown(f"the text depends on {self.holes[0][1].variable!r}")
        return self.shape

    @property
    def unknowns(self) -> tuple[Unknown, ...]:
        """The unknown parts."""
        return tuple(unknown for _, unknown in self.holes)

    @property
    def span(self) -> Span:
        """From the first element to the last; an empty text has an empty span at its place."""
        if not self.shape:
            return Span(self.origin, self.origin)
        return Span(self.starts[0], self.ends[-1])

    @property
    def may_be_empty(self) -> bool:
        """Whether there is an environment in which nothing is left of it."""
        return len(self.holes) == len(self.shape) and all(
            unknown.may_be_empty for unknown in self.unknowns
        )

    @property
    def pieces(self) -> tuple[Traced | Unknown, ...]:
        """The longest known rows of characters, and the unknown parts between them."""
        pieces: list[Traced | Unknown] = []
        start = 0
        for index, unknown in self.holes:
            if start < index:
                pieces.append(self[start:index])
            pieces.append(unknown)
            start = index + 1
        if start < len(self.shape):
            pieces.append(self[start:])
        return tuple(pieces)

    def __len__(self) -> int:
        return len(self.shape)

    def __iter__(self) -> Iterator[str | Unknown]:
        holes = dict(self.holes)
        return (holes.get(index, character) for index, character in enumerate(self.shape))

    @overload
    def __getitem__(self, index: int) -> str | Unknown: ...
    @overload
    def __getitem__(self, index: slice) -> Traced: ...
    def __getitem__(self, index: int | slice) -> str | Unknown | Traced:
        if isinstance(index, int):
            character = self.shape[index]
            return dict(self.holes).get(index % len(self.shape), character)
        start, stop, step = index.indices(len(self.shape))
        if step != 1:
            raise ValueError("a traced text is cut in steps of 1 only")
        shape = self.shape
        if start == 0 and stop == len(shape):
            return self
        if stop < start:
            stop = start
        holes = self.holes
        if holes:
            holes = tuple((at - start, unknown) for at, unknown in holes if start <= at < stop)
        return Traced(
            self.source,
            shape[start:stop],
            self.starts[start:stop],
            self.ends[start:stop],
            holes,
            self.starts[start] if start < len(shape) else self._place(start),
        )

    def __add__(self, other: Traced) -> Traced:
        return join(self.source, (self, other), self.span.start)

    def __repr__(self) -> str:
        parts = (
            f"${{{piece.variable}}}" if isinstance(piece, Unknown) else piece.shape
            for piece in self.pieces
        )
        return f"<Traced {''.join(parts)!r} at {self.span.start}:{self.span.end}>"

    def find(self, text: str, start: int = 0) -> int:
        """Return the index from which `text` stands, at or behind index `start`, or -1."""
        return self.shape.find(text, start)

    def rfind(self, text: str) -> int:
        """Return the last index from which `text` stands, or -1."""
        return self.shape.rfind(text)

    def split(self, separator: str, most: int = -1) -> list[Traced]:
        """Cut at each `separator` that is known to be there, from the left at `most` times."""
        parts = []
        start = 0
        for part in self.shape.split(separator, most):
            parts.append(self[start : start + len(part)])
            start += len(part) + len(separator)
        return parts

    def partition(self, separator: str) -> tuple[Traced, Traced, Traced]:
        """Cut at the first `separator` into what is before it, itself, and what is behind.

        Without one: all of it, and two empty texts.
        """
        index = self.shape.find(separator)
        return self._cut(index if index >= 0 else len(self.shape), len(separator))

    def rpartition(self, separator: str) -> tuple[Traced, Traced, Traced]:
        """Cut at the last `separator`. Without one: two empty texts, and all of it."""
        index = self.shape.rfind(separator)
        return self._cut(index, len(separator)) if index >= 0 else self._cut(0, 0)

    def _cut(self, index: int, length: int) -> tuple[Traced, Traced, Traced]:
        return self[:index], self[index : index + length], self[index + length :]

    def strip(self, characters: str | None = None) -> Traced:
        """Return it without blanks (or any of `characters`) at both ends."""
        return self.lstrip(characters).rstrip(characters)

    def lstrip(self, characters: str | None = None) -> Traced:
        """Return it without blanks (or any of `characters`) at its beginning."""
        return self[len(self.shape) - len(self.shape.lstrip(characters)) :]

    def rstrip(self, characters: str | None = None) -> Traced:
        """Return it without blanks (or any of `characters`) at its end."""
        return self[: len(self.shape.rstrip(characters))]

    def startswith(self, text: str | tuple[str, ...]) -> bool:
        """Whether it begins with `text` (or one of several) whatever the unknown parts are."""
        return self.shape.startswith(text)

    def endswith(self, text: str | tuple[str, ...]) -> bool:
        """Whether it ends with `text` (or one of several) whatever the unknown parts are."""
        return self.shape.endswith(text)

    def equals(self, text: str) -> bool:
        """Whether it is known, and just `text`."""
        return not self.holes and self.shape == text

    def could_be(self, text: str) -> bool:
        """Whether the unknown parts can be such that it is `text`."""
        pieces = self.pieces
        position = 0  # how much of `text` the pieces so far account for
        least: int | None = None  # the fewest characters of the unknown parts since, if any
        for number, piece in enumerate(pieces, start=1):
            if isinstance(piece, Unknown):
                least = (least or 0) + (0 if piece.may_be_empty else 1)
                continue
            if least is None:
                index = position if text.startswith(piece.shape, position) else -1
            elif number == len(pieces):
                index = len(text) - len(piece.shape) if text.endswith(piece.shape) else -1
            else:
                index = text.find(piece.shape, position + least)
            if index < position + (least or 0):
                return False
            position = index + len(piece.shape)
            least = None
        return position == len(text) if least is None else position + least <= len(text)

    def _place(self, index: int) -> int:
        """Return the offset at which something before element `index` would stand."""
        if index < len(self.shape):
            return self.starts[index]
        return self.ends[-1] if self.shape else self.origin


def trace(scalar: Scalar) -> Traced:
    """Return the text of `scalar` as it is written: variables in it have not been read."""
    where = places(scalar)
    return Traced(scalar.source, scalar.text, where.starts, where.ends, (), where.content.start)


def known(source: Source, text: str, span: Span) -> Traced:
    """Return `text`, all characters of which stand at the whole of `span`."""
    starts, ends = (span.start,) * len(text), (span.end,) * len(text)
    return Traced(source, text, starts, ends, (), span.start)


def unknown(source: Source, part: Unknown) -> Traced:
    """Return a text that is one unknown part."""
    return Traced(source, HOLE, (part.span.start,), (part.span.end,), ((0, part),), part.span.start)


def join(source: Source, parts: Iterable[Traced], origin: int) -> Traced:
    """Return `parts` one behind the other; `origin` is the offset of the whole if it is empty."""
    filled = [part for part in parts if part.shape]
    if len(filled) == 1:
        return filled[0]
    shape = "".join(part.shape for part in filled)
    starts = tuple(offset for part in filled for offset in part.starts)
    ends = tuple(offset for part in filled for offset in part.ends)
    holes: list[tuple[int, Unknown]] = []
    length = 0
    for part in filled:
        holes.extend((length + index, unknown) for index, unknown in part.holes)
        length += len(part.shape)
    return Traced(source, shape, starts, ends, tuple(holes), origin)
