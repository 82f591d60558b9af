"""Comments and what they describe, found without the product: by the tokens of ruamel.yaml."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.tokens import AliasToken, AnchorToken, DirectiveToken, ScalarToken, TagToken

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_COMMENT = re.compile(r"(?<![^\s])#[^\r\n]*")
_HEADER = re.compile(r"[|>][-+0-9]*")


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment, and what it is attached to.

    `line` is the number (from 0, among the lines with code) of the line that it stands in, or, on a
    line of its own, of the next; beyond the last at the end of the file.
    """

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Commented:
    """A text taken apart: its lines with code, stripped and without comments; its comments."""

    code: tuple[str, ...]
    comments: tuple[Comment, ...]


def take_apart(text: str) -> Commented | None:
    """Find the comments of a text; None if ruamel.yaml cannot tell where its values end."""
    try:
        taken = list(_taken(text))
    except (YAMLError, AssertionError, IndexError, ValueError):
        return None
    starts: dict[int, str] = {}  # the offset at which each comment begins
    position = 0
    for start, end in (*taken, (len(text), len(text))):
        for match in _COMMENT.finditer(text, position, max(start, position)):
            starts[match.start()] = match[0].rstrip()
        position = max(position, end)
    code: list[str] = []
    comments: list[Comment] = []
    offset = 0
    for line in text.splitlines(keepends=True):
        at = next((at for at in starts if offset <= at < offset + len(line)), None)
        before = line if at is None else line[: at - offset]
        if before.strip():
            code.append(before.strip())
        if at is not None:
            comments.append(Comment(starts[at], len(code) - bool(before.strip())))
        offset += len(line)
    return Commented(tuple(code), tuple(comments))


def _taken(text: str) -> Iterator[tuple[int, int]]:
    """Yield where a `#` is no comment: in scalars, names of anchors, tags and directives."""
    yaml: Any = YAML(typ="safe", pure=True)
    for token in yaml.scan(text):
        if isinstance(token, ScalarToken | AnchorToken | AliasToken | TagToken | DirectiveToken):
            start, end = token.start_mark.index, token.end_mark.index
            if isinstance(token, ScalarToken) and token.style in ("|", ">"):
                header = _HEADER.match(text, start)
                yield start, header.end() if header else start
                line_end = text.find("\n", start)
                # The token goes on to the next one; comments that are less deep are none of it.
                yield line_end, _end_of_block(text, start, end)
            else:
                yield start, end


def _end_of_block(text: str, start: int, end: int) -> int:
    """Return where the text of a block ends that begins at `start`, at most at `end`."""
    lines = text[start:end].splitlines(keepends=True)
    depth = next((_depth(line) for line in lines[1:] if line.strip()), 0)
    length = len(lines[0])
    for line in lines[1:]:
        if line.strip() and _depth(line) < depth:
            break
        length += len(line)
    return start + length


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def misplaced_comments(before: str, after: str) -> list[str]:
    """Return the comments of `before` that `after` has lost, or has beside something else.

    A comment stays with its line if that is in `after` with the same text, wherever; if it has been
    changed, with what stands in its place; if it is gone, with the line that was below.
    """
    old, new = take_apart(before), take_apart(after)
    if old is None:
        return []
    if new is None:
        # What cannot be read still holds every comment somewhere.
        return [comment.text for comment in old.comments if comment.text not in after]
    places = _Places(old.code, new.code)
    there: dict[str, list[int]] = defaultdict(list)
    for comment in new.comments:
        there[comment.text].append(comment.line)
    misplaced = []
    for comment in old.comments:
        lines = there[comment.text]
        line = next((line for line in lines if places.fit(comment.line, line)), None)
        if line is None:
            misplaced.append(comment.text)
        else:
            lines.remove(line)
    return misplaced


class _Places:
    """Which lines of a text are which of another."""

    def __init__(self, old: Sequence[str], new: Sequence[str]) -> None:
        self._old, self._new = old, new
        matcher = SequenceMatcher(None, old, new, autojunk=False)
        self._blocks = [block for block in matcher.get_opcodes() if block[0] != "equal"]

    def fit(self, line: int, other: int) -> bool:
        """Tell whether `line` of the old text became `other` of the new one."""
        if line >= len(self._old):
            return other >= len(self._new) or self._is_changed(line, other)
        if other < len(self._new) and _bare(self._old[line]) == _bare(self._new[other]):
            return True
        return self._is_changed(line, other)

    def _is_changed(self, line: int, other: int) -> bool:
        return any(
            start <= line < max(end, start + 1) and its_start <= other < max(its_end, its_start + 1)
            for _, start, end, its_start, its_end in self._blocks
        )


def _bare(line: str) -> str:
    return line.removeprefix("- ").strip()
