"""Whether an edit makes keys a part of the text above them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.expressions import expression

if TYPE_CHECKING:
    from collections.abc import Iterable

    from composecheck.source import Span

_KEY = expression(r" *(?:- )*[\w.\"'-]+ *:(?:\s|$)")


def swallows_keys(old: str, new: str, texts: Iterable[Span]) -> bool:
    """Whether one of `texts`, the blocks of text (`|` or `>`) of `new`, has come to hold keys.

    That is: lines with a key that stood beside the key of the block in `old`, or further left. The
    text behind them can be read then, but only since it means nothing any more. Of texts with
    different numbers of lines, this does not tell.
    """
    before = old.splitlines()
    if len(before) != len(new.splitlines()):
        return False
    for span in texts:
        first = len(new[: span.start + 1].splitlines()) - 1
        last = len(new[: span.end].splitlines())
        depth = _depth(before[first])
        if any(_depth(line) <= depth and _KEY.match(line) for line in before[first + 1 : last]):
            return True
    return False


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
