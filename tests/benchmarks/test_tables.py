"""Given numbers become these tables."""

from __future__ import annotations

import pytest

from benchmarks import names, tables
from benchmarks.goals import judge_goals
from benchmarks.numbers import write_lines, write_memory, write_ratio, write_seconds
from benchmarks.results import Results, from_json
from benchmarks.running import Timing
from benchmarks.startup import add_up, read_imports
from benchmarks.tools import COMPOSE, OURS
from tests.benchmarks.made_results import MACHINE, MANY, ONE, RESULTS

NOTHING = Results(MACHINE, ())


def rows(table: str) -> list[list[str]]:
    """Return the cells of a table, its head first."""
    lines = [line for line in table.splitlines() if line.startswith("|")]
    return [line.strip("| ").split(" | ") for line in lines if not line.startswith("| ---")]


@pytest.mark.parametrize(
    ("seconds", "written"),
    [
        (0.0000312, "0.03 ms"),
        (0.00439, "4.39 ms"),
        (0.0152, "15.2 ms"),
        (0.09996, "100 ms"),
        (0.118, "118 ms"),
        (0.9996, "1.00 s"),
        (12.695, "12.7 s"),
        (120.0, "120 s"),
    ],
)
def test_times_are_written_with_three_digits(seconds: float, written: str) -> None:
    assert write_seconds(seconds) == written


def test_other_numbers_are_written_so() -> None:
    assert [write_ratio(ratio) for ratio in (0.333, 1, 19.64, 120)] == [
        "0.33 ×",
        "1.00 ×",
        "19.6 ×",
        "120 ×",
    ]
    assert write_memory(24_400_000) == "24 MB"
    assert write_lines(100_000) == "100\N{NO-BREAK SPACE}000"


def test_what_was_measured_is_found_and_compared() -> None:
    assert RESULTS.of(ONE, OURS).median == pytest.approx(0.1)
    assert RESULTS.ratio(ONE, COMPOSE) == pytest.approx(0.5)
    assert RESULTS.ratio(ONE, "dclint") is None
    assert RESULTS.of(ONE, "dclint").reason == "there is no npm here"
    assert RESULTS.of(ONE, "check-jsonschema").reason == "not measured"
    assert RESULTS.has(ONE)
    assert not RESULTS.has(names.CORPUS)


def test_json_keeps_everything() -> None:
    assert from_json(RESULTS.to_json()) == RESULTS


def test_goals_are_judged() -> None:
    judged = {goal.work: (goal.measured, goal.is_reached) for goal in judge_goals(RESULTS)}
    assert judged == {
        "one file of 60 lines, beside compose-lint": ("compose-lint takes 1.60 × as long", True),
        "one file of 60 lines, beside yamllint": ("yamllint takes 0.80 × as long", False),
        "one file of 60 lines, beside `docker compose`": ("2.00 ×", True),
        "200 files of 60 lines, beside `compose-lint`": ("4.00 ×", False),
        "200 files of 60 lines, beside `docker compose`": ("22.0 ×", True),
        "`check_text` inside a process, 100 lines (made)": ("8.00 ms", False),
        "`parse` inside a process, 100 lines (made)": ("1.00 ms", True),
        "`check_text` inside a process, 100 lines (published, the median)": ("4.00 ms", True),
        "`parse` inside a process, 100 lines (published, the median)": ("0.40 ms", True),
        "time for a line, at 100 000 lines beside 1 000": ("1.30 ×", False),
        "memory for one file": ("24 MB", True),
        "memory for 10 000 files": ("608 MB", False),
    }
    assert judge_goals(NOTHING) == []


def test_tools_stand_beside_each_other_with_their_ratios() -> None:
    written = tables.compare_times(RESULTS)
    head, *found = rows(written)
    assert head == [
        "tool",
        "one file, 60 lines",
        "200 files, 60 lines each",
        "one file, 10 000 lines",
    ]
    assert {name: cells for name, *cells in found} == {
        "composecheck": ["100 ms", "500 ms", "200 ms"],
        "composecheck --jobs 1": ["–", "900 ms (1.80 ×)", "–"],
        "docker compose": ["50.0 ms (0.50 ×)", "11.0 s (22.0 ×)", "–"],
        "compose-lint": ["160 ms (1.60 ×)", "2.00 s (4.00 ×)", "–"],
        "check-jsonschema": ["–", "–", "–"],
        "yamllint": ["80.0 ms (0.80 ×)", "–", "2.00 s (10.0 ×)"],
        "dclint": ["–", "–", "–"],
    }
    remarks = [line for line in written.splitlines() if line.startswith("- ")]
    assert remarks[0] == "- dclint: there is no npm here."
    assert "- check-jsonschema, 200 files, 60 lines each: more than 60 s." in remarks
    assert "- 200 files, 60 lines each: docker compose run 3 times, not 7 times." in remarks
    assert "- one file, 10 000 lines: yamllint run once, not 7 times." in remarks


def test_growth_is_told_by_the_line() -> None:
    written = tables.tabulate_growth(RESULTS)
    head, *found = rows(written)
    cells = {row[0]: dict(zip(head[1:], row[1:], strict=True)) for row in found}
    thousand = cells[write_lines(1000)]
    assert thousand["parse, a line"] == "4.0 µs"
    assert thousand["`check_text`, a line"] == "30.0 µs"
    assert thousand["`composecheck`"] == "110 ms"
    assert thousand["docker compose"] == "100 ms (0.91 ×)"
    assert cells[write_lines(100_000)]["`check_text`, a line"] == "39.0 µs"
    assert cells[write_lines(300)]["`composecheck`"] == "–"
    assert written.endswith(f"- yamllint, {write_lines(100_000)} lines: would take some 20 s.\n")


def test_stages_are_told_with_their_shares() -> None:
    written = tables.tabulate_stages(RESULTS)
    head, *found = rows(written)
    assert head == ["stage", "60 lines", "100 lines"]
    assert found == [
        *([stage, "0.50 ms (100%)", "1.00 ms (12%)"] for stage in names.STAGES),
        ["`check_text`", "0.50 ms (100%)", "8.00 ms (100%)"],
    ]
    assert (
        "Of 3 published files of 95 to 105 lines, half take at most 4.00 ms (parsing: 0.40 ms), 95"
        " of 100 at most 20.0 ms; of the 2 without an error, half take at most 3.50 ms."
    ) in written


def test_the_start_is_told_beside_compose() -> None:
    assert rows(tables.tabulate_start(RESULTS))[1:] == [
        ["Python alone", "10.0 ms", "0.20 ×"],
        ["`composecheck check FILE`", "120 ms", "2.40 ×"],
        ["`import typer`", "ended with status 1", "–"],
        ["docker compose", "50.0 ms", "1.00 ×"],
    ]
    assert rows(tables.tabulate_imports(RESULTS))[1:] == [
        ["composecheck", "100", "60.0 ms", "67%"],
        ["ruamel.yaml", "30", "30.0 ms", "33%"],
    ]


def test_memory_is_told() -> None:
    assert rows(tables.compare_memory(RESULTS))[1][:2] == ["composecheck", "24 MB"]
    assert rows(tables.tabulate_memory(RESULTS))[1:] == [
        ["1", "24 MB"],
        [write_lines(10_000), "608 MB"],
    ]


def test_the_machine_is_told_and_not_named() -> None:
    said = tables.describe(RESULTS)
    assert "on 2030-01-02 with 2 cores (A & B), Linux x86_64, Python 3.11.7" in said
    assert "dclint 3." in said


def test_what_was_not_measured_has_no_table() -> None:
    assert set(tables.write_tables(NOTHING)) == {"machine", "goals"}
    assert set(tables.write_tables(RESULTS)) == set(tables.BLOCKS)
    corpus = Results(MACHINE, (Timing(names.CORPUS, OURS, (1.0,)),))
    assert "| composecheck | 1.00 s |" in tables.write_tables(corpus)["comparison"]
    report = tables.write_report(RESULTS)
    assert report.count("\n## ") == len(tables.BLOCKS)
    assert MANY not in report


def test_what_python_says_of_imports_is_added_up_by_package() -> None:
    said = (
        "import time: self [us] | cumulative | imported package\n"
        "import time:       100 |        100 |   json.decoder\n"
        "import time:        50 |        150 | json\n"
        "import time:       300 |        300 |     _ruamel_yaml\n"
        "import time:       200 |        500 |   ruamel.yaml\n"
        "import time:      1000 |       1500 | composecheck.cli\n"
        "a warning of the program\n"
    )
    found = add_up(read_imports(said))
    assert {package: count for package, (count, _) in found.items()} == {
        "Python itself": 2,
        "ruamel.yaml": 2,
        "composecheck": 1,
    }
    assert [seconds for _, seconds in found.values()] == pytest.approx([150e-6, 500e-6, 1e-3])
