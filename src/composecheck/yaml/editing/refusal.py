"""Why an edit is not made."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from composecheck.finding import PathKey


class CannotEdit(Exception):
    """An edit that would rewrite more than was asked for, or has no place; nothing was changed.

    The message is one or more whole sentences.
    """


def named(path: Iterable[PathKey]) -> str:
    """Return how a message calls the value at `path`: `"services.db"`, `"ports[0]"`."""
    name = ""
    for key in path:
        if isinstance(key, int):
            name += f"[{key}]"
        else:
            name += f".{key}" if name else key
    return f'"{name}"' if name else "the top of the file"


def starting(path: Iterable[PathKey]) -> str:
    """Return what `named` does, as it begins a sentence."""
    name = named(path)
    return name[0].upper() + name[1:]


def within(path: Iterable[PathKey]) -> str:
    """Return how a message says that something is in the value at `path`."""
    name = named(path)
    return f"in {name}" if name.startswith('"') else f"at {name}"
