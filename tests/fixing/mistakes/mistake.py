"""What a mistake is, and how a file comes to have one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from tests.fixing.mistakes.file import File

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from random import Random

    from composecheck.finding import Path
    from composecheck.yaml import Document


class Change(NamedTuple):
    """Put `text` in place of the characters from offset `start` up to `end` (both from 0)."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Slip:
    """One way in which a mistake can be made in a file.

    `has_exact_remedy` says that somebody who knows Compose and sees the broken file, but not the
    one before, can only write what was there. `paths` lead to the values that the mistake is about.
    `is_refused` says what it makes of a file that Compose takes: True that Compose refuses it,
    False that it takes it still, None that it depends.
    """

    changes: tuple[Change, ...]
    has_exact_remedy: bool
    paths: tuple[Path, ...]
    is_refused: bool | None = None


@dataclass(frozen=True, slots=True)
class Mistake:
    """A file with a mistake: its `text`, and what was done (`what`) to the file before.

    The rest is as in Slip; of several mistakes in one, `operator` has the names joined by ` + `.
    """

    operator: str
    text: str
    what: str
    has_exact_remedy: bool
    is_refused: bool | None
    paths: tuple[Path, ...]
    changes: tuple[Change, ...]


if TYPE_CHECKING:
    Slips = Callable[[File, Random], Iterator[Slip]]
    """Yields the ways to make one kind of mistake in a file."""
    Operator = Callable[[str, Document, Random], Mistake | None]
    """Makes one mistake in the file with this text and Document, or None where it cannot."""


def operator(name: str, slips: Slips) -> Operator:
    """Return the operator that makes one of `slips`."""

    def break_once(text: str, document: Document, random: Random) -> Mistake | None:
        chosen = choose(slips, File.of(text, document), random)
        return None if chosen is None else mistake_of(name, text, chosen)

    return break_once


def choose(slips: Slips, file: File, random: Random) -> Slip | None:
    """Return one of `slips` by chance, or None if there is none in this file."""
    found = [slip for slip in slips(file, random) if is_slip(file.text, slip)]
    return random.choice(found) if found else None


def is_slip(text: str, slip: Slip) -> bool:
    """Tell whether the changes of `slip` change the text at all."""
    return any(text[change.start : change.end] != change.text for change in slip.changes)


def mistake_of(name: str, text: str, slip: Slip) -> Mistake:
    """Make the mistake `slip` in `text`."""
    return Mistake(
        operator=name,
        text=apply(text, slip.changes),
        what=describe(text, slip.changes),
        has_exact_remedy=slip.has_exact_remedy,
        is_refused=slip.is_refused,
        paths=slip.paths,
        changes=slip.changes,
    )


def apply(text: str, changes: Iterable[Change]) -> str:
    """Return `text` with all `changes` made. Raises ValueError if two of them overlap."""
    result = text
    following = len(text)
    for change in sorted(changes, reverse=True):
        if change.end > following:
            raise ValueError(f"changes overlap at offset {change.end}")
        result = result[: change.start] + change.text + result[change.end :]
        following = change.start
    return result


def describe(text: str, changes: Iterable[Change]) -> str:
    """Say what the changes do, each with the number of its line (from 1)."""
    return "; ".join(
        f"line {text.count(chr(10), 0, change.start) + 1}: "
        f"{_shortened(text[change.start : change.end])} → {_shortened(change.text)}"
        for change in sorted(changes)
    )


def _shortened(text: str) -> str:
    return repr(text if len(text) <= 60 else f"{text[:40]}…{text[-15:]}")
