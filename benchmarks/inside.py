"""Where the time goes inside a process: `python -m benchmarks.inside WHAT`.

WHAT is `stages LINES RUNS`, `growth LINES RUNS` or `real`. Run by the Python in whose environment
composecheck is installed, and apart from what starts the tools, so that its memory is not counted
for theirs. Prints what it measured as JSON.
"""

from __future__ import annotations

import dataclasses
import errno
import itertools
import json
import os
import statistics
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

from benchmarks import names
from benchmarks.names import STAGES, WHOLE
from benchmarks.running import Timing, time_function
from benchmarks.workloads import make_text, of_length, real_texts
from composecheck.check import check_text, report, settings_of_call
from composecheck.finding import Severity
from composecheck.outcome import outcome_of
from composecheck.project.call import Call
from composecheck.project.files import ComposeFile
from composecheck.project.project import load_project
from composecheck.rules import judge_project
from composecheck.schema import judge_stages
from composecheck.source import Source, decode
from composecheck.stages import judge_call
from composecheck.yaml import load

REAL_LENGTH = (95, 105)
_REAL_RUNS = 5


def measure_stages(lines: int, runs: int) -> list[Timing]:
    """Measure each stage, and `check_text` as a whole, at a made file of so many lines."""
    text = make_text(lines)
    if check_text(text).findings:
        raise AssertionError("a made file is to be clean")
    times: dict[str, list[float]] = {stage: [] for stage in STAGES}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "compose.yaml"
        path.write_text(text, encoding="utf-8")
        for _ in range(runs + 1):
            for stage, seconds in _one_run(path).items():
                times[stage].append(seconds)
    # The first of all does not count: it also fills what is made once a process.
    parts = {stage: tuple(seconds[1:]) for stage, seconds in times.items()}
    parts[WHOLE] = time_function(lambda: check_text(text), runs)
    return [Timing(names.stages(lines), part, seconds) for part, seconds in parts.items()]


def _one_run(path: Path) -> dict[str, float]:
    """Take a file through the stages once, and return how long each took.

    What a stage gets is new each time, or else what it remembers of the last time would help it.
    """
    settings = settings_of_call()
    marks = [time.perf_counter()]
    source = decode(path.read_bytes(), path.name)
    marks.append(time.perf_counter())
    document = load(source)
    marks.append(time.perf_counter())
    call = Call(files=(ComposeFile(None, document),), read=_read_nothing)
    project = load_project(call)
    marks.append(time.perf_counter())
    judge_stages(project)
    marks.append(time.perf_counter())
    judge_project(project)
    marks.append(time.perf_counter())
    seconds = [end - start for start, end in itertools.pairwise(marks)]
    judgement = judge_call(call)
    start = time.perf_counter()
    report([outcome_of(judgement)], settings)
    seconds.append(time.perf_counter() - start)
    return dict(zip(STAGES, seconds, strict=True))


def _read_nothing(path: Path) -> bytes:
    raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))


def measure_real() -> list[Timing]:
    """Measure `check_text` and parsing at real files; each number is the median of one file.

    Those without an error and all of them are told apart: an error has to be explained.
    """
    whole: list[float] = []
    valid: list[float] = []
    parsed: list[float] = []
    for text in of_length(real_texts(), *REAL_LENGTH):
        source = Source("compose.yaml", text)
        seconds = statistics.median(time_function(partial(check_text, text), _REAL_RUNS))
        parsed.append(statistics.median(time_function(partial(load, source), _REAL_RUNS)))
        whole.append(seconds)
        if check_text(text).worst is not Severity.ERROR:
            valid.append(seconds)
    if not whole:
        return [Timing(names.REAL, WHOLE, reason="the corpus is not here")]
    return [
        Timing(names.REAL, WHOLE, tuple(whole)),
        Timing(names.REAL, "parse", tuple(parsed)),
        Timing(names.REAL_VALID, WHOLE, tuple(valid)),
    ]


def measure_growth(lines: int, runs: int) -> list[Timing]:
    """Measure `check_text`, and parsing alone, at a made file of so many lines."""
    text = make_text(lines)
    source = Source("compose.yaml", text)
    return [
        Timing(names.inside(lines), WHOLE, time_function(lambda: check_text(text), runs)),
        Timing(names.inside(lines), "parse", time_function(lambda: load(source), runs)),
    ]


def main(arguments: list[str]) -> None:
    """Measure what the arguments name, and print it."""
    what, *numbers = arguments
    if what == "real":
        timings = measure_real()
    else:
        lines, runs = map(int, numbers)
        timings = {"stages": measure_stages, "growth": measure_growth}[what](lines, runs)
    print(json.dumps([dataclasses.asdict(timing) for timing in timings]))


if __name__ == "__main__":
    main(sys.argv[1:])
