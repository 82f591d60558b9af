"""Whether a file fits a glob, as in a .gitignore."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from pathspec import GitIgnoreSpec

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def is_glob(glob: str) -> bool:
    """Whether `glob` can fit anything at all."""
    try:
        return any(pattern.include is not None for pattern in _spec((glob,)).patterns)
    except ValueError:  # what pathspec raises is one
        return False


def fits(globs: Iterable[str], path: Path, folder: Path, *, is_folder: bool = False) -> bool:
    """Whether the file at `path` fits one of `globs`, which are seen from `folder`.

    Both paths are absolute. What lies outside of `folder` fits none. `is_folder` says that `path`
    is a folder: where one fits, all that is in it does.
    """
    try:
        relative = path.relative_to(folder)
    except ValueError:
        return False
    return _spec(tuple(globs)).match_file(f"{relative.as_posix()}{'/' * is_folder}")


@functools.lru_cache(maxsize=256)
def _spec(globs: tuple[str, ...]) -> GitIgnoreSpec:
    return GitIgnoreSpec.from_lines(globs)
