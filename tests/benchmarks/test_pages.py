"""What was measured is written into the page, between its marks and nowhere else."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from benchmarks import __main__ as command
from benchmarks import pages
from benchmarks.tables import BLOCKS, write_tables
from tests.benchmarks.made_results import RESULTS

if TYPE_CHECKING:
    from pathlib import Path

PAGE = pages.PAGE.read_text(encoding="utf-8")


def test_the_page_has_a_place_for_each_table() -> None:
    assert sorted(pages.named_blocks(PAGE)) == sorted(BLOCKS)
    assert PAGE.count("<!-- end of measured -->") == len(BLOCKS)


def test_the_page_has_numbers_and_a_plot() -> None:
    empty = re.findall(r"<!-- measured: ([a-z ]+) -->\s*<!-- end", PAGE)
    assert empty == [], "run `make bench BENCH=--docs`"
    assert pages.PLOT.is_file()


def test_tables_are_written_between_their_marks() -> None:
    page = "a\n<!-- measured: goals -->\nold\n<!-- end of measured -->\nb\n"
    assert pages.fill(page, {"goals": "| new |\n"}) == (
        "a\n<!-- measured: goals -->\n\n| new |\n\n<!-- end of measured -->\nb\n"
    )
    assert pages.fill(page, {}) == page
    filled = pages.fill(PAGE, write_tables(RESULTS))
    assert pages.fill(filled, write_tables(RESULTS)) == filled
    assert "4.00 ×" in filled


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(pages, "FOLDER", tmp_path / "results")
    monkeypatch.setattr(pages, "PAGE", tmp_path / "performance.md")
    monkeypatch.setattr(pages, "PLOT", tmp_path / "images" / "growth.svg")
    (tmp_path / "performance.md").write_text(PAGE, encoding="utf-8")
    (tmp_path / "numbers.json").write_text(RESULTS.to_json(), encoding="utf-8")
    return tmp_path


def test_numbers_of_before_are_written_again(
    folders: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = folders / "kept.json"
    status = command.main(["--from", str(folders / "numbers.json"), "--json", str(kept), "--docs"])
    assert status == 0
    assert kept.read_text(encoding="utf-8") == RESULTS.to_json()
    results = folders / "results"
    assert {path.name for path in results.iterdir()} == {"whole.md", "whole.json", "whole.svg"}
    assert (results / "whole.md").read_text(encoding="utf-8") in capsys.readouterr().out
    assert "4.00 ×" in (folders / "performance.md").read_text(encoding="utf-8")
    assert (folders / "images" / "growth.svg").is_file()


def test_the_page_is_not_touched_unless_asked(folders: Path) -> None:
    assert command.main(["--from", str(folders / "numbers.json")]) == 0
    assert (folders / "performance.md").read_text(encoding="utf-8") == PAGE


def test_a_part_does_not_take_the_place_of_the_whole(folders: Path) -> None:
    pages.write_results(RESULTS, is_whole=True)
    pages.write_results(replace(RESULTS, timings=()), is_whole=False)
    results = folders / "results"
    assert (results / "whole.json").read_text(encoding="utf-8") == RESULTS.to_json()
    assert {path.name for path in results.glob("part.*")} == {"part.md", "part.json"}


@pytest.mark.parametrize("part", [["--quick"], ["--only", "one"]])
def test_the_page_is_written_of_whole_runs_alone(
    part: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        command.main(["--docs", *part])
    assert ended.value.code == 2
    assert "whole run" in capsys.readouterr().err
