"""How a file is written, so that what is added to it looks as if its author had written it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct, field

from composecheck.yaml.editing.lines import blank_lines_below, column_of, last_line
from composecheck.yaml.nodes import Mapping, Scalar, Sequence, Style
from composecheck.yaml.scalars import resolve

if TYPE_CHECKING:
    from composecheck.yaml import Document
    from composecheck.yaml.editing.spots import Spot
    from composecheck.yaml.nodes import Node

_Kind = TypeVar("_Kind")

_QUOTES = (Style.SINGLE_QUOTED, Style.DOUBLE_QUOTED)


class Habits(Struct, frozen=True):
    """The habits of a file.

    `step` is by how many blanks it indents keys under a key, `dash_step` dashes under a key (0
    where they stand in the key's own column), `dash_gap` how many blanks follow a dash. `quote` is
    its quote. `null`, `true` and `false` are its words for these; a `null` of "" is left out.
    """

    step: int = 2
    dash_step: int = 2
    dash_gap: int = 1
    quote: Style = Style.DOUBLE_QUOTED
    null: str = ""
    true: str = "true"
    false: str = "false"


class _Counts(Struct):
    """What occurs how often."""

    steps: Counter[int] = field(default_factory=Counter)
    dash_steps: Counter[int] = field(default_factory=Counter)
    dash_gaps: Counter[int] = field(default_factory=Counter)
    quotes: Counter[Style] = field(default_factory=Counter)
    nulls: Counter[str] = field(default_factory=Counter)
    trues: Counter[str] = field(default_factory=Counter)
    falses: Counter[str] = field(default_factory=Counter)


def habits_of(document: Document, near: Node | None = None) -> Habits:
    """Return the habits of a file; those of the mapping `near` go first where they differ."""
    counts = _Counts()
    for root in document.roots:
        _count(root, counts)
    steps, dash_steps = counts.steps, counts.dash_steps
    if isinstance(near, Mapping) and not near.is_flow:
        beside = _Counts()
        column = column_of(near.source, near.entries[0].start) if near.entries else 0
        for entry in near.entries:
            _count_step(entry.value, column, beside.steps)
            _count_list(entry.value, column, beside.dash_steps)
        steps, dash_steps = beside.steps or steps, beside.dash_steps or dash_steps
    step = _most(steps, 2)
    return Habits(
        step,
        _most(dash_steps, step),
        _most(counts.dash_gaps, 1),
        _most(counts.quotes, Style.DOUBLE_QUOTED),
        _most(counts.nulls, ""),
        _most(counts.trues, "true"),
        _most(counts.falses, "false"),
    )


def _most(counter: Counter[_Kind], otherwise: _Kind) -> _Kind:
    return counter.most_common(1)[0][0] if counter else otherwise


def _count(root: Node, counts: _Counts) -> None:
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Scalar):
            _count_scalar(node, counts)
        elif isinstance(node, Mapping):
            values = [entry.value for entry in node.entries]
            if not node.is_flow and values:
                column = column_of(node.source, node.entries[0].start)
                for value in values:
                    _count_step(value, column, counts.steps)
                    _count_list(value, column, counts.dash_steps)
            waiting += reversed(values)
        elif isinstance(node, Sequence):
            if not node.is_flow:
                _count_gaps(node, counts)
            waiting += reversed(node.items)


def _count_step(value: Node, column: int, counter: Counter[int]) -> None:
    if isinstance(value, Mapping) and not value.is_flow and value.entries:
        counter[column_of(value.source, value.entries[0].start) - column] += 1


def _count_list(value: Node, column: int, counter: Counter[int]) -> None:
    if isinstance(value, Sequence) and not value.is_flow and value.items:
        properties = value.properties
        dash = properties.content_start if properties else value.start
        counter[column_of(value.source, dash) - column] += 1


def _count_gaps(node: Sequence, counts: _Counts) -> None:
    text = node.source.text
    for item in node.items:
        if item.start < item.end:
            before = text[max(0, item.start - 10) : item.start]
            blanks = len(before) - len(before.rstrip(" "))
            if before[: len(before) - blanks].endswith("-"):
                counts.dash_gaps[blanks] += 1


def _count_scalar(node: Scalar, counts: _Counts) -> None:
    if node.style in _QUOTES:
        counts.quotes[node.style] += 1
        return
    if node.style is not Style.PLAIN or node.properties is not None:
        return
    if node.text[:1] in "~nNtTfF":
        match resolve(node):
            case None:
                counts.nulls[node.text] += 1
            case True:
                counts.trues[node.text] += 1
            case False:
                counts.falses[node.text] += 1


def quoting_of(nodes: list[Node]) -> Style:
    """Return how texts are written beside `nodes`: in quotes only if all of them are."""
    styles = [node.style for node in nodes if isinstance(node, Scalar) and _is_text(node)]
    if styles and all(style in _QUOTES for style in styles):
        return Counter(styles).most_common(1)[0][0]
    return Style.PLAIN


def _is_text(node: Scalar) -> bool:
    return not node.style.is_block and isinstance(resolve(node), str)


def blank_lines_between(spot: Spot) -> int:
    """Return how many blank lines its author would leave between two entries or items at `spot`.

    If there is only one, what is as deep in the file as this tells; if that does not, what stands
    directly under a key at the top, such as services, is taken for a section as those at the top.
    Two of these have a blank line between them.
    """
    gaps = _gaps(spot.node)
    depth = len(spot.path)
    if not gaps and depth:
        gaps = [
            gap
            for root in spot.document.roots
            for node in _at_depth(root, depth)
            if isinstance(node, Mapping) == isinstance(spot.node, Mapping)
            and _has_blocks(node) == _has_blocks(spot.node)
            for gap in _gaps(node)
        ]
    if not gaps and depth == 1 and _holds_sections(spot.node):
        gaps = [gap for root in spot.document.roots for gap in _gaps(root)]
    if not gaps:
        return 0 if depth else 1
    with_blanks = [gap for gap in gaps if gap]
    return Counter(with_blanks).most_common(1)[0][0] if 2 * len(with_blanks) >= len(gaps) else 0


def _gaps(node: Node) -> list[int]:
    """Return how many blank lines stand below each entry or item of a block but the last."""
    if not isinstance(node, Mapping | Sequence) or node.is_flow:
        return []
    parts = node.entries if isinstance(node, Mapping) else node.items
    ends = [part.span.end for part in parts]
    return [blank_lines_below(node.source, last_line(node.source, end)) for end in ends[:-1]]


def _has_blocks(node: Node) -> bool:
    """Whether something in `node` has lines of its own: one line needs no blank line beside it."""
    return any(
        isinstance(value, Mapping | Sequence) and not value.is_flow for value in _values(node)
    )


def _at_depth(root: Node, depth: int) -> list[Node]:
    nodes = [root]
    for _ in range(depth):
        nodes = [value for node in nodes for value in _values(node)]
    return nodes


def _values(node: Node) -> list[Node]:
    if isinstance(node, Mapping):
        return [entry.value for entry in node.entries]
    return list(node.items) if isinstance(node, Sequence) else []


def _holds_sections(node: Node) -> bool:
    """Whether there are further keys with values in what stands here."""
    return isinstance(node, Mapping) and all(
        isinstance(entry.value, Mapping) and not entry.value.is_flow for entry in node.entries
    )
