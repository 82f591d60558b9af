"""Writes what was measured into `benchmarks/measured/`, and into the page in `docs/` if asked."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.plotting import draw_growth, growth_lines
from benchmarks.tables import write_report, write_tables
from benchmarks.workloads import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from benchmarks.results import Results

FOLDER = Path(__file__).resolve().parent / "measured"
PAGE = REPOSITORY / "docs" / "performance.md"
PLOT = REPOSITORY / "docs" / "images" / "growth.svg"

_BLOCK = re.compile(
    r"(?P<begin><!-- measured: (?P<name>[a-z ]+) -->\n).*?(?=<!-- end of measured -->)", re.DOTALL
)


def named_blocks(page: str) -> list[str]:
    """Return the names of the tables for which a page has a place, in its order."""
    return [found["name"] for found in _BLOCK.finditer(page)]


def fill(page: str, tables: Mapping[str, str]) -> str:
    """Return a page with tables in their places; those that are not there stay as they were."""

    def written(found: re.Match[str]) -> str:
        table = tables.get(found["name"])
        return found[0] if table is None else f"{found['begin']}\n{table}\n"

    return _BLOCK.sub(written, page)


def write_results(results: Results, *, is_whole: bool) -> list[Path]:
    """Write the tables, the plot and the numbers; return where they are.

    What is not a whole run takes the place of no other.
    """
    FOLDER.mkdir(parents=True, exist_ok=True)
    name = "whole" if is_whole else "part"
    texts = {f"{name}.md": write_report(results), f"{name}.json": results.to_json()}
    if lines := growth_lines(results):
        texts[f"{name}.svg"] = draw_growth(lines)
    for name, text in texts.items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    return [FOLDER / name for name in texts]


def write_page(results: Results) -> None:
    """Write what was measured into the page in `docs/`, and its plot."""
    page = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(fill(page, write_tables(results)), encoding="utf-8")
    if lines := growth_lines(results):
        PLOT.parent.mkdir(exist_ok=True)
        PLOT.write_text(draw_growth(lines), encoding="utf-8")
