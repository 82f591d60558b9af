"""What Git ignores in a folder: the `.gitignore` files that count there.

(Facts: `git help gitignore`: of several patterns that match, the last one in the nearest file
counts; what is in an ignored folder is ignored.)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from pathlib import Path

    from pathspec.pattern import Pattern


class _Patterns(Struct, frozen=True):
    """The patterns of one file, which stands in `folder`: the later count more.

    `of_folders` are those with a `/` at their end, which match no file. Whatever is in a folder
    that matches is never looked at, so that a pattern need not know about that.
    """

    folder: Path
    patterns: tuple[Pattern, ...]
    of_folders: frozenset[int]

    def answer(self, path: Path, *, is_folder: bool) -> bool | None:
        """Return whether `path` is ignored, or None if no pattern speaks of it."""
        name = path.relative_to(self.folder).as_posix()
        if is_folder:
            name += "/"
        for index, pattern in reversed(tuple(enumerate(self.patterns))):
            if not is_folder and index in self.of_folders:
                continue
            if pattern.include is not None and pattern.match_file(name) is not None:
                return pattern.include
        return None


class Ignored(Struct, frozen=True):
    """What counts in a folder: the patterns of several files, the outermost first."""

    files: tuple[_Patterns, ...] = ()

    def ignores(self, path: Path, *, is_folder: bool) -> bool:
        """Tell whether `path`, directly in the folder that these are for, is ignored."""
        answers = (file.answer(path, is_folder=is_folder) for file in reversed(self.files))
        return next((answer for answer in answers if answer is not None), False)

    def within(self, folder: Path) -> Ignored:
        """Return what counts in `folder`, directly in the one that these are for."""
        return self.also(folder, folder / ".gitignore")

    def also(self, folder: Path, file: Path) -> Ignored:
        """Return these with the patterns of a file, which are seen from `folder`."""
        patterns = _read(folder, file)
        return self if patterns is None else Ignored((*self.files, patterns))


def ignored_in(folder: Path) -> Ignored:
    """Return what counts in `folder`, which is an absolute path: in a repository, its own too.

    A folder that is itself ignored is searched as if it were not, since somebody named it; then
    only what it says itself counts.
    """
    top = next((above for above in (folder, *folder.parents) if (above / ".git").exists()), None)
    if top is None:
        return Ignored().within(folder)
    ignored = Ignored().also(top, top / ".git" / "info" / "exclude").within(top)
    place = top
    for part in folder.relative_to(top).parts:
        place = place / part
        if ignored.ignores(place, is_folder=True):
            return Ignored().within(folder)
        ignored = ignored.within(place)
    return ignored


def _read(folder: Path, file: Path) -> _Patterns | None:
    try:
        lines = file.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return None  # Git passes over what it cannot read, too
    # Imported here, because most folders have no such file.
    from pathspec import PathSpec

    patterns: list[Pattern] = []
    of_folders = set()
    for line in lines:
        try:
            read = PathSpec.from_lines("gitignore", [line]).patterns
        except ValueError:
            continue  # a line that is no pattern matches nothing
        if line.rstrip().endswith("/"):
            of_folders.add(len(patterns))
        patterns += read
    return _Patterns(folder, tuple(patterns), frozenset(of_folders))
