"""Commands take turns, as often as is planned, and what they take is what the system says."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import pytest

from benchmarks import spawning
from benchmarks.running import (
    RUNS,
    Command,
    Run,
    Timing,
    planned_runs,
    run_in_turns,
    starting,
    time_function,
    why_unusable,
)

NOWHERE = Path("/")


def command(name: str, **options: float) -> Command:
    return Command(calls=((name,),), folder=NOWHERE, **options)  # type: ignore[arg-type] # only `limit`


class Scripted:
    """Runs nothing: says of each command how long it took, time by time."""

    def __init__(self, seconds: dict[str, list[float]], status: int = 0) -> None:
        self.seconds = {name: iter(times) for name, times in seconds.items()}
        self.status = status
        self.ran: list[str] = []

    def __call__(self, command: Command) -> Run:
        """Say how long the next run of a command took."""
        name = command.calls[0][0]
        self.ran.append(name)
        return Run(next(self.seconds[name]), peak=len(self.ran), status=self.status)


def test_the_median_is_that_of_all_runs() -> None:
    assert Timing("w", "t", (3.0, 1.0, 2.0)).median == 2.0
    assert Timing("w", "t", (4.0, 1.0, 2.0, 3.0)).median == 2.5
    with pytest.raises(ValueError, match="no npm"):
        _ = Timing("w", "t", reason="there is no npm").median


def test_tools_take_turns_and_the_first_turn_does_not_count() -> None:
    run = Scripted({"a": [9, 1, 2, 3], "b": [9, 4, 5, 6]})
    timings = run_in_turns("w", {"A": command("a"), "B": command("b")}, run, 3)
    # More than five seconds: the first counts, too.
    assert run.ran[:4] == ["a", "b", "a", "b"]
    assert [timing.tool for timing in timings] == ["A", "B"]
    run = Scripted({"a": [4, 1, 2, 3], "b": [4, 4, 5, 6]})
    timings = run_in_turns("w", {"A": command("a"), "B": command("b")}, run, 3)
    assert run.ran == ["a", "b"] * 4
    assert timings[0] == Timing("w", "A", (1, 2, 3), peak=7)
    assert timings[1] == Timing("w", "B", (4, 5, 6), peak=8)


def test_what_takes_long_is_run_less_often() -> None:
    assert [planned_runs(seconds, 7) for seconds in (0.1, 10, 10.1, 20, 20.1)] == [7, 7, 3, 3, 1]
    assert planned_runs(15, 1) == 1
    run = Scripted({"short": [1] * 8, "long": [12] * 3, "longest": [30]})
    timings = run_in_turns(
        "w", {name: command(name) for name in ("short", "long", "longest")}, run, RUNS
    )
    assert [len(timing.seconds) for timing in timings] == [7, 3, 1]
    assert Counter(run.ran) == {"short": 8, "long": 3, "longest": 1}


def test_a_time_of_what_failed_is_none() -> None:
    failed = run_in_turns("w", {"A": command("a")}, Scripted({"a": [1] * 9}, status=2), 3)
    assert failed == [Timing("w", "A", reason="ended with status 2")]
    assert why_unusable(Run(1, 1, 1), Command((("a",),), NOWHERE, frozenset({0, 1}))) == ""
    late = why_unusable(Run(60, 1, -9, is_late=True), command("a", limit=60))
    assert late == "more than 60 s"


def test_a_reason_does_not_name_the_folder() -> None:
    one = Command((("a",),), Path("/tmp/x"))
    said = why_unusable(Run(1, 1, 3, errors="one\n/tmp/x/compose.yaml: too long\n"), one)
    assert said == "ended with status 3: compose.yaml: too long"


def test_a_function_is_called_once_more_than_it_is_timed() -> None:
    calls: list[int] = []
    times = time_function(lambda: calls.append(1), 4)
    assert (len(times), len(calls)) == (4, 5)
    assert min(times) >= 0


@pytest.mark.parametrize("counts_tree", [False, True])
def test_processes_are_started_and_measured(tmp_path: Path, counts_tree: bool) -> None:
    size = 64 * 1024 * 1024
    script = "import sys; x = b'x' * int(sys.argv[1]); sys.exit(int(sys.argv[2]))"
    calls = tuple(
        (sys.executable, "-S", "-c", script, str(number), status)
        for number, status in ((size, "0"), (1, "3"), (1, "4"))
    )
    with starting(tmp_path) as run:
        ran = run(Command(calls, tmp_path, counts_tree=counts_tree))
        again = run(Command(calls[:1], tmp_path))
    assert ran.status == 3
    assert size < ran.peak < 3 * size
    assert (again.status, again.is_late, again.errors) == (0, False, "")
    assert again.seconds > 0


def test_a_process_sees_its_folder_its_home_and_no_variable_of_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMPOSE_FILE", "other.yaml")
    script = (
        "import os, sys; assert 'COMPOSE_FILE' not in os.environ;"
        " print(os.environ['HOME'], os.getcwd(), file=sys.stderr); print('not seen')"
    )
    folder = tmp_path / "work"
    folder.mkdir()
    with starting(tmp_path) as run:
        ran = run(Command(((sys.executable, "-S", "-c", script),), folder))
    assert (ran.status, ran.errors) == (0, f"{tmp_path} {folder}\n")


def test_a_process_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    endless = (sys.executable, "-S", "-c", "while True: pass")
    with starting(tmp_path) as run:
        ran = run(Command((endless, endless), tmp_path, limit=0.2))
    assert ran.is_late
    assert ran.status < 0


@pytest.mark.skipif(
    not Path("/proc/self/smaps_rollup").exists(), reason="NOT RUN: only Linux tells of it"
)
def test_memory_of_processes_is_added_up(tmp_path: Path) -> None:
    size = 48 * 1024 * 1024
    script = (
        "import subprocess, sys, time\n"
        f"x = b'x' * {size}\n"
        "if sys.argv[1] == '0':\n"
        "    time.sleep(0.3)\n"
        "else:\n"
        "    subprocess.run([sys.executable, '-S', '-c', sys.argv[2], '0'], check=True)\n"
    )
    call = (sys.executable, "-S", "-c", script, "1", script)
    with starting(tmp_path) as run:
        together = run(Command((call,), tmp_path, counts_tree=True))
        biggest = run(Command((call,), tmp_path))
    assert (together.status, biggest.status) == (0, 0)
    assert biggest.peak < 2 * size < together.peak
    assert spawning._memory_of_group(-1) == 0
