"""Where in a Compose file a key is at home."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from composecheck.nearest import only_slip
from composecheck.schema.grammar import Shape, compose_file, sections
from composecheck.schema.likeness import roughly_fits
from composecheck.schema.words import join_or

if TYPE_CHECKING:
    from collections.abc import Iterable

_MOST_HOMES = 3
_LEAST_LETTERS = 5

_SELDOM_MEANT = frozenset({"jobs", "models", "pre_start", "post_start", "pre_stop"})
"""Sections that few files have: what belongs there belongs elsewhere too, or is seldom meant."""


def homes(name: str, data: object) -> list[Shape]:
    """Return the blocks that have a key `name` which takes such a value, the outermost first."""
    return [shape for shape in _blocks().get(name, ()) if roughly_fits(data, shape.keys[name])]


def sentence_on_homes(found: Iterable[Shape]) -> str:
    """Say where a key, or what it is a slip of, is at home: at most three places."""
    titles = list(dict.fromkeys(shape.title for shape in found))[:_MOST_HOMES]
    return f"is a key of {join_or(titles)}: write it there."


def slip_of_any_key(name: str) -> str | None:
    """Return the key of whatever block that `name` is a slip of, if it is only one."""
    return only_slip(name, _blocks()) if len(name) >= _LEAST_LETTERS else None


@functools.cache
def _blocks() -> dict[str, tuple[Shape, ...]]:
    """Return for each key of the schema the blocks it is a key of."""
    blocks: dict[str, list[Shape]] = {}
    rare: dict[str, list[Shape]] = {}
    for path, shape in sections(compose_file()):
        into = rare if _SELDOM_MEANT.intersection(path) else blocks
        for key in shape.keys:
            into.setdefault(key, []).append(shape)
    return {key: tuple(dict.fromkeys(blocks.get(key) or rare[key])) for key in (*blocks, *rare)}
