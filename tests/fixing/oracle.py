"""What must hold of a fixed file, looked at without trusting the code that fixed it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.fixing.comments import misplaced_comments, take_apart
from tests.fixing.leaves import READERS, changed_values

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from composecheck.finding import Finding, Path


def declared_paths(applied: Iterable[Finding]) -> set[Path]:
    """Return the paths at which fixes say that they change something.

    In a file of version 1, which `services:` is written into meanwhile, they began a step later.
    """
    paths = {
        path
        for finding in applied
        for path in (finding.path, *(finding.fix.changes if finding.fix else ()))
    }
    return paths | {path[1:] for path in paths if path[:1] == ("services",) and len(path) > 2}


def objections(
    before: str,
    after: str,
    declared: Collection[Path],
    *,
    sound: str | None = None,
    broken_at: Collection[Path] = (),
) -> list[str]:
    """Return what is not as it must be in `after`, which fixes have made of `before`.

    `sound` is the file before a mistake was put in at the paths `broken_at`: its comments are known
    even where `before` cannot be read, and whatever is not at those paths must be as it is there.
    """
    return [
        *_line_ends(before, after),
        *(f"comment {text!r}" for text in _comments(before, after, sound)),
        *_values(before, after, declared),
        *_readable(before, after),
        *(() if sound in (None, after) else _values(sound, after, {*declared, *broken_at})),
    ]


def _comments(before: str, after: str, sound: str | None) -> list[str]:
    """Return the comments that are lost or misplaced.

    A broken file may hold a comment elsewhere than the sound one: with either, it is in its place.
    """
    if sound is None or sound == after:
        return misplaced_comments(before, after) if sound is None else []
    misplaced = misplaced_comments(sound, after)
    if misplaced and take_apart(before) is not None:
        since_broken = misplaced_comments(before, after)
        return [text for text in misplaced if text in since_broken]
    return misplaced


def _line_ends(before: str, after: str) -> Iterator[str]:
    kinds = set(re.findall(r"\r\n|\r|\n", after)) - set(re.findall(r"\r\n|\r|\n", before))
    if kinds and re.search(r"[\r\n]", before):
        yield f"line ends {sorted(kinds)} are new"
    if after and before.endswith("\n") and not after.endswith("\n"):
        yield "the last line break is gone"


def _values(before: str, after: str, free: Collection[Path]) -> Iterator[str]:
    for name, read in READERS.items():
        old, new = read(before), read(after)
        if old is not None and new is not None:
            for change in changed_values(old, new, free):
                yield f"to {name}: {change}"


def _readable(before: str, after: str) -> Iterator[str]:
    for name, read in READERS.items():
        if read(before) is not None and read(after) is None:
            yield f"{name} cannot read it any more"
