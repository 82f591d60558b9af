"""The names of workloads and of parts of ours, by which what was measured is found again."""

from __future__ import annotations

STAGES = ("read", "parse", "project", "shape", "rules", "report")
"""What happens to a file inside the process, in this order."""

WHOLE = "check_text"
"""All of that in one call."""

START = "start"
REAL = "real-100"
REAL_VALID = "real-100-valid"
CORPUS = "corpus"


def one_file(lines: int) -> str:
    """Return the name of the workload that is one made file of so many lines."""
    return f"lines-{lines}"


def many_files(count: int) -> str:
    """Return the name of the workload that is so many files of 60 lines."""
    return f"files-{count}"


def stages(lines: int) -> str:
    """Return the name of the workload that is each stage for itself, at so many lines."""
    return f"stages-{lines}"


def inside(lines: int) -> str:
    """Return the name of the workload that is a call of the library, at so many lines."""
    return f"inside-{lines}"


def memory(count: int) -> str:
    """Return the name of the workload whose memory is looked at, of so many files of 60 lines."""
    return f"memory-{count}"
