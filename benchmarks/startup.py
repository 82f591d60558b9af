"""What a process pays before it looks at a file: Python, the libraries, our own modules."""

from __future__ import annotations

import re
import statistics
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks import names
from benchmarks.running import Command, Timing, own_environment, run_in_turns
from benchmarks.tools import COMPOSE, OURS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from benchmarks.running import RunCommand

STATEMENTS = {
    "Python alone": "pass",
    "`import ruamel.yaml`": "import ruamel.yaml",
    "`import msgspec`": "import msgspec",
    "`import ruamel.yaml, msgspec`": "import ruamel.yaml, msgspec",
    "`import ruamel.yaml, typer`": "import ruamel.yaml, typer",
}
"""What is imported by each of the small programs that show what the libraries cost."""

CHECK = "`composecheck check FILE`"
EDITABLE = "the same, installed as editable"
_IMPORTED = re.compile(r"^import time:\s+(\d+) \|\s+\d+ \|\s+(\S+)$", re.MULTILINE)
_IMPORT_RUNS = 7


def measure_start(
    executables: Mapping[str, Path], file: Path, run: RunCommand, wanted: int
) -> list[Timing]:
    """Measure small programs, composecheck and Compose in turns; each a process of its own.

    `executables` are those of composecheck (OURS), of Compose, and EDITABLE, where they are there.
    """
    ours = executables[OURS]
    python = str(ours.with_name("python"))
    calls: dict[str, tuple[str, ...]] = {
        name: (python, "-c", statement) for name, statement in STATEMENTS.items()
    }
    calls["`composecheck --version`"] = (str(ours), "--version")
    calls[CHECK] = (str(ours), "check", str(file))
    if EDITABLE in executables:
        calls[EDITABLE] = (str(executables[EDITABLE]), "check", str(file))
    if COMPOSE in executables:
        calls[COMPOSE] = (str(executables[COMPOSE]), "-f", str(file), "config", "-q")
    commands = {name: Command((call,), file.parent) for name, call in calls.items()}
    return run_in_turns(names.START, commands, run, wanted)


@dataclass(frozen=True, slots=True)
class Imports:
    """What a run imports of one distribution: how many modules, and how many seconds they take."""

    package: str
    modules: int
    seconds: float


def measure_imports(ours: Path, file: Path) -> list[Imports]:
    """Ask Python how long each import takes when composecheck checks a file; dearest first.

    Python's own counting (`-X importtime`) makes imports slower, so that only shares mean much.
    """
    runs = []
    for _ in range(_IMPORT_RUNS):
        ended = subprocess.run(
            [str(ours.with_name("python")), "-X", "importtime", str(ours), "check", str(file)],
            cwd=file.parent,
            env=own_environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
        runs.append(add_up(read_imports(ended.stderr)))
    packages = {package: modules for one in runs for package, (modules, _) in one.items()}
    imports = (
        Imports(package, modules, statistics.median(one.get(package, (0, 0.0))[1] for one in runs))
        for package, modules in packages.items()
    )
    return sorted(imports, key=lambda one: (-one.seconds, one.package))


def read_imports(said: str) -> list[tuple[str, float]]:
    """Return the modules that Python tells of, each with the seconds that it took by itself."""
    return [(name, int(micros) / 1e6) for micros, name in _IMPORTED.findall(said)]


def add_up(modules: Iterable[tuple[str, float]]) -> dict[str, tuple[int, float]]:
    """Return for each package how many modules were imported, and the seconds they took."""
    sums: dict[str, tuple[int, float]] = {}
    for name, seconds in modules:
        root = name.partition(".")[0]
        package = "Python itself" if root in sys.stdlib_module_names else root
        package = "ruamel.yaml" if root in ("ruamel", "_ruamel_yaml") else package
        count, total = sums.get(package, (0, 0.0))
        sums[package] = (count + 1, total + seconds)
    return sums
