"""Tries whether a text can be read, and where not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from composecheck.yaml.mistakes.problem import SyntaxProblem


@dataclass(frozen=True, slots=True)
class Attempt:
    """How far the loader's parser came: `problem` is None if it read all.

    `oddities` counts what is legal, and in a repaired file mostly the sign of a wrong repair:
    values that run over several lines without being blocks of text, and keys without a value.
    """

    problem: SyntaxProblem | None
    oddities: int


def attempt(text: str) -> Attempt:
    """Read `text` to its end or first problem, exactly as the loader does."""
    # Imported here: the parser is one of those who call us.
    from composecheck.yaml.events import parse

    parsed = parse(text)
    oddities = 0
    for event in parsed.events:
        # Only scalars have a style of quotes and a value.
        if getattr(event, "value", None) is not None and event.style not in ("|", ">"):
            written = text[event.start_mark.index : event.end_mark.index].rstrip()
            oddities += not written or "\n" in written or "\r" in written
    return Attempt(parsed.problem, oddities)
