"""Tries whether a text can be read, and where not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from composecheck.source import Span

if TYPE_CHECKING:
    from composecheck.yaml.mistakes.problem import SyntaxProblem


class Attempt(Struct, frozen=True):
    """How far the loader's parser came: `problem` is None if it read all.

    The rest is what is legal, and in a repaired file mostly the sign of a wrong repair. `empty` are
    the offsets (from 0) of keys' values that are not there, `running` those of values that run over
    several lines without being blocks of text; `blocks` are the spans of those, and `with_hash` of
    those with a `#` in them.
    """

    problem: SyntaxProblem | None
    empty: tuple[int, ...] = ()
    running: tuple[int, ...] = ()
    with_hash: tuple[Span, ...] = ()
    blocks: tuple[Span, ...] = ()


def attempt(text: str) -> Attempt:
    """Read `text` to its end or first problem, exactly as the loader does."""
    # Imported here: the parser is one of those who call us.
    from composecheck.yaml.events import parse

    parsed = parse(text)
    empty, running, with_hash, blocks = [], [], [], []
    for event in parsed.events:
        # Only scalars have a style of quotes and a value.
        if getattr(event, "value", None) is None:
            continue
        start, end = event.start_mark.index, event.end_mark.index
        if event.style in ("|", ">"):
            blocks.append(Span(start, end))
            if "#" in event.value:
                with_hash.append(Span(start, end))
            continue
        written = text[start:end].rstrip()
        if not written:
            empty.append(start)
        elif "\n" in written or "\r" in written:
            running.append(start)
    return Attempt(parsed.problem, tuple(empty), tuple(running), tuple(with_hash), tuple(blocks))
