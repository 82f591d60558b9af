"""Draws how the time grows with the length of a file, as SVG, on two logarithmic scales.

By hand: a plot of a few lines needs no library, and the same numbers give the same bytes.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from benchmarks import names
from benchmarks.numbers import write_lines
from benchmarks.tools import OURS, TOOLS
from benchmarks.workloads import SERIES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from benchmarks.results import Results

WIDTH, HEIGHT = 760, 460
_LEFT, _RIGHT, _TOP, _BOTTOM = 70, 150, 56, 52

# Told apart by people who do not see all colours, too (the palette of Okabe and Ito).
_COLOURS = ("#d55e00", "#000000", "#0072b2", "#009e73", "#cc79a7", "#8a6d00")
_SHAPES = ("circle", "square", "triangle", "diamond", "down", "cross")
_LEAST_GAP = 16
"""How far apart the names of two lines must be, in pixels, to be read."""

_MOST_MOVES = 200

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Line:
    """What is drawn of one tool: pairs of lines of the file and seconds, shortest file first."""

    name: str
    points: tuple[Point, ...]
    colour: str
    shape: str
    width: float = 1.6


def growth_lines(results: Results) -> list[Line]:
    """Return what to draw: each tool that was measured at two lengths or more, ours first."""
    lines = []
    for tool, colour, shape in zip(TOOLS, _COLOURS, _SHAPES, strict=True):
        timings = ((length, results.of(names.one_file(length), tool.name)) for length in SERIES)
        points = tuple((float(length), one.median) for length, one in timings if one.seconds)
        if len(points) > 1:
            width = 3.2 if tool.name == OURS else 1.6
            lines.append(Line(tool.name, points, colour, shape, width))
    return lines


@dataclass(frozen=True, slots=True)
class Scale:
    """A logarithmic scale: `low` and `high` are powers of ten, drawn at `start` and `end`."""

    low: int
    high: int
    start: float
    end: float

    def place(self, value: float) -> float:
        """Return where `value` is drawn."""
        share = (math.log10(value) - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)

    def decades(self) -> list[int]:
        """Return the powers of ten from end to end."""
        return list(range(self.low, self.high + 1))


def fit_scale(values: Sequence[float], start: float, end: float) -> Scale:
    """Return the shortest scale of whole decades that has room for all of `values`."""
    low = math.floor(math.log10(min(values)) + 1e-9)
    high = math.ceil(math.log10(max(values)) - 1e-9)
    return Scale(low, max(high, low + 1), start, end)


def draw_growth(lines: Sequence[Line]) -> str:
    """Return the drawing. Raises ValueError if there is nothing to draw."""
    points = [point for line in lines for point in line.points]
    if not points:
        raise ValueError("there is nothing to draw")
    across = fit_scale([x for x, _ in points], _LEFT, WIDTH - _RIGHT)
    up = fit_scale([y for _, y in points], HEIGHT - _BOTTOM, _TOP)
    names_at = spread([up.place(line.points[-1][1]) for line in lines], _LEAST_GAP)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"'
        f' width="{WIDTH}" height="{HEIGHT}" role="img" font-family="sans-serif" font-size="12">',
        "<title>Time for one file, by its length</title>",
        f"<desc>{escape(_in_words(lines))}</desc>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
        f'<text x="{_LEFT}" y="28" font-size="15" font-weight="bold" fill="#222222">'
        "Time for one file, by its length (one process; less is better)</text>",
        *_draw_grid(across, up),
    ]
    for line, height in reversed(list(zip(lines, names_at, strict=True))):
        parts += _draw_line(line, across, up, height)
    return "\n".join([*parts, "</svg>"]) + "\n"


def _in_words(lines: Sequence[Line]) -> str:
    """Say what the drawing shows, for those who do not see it."""
    return " ".join(
        f"{line.name}: {line.points[0][1]:.3g} s at {write_lines(int(line.points[0][0]))} lines,"
        f" {line.points[-1][1]:.3g} s at {write_lines(int(line.points[-1][0]))}."
        for line in lines
    )


def _draw_grid(across: Scale, up: Scale) -> Iterator[str]:
    """Yield thin lines at the powers of ten, thinner ones between, and what they stand for."""
    for scale, is_across in ((across, True), (up, False)):
        for power in scale.decades():
            for digit in range(1, 10) if power < scale.high else (1,):
                at = scale.place(digit * 10.0**power)
                x1, x2 = (at, at) if is_across else (across.start, across.end)
                y1, y2 = (up.start, up.end) if is_across else (at, at)
                ends = f'x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"'
                yield f'<line {ends} stroke="{"#c4c4c4" if digit == 1 else "#eeeeee"}"/>'
            at = scale.place(10.0**power)
            if is_across:
                yield (
                    f'<text x="{at:.1f}" y="{up.start + 20:.1f}" text-anchor="middle"'
                    f' fill="#444444">{write_lines(10**power)}</text>'
                )
            else:
                yield (
                    f'<text x="{across.start - 8:.1f}" y="{at + 4:.1f}" text-anchor="end"'
                    f' fill="#444444">{10.0**power:g} s</text>'
                )
    middle = (across.start + across.end) / 2
    yield (
        f'<text x="{middle:.1f}" y="{up.start + 42:.1f}" text-anchor="middle" fill="#222222">'
        "lines of the file</text>"
    )


def _draw_line(line: Line, across: Scale, up: Scale, name_at: float) -> Iterator[str]:
    places = [(across.place(x), up.place(y)) for x, y in line.points]
    joined = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    yield (
        f'<polyline points="{joined}" fill="none" stroke="{line.colour}"'
        f' stroke-width="{line.width}" stroke-linejoin="round"/>'
    )
    for x, y in places:
        yield f'<path d="{_outline(line.shape, x, y)}" fill="{line.colour}"/>'
    last_x, last_y = places[-1]
    start = across.end + 14
    yield (
        f'<line x1="{last_x + 5:.1f}" y1="{last_y:.1f}" x2="{start - 3:.1f}" y2="{name_at:.1f}"'
        f' stroke="{line.colour}" stroke-width="0.7" stroke-dasharray="2 2"/>'
    )
    weight = ' font-weight="bold"' if line.name == OURS else ""
    yield (
        f'<text x="{start:.1f}" y="{name_at + 4:.1f}" fill="{line.colour}"{weight}>'
        f"{escape(line.name)}</text>"
    )


def _outline(shape: str, x: float, y: float) -> str:
    """Return the path of a mark around a place."""
    match shape:
        case "circle":
            return f"M{x - 4:.1f} {y:.1f}a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z"
        case "square":
            return f"M{x - 3.5:.1f} {y - 3.5:.1f}h7v7h-7z"
        case "triangle":
            return f"M{x:.1f} {y - 4.5:.1f}l4.5 8h-9z"
        case "down":
            return f"M{x:.1f} {y + 4.5:.1f}l4.5 -8h-9z"
        case "diamond":
            return f"M{x:.1f} {y - 5:.1f}l5 5l-5 5l-5 -5z"
        case _:
            return f"M{x - 1.5:.1f} {y - 4.5:.1f}h3v3h3v3h-3v3h-3v-3h-3v-3h3z"


def spread(places: Sequence[float], gap: float) -> list[float]:
    """Move places apart so that any two are at least `gap` from each other, in the same order."""
    order = sorted(range(len(places)), key=lambda index: places[index])
    moved = [places[index] for index in order]
    for _ in range(_MOST_MOVES):
        for first in range(len(moved) - 1):
            short = gap - (moved[first + 1] - moved[first])
            if short > 1e-9:
                moved[first] -= short / 2
                moved[first + 1] += short / 2
    result = [0.0] * len(places)
    for index, place in zip(order, moved, strict=True):
        result[index] = place
    return result
