"""Runs commands, in turns, and keeps how long they took and how much memory they had."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

RUNS = 7
"""How often everything is run that does not take long."""

_LONG = 5.0

_SPAWNING = Path(__file__).with_name("spawning.py")


@dataclass(frozen=True, slots=True)
class Timing:
    """What was measured of one tool (or one part of ours) at one workload.

    `seconds` are those of each run; `peak` is the most memory of any of them, in bytes. `reason`
    says in a few words why there are no numbers, where there are none.
    """

    workload: str
    tool: str
    seconds: tuple[float, ...] = ()
    peak: int = 0
    reason: str = ""

    @property
    def median(self) -> float:
        """The median of all runs, in seconds. Raises ValueError if there was none."""
        if not self.seconds:
            raise ValueError(f"{self.tool} was not measured at {self.workload}: {self.reason}")
        return statistics.median(self.seconds)


@dataclass(frozen=True, slots=True)
class Run:
    """How one run went. `status` is the first that is not 0; `errors` the end of standard error."""

    seconds: float
    peak: int
    status: int
    is_late: bool = False
    errors: str = ""


@dataclass(frozen=True, slots=True)
class Command:
    """One or more processes, run one after the other and measured together.

    `accepted` are the exit statuses with which it has done its work. `limit` is how many seconds it
    may take. For `counts_tree` see `spawning`.
    """

    calls: tuple[tuple[str, ...], ...]
    folder: Path
    accepted: frozenset[int] = frozenset({0})
    limit: float = 60
    counts_tree: bool = False
    environment: Mapping[str, str] = field(default_factory=dict)


RunCommand = Callable[[Command], Run]


@contextmanager
def starting(home: Path) -> Iterator[RunCommand]:
    """Give a function that runs commands, by way of a small process (see `spawning`).

    They see no variable of this process but PATH, and `home` as the home folder.
    """
    environment = {"PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": str(home), "LANG": "C.UTF-8"}
    with subprocess.Popen(
        [sys.executable, "-I", "-S", str(_SPAWNING)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        requests, answers = process.stdin, process.stdout

        def run(command: Command) -> Run:
            request = {
                "calls": command.calls,
                "folder": str(command.folder),
                "environment": {**environment, **command.environment},
                "limit": command.limit,
                "counts_tree": command.counts_tree,
            }
            requests.write(json.dumps(request) + "\n")
            requests.flush()
            answer: dict[str, Any] = json.loads(answers.readline())
            return Run(**answer)

        yield run
        requests.close()


def own_environment() -> dict[str, str]:
    """Return the variables of this process without those that change what Python imports."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}


def planned_runs(seconds: float, wanted: int) -> int:
    """Return how often to run what takes so long: seldom, if anybody is to wait for it."""
    if seconds > 20:
        return 1
    return min(wanted, 3) if seconds > 10 else wanted


def run_in_turns(
    workload: str, commands: Mapping[str, Command], run: RunCommand, wanted: int = RUNS
) -> list[Timing]:
    """Run each of `commands`, which are named by tool, several times, and return what came of it.

    They take turns, so that what else the machine does hits all of them alike. The first turn, in
    which files come into memory, counts only for what takes so long that this is nothing beside it.
    """
    kept: dict[str, list[Run]] = {}
    planned: dict[str, int] = {}
    reasons: dict[str, str] = {}
    for tool, command in commands.items():
        first = run(command)
        reason = why_unusable(first, command)
        if reason:
            reasons[tool] = reason
            continue
        planned[tool] = planned_runs(first.seconds, wanted)
        kept[tool] = [first] if first.seconds > _LONG or planned[tool] == 1 else []
    for _ in range(wanted):
        for tool, runs in kept.items():
            if len(runs) < planned[tool] and tool not in reasons:
                again = run(commands[tool])
                reason = why_unusable(again, commands[tool])
                if reason:
                    reasons[tool] = reason
                runs.append(again)
    return [
        Timing(workload, tool, reason=reasons[tool])
        if tool in reasons
        else Timing(
            workload,
            tool,
            tuple(one.seconds for one in kept[tool]),
            max(one.peak for one in kept[tool]),
        )
        for tool in commands
    ]


def why_unusable(run: Run, command: Command) -> str:
    """Say why the time of a run says nothing; empty if it does."""
    if run.is_late:
        return f"more than {command.limit:.0f} s"
    if run.status not in command.accepted:
        lines = run.errors.strip().splitlines()
        said = lines[-1].replace(f"{command.folder}/", "")[:160] if lines else ""
        return f"ended with status {run.status}" + (f": {said}" if said else "")
    return ""


def time_function(function: Callable[[], object], wanted: int) -> tuple[float, ...]:
    """Return how many seconds each of some calls of a function took, after one that is not kept."""
    times: list[float] = []
    function()
    for _ in range(wanted):
        start = time.perf_counter()
        function()
        times.append(time.perf_counter() - start)
    return tuple(times)
