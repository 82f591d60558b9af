"""`python -m benchmarks`, which `make bench` runs: measure composecheck beside other tools."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from benchmarks.measuring import PARTS, measure, say
from benchmarks.pages import write_page, write_results
from benchmarks.results import from_json
from benchmarks.running import RUNS
from benchmarks.tables import write_report


def main(arguments: list[str] | None = None) -> int:
    """Measure, write what came of it, and print the tables."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.docs and (options.quick or options.only):
        parser.error("--docs wants numbers of a whole run: not --quick, not --only")
    if options.read is not None:
        results = from_json(options.read.read_text(encoding="utf-8"))
    else:
        try:
            results = measure(
                list(dict.fromkeys(options.only or PARTS)), 1 if options.quick else RUNS
            )
        except RuntimeError as error:
            say(str(error))
            return 1
    if options.json is not None:
        options.json.write_text(results.to_json(), encoding="utf-8")
    written = write_results(results, is_whole=not (options.quick or options.only))
    if options.docs:
        write_page(results)
    print(write_report(results))
    say("written: " + ", ".join(str(path) for path in written))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description="Measures composecheck beside other tools, and itself from inside. Tables, a"
        " plot and all numbers are written into benchmarks/measured/.",
    )
    parser.add_argument(
        "--quick", action="store_true", help="run everything once: to try it, not to believe it"
    )
    parser.add_argument(
        "--only",
        action="append",
        choices=PARTS,
        metavar="WORKLOAD",
        help=f"measure only this ({', '.join(PARTS)}); can be given several times",
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all numbers to FILE, too")
    parser.add_argument(
        "--from",
        dest="read",
        type=Path,
        metavar="FILE",
        help="measure nothing: take the numbers that --json has written",
    )
    parser.add_argument("--docs", action="store_true", help="write tables and plot into docs/, too")
    return parser


if __name__ == "__main__":
    sys.exit(main())
