"""The whole of what is measured, in its order, and what came of it."""

from __future__ import annotations

import dataclasses
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import names, startup
from benchmarks.installing import Installed, install_all, python_of_ours
from benchmarks.results import Results, timing_of
from benchmarks.running import RUNS, Timing, own_environment, run_in_turns, starting, why_unusable
from benchmarks.tools import ONE_JOB, OURS, TOOLS
from benchmarks.workloads import (
    REPOSITORY,
    SERIES,
    Workload,
    every,
    make_many,
    make_text,
    real_texts,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.running import RunCommand

_PEERS_SERIES = frozenset({100, 1000, 10_000, 100_000})
_LONG = 10_000
_LONG_RUNS = 3
"""How often files are given to a tool that have more lines than `_LONG`."""

_SHORT_RUNS = 15
"""How often what takes less than a second is run: it hangs most on what else the machine does."""

_STAGE_RUNS = "51"
_TOO_LONG = 15
"""How many seconds a peer may be expected to take at the next length, for it to be run there."""

_CORPUS_STEP = 60
_MEMORY_FILES = (1, 200, 10_000)

PARTS = ("one", "many", "corpus", "growth", "inside", "start", "memory")
"""What `--only` can name."""


def measure(parts: Sequence[str] = PARTS, runs: int = RUNS) -> Results:
    """Install what can be installed, and measure `parts`, with so many runs of each where it can.

    Raises RuntimeError if composecheck itself cannot be installed.
    """
    machine = describe_machine()
    say("installing into .bench/ …")
    installed = install_all()
    if installed[OURS].executable is None:
        raise RuntimeError(f"composecheck cannot be installed: {installed[OURS].reason}")
    absent = {name: one.reason for name, one in installed.items() if one.executable is None}
    for name, reason in absent.items():
        say(f"{name} is skipped: {reason}")
    with tempfile.TemporaryDirectory() as folder, starting(Path(folder)) as run:
        # Composecheck looks for what uses a file in the folders above it, as far as three up; what
        # lies about on this machine beside the folder is none of its work.
        files = Path(folder, "work", "projects")
        files.mkdir(parents=True)
        bench = _Bench(installed, files, run, runs)
        timings: list[Timing] = []
        for part in parts:
            timings += bench.measure(part)
        imports = bench.imports() if "start" in parts else []
    return Results(machine, tuple(timings), tuple(imports), absent)


def describe_machine() -> dict[str, str]:
    """Return on what is measured: what matters for times, and nothing that names the machine."""
    load = os.getloadavg()[0]
    return {
        "date": time.strftime("%Y-%m-%d", time.gmtime()),
        "system": f"{platform.system()} {platform.machine()}",
        "processor": _processor(),
        "cores": str(os.cpu_count()),
        "python": platform.python_version(),
        "load": f"{load:.2f}",
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor())


def say(text: str) -> None:
    """Tell whoever waits."""
    print(text, file=sys.stderr, flush=True)


@dataclass(frozen=True, slots=True)
class _Bench:
    """What is measured with: the tools, a folder for files, and how to run commands."""

    installed: dict[str, Installed]
    folder: Path
    run: RunCommand
    runs: int

    def measure(self, part: str) -> list[Timing]:
        match part:
            case "one":
                files = [Workload(names.one_file(lines), (make_text(lines),)) for lines in (3, 60)]
                runs = _SHORT_RUNS if self.runs > 1 else 1
                return [timing for file in files for timing in self.compare(file, runs=runs)]
            case "many":
                return self.compare(Workload(names.many_files(200), make_many(200, 60)))
            case "corpus":
                texts = every(real_texts(), _CORPUS_STEP)
                if not texts:
                    say("corpus is skipped: ../shared/corpus is not here")
                    return []
                return self.compare(Workload(names.CORPUS, texts, is_clean=False))
            case "growth":
                return self.growth()
            case "inside":
                return self.inside()
            case "start":
                return self.start()
            case _:
                return self.memory()

    def executables(self) -> dict[str, Path]:
        return {name: one.executable for name, one in self.installed.items() if one.executable}

    def compare(
        self, workload: Workload, tools: Sequence[str] | None = None, runs: int | None = None
    ) -> list[Timing]:
        """Give all tools (or those named) the same files, in turns."""
        say(f"{workload.name} …")
        paths = workload.write(self.folder)
        found = self.executables()
        commands = {
            tool.name: tool.command(found[tool.name], paths, workload)
            for tool in TOOLS
            if tool.name in found and (tools is None or tool.name in tools)
        }
        if len(paths) > 1:
            commands[ONE_JOB.name] = ONE_JOB.command(found[OURS], paths, workload)
        return run_in_turns(workload.name, commands, self.run, runs or self.runs)

    def growth(self) -> list[Timing]:
        """Give ever longer files to all tools, to each as long as it does not take too long."""
        timings: list[Timing] = []
        last: dict[str, tuple[int, float]] = {}
        for lines in SERIES:
            workload = Workload(names.one_file(lines), (make_text(lines),))
            peers = [name for name in self.executables() if name != OURS]
            fit = [OURS]
            for name in peers if lines in _PEERS_SERIES else []:
                length, seconds = last.get(name, (lines, 0.0))
                if name in last or lines == SERIES[0]:
                    if seconds * lines / length <= _TOO_LONG:
                        fit.append(name)
                    else:
                        reason = f"would take some {seconds * lines / length:.0f} s"
                        timings.append(Timing(workload.name, name, reason=reason))
            found = self.compare(workload, fit, self._runs_at(lines))
            timings += found
            last |= {one.tool: (lines, one.median) for one in found if one.seconds}
        return timings

    def _runs_at(self, lines: int) -> int:
        return self.runs if lines <= _LONG else min(self.runs, _LONG_RUNS)

    def inside(self) -> list[Timing]:
        """Measure inside processes of the environment in which composecheck is installed."""
        timings = []
        for arguments in (
            ("stages", "60", _STAGE_RUNS),
            ("stages", "100", _STAGE_RUNS),
            ("real",),
            *(("growth", str(lines), str(self._runs_at(lines))) for lines in SERIES),
        ):
            say(f"inside: {' '.join(arguments)} …")
            ended = subprocess.run(
                [str(python_of_ours()), "-m", "benchmarks.inside", *arguments],
                cwd=REPOSITORY,
                env=own_environment(),
                stdout=subprocess.PIPE,
                encoding="utf-8",
                check=True,
            )
            timings += [timing_of(one) for one in json.loads(ended.stdout)]
        return timings

    def start(self) -> list[Timing]:
        say("start …")
        executables = self.executables()
        editable = Path(sys.executable).with_name("composecheck")
        if editable.exists():
            executables[startup.EDITABLE] = editable
        return startup.measure_start(executables, self._file(), self.run, self.runs)

    def imports(self) -> list[startup.Imports]:
        return startup.measure_imports(self.executables()[OURS], self._file())

    def _file(self) -> Path:
        path = self.folder / "start" / "compose.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(make_text(60), encoding="utf-8")
        return path

    def memory(self) -> list[Timing]:
        """Look at the memory of all processes of a run together, which takes time, hence apart."""
        timings = []
        for count in _MEMORY_FILES:
            workload = Workload(names.memory(count), make_many(count, 60))
            say(f"{workload.name} …")
            paths = workload.write(self.folder)
            command = dataclasses.replace(
                TOOLS[0].command(self.executables()[OURS], paths, workload),
                limit=300,
                counts_tree=True,
            )
            run = self.run(command)
            reason = why_unusable(run, command)
            seconds = () if reason else (run.seconds,)
            timings.append(Timing(workload.name, OURS, seconds, run.peak, reason))
        return timings
