"""Breaking text into lines of a terminal, by the cells that its characters take there."""

from __future__ import annotations

from rich.cells import cell_len


def wrap(text: str, width: int, used: int = 0) -> list[str]:
    """Return `text` in lines of at most `width` cells, broken between words where that can be.

    Of the first line `used` cells are already taken; it is empty if nothing fits there.
    """
    lines = [""]
    room = width - used
    for word in text.split(" "):
        size = cell_len(word)
        separator = " " if lines[-1] else ""
        if size + len(separator) <= room:
            lines[-1] += separator + word
            room -= size + len(separator)
            continue
        pieces = _pieces(word, width)
        if lines[-1] or used:
            lines.append("")
        lines[-1:] = pieces
        room = width - cell_len(pieces[-1])
    return lines


def _pieces(word: str, width: int) -> list[str]:
    pieces = [""]
    used = 0
    for character in word:
        size = cell_len(character)
        if used + size > width and pieces[-1]:
            pieces.append("")
            used = 0
        pieces[-1] += character
        used += size
    return pieces
