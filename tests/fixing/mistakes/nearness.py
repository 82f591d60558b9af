"""How near two words are, and slips of the pen; reckoned without the product's own suggestions."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from random import Random

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "1234567890")


def slip(word: str, random: Random) -> str:
    """Return `word` with one slip: a letter dropped, doubled, struck beside, or two swapped."""
    at = random.randrange(len(word))
    match random.choice(("drop", "double", "beside", "swap")):
        case "drop" if len(word) > 2:
            return word[:at] + word[at + 1 :]
        case "swap" if len(word) > 1:
            at = min(at, len(word) - 2)
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        case "beside":
            return word[:at] + _beside(word[at], random) + word[at + 1 :]
        case _:
            return word[:at] + word[at] + word[at:]


def _beside(letter: str, random: Random) -> str:
    for row in _ROWS:
        place = row.find(letter)
        if place >= 0:
            return random.choice([row[i] for i in (place - 1, place + 1) if 0 <= i < len(row)])
    return letter * 2


def distance(one: str, other: str) -> int:
    """Count the letters to drop, add, change or swap with the next to make `other` of `one`."""
    rows = [list(range(len(other) + 1))]
    for i, letter in enumerate(one, start=1):
        row = [i]
        for j, counterpart in enumerate(other, start=1):
            cost = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (letter != counterpart))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == counterpart:
                cost = min(cost, rows[-2][j - 2] + 1)
            row.append(cost)
        rows.append(row)
    return rows[-1][-1]


def is_nearest(written: str, meant: str, others: Iterable[str]) -> bool:
    """Tell whether `meant` is clearly what `written` means, rather than any of `others`.

    That is: most of its letters are there, and every other word is further away.
    """
    far = distance(written, meant)
    return far * 3 <= len(meant) and all(
        distance(written, other) > far for other in others if other != meant
    )
