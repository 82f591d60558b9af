"""What was measured, as tables in Markdown: one function for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks import names
from benchmarks.goals import judge_goals
from benchmarks.numbers import write_lines, write_memory, write_ratio, write_seconds
from benchmarks.running import RUNS
from benchmarks.startup import CHECK
from benchmarks.tools import COMPOSE, ONE_JOB, OURS, TOOLS
from benchmarks.workloads import SERIES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from benchmarks.results import Results
    from benchmarks.running import Timing
    from benchmarks.tools import Tool

_MISSING = "–"
_COMPARED = {
    names.one_file(3): "one file, 3 lines",
    names.one_file(60): "one file, 60 lines",
    names.many_files(200): "200 files, 60 lines each",
    names.CORPUS: "published files",
    names.one_file(10_000): "one file, 10 000 lines",
}


def make_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table; its columns after the first are aligned to the right."""
    rule = ["---", *("---:" for _ in head[1:])]
    return "".join(f"| {' | '.join(row)} |\n" for row in (head, rule, *rows))


def describe(results: Results) -> str:
    """Say in a sentence on which machine, when, and with which versions."""
    machine = results.machine
    versions = ", ".join(f"{tool.name} {tool.version}" for tool in TOOLS if tool.version)
    return (
        f"Measured on {machine['date']} with {machine['cores']} cores ({machine['processor']}),"
        f" {machine['system']}, Python {machine['python']}; when it began, {machine['load']}"
        f" processes were at work on average. Versions: {versions}.\n"
    )


def tabulate_goals(results: Results) -> str:
    """Return what was wanted, what was measured, and whether that is enough."""
    rows = (
        (goal.work, goal.wanted, goal.measured, "yes" if goal.is_reached else "**no**")
        for goal in judge_goals(results)
    )
    return make_table(("work", "wanted", "measured", "reached"), rows)


def compare_times(results: Results) -> str:
    """Return the time of each tool at each workload, and how many times ours that is."""
    there = [workload for workload in _COMPARED if results.has(workload)]
    rows = []
    for tool in _rows(results):
        cells = (_time_beside_ours(results, workload, tool.name) for workload in there)
        rows.append((tool.name, *cells))
    head = ("tool", *(_COMPARED[workload] for workload in there))
    return make_table(head, rows) + _remarks(results, there)


def _rows(results: Results) -> tuple[Tool, ...]:
    """Return the tools that have a row."""
    has_more = any(one.tool == ONE_JOB.name and one.seconds for one in results.timings)
    return (TOOLS[0], ONE_JOB, *TOOLS[1:]) if has_more else TOOLS


def _time_beside_ours(results: Results, workload: str, tool: str) -> str:
    timing = results.of(workload, tool)
    if not timing.seconds:
        return _MISSING
    ratio = results.ratio(workload, tool)
    beside = "" if ratio is None or tool == OURS else f" ({write_ratio(ratio)})"
    return f"{write_seconds(timing.median)}{beside}"


def _remarks(results: Results, workloads: Sequence[str]) -> str:
    """Return a list of what is missing and why, and of what was run less often."""
    lines = [f"{tool}: {_sentence(reason)}" for tool, reason in results.absent.items()]
    for workload in workloads:
        seldom: dict[int, list[str]] = {}
        for tool in (tool.name for tool in TOOLS if tool.name not in results.absent):
            timing = results.of(workload, tool)
            if not timing.seconds:
                lines.append(f"{tool}, {_COMPARED[workload]}: {_sentence(timing.reason)}")
            elif len(timing.seconds) < RUNS:
                seldom.setdefault(len(timing.seconds), []).append(tool)
        for count, tools in seldom.items():
            run = "run once" if count == 1 else f"run {count} times"
            lines.append(f"{_COMPARED[workload]}: {', '.join(tools)} {run}, not {RUNS} times.")
    return "\n" + "".join(f"- {line}\n" for line in lines) if lines else ""


def _sentence(text: str) -> str:
    return text if text.endswith(".") else f"{text}."


def compare_memory(results: Results) -> str:
    """Return the most memory of each tool at each workload."""
    there = [workload for workload in _COMPARED if results.has(workload)]
    rows = [
        (
            tool.name,
            *(
                write_memory(timing.peak) if timing.seconds else _MISSING
                for timing in (results.of(workload, tool.name) for workload in there)
            ),
        )
        for tool in _rows(results)
    ]
    return make_table(("tool", *(_COMPARED[workload] for workload in there)), rows)


def tabulate_memory(results: Results) -> str:
    """Return what all processes of composecheck take up together, by the number of files."""
    rows = [
        (write_lines(count), write_memory(timing.peak) if timing.seconds else timing.reason)
        for count in (1, 200, 10_000)
        if (timing := results.of(names.memory(count), OURS)) in results.timings
    ]
    return make_table(("files of 60 lines", "memory"), rows)


def tabulate_growth(results: Results) -> str:
    """Return how the time grows with the lines of a file: ours inside a process, and of all."""
    peers = [tool.name for tool in TOOLS if tool.name != OURS]
    rows = []
    for lines in SERIES:
        workload = names.one_file(lines)
        rows.append(
            (
                write_lines(lines),
                _for_a_line(results.of(names.inside(lines), "parse"), lines),
                _for_a_line(results.of(names.inside(lines), names.WHOLE), lines),
                *(_time_beside_ours(results, workload, tool) for tool in (OURS, *peers)),
            )
        )
    head = ("lines", "parse, a line", "`check_text`, a line", f"`{OURS}`", *peers)
    reasons = [
        f"- {tool}, {write_lines(lines)} lines: {_sentence(reason)}\n"
        for lines in SERIES
        for tool in peers
        if (reason := results.of(names.one_file(lines), tool).reason) not in ("", "not measured")
        and tool not in results.absent
    ]
    return make_table(head, rows) + ("\n" + "".join(reasons) if reasons else "")


def _for_a_line(timing: Timing, lines: int) -> str:
    return f"{timing.median / lines * 1e6:.1f} µs" if timing.seconds else _MISSING


def tabulate_stages(results: Results) -> str:
    """Return how long each stage takes, and what part of the whole that is."""
    lengths = [lines for lines in (60, 100) if results.has(names.stages(lines))]
    rows = []
    for part in (*names.STAGES, names.WHOLE):
        cells = []
        for lines in lengths:
            timing = results.of(names.stages(lines), part)
            whole = results.of(names.stages(lines), names.WHOLE)
            share = timing.median / whole.median
            cells.append(f"{timing.median * 1e3:.2f} ms ({share:.0%})")
        rows.append((f"`{part}`" if part == names.WHOLE else part, *cells))
    table = make_table(("stage", *(f"{lines} lines" for lines in lengths)), rows)
    return table + _real_files(results)


def _real_files(results: Results) -> str:
    every = results.of(names.REAL, names.WHOLE)
    valid = results.of(names.REAL_VALID, names.WHOLE)
    if not every.seconds or not valid.seconds:
        return ""
    slowest = sorted(every.seconds)[int(0.95 * len(every.seconds))]
    parse = results.of(names.REAL, "parse")
    return (
        f"\nOf {len(every.seconds)} published files of 95 to 105 lines, half take at most"
        f" {write_seconds(every.median)} (parsing: {write_seconds(parse.median)}), 95 of 100 at"
        f" most {write_seconds(slowest)}; of the {len(valid.seconds)} without an error, half take"
        f" at most {write_seconds(valid.median)}.\n"
    )


def tabulate_start(results: Results) -> str:
    """Return what a process pays before it looks at a file, beside Compose."""
    compose = results.of(names.START, COMPOSE)
    rows = [
        (
            timing.tool,
            write_seconds(timing.median) if timing.seconds else timing.reason,
            write_ratio(timing.median / compose.median)
            if timing.seconds and compose.seconds
            else _MISSING,
        )
        for timing in results.timings
        if timing.workload == names.START
    ]
    return make_table(("process", "time", f"beside `{COMPOSE}`"), rows)


def tabulate_imports(results: Results) -> str:
    """Return what the imports of a run cost, by package."""
    total = sum(one.seconds for one in results.imports)
    rows = [
        (one.package, str(one.modules), f"{one.seconds * 1e3:.1f} ms", f"{one.seconds / total:.0%}")
        for one in results.imports
        if one.seconds >= 0.01 * total
    ]
    head = (f"imported by {CHECK}", "modules", "time", "share")
    return make_table(head, rows)


_STAGES_AT = (names.stages(60), names.stages(100))
_MEMORY_AT = tuple(names.memory(count) for count in (1, 200, 10_000))
_GROWTH_AT = tuple(names.one_file(lines) for lines in SERIES)

BLOCKS: dict[str, tuple[str, Callable[[Results], str], Iterable[str]]] = {
    "machine": ("The machine", describe, ()),
    "goals": ("What was wanted", tabulate_goals, ()),
    "comparison": ("Beside other tools", compare_times, _COMPARED),
    "memory of all": ("Memory of a tool", compare_memory, _COMPARED),
    "memory": ("Memory of composecheck", tabulate_memory, _MEMORY_AT),
    "growth": ("Growth", tabulate_growth, _GROWTH_AT),
    "stages": ("Inside the process", tabulate_stages, _STAGES_AT),
    "start": ("Starting", tabulate_start, (names.START,)),
    "imports": ("Imports", tabulate_imports, (names.START,)),
}
"""All tables by name: the heading, the function, and the workloads of which it needs one."""


def write_tables(results: Results) -> dict[str, str]:
    """Return all tables for which there are numbers, by the names of BLOCKS."""
    return {
        name: write(results)
        for name, (_, write, needed) in BLOCKS.items()
        if not needed or any(results.has(workload) for workload in needed)
    }


def write_report(results: Results) -> str:
    """Return all tables as one page."""
    tables = write_tables(results)
    parts = (f"## {BLOCKS[name][0]}\n\n{table}" for name, table in tables.items())
    return "# What was measured\n\n" + "\n".join(parts)
