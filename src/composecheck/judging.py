"""Many projects, judged side by side in several processes; what comes of each, in their order."""

from __future__ import annotations

import gc
import os
import sys
from typing import TYPE_CHECKING

from composecheck.outcome import outcome_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from composecheck.outcome import Outcome
    from composecheck.projects import Asked

_IS_FORKING = sys.platform == "linux"
"""Whether a process can be made by splitting this one; elsewhere each loads everything anew."""

_FEWEST = 24 if _IS_FORKING else 250
"""How many projects take longer than it takes to set processes up for them (measured)."""

_LARGEST_BATCH = 64
_BATCHES_PER_PROCESS = 8


def judge_all(asked: Sequence[Asked], jobs: int = 1) -> Iterator[Outcome]:
    """Yield what comes of each project, in order; at most `jobs` processes work on them.

    Few projects are judged in this process, since that is quicker. So are those that are left when
    one of the processes is killed: then nothing is lost.
    """
    done = 0
    if jobs > 1 and len(asked) >= _FEWEST:
        for outcome in _judge_side_by_side(asked, jobs):
            done += 1
            yield outcome
    for project in asked[done:]:
        yield outcome_of(project.judge({}))


def cores() -> int:
    """Return how many processes can run at the same time here."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _judge_side_by_side(asked: Sequence[Asked], jobs: int) -> Iterator[Outcome]:
    """Yield what comes of each project, up to where a process was killed, if one was."""
    # Imported here, because most runs are about one project.
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    size = min(_LARGEST_BATCH, -(-len(asked) // (jobs * _BATCHES_PER_PROCESS)))
    batches = [range(at, min(at + size, len(asked))) for at in range(0, len(asked), size)]
    pool = ProcessPoolExecutor(
        min(jobs, len(batches)),
        mp_context=get_context("fork" if _IS_FORKING else None),
        initializer=_begin,
        initargs=(asked,),
    )
    try:
        for outcomes in pool.map(_judge_batch, batches):
            yield from outcomes
    except BrokenProcessPool:
        return
    finally:
        # None may outlive this process: whoever reads our output in a pipe would wait for it.
        pool.shutdown(cancel_futures=True)


_asked: Sequence[Asked] = ()
"""In a process that works for another one: all projects."""


def _begin(asked: Sequence[Asked]) -> None:
    import signal
    from threading import Thread

    global _asked
    _asked = asked
    # Ctrl-C is for the process that people see; it stops the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()
    gc.freeze()
    gc.enable()


def _end_with_parent() -> None:
    """End this process when the one that it works for does, however that is killed."""
    from multiprocessing import parent_process

    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _judge_batch(batch: range) -> list[Outcome]:
    return [outcome_of(_asked[index].judge({})) for index in batch]
