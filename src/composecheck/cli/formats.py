"""How a report is written, and where to."""

from __future__ import annotations

import os
from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable

STANDARD_OUTPUT = "-"
"""The destination that is no file."""


class Format(StrEnum):
    """How a list is written."""

    TEXT = "text"
    JSON = "json"


class ReportFormat(StrEnum):
    """How a report is written; `composecheck.report.outputs` knows the same names."""

    TEXT = "text"
    """For people; in a pipe one finding a line."""
    LINE = "line"
    """One finding a line, on a terminal, too."""
    JSON = "json"
    JSONL = "jsonl"
    """JSON, one finding a line."""
    SARIF = "sarif"
    GITHUB = "github"
    """Annotations in GitHub Actions."""
    GITLAB = "gitlab"
    """GitLab Code Quality."""
    JUNIT = "junit"


class Output(Struct, frozen=True):
    """A report in `format`, written to the file `destination`; `-` is standard output."""

    format: ReportFormat
    destination: str


class InvalidOutput(ValueError):
    """A value of `--output` that cannot be meant. Its text says why, and what may be meant."""


def outputs(options: Iterable[str], main: ReportFormat) -> tuple[Output, ...]:
    """Return what is to be written where, standard output first.

    `main` is the format that `--format` names, and `options` are the values of `--output` (see
    `parse_output`). A report in a format of its own is written beside the main one, which goes to
    standard output; a FILE without a format is where the main one goes instead. Raises
    InvalidOutput for a value that is none, or if two reports go to the same place.
    """
    options = tuple(options)
    given = [parse_output(option, main) for option in options]
    if all(option != output.destination for option, output in zip(options, given, strict=True)):
        given.append(Output(main, STANDARD_OUTPUT))
    places = set()
    for output in given:
        place = os.path.normpath(output.destination)
        if place in places:
            raise InvalidOutput(f'Two reports cannot both be written to "{output.destination}".')
        places.add(place)
    return tuple(sorted(given, key=lambda output: output.destination != STANDARD_OUTPUT))


def parse_output(option: str, main: ReportFormat) -> Output:
    """Read a value of `--output`: `FORMAT:FILE`, or `FILE` for a report in the `main` format.

    What stands before the first colon is a format, unless it is a single letter, as that of a disk
    is on Windows. Raises InvalidOutput if it is no format, naming the nearest one; if no file is
    named; and for standard output with a format, which is `--format`.
    """
    name, colon, destination = option.partition(":")
    if not colon or len(name) == 1:
        name, colon, destination = main.value, "", option
    if name not in set(ReportFormat):
        raise InvalidOutput(_unknown_format(name, option))
    if not destination:
        example = f"{name}:report.txt" if colon else "report.txt"
        raise InvalidOutput(f'"--output {option}" names no file. Write, for example, "{example}".')
    if colon and destination == STANDARD_OUTPUT:
        raise InvalidOutput(
            f'"--output" is for files. For standard output, write "--format {name}".'
        )
    return Output(ReportFormat(name), destination)


def _unknown_format(name: str, option: str) -> str:
    from composecheck.nearest import nearest

    known = [output_format.value for output_format in ReportFormat]
    meant = " or ".join(f'"{suggestion}"' for suggestion in nearest(name, known))
    hint = f"Is {meant} meant?" if meant else f"There are {', '.join(known[:-1])} and {known[-1]}."
    return (
        f'There is no format "{name}", as in "--output {option}". {hint}'
        f' For a file with a colon in its name, write "text:{option}".'
    )
