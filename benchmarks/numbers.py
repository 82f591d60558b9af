"""How measured numbers are written: with what they are worth, and no more."""

from __future__ import annotations

MEGABYTE = 1_000_000


def write_seconds(seconds: float) -> str:
    """Write a time with three significant digits, in milliseconds below one second."""
    if seconds >= 0.9995:
        return f"{_three_digits(seconds)} s"
    return f"{_three_digits(seconds * 1e3)} ms"


def write_ratio(ratio: float) -> str:
    """Write how many times as long something takes, or how many times as much it is."""
    return f"{_three_digits(ratio) if ratio >= 10 else f'{ratio:.2f}'} ×"


def write_memory(size: int) -> str:
    """Write bytes as megabytes (of a million bytes)."""
    return f"{size / MEGABYTE:.0f} MB"


def write_lines(lines: int) -> str:
    """Write a number of lines, with a gap between the thousands at which no line breaks."""
    return f"{lines:,}".replace(",", "\N{NO-BREAK SPACE}")


def _three_digits(number: float) -> str:
    if number >= 99.95:
        return f"{number:.0f}"
    if number >= 9.995:
        return f"{number:.1f}"
    return f"{number:.2f}"
