"""A node tree as plain data, each part of which knows where it stands.

`build_stage_tree` reads what files add up to, as Compose judges it; `build_tree` one document as it
is written, its merge keys resolved and aliases followed. What cannot be known is there as
`UNKNOWN`, or as an `UncertainText`. What Compose drops before it judges the shape is not there:
what is marked `!reset`, and `extends` and `include`, which it has consumed by then.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct, field

from composecheck.expressions import expression
from composecheck.language.traced import HOLE
from composecheck.schema.grammar import ANYTHING, Kind, Shape
from composecheck.yaml.merge import effective_entries, name_of
from composecheck.yaml.nodes import Alias, Mapping, Scalar, Sequence, follow, tag_of
from composecheck.yaml.scalars import Absent, Timestamp, Unresolvable, resolve
from composecheck.yaml.structure import OVERRIDE_TAG, is_reset

if TYPE_CHECKING:
    from collections.abc import Set

    from composecheck.finding import Path, PathKey
    from composecheck.language.traced import Traced
    from composecheck.yaml.nodes import Entry, Node

MOST_PLACES = 100_000
"""Compose reads no more nodes than that, aliases followed; what lies beyond is unknown to us."""

DEEPEST = 40
"""Levels that are looked at. The schema knows no more than twelve."""

EXTENDING_SECTIONS = ("services", "jobs")
"""The sections in which `extends` is consumed before the shape is judged (measured)."""
_VARIABLE = expression(r"\$[A-Za-z_{]")


class _Unknown:
    """A value of which nothing is known."""

    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN: Final = _Unknown()


class UncertainText(str):
    """A text in which variables stand: that it is text is certain, what it says is not."""

    __slots__ = ()

    def could_be(self, text: str) -> bool:
        """Whether the parts that are unknown can be such that it is `text`."""
        if HOLE not in self:
            return True
        known = ".*".join(map(re.escape, self.split(HOLE)))
        return re.fullmatch(known, text, re.DOTALL) is not None


class Place(Struct, eq=False):
    """A value in a file: where it stands, what it is, and what might stand there."""

    node: Node
    """As it is written: an alias, where one is used."""
    shape: Shape | None
    """What may stand here; None under a key that may not stand where it does."""
    parent: Place | None = None
    key: PathKey | None = None
    entry: Entry | None = None
    """The key with its value, if this is the value of a mapping."""
    is_shared: bool = False
    """Whether an alias or a merge key led here: then the text stands somewhere else."""
    is_partial: bool = False
    """Whether another file, document or service may supply what is missing here."""
    is_computed: bool = False
    """Whether Compose made `data` of what is written: it put variables in, or cast the text."""
    text: Traced | None = None
    """Of a value that is computed: its text, and where that came from."""
    data: Any = UNKNOWN
    children: dict[PathKey, Place] = field(default_factory=dict)
    """In the order of the text; what came through a merge key stands last."""

    def __repr__(self) -> str:
        return f"Place({self.path!r}, {self.data!r})"

    @property
    def path(self) -> Path:
        """The keys and indices that lead here."""
        steps: list[PathKey] = []
        place: Place | None = self
        while place is not None and place.key is not None:
            steps.append(place.key)
            place = place.parent
        return tuple(reversed(steps))

    @property
    def name(self) -> str:
        """The key that this stands under; for an item of a list, the key of the list."""
        place: Place | None = self
        while place is not None and isinstance(place.key, int):
            place = place.parent
        return str(place.key) if place is not None and place.key is not None else ""

    @property
    def root(self) -> Place:
        """The top of the tree that this is in."""
        place = self
        while place.parent is not None:
            place = place.parent
        return place

    @property
    def mark(self) -> Node:
        """The node to point at when speaking of this place: its key, or the value itself."""
        return self.node if self.entry is None else self.entry.key

    def under(self, ancestor: Place) -> bool:
        """Whether this is `ancestor` or stands in it."""
        place: Place | None = self
        while place is not None:
            if place is ancestor:
                return True
            place = place.parent
        return False


def kind_of(data: object) -> Kind | None:
    """Return which kind of value `data` is; None if it is unknown."""
    match data:
        case None:
            return Kind.NULL
        case bool():
            return Kind.BOOLEAN
        case str():
            return Kind.STRING
        case int():
            return Kind.INTEGER
        case float():
            return Kind.INTEGER if data.is_integer() else Kind.NUMBER
        case dict():
            return Kind.OBJECT
        case list():
            return Kind.ARRAY
    return None


def build_tree(root: Node, shape: Shape, *, is_partial: bool) -> Place:
    """Read the tree under `root` as it is written; `shape` may stand there.

    `is_partial` says that another file or document supplies what may be missing here.
    """
    place = Place(node=root, shape=shape, is_partial=is_partial)
    _Builder().fill(place, DEEPEST)
    return place


def build_stage_tree(
    root: Node,
    shape: Shape,
    *,
    is_partial: bool,
    partial_services: Set[str] = frozenset(),
    keeps_variables: bool = False,
) -> Place:
    """Read the tree under `root`, which is what files add up to; `shape` may stand there.

    `is_partial` and `partial_services` say that something unknown supplies what may be missing, in
    all of it or in these services. Texts with `traced.HOLE` in them are uncertain; where it
    `keeps_variables`, those in which variables stand.
    """
    place = Place(node=root, shape=shape, is_partial=is_partial)
    _StageBuilder(partial_services, keeps_variables=keeps_variables).fill(place, DEEPEST)
    return place


class _Builder:
    """Counts the places while it makes them."""

    def __init__(self) -> None:
        self.places = 0

    def fill(self, place: Place, levels: int) -> None:
        """Read the value at `place` and what is in it."""
        self.places += 1
        node = follow(place.node)
        if node is None or self.places > MOST_PLACES or levels <= 0 or place.shape is ANYTHING:
            return
        if isinstance(place.node, Alias):
            place.is_shared = True
        if tag_of(node) == OVERRIDE_TAG:
            place.is_partial = False  # it replaces what another file says: nothing is added to it
        match node:
            case Scalar():
                place.data = self.value(node)
            case Sequence():
                self._fill_sequence(place, node, levels)
            case Mapping():
                self.fill_mapping(place, node, levels)
        if place.data is None and place.is_partial and not _must_be_mapping(place):
            place.data = UNKNOWN  # it keeps what the other file says

    def is_uncertain(self, text: str) -> bool:
        """Whether variables stand in `text`."""
        return "$" in text and _VARIABLE.search(text) is not None

    def value(self, scalar: Scalar) -> object:
        """Return what a value without parts is."""
        value = resolve(scalar)
        if isinstance(value, str):
            return UncertainText(value) if self.is_uncertain(value) else value
        if isinstance(value, Timestamp):
            return value.text
        return UNKNOWN if isinstance(value, Absent | Unresolvable) else value

    def is_dropped(self, node: Node) -> bool:
        """Whether Compose drops this value before it judges the shape."""
        return is_reset(node) or _is_absent(node)

    def _fill_sequence(self, place: Place, node: Sequence, levels: int) -> None:
        shape = place.shape.item if place.shape is not None else None
        place.data = []
        for item in node.items:
            if self.is_dropped(item):
                continue
            child = Place(
                node=item,
                shape=shape,
                parent=place,
                key=len(place.data),
                is_shared=place.is_shared,
                # No other file supplies what is missing in an item: lists are joined.
            )
            self.fill(child, levels - 1)
            place.children[len(place.data)] = child
            place.data.append(child.data)

    def fill_mapping(self, place: Place, node: Mapping, levels: int) -> None:
        """Read the keys and values of `node` into `place`."""
        entries = effective_entries(node)
        own = {id(entry) for entry in node.entries}
        is_root = place.parent is None
        is_service = _is_service(place)
        if is_service and "extends" in entries:
            place.is_partial = True
        place.data = {}
        for key, entry in entries.items():
            if (is_root and key == "include") or (is_service and key == "extends"):
                continue
            if self.is_dropped(entry.value) or not _is_text(entry.key):
                continue
            self.add(place, key, entry, levels, is_shared=id(entry) not in own)

    def add(
        self, place: Place, key: str, entry: Entry, levels: int, *, is_shared: bool = False
    ) -> None:
        """Read a value into `place`, under its key."""
        child = Place(
            node=entry.value,
            shape=place.shape.child(key) if place.shape is not None else None,
            parent=place,
            key=key,
            entry=entry,
            is_shared=place.is_shared or is_shared,
            is_partial=place.is_partial,
        )
        self.fill(child, levels - 1)
        place.children[key] = child
        place.data[key] = child.data


class _StageBuilder(_Builder):
    """Reads what files add up to: there are no aliases, merge keys and marks to drop any more."""

    def __init__(self, partial_services: Set[str], *, keeps_variables: bool) -> None:
        super().__init__()
        self.partial_services = partial_services
        self.keeps_variables = keeps_variables

    def is_uncertain(self, text: str) -> bool:
        return HOLE in text or (self.keeps_variables and super().is_uncertain(text))

    def value(self, scalar: Scalar) -> object:
        value = super().value(scalar)
        # Nothing stands for an alias of something that is not defined, which has a finding.
        is_alias = value is None and scalar.source.text.startswith("*", scalar.start, scalar.end)
        return UNKNOWN if is_alias else value

    def is_dropped(self, node: Node) -> bool:
        return False

    def fill_mapping(self, place: Place, node: Mapping, levels: int) -> None:
        if place.key in self.partial_services and _is_service(place):
            place.is_partial = True
        place.data = {}
        for entry in node.entries:
            name = name_of(entry.key)
            # A key that is unknown in part can be one that may stand here: it came from a list.
            if name is None or HOLE in name or not _is_text(entry.key):
                continue
            self.add(place, name, entry, levels)


def _is_service(place: Place) -> bool:
    section = place.parent
    return (
        section is not None
        and section.parent is not None
        and section.parent.parent is None
        and section.key in EXTENDING_SECTIONS
    )


def _must_be_mapping(place: Place) -> bool:
    """Whether Compose wants a mapping here even where another file has one already."""
    parent = place.parent
    return parent is None or (parent.parent is None and place.key in ("services", "jobs"))


def _is_text(key: Node) -> bool:
    """Whether a key is text. Compose refuses any other; that is said where YAML is read."""
    content = follow(key)
    return isinstance(content, Scalar) and isinstance(resolve(content), str)


def _is_absent(node: Node) -> bool:
    target = follow(node)
    return isinstance(target, Scalar) and isinstance(resolve(target), Absent)
