"""Makes mistakes in real files, and prints how they are fixed, per operator.

    python -m tests.fixing.search [--count 20] [--seed N] [--only WORD] [--mistakes 1] [--show 3]

The seed is a fresh one, and printed, unless it is given. The files are those of ../shared that the
real Compose takes, or, where that folder is absent, our own.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from difflib import unified_diff
from functools import cache, partial
from random import Random, SystemRandom
from typing import TYPE_CHECKING

from composecheck import load
from tests.fixing.mistakes import OPERATORS, break_text
from tests.fixing.own_files import FILES
from tests.fixing.trial import Tally, attempt
from tests.shared_material import SHARED, corpus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.fixing.trial import Trial

_LONGEST = 12_000
"""Characters of a file that mistakes are made in: longer ones take long and show nothing else."""


@cache
def accepted_files() -> tuple[str, ...]:
    """Return the files to make mistakes in."""
    if not SHARED.is_dir():
        return FILES
    texts = (file.text for file in corpus() if not file.refused and len(file.text) <= _LONGEST)
    return (*FILES, *texts)


def trials(name: str, *, seed: int, count: int, asks_compose: bool = True) -> list[Trial]:
    """Make `count` mistakes of one operator, or as many as a search through some files gives."""
    random = Random(f"{seed} {name}")
    found: list[Trial] = []
    files = accepted_files()
    # In our own, every operator finds something to break.
    for text in (*random.sample(files, min(len(files), 30 * count)), *FILES):
        if len(found) == count:
            break
        mistake = OPERATORS[name](text, load(text), random)
        if mistake is not None:
            found.append(attempt(text, mistake, asks_compose=asks_compose))
    return found


def mixed_trials(
    number: int, *, seed: int, mistakes: int, asks_compose: bool = True
) -> list[Trial]:
    """Make up to `mistakes` mistakes of any operators in the file with this number."""
    text = accepted_files()[number]
    random = Random(f"{seed} {number}")
    mistake = break_text(text, load(text), random, random.randint(1, mistakes))
    if mistake is None:
        return []
    return [attempt(text, mistake, asks_compose=asks_compose)]


def _print_row(name: str, tally: Tally) -> None:
    share = f"{tally.share_undone:5.0%}" if tally.exact else "     "
    print(
        f"{name:44}{tally.tries:5}{tally.found:7}{tally.exact:7}{tally.undone:8}{share}"
        f"{tally.accepted:8}{sum(bool(trial.objections) for trial in tally.failures):8}",
        flush=True,
    )


def _show(trial: Trial) -> None:
    print(f"    {trial.mistake.what}")
    for line in (*trial.objections, *trial.left[:3]):
        print(f"      {line}")
    lines = unified_diff(trial.sound.splitlines(), trial.fixed.splitlines(), n=2, lineterm="")
    for line in list(lines)[2:22]:
        print(f"      {line}")


def main(arguments: Sequence[str]) -> int:
    """Print the table, and below it what is not undone; 1 if something must not be."""
    parser = argparse.ArgumentParser(prog="python -m tests.fixing.search")
    parser.add_argument("--count", type=int, default=20, help="mistakes for each operator")
    parser.add_argument("--seed", type=int, default=None, help="by default a fresh one")
    parser.add_argument("--only", default="", help="operators with this in their names")
    parser.add_argument("--mistakes", type=int, default=1, help="up to so many in each file")
    parser.add_argument("--show", type=int, default=0, help="failures to show of each operator")
    options = parser.parse_args(arguments)
    seed = SystemRandom().randrange(1_000_000) if options.seed is None else options.seed
    print(f"seed {seed}")
    print(f"{'operator':44}tries  found  exact  undone     accepted  wrong")
    start = time.monotonic()
    total, is_wrong = Tally(), False
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        if options.mistakes > 1:
            numbers = Random(seed).sample(range(len(accepted_files())), options.count)
            work = partial(mixed_trials, seed=seed, mistakes=options.mistakes)
            rows = [(f"file {number}", pool.submit(work, number)) for number in numbers]
        else:
            names = [name for name in OPERATORS if options.only in name]
            one = partial(trials, seed=seed, count=options.count)
            rows = [(name, pool.submit(one, name)) for name in names]
        for name, future in rows:
            tally = Tally()
            for trial in future.result():
                tally.add(trial)
                total.add(trial)
            is_wrong |= any(trial.objections for trial in tally.failures)
            if options.mistakes == 1:
                _print_row(name, tally)
            for trial in tally.failures[: options.show]:
                _show(trial)
    _print_row("all", total)
    print(f"{time.monotonic() - start:.0f} s; again with --seed {seed}")
    return int(is_wrong)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
