"""Results with numbers that are made up, for the tests of what is written of them."""

from __future__ import annotations

from benchmarks import names
from benchmarks.results import Results
from benchmarks.running import Timing
from benchmarks.startup import CHECK, Imports
from benchmarks.tools import COMPOSE, ONE_JOB, OURS

MACHINE = {
    "date": "2030-01-02",
    "system": "Linux x86_64",
    "processor": "A & B",
    "cores": "2",
    "python": "3.11.7",
    "load": "0.03",
}

MEGABYTE = 1_000_000


def seven(workload: str, tool: str, seconds: float, peak: int = 0) -> Timing:
    """Return a timing of seven runs whose median is `seconds`."""
    spread = tuple(seconds * factor for factor in (5, 0.9, 0.95, 1, 1.1, 1.2, 0.5))
    return Timing(workload, tool, spread, peak)


ONE = names.one_file(60)
MANY = names.many_files(200)

RESULTS = Results(
    machine=MACHINE,
    timings=(
        seven(ONE, OURS, 0.1, 24 * MEGABYTE),
        seven(ONE, COMPOSE, 0.05, 33 * MEGABYTE),
        seven(ONE, "compose-lint", 0.16),
        seven(ONE, "yamllint", 0.08),
        seven(MANY, OURS, 0.5),
        seven(MANY, ONE_JOB.name, 0.9),
        Timing(MANY, COMPOSE, (11.0,) * 3),
        seven(MANY, "compose-lint", 2.0),
        Timing(MANY, "check-jsonschema", reason="more than 60 s"),
        *(
            seven(names.one_file(lines), OURS, 0.1 + lines * 1e-5)
            for lines in (100, 1000, 10_000, 100_000)
        ),
        *(seven(names.one_file(lines), COMPOSE, lines * 1e-4) for lines in (100, 1000)),
        Timing(names.one_file(10_000), "yamllint", (2.0,)),
        Timing(names.one_file(100_000), "yamllint", reason="would take some 20 s"),
        seven(names.inside(1000), names.WHOLE, 0.03),
        seven(names.inside(1000), "parse", 0.004),
        seven(names.inside(100_000), names.WHOLE, 3.9),
        *(seven(names.stages(60), part, 0.0005) for part in (*names.STAGES, names.WHOLE)),
        *(seven(names.stages(100), part, 0.001) for part in names.STAGES),
        seven(names.stages(100), names.WHOLE, 0.008),
        Timing(names.REAL, names.WHOLE, (0.003, 0.004, 0.02)),
        Timing(names.REAL, "parse", (0.0004,) * 3),
        Timing(names.REAL_VALID, names.WHOLE, (0.003, 0.004)),
        seven(names.START, "Python alone", 0.01),
        seven(names.START, CHECK, 0.12),
        Timing(names.START, "`import typer`", reason="ended with status 1"),
        seven(names.START, COMPOSE, 0.05),
        Timing(names.memory(1), OURS, (0.1,), 24 * MEGABYTE),
        Timing(names.memory(10_000), OURS, (30.0,), 608 * MEGABYTE),
    ),
    imports=(Imports("composecheck", 100, 0.06), Imports("ruamel.yaml", 30, 0.03)),
    absent={"dclint": "there is no npm here"},
)
