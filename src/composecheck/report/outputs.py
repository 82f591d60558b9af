"""Reports in several formats and to several places in one run."""

from __future__ import annotations

import os
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from composecheck.writing import write_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from composecheck.check import Report

STANDARD_OUTPUT = "-"
"""The destination that is no file."""

_MODULES = {
    "text": "text",
    "line": "lines",
    "json": "json_report",
    "jsonl": "jsonl",
    "sarif": "sarif",
    "github": "github",
    "gitlab": "gitlab",
    "junit": "junit",
}
"""The name of each format, and the module here that has its `render`."""

FORMATS = tuple(_MODULES)
"""The names of all formats."""


class NotWritten(Exception):
    """A report could not be written. Its text says in whole sentences where, and why."""


def render(report: Report, output_format: str) -> str:
    """Return the report in a format, one of FORMATS. Raises KeyError if there is none such."""
    # Only the module of this format is imported, for some take longer than checking a file does.
    module = import_module(f"{__package__}.{_MODULES[output_format]}")
    text: str = module.render(report)
    return text


def write_reports(
    report: Report, outputs: Iterable[tuple[str, str]], write: Callable[[str], object]
) -> None:
    """Write the report in each format to its destination.

    `outputs` are pairs of a format (see FORMATS) and a destination: the path of a file, which is
    replaced as a whole, or `-` for what `write` writes to. Where one cannot be written, the others
    are, and then NotWritten is raised.
    """
    complaints = []
    for output_format, destination in outputs:
        text = render(report, output_format)
        if destination == STANDARD_OUTPUT:
            write(text)
            continue
        try:
            # A byte of a file that is no text cannot be written as what it is.
            _write_file(Path(destination), text.encode("utf-8", "backslashreplace"))
        except (OSError, ValueError) as error:
            reason = _reason(Path(destination), error)
            complaints.append(f'The report could not be written to "{destination}": {reason}.')
    if complaints:
        raise NotWritten(" ".join(complaints))


def _reason(file: Path, error: Exception) -> str:
    folder = file.parent
    if isinstance(error, FileNotFoundError) and not folder.exists():
        return f'there is no folder "{folder}"'
    if isinstance(error, NotADirectoryError):
        return f'"{folder}" is not a folder'
    if isinstance(error, IsADirectoryError):
        return "this is a folder"
    if isinstance(error, PermissionError):
        return "you have no permission for that"
    if isinstance(error, OSError):
        return error.strerror or str(error)
    return "no file can have such a name"


def _write_file(file: Path, data: bytes) -> None:
    """Write `data` to `file`; a link stays one, and the file that it leads to is replaced.

    What is no file (`/dev/stderr`, a pipe) cannot be replaced, and is written to.
    """
    file = Path(os.path.realpath(file))
    if file.exists() and not file.is_file():
        file.write_bytes(data)
    else:
        write_file(file, data)
