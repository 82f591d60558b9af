"""Edits between brackets and braces."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Edit
from composecheck.source import Span
from composecheck.yaml.editing.refusal import CannotEdit, named
from composecheck.yaml.nodes import Mapping, Sequence

if TYPE_CHECKING:
    from composecheck.yaml.editing.spots import Spot


def put_in(spot: Spot, index: int, text: str) -> Edit:
    """Return the edit that puts `text` at number `index` (from 0) of the brackets at `spot`."""
    node = _bracketed(spot)
    source, spans = node.source, _spans(node)
    inside = _inside(node)
    gaps = _gaps(source.text, spans, inside)
    _check_gap(spot, gaps[index])
    if not spans:
        return Edit(source, inside, text)
    if len(spans) > 1:
        separator = gaps[min(max(index, 1), len(spans) - 1)]
        _check_gap(spot, separator)
    elif "\n" in source.slice(inside) or "\r" in source.slice(inside):
        raise CannotEdit(
            f"The value at {named(spot.path)} stands between brackets on several lines, and it is"
            " not clear where a second one should stand."
        )
    else:
        separator = ", "
    if index < len(spans):
        at = spans[index].start
        return Edit(source, Span(at, at), text + separator)
    at = spans[-1].end
    if source.text.startswith(": ", at - 1):
        at += 1  # `b:,` is not what everybody reads as a key
    return Edit(source, Span(at, at), separator + text)


def take_from(spot: Spot) -> Edit:
    """Return the edit that takes the entry or item at `spot` out of its brackets."""
    assert spot.above is not None
    node = _bracketed(spot.above)
    source, spans, inside = node.source, _spans(node), _inside(node)
    gaps = _gaps(source.text, spans, inside)
    index = spot.index
    _check_gap(spot, gaps[index])
    _check_gap(spot, gaps[index + 1])
    if len(spans) == 1:
        return Edit(source, inside, "")
    if index + 1 < len(spans):
        return Edit(source, Span(spans[index].start, spans[index + 1].start), "")
    return Edit(source, Span(spans[index - 1].end, spans[index].end), "")


def wrap_in(spot: Spot, first: int, last: int, key: str) -> tuple[Edit, ...]:
    """Return the edits that put entries `first` to `last` of the braces at `spot` under `key`."""
    node = _bracketed(spot)
    source, spans = node.source, _spans(node)
    start, end = spans[first].start, spans[last].end
    return (
        Edit(source, Span(start, start), f"{key}: {{"),
        Edit(source, Span(end, end), "}"),
    )


def _bracketed(spot: Spot) -> Mapping | Sequence:
    node = spot.node
    assert isinstance(node, Mapping | Sequence)
    if spot.source.text[_content_start(node)] not in "{[":
        raise CannotEdit(
            f"The value at {named(spot.path)} is a key with a value directly in a list; put braces"
            " around it first."
        )
    return node


def _content_start(node: Mapping | Sequence) -> int:
    return node.properties.content_start if node.properties else node.start


def _inside(node: Mapping | Sequence) -> Span:
    return Span(_content_start(node) + 1, node.end - 1)


def _spans(node: Mapping | Sequence) -> list[Span]:
    if isinstance(node, Mapping):
        return [entry.span for entry in node.entries]
    return [item.span for item in node.items]


def _gaps(text: str, spans: list[Span], inside: Span) -> list[str]:
    """Return what stands before each part, and behind the last."""
    starts = [inside.start, *(span.end for span in spans)]
    ends = [*(span.start for span in spans), inside.end]
    return [text[start:end] for start, end in zip(starts, ends, strict=True)]


def _check_gap(spot: Spot, gap: str) -> None:
    # Between values, a number sign always begins a comment.
    if "#" in gap:
        raise CannotEdit(
            f"There is a comment between the brackets around {named(spot.path)}, and it is not"
            " clear what it is about."
        )
