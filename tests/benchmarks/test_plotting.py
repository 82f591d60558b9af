"""Given numbers become this drawing."""

from __future__ import annotations

import itertools
import xml.etree.ElementTree as ET

import pytest

from benchmarks.numbers import write_lines
from benchmarks.plotting import (
    HEIGHT,
    WIDTH,
    Line,
    draw_growth,
    fit_scale,
    growth_lines,
    spread,
)
from benchmarks.tools import COMPOSE, OURS
from tests.benchmarks.made_results import RESULTS

SVG = "{http://www.w3.org/2000/svg}"


def test_what_was_measured_at_two_lengths_is_drawn() -> None:
    lines = growth_lines(RESULTS)
    assert [line.name for line in lines] == [OURS, COMPOSE]
    assert [x for x, _ in lines[0].points] == [100, 1000, 10_000, 100_000]
    assert [y for _, y in lines[1].points] == pytest.approx([0.01, 0.1])


def test_a_scale_has_whole_decades_and_equal_steps() -> None:
    scale = fit_scale([100, 70_000], 0, 300)
    assert scale.decades() == [2, 3, 4, 5]
    assert [scale.place(10.0**power) for power in scale.decades()] == pytest.approx(
        [0, 100, 200, 300]
    )
    assert fit_scale([1, 1], 0, 1).decades() == [0, 1]
    assert fit_scale([0.004, 12], 1, 0).decades() == [-3, -2, -1, 0, 1, 2]


def test_the_drawing_is_svg_with_each_line_at_its_place() -> None:
    lines = growth_lines(RESULTS)
    root = ET.fromstring(draw_growth(lines))
    assert root.tag == f"{SVG}svg"
    polylines = root.findall(f"{SVG}polyline")
    # Ours lies on top of the others.
    assert [line.get("stroke") for line in polylines] == [line.colour for line in reversed(lines)]
    places = [
        tuple(map(float, pair.split(","))) for pair in polylines[-1].get("points", "").split()
    ]
    assert len(places) == 4
    steps = [after[0] - before[0] for before, after in itertools.pairwise(places)]
    assert steps == pytest.approx([steps[0]] * 3, abs=0.11)
    assert all(0 < x < WIDTH and 0 < y < HEIGHT for x, y in places)
    # More time is higher up.
    assert places[0][1] > places[-1][1]
    texts = [text.text for text in root.iter(f"{SVG}text")]
    assert {OURS, COMPOSE, "lines of the file", "0.1 s"} <= set(texts)
    assert len(root.findall(f"{SVG}path")) == 6


def test_the_drawing_is_told_in_words_and_always_the_same() -> None:
    lines = growth_lines(RESULTS)
    drawn = draw_growth(lines)
    assert drawn == draw_growth(lines)
    described = ET.fromstring(drawn).findtext(f"{SVG}desc", "")
    assert f"docker compose: 0.01 s at 100 lines, 0.1 s at {write_lines(1000)}." in described


def test_names_do_not_break_the_drawing() -> None:
    line = Line("a < b & c", ((1, 1), (10, 10)), "#000000", "cross")
    assert "a < b & c" in [
        text.text for text in ET.fromstring(draw_growth([line])).iter(f"{SVG}text")
    ]


def test_nothing_cannot_be_drawn() -> None:
    with pytest.raises(ValueError, match="nothing to draw"):
        draw_growth([])


def test_names_that_would_lie_on_each_other_are_moved_apart() -> None:
    assert spread([10, 50], 16) == [10, 50]
    moved = spread([30, 29, 31, 200], 16)
    assert moved[3] == 200
    assert moved[1] < moved[0] < moved[2]
    together = sorted(moved)
    gaps = [after - before for before, after in itertools.pairwise(together)]
    assert min(gaps) == pytest.approx(16, abs=0.1)
