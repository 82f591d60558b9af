"""The name somebody meant: one place for every suggestion.

Two questions are answered. Which of the names that could stand here is near enough to the one that
was written to be worth suggesting (`nearest`)? And is it so near that nothing else can have been
meant (`is_slip`, `only_slip`), so that writing it is a safe fix?

Nearness is counted in slips: a letter dropped, added, wrong, or swapped with its neighbour. Case,
`-`, `_`, `.`, and blanks do not count: `Image`, `container-name`, `containerName` and
`health_check` are the words they look like.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from composecheck.expressions import expression

if TYPE_CHECKING:
    from collections.abc import Iterable

_BETWEEN_WORDS = expression(r"[-_.\s]+")
_WORD = expression(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[0-9]+")

_MOST_SUGGESTIONS = 3


def nearest(name: str, candidates: Iterable[str]) -> list[str]:
    """Return those of `candidates` that are near enough to `name` to be meant, the best first.

    At most three, and only what is as good as the best or nearly so; [] if nothing is near. Of
    two that are equally near, the one that shares more with `name` comes first, then the one that
    stands first among the candidates.
    """
    # Imported here, because a clean file has no use for it.
    from difflib import SequenceMatcher

    written = _fold(name)
    if not written:
        return []
    ranked: list[tuple[float, float, int, str]] = []
    for position, candidate in enumerate(dict.fromkeys(candidates)):
        slips = _cost(name, written, candidate)
        if slips is not None:
            likeness = SequenceMatcher(None, candidate.lower(), name.lower()).ratio()
            ranked.append((slips, -likeness, position, candidate))
    ranked.sort()
    if not ranked:
        return []
    best = ranked[0][0]
    return [candidate for slips, _, _, candidate in ranked if slips <= best + 0.5][
        :_MOST_SUGGESTIONS
    ]


def is_slip(name: str, candidate: str) -> bool:
    """Whether `name` is `candidate` with a slip of the pen.

    That is: the same but for case, `-`, `_`, `.` and blanks; or one letter dropped, added, wrong,
    or swapped with its neighbour (two in a word of eight letters or more). In words of less than
    four letters every letter counts.
    """
    return _slips(name, candidate) is not None


def only_slip(name: str, candidates: Iterable[str]) -> str | None:
    """Return the one of `candidates` that `name` is a slip of.

    None if it is a slip of none of them, or of several that are equally near.
    """
    found = [
        (slips, candidate)
        for candidate in dict.fromkeys(candidates)
        if (slips := _slips(name, candidate)) is not None
    ]
    found.sort()
    if not found or (len(found) > 1 and found[0][0] == found[1][0]):
        return None
    return found[0][1]


@functools.lru_cache(maxsize=65536)  # the same slip is often made in every service of a file
def slips_between(one: str, other: str, *, at_most: int) -> int | None:
    """Count the slips that make `other` of `one`, or return None if it takes more than `at_most`.

    A slip is a letter dropped, added, changed, or two neighbours swapped (the restricted distance
    of Damerau and Levenshtein).
    """
    if abs(len(one) - len(other)) > at_most:
        return None
    before: list[int] = []
    previous = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        current = [i]
        for j, counterpart in enumerate(other, start=1):
            cost = min(
                previous[j] + 1, current[j - 1] + 1, previous[j - 1] + (letter != counterpart)
            )
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == counterpart:
                cost = min(cost, before[j - 2] + 1)
            current.append(cost)
        if min(current) > at_most:
            return None
        before, previous = previous, current
    return previous[-1] if previous[-1] <= at_most else None


def _slips(name: str, candidate: str) -> int | None:
    """Return the number of slips from `candidate` to `name`; None if it is more than a slip."""
    written, meant = _fold(name), _fold(candidate)
    if not meant or (len(meant) < 4 and written != meant):
        return None
    return slips_between(written, meant, at_most=1 if len(meant) < 8 else 2)


def _cost(name: str, written: str, candidate: str) -> float | None:
    """Return how far `candidate` is from what was written, in slips; None if it is too far."""
    meant = _fold(candidate)
    if written == meant:
        return 0
    slips = slips_between(written, meant, at_most=_allowed_slips(min(len(written), len(meant))))
    if slips is not None:
        return slips
    if len(written) >= 4 and (meant.startswith(written) or meant.endswith(written)):
        return 2.5  # `depends` for depends_on, `health` for healthcheck
    words = _words(name)
    if len(words) > 1 and sorted(words) == sorted(_words(candidate)):
        return 2.5  # `name_container` for container_name
    return None


def _allowed_slips(length: int) -> int:
    """Return how many slips a word of `length` letters may have and still be recognised."""
    if length < 2:
        return 0
    if length < 6:
        return 1
    return 2 if length < 9 else 3


@functools.lru_cache(maxsize=4096)
def _fold(name: str) -> str:
    return _BETWEEN_WORDS.sub("", name).casefold()


def _words(name: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(name)]
