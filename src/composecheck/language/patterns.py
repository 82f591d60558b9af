"""Whether a text can fit a pattern, whatever its unknown parts are.

A regular expression cannot say that: an unknown part may hold anything. A pattern here is a small
automaton, which is asked for all states that the text so far can lead to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from composecheck.language.traced import Unknown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from composecheck.language.traced import Traced

DIGITS = "0123456789"


class Pattern(Struct, frozen=True):
    """An automaton: which characters lead from a state to which other.

    `steps` has for each state pairs of characters and the state they lead to; the first state is
    the one that the text begins in. `ends` are the states that the text may end in.
    """

    steps: Mapping[str, tuple[tuple[str, str], ...]]
    ends: frozenset[str]

    def misfit(self, text: Traced) -> int | None:
        """Return the index of the first element with which `text` cannot fit any more.

        That is its length if it only ends too early. None if it fits, or would with some values of
        its unknown parts.
        """
        states = frozenset([next(iter(self.steps))])
        for index, element in enumerate(text):
            if isinstance(element, Unknown):
                begun = self._step(states)
                states = self._reach(begun) | (states if element.may_be_empty else frozenset())
            else:
                states = self._step(states, element)
            if not states:
                return index
        return None if states & self.ends else len(text)

    def _step(self, states: Iterable[str], character: str | None = None) -> frozenset[str]:
        """Return where `character`, or any character, leads to."""
        return frozenset(
            target
            for state in states
            for characters, target in self.steps.get(state, ())
            if character is None or character in characters
        )

    def _reach(self, states: frozenset[str]) -> frozenset[str]:
        """Return where any row of characters, also none, leads to."""
        while not states >= (further := self._step(states)):
            states |= further
        return states


def words(*spellings: str) -> Pattern:
    """Return the pattern of some words, in small or capital letters."""
    steps: dict[str, tuple[tuple[str, str], ...]] = {"": ()}
    for word in spellings:
        for length, letter in enumerate(word):
            begun, longer = word[:length], word[: length + 1]
            if longer not in steps:
                steps[longer] = ()
                steps[begun] += ((letter.lower() + letter.upper(), longer),)
    return Pattern(steps, frozenset(spellings))


def spelled(text: Traced) -> str:
    """Return the characters of `text`; if a part is unknown, as they stand in the file."""
    return text.text if text.is_known else text.source.slice(text.span)
