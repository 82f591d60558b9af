"""What the times and the memory of composecheck are wanted to be, and whether they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks import names
from benchmarks.numbers import MEGABYTE, write_memory, write_ratio, write_seconds
from benchmarks.tools import COMPOSE, OURS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.results import Results

LINTERS = ("compose-lint", "check-jsonschema", "yamllint", "dclint")

MOST_TIMES_COMPOSE = 3.5
LEAST_TIMES_LINT = 5.0
LEAST_TIMES_COMPOSE = 20.0
MOST_CHECK = 0.005
MOST_PARSE = 0.001
MOST_RISE = 1.2
MOST_MEMORY_ONE = 60 * MEGABYTE
MOST_MEMORY_MANY = 200 * MEGABYTE


@dataclass(frozen=True, slots=True)
class Goal:
    """What is wanted of some work, what was measured, and whether that is enough."""

    work: str
    wanted: str
    measured: str
    is_reached: bool


def judge_goals(results: Results) -> list[Goal]:
    """Return all goals for which there are numbers."""
    return [*_times(results), *_inside(results), *_memory(results)]


def _times(results: Results) -> Iterator[Goal]:
    one = names.one_file(60)
    for tool in LINTERS:
        ratio = results.ratio(one, tool)
        if ratio is not None:
            work = f"one file of 60 lines, beside {tool}"
            yield Goal(work, "less time", f"{tool} takes {write_ratio(ratio)} as long", ratio > 1)
    ratio = results.ratio(one, COMPOSE)
    if ratio is not None:
        yield Goal(
            f"one file of 60 lines, beside `{COMPOSE}`",
            f"at most {write_ratio(MOST_TIMES_COMPOSE)} its time",
            write_ratio(1 / ratio),
            1 / ratio <= MOST_TIMES_COMPOSE,
        )
    many = names.many_files(200)
    for tool, least in (("compose-lint", LEAST_TIMES_LINT), (COMPOSE, LEAST_TIMES_COMPOSE)):
        ratio = results.ratio(many, tool)
        if ratio is not None:
            yield Goal(
                f"200 files of 60 lines, beside `{tool}`",
                f"at least {write_ratio(least)} as fast",
                write_ratio(ratio),
                ratio >= least,
            )


def _inside(results: Results) -> Iterator[Goal]:
    for workload, kind in ((names.stages(100), "made"), (names.REAL, "published, the median")):
        for part, most in ((names.WHOLE, MOST_CHECK), ("parse", MOST_PARSE)):
            timing = results.of(workload, part)
            if timing.seconds:
                yield Goal(
                    f"`{part}` inside a process, 100 lines ({kind})",
                    f"at most {write_seconds(most)}",
                    write_seconds(timing.median),
                    timing.median <= most,
                )
    short, long = (results.of(names.inside(lines), names.WHOLE) for lines in (1000, 100_000))
    if short.seconds and long.seconds:
        rise = long.median / short.median / 100
        yield Goal(
            "time for a line, at 100 000 lines beside 1 000",
            f"at most {write_ratio(MOST_RISE)}",
            write_ratio(rise),
            rise <= MOST_RISE,
        )


def _memory(results: Results) -> Iterator[Goal]:
    for count, most in ((1, MOST_MEMORY_ONE), (10_000, MOST_MEMORY_MANY)):
        timing = results.of(names.memory(count), OURS)
        if timing.seconds:
            yield Goal(
                "memory for one file" if count == 1 else "memory for 10 000 files",
                f"at most {write_memory(most)}",
                write_memory(timing.peak),
                timing.peak <= most,
            )
