"""Starts the processes that are measured: a program of its own, which stays as small as it can.

The system counts for a new process also the memory of the one that it was made from (Linux, see
`ru_maxrss` in getrusage(2)); so this one imports next to nothing, and the numbers are of the tools.

It reads one request a line from standard input, and answers each with a line; both are JSON. A
request has `calls`, the arguments of processes to start one after the other; `folder` and
`environment` of them; `limit`, how many seconds they may take together; and `counts_tree`, whether
to add up the memory of a process and those that it starts, which slows them down a little. An
answer has `seconds`, how long they took together; `peak`, the most memory in bytes; `status`, that
of the first that did not end with 0, negative for a signal; `is_late`, whether the limit was
reached; and `errors`, the end of what was written to standard error.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

_UNIT = 1 if sys.platform == "darwin" else 1024
"""In how many bytes `ru_maxrss` counts."""

_PAUSE = 0.01
_LAST_ERRORS = 2000


def _answer(request: dict[str, Any]) -> dict[str, Any]:
    """Do what a request says."""
    peak = status = 0
    is_late = False
    os.chdir(request["folder"])
    end = time.perf_counter() + request["limit"]
    with tempfile.TemporaryFile() as errors:
        start = time.perf_counter()
        for call in request["calls"]:
            one = _run(
                call,
                request["environment"],
                errors.fileno(),
                end,
                counts_tree=request["counts_tree"],
            )
            status = status or one[0]
            peak = max(peak, one[1])
            if time.perf_counter() >= end:
                is_late = True
                break
        seconds = time.perf_counter() - start
        errors.seek(0)
        said = errors.read().decode("utf-8", "replace")[-_LAST_ERRORS:]
    return {
        "seconds": seconds,
        "peak": peak,
        "status": status,
        "is_late": is_late,
        "errors": said,
    }


def _run(
    call: list[str], environment: dict[str, str], errors: int, end: float, *, counts_tree: bool
) -> tuple[int, int]:
    """Run one process; return its status and the most memory that it had, in bytes."""
    process = os.posix_spawn(
        call[0],
        call,
        environment,
        file_actions=[
            (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
            (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
            (os.POSIX_SPAWN_DUP2, errors, 2),
        ],
        # A group of its own, so that it can be ended with all that it has started.
        setpgroup=0,
    )

    def stop(_signal: int, _frame: object) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process, signal.SIGKILL)

    signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, max(end - time.perf_counter(), 0.001))
    peak = 0
    while True:
        ended, status, used = os.wait4(process, os.WNOHANG if counts_tree else 0)
        if ended:
            break
        peak = max(peak, _memory_of_group(process))
        time.sleep(_PAUSE)
    signal.setitimer(signal.ITIMER_REAL, 0)
    # The biggest single process is known exactly; what they have together is only looked at.
    return os.waitstatus_to_exitcode(status), max(peak, used.ru_maxrss * _UNIT)


def _memory_of_group(group: int) -> int:
    """Return what all processes of a group take up together, in bytes; 0 where nobody tells.

    What several of them share is counted once (`Pss` in proc(5)).
    """
    total = 0
    if not Path("/proc/self/smaps_rollup").exists():
        return 0
    for folder in Path("/proc").iterdir():
        # Processes may end while they are looked at.
        with contextlib.suppress(OSError, ValueError, IndexError):
            if not folder.name.isdigit() or os.getpgid(int(folder.name)) != group:
                continue
            with (folder / "smaps_rollup").open("rb") as file:
                for line in file:
                    if line.startswith(b"Pss:"):
                        total += int(line.split()[1]) * 1024
                        break
    return total


def main() -> None:
    """Answer requests until there are no more."""
    for line in sys.stdin:
        print(json.dumps(_answer(json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
