"""Breaks a Compose file at one place, as a slip of the hand would."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

KINDS = (
    "quote dropped",
    "quote added",
    "colon dropped",
    "blank dropped",
    "blank behind a colon dropped",
    "blank behind a dash dropped",
    "dash dropped",
    "comma dropped",
    "bracket dropped",
    "one blank deeper",
    "two blanks deeper",
    "one blank shallower",
    "tabs for blanks",
    "line break dropped",
)


def break_once(text: str, generator: random.Random) -> tuple[str, int, str]:
    """Return the kind of break, the line it is on (from 1), and the broken text."""
    kind = generator.choice(KINDS)
    fits, change = _BREAKS[kind]
    places = [place for place in range(len(text)) if fits(text, place)]
    place = generator.choice(places)
    return kind, text.count("\n", 0, place) + 1, change(text, place)


def _at_line_start(text: str, place: int) -> bool:
    return place == 0 or text[place - 1] == "\n"


def _drop(text: str, place: int) -> str:
    return text[:place] + text[place + 1 :]


def _drop_next(text: str, place: int) -> str:
    return text[: place + 1] + text[place + 2 :]


def _insert(what: str) -> Callable[[str, int], str]:
    return lambda text, place: text[:place] + what + text[place:]


def _tabs(text: str, place: int) -> str:
    rest = text[place:].lstrip(" ")
    width = len(text) - place - len(rest)
    return text[:place] + "\t" * (width // 2) + rest


def _join(text: str, place: int) -> str:
    return text[:place] + " " + text[place + 1 :].lstrip(" ")


_BREAKS: dict[str, tuple[Callable[[str, int], bool], Callable[[str, int], str]]] = {
    "quote dropped": (lambda text, at: text[at] in "\"'", _drop),
    "quote added": (
        lambda text, at: at > 0 and text[at - 1] == " " and text[at].isalnum(),
        _insert('"'),
    ),
    "colon dropped": (lambda text, at: text[at] == ":", _drop),
    "blank dropped": (lambda text, at: text[at] == " ", _drop),
    "blank behind a colon dropped": (lambda text, at: text[at : at + 2] == ": ", _drop_next),
    "blank behind a dash dropped": (lambda text, at: text[at : at + 2] == "- ", _drop_next),
    "dash dropped": (lambda text, at: text[at] == "-", _drop),
    "comma dropped": (lambda text, at: text[at] == ",", _drop),
    "bracket dropped": (lambda text, at: text[at] in "[]{}", _drop),
    "one blank deeper": (
        lambda text, at: _at_line_start(text, at) and text[at] != "\n",
        _insert(" "),
    ),
    "two blanks deeper": (
        lambda text, at: _at_line_start(text, at) and text[at] != "\n",
        _insert("  "),
    ),
    "one blank shallower": (lambda text, at: _at_line_start(text, at) and text[at] == " ", _drop),
    "tabs for blanks": (
        lambda text, at: _at_line_start(text, at) and text[at : at + 2] == "  ",
        _tabs,
    ),
    "line break dropped": (lambda text, at: text[at] == "\n" and at + 1 < len(text), _join),
}
