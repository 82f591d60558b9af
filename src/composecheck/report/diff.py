"""What a fix would change, as `diff -u` and `git diff` show it."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from composecheck.expressions import expression
from composecheck.report.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from composecheck.fixing import FixedFile

_LINE = expression(r"[^\n]*\n|[^\n]+")
_STYLES = {"---": "bold", "+++": "bold", "@@": "cyan", "+": "green", "-": "red"}


def unified_diff(files: Iterable[FixedFile]) -> str:
    """Return the changes of all files, with three lines around each.

    Lines end as in the files, so that `patch` can apply it.
    """
    return "".join(line for file in files for line in _lines(file))


def styled_diff(files: Iterable[FixedFile]) -> Iterator[tuple[str, str | None]]:
    """Yield each line of the diff for a terminal, without its line break, with rich's style."""
    for line in unified_diff(files).splitlines():
        style = next((style for mark, style in _STYLES.items() if line.startswith(mark)), None)
        yield visible(line), style


def _lines(file: FixedFile) -> Iterator[str]:
    name = file.before.name
    changed = difflib.unified_diff(
        _LINE.findall(file.before.text), _LINE.findall(file.after.text), name, name
    )
    for line in changed:
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
