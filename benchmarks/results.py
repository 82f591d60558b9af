"""What came of a run of the benchmarks, in memory and as JSON."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass, field
from typing import Any

from benchmarks.running import Timing
from benchmarks.startup import Imports
from benchmarks.tools import OURS


@dataclass(frozen=True, slots=True)
class Results:
    """What was measured, on which machine, and why some tools were not.

    `machine` has what matters for times, by the names of `measuring.describe_machine`; `absent`
    the reasons, by the names of the tools.
    """

    machine: dict[str, str]
    timings: tuple[Timing, ...]
    imports: tuple[Imports, ...] = ()
    absent: dict[str, str] = field(default_factory=dict)

    def of(self, workload: str, tool: str) -> Timing:
        """Return what was measured of a tool at a workload; without numbers if nothing was."""
        for timing in self.timings:
            if (timing.workload, timing.tool) == (workload, tool):
                return timing
        return Timing(workload, tool, reason=self.absent.get(tool, "not measured"))

    def ratio(self, workload: str, tool: str) -> float | None:
        """Return how many times as long as ours a tool takes; None without both numbers."""
        ours, other = self.of(workload, OURS), self.of(workload, tool)
        return other.median / ours.median if ours.seconds and other.seconds else None

    def has(self, workload: str) -> bool:
        """Tell whether anything was measured at a workload."""
        return any(one.workload == workload and one.seconds for one in self.timings)

    def to_json(self) -> str:
        """Return all of it as JSON."""
        return json.dumps(dataclasses.asdict(self), indent=1, ensure_ascii=False) + "\n"


def from_json(text: str) -> Results:
    """Return what `Results.to_json` has written."""
    data: dict[str, Any] = json.loads(text)
    return Results(
        machine=data["machine"],
        timings=tuple(timing_of(one) for one in data["timings"]),
        imports=tuple(Imports(**one) for one in data["imports"]),
        absent=data["absent"],
    )


def timing_of(data: dict[str, Any]) -> Timing:
    """Return the Timing of which `data` are the fields, as JSON has them."""
    return Timing(**{**data, "seconds": tuple(data["seconds"])})
