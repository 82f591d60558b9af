"""Puts mistakes into Compose files, as people make them: `break_text`.

An operator takes a file's text, its Document and a source of chance, and returns the file with one
mistake, or None where it finds nothing to break. Each says beforehand whether there is one exact
remedy. They use our Document for the places in a file, and nothing that fixes files.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from tests.fixing.mistakes import (
    brackets,
    colons,
    dashes,
    duplicates,
    indentation,
    keys,
    placement,
    quotes,
    references,
    texts,
    values,
)
from tests.fixing.mistakes.file import File
from tests.fixing.mistakes.mistake import (
    Change,
    Mistake,
    Slip,
    apply,
    choose,
    describe,
    mistake_of,
    operator,
)

if TYPE_CHECKING:
    from random import Random

    from composecheck.yaml import Document
    from tests.fixing.mistakes.mistake import Operator, Slips

__all__ = ["OPERATORS", "SLIPS", "Change", "Mistake", "apply", "break_text"]

_AREAS = (
    keys,
    placement,
    indentation,
    dashes,
    colons,
    quotes,
    brackets,
    duplicates,
    values,
    references,
    texts,
)

SLIPS: dict[str, Slips] = {name: slips for area in _AREAS for name, slips in area.SLIPS.items()}
"""The kinds of mistakes by name."""

OPERATORS: dict[str, Operator] = {name: operator(name, slips) for name, slips in SLIPS.items()}
"""The operators by name."""


def break_text(text: str, document: Document, random: Random, count: int = 1) -> Mistake | None:
    """Make `count` mistakes in a file, or as many as there is room for; None if there is none.

    Several mistakes stand in different services or sections, so that none hides another.
    """
    file = File.of(text, document)
    names = random.sample(sorted(SLIPS), len(SLIPS))
    chosen: list[tuple[str, Slip]] = []
    for name in names:
        if len(chosen) == count:
            break
        slip = choose(SLIPS[name], file, random)
        if slip is not None and all(_are_apart(file, slip, other) for _, other in chosen):
            chosen.append((name, slip))
    if not chosen:
        return None
    if len(chosen) == 1:
        return mistake_of(chosen[0][0], text, chosen[0][1])
    changes = tuple(change for _, slip in chosen for change in slip.changes)
    return Mistake(
        operator=" + ".join(name for name, _ in chosen),
        text=apply(text, changes),
        what=describe(text, changes),
        has_exact_remedy=all(slip.has_exact_remedy for _, slip in chosen),
        is_refused=_refused([slip.is_refused for _, slip in chosen]),
        paths=tuple(path for _, slip in chosen for path in slip.paths),
        changes=changes,
    )


def _refused(each: list[bool | None]) -> bool | None:
    if any(each):
        return True
    return None if None in each else False


def _are_apart(file: File, one: Slip, other: Slip) -> bool:
    """Tell whether two slips concern other paths, and lines that do not touch."""
    for path, its_path in [(a, b) for a in one.paths for b in other.paths]:
        depth = min(len(path), len(its_path), 2)
        if path[:depth] == its_path[:depth]:
            return False
    for change, its in [(a, b) for a in one.changes for b in other.changes]:
        first, second = sorted((change, its))
        if file.line_start(second.start) < file.next_line(first.end):
            return False
    return not any(
        a.end > b.start and b.end > a.start
        for a, b in combinations((*one.changes, *other.changes), 2)
    )
