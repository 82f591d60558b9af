"""What holds at which places of a Compose file: tables keyed by paths with `*` in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping

    from composecheck.finding import Path, PathKey

T = TypeVar("T")


class Patterns(Generic[T]):
    """A table of paths such as `services.*.ports.*.target`; `*` is any key, and any list item.

    It is a tree that is walked a key at a time: `below` gives the table of what is under a key, or
    None where nothing is known of that, and `here` is what holds at the place itself.
    """

    __slots__ = ("_below", "here")

    def __init__(self, rows: Mapping[str, T]) -> None:
        self.here: T | None = None
        self._below: dict[str, Patterns[T]] = {}
        for pattern, value in rows.items():
            table = self
            for key in pattern.split("."):
                if key not in table._below:
                    table._below[key] = Patterns({})
                table = table._below[key]
            table.here = value

    def below(self, key: PathKey) -> Patterns[T] | None:
        """Return what is known under `key`, or under the items of a list if it is a number."""
        found = self._below.get(key) if isinstance(key, str) else None
        return found or self._below.get("*")

    def at(self, path: Path) -> Patterns[T] | None:
        """Return what is known at `path`, or None."""
        table: Patterns[T] | None = self
        for key in path:
            table = table.below(key) if table is not None else None
        return table


_SERVICE = "services.*."


def with_jobs(rows: Mapping[str, T], *, with_hooks: bool = False) -> Patterns[T]:
    """Return a table in which what holds in services holds in jobs as well.

    With `with_hooks` also in what runs before the start of a service (`pre_start`).
    """
    table = dict(rows)
    for pattern, value in rows.items():
        if pattern.startswith(_SERVICE):
            rest = pattern.removeprefix(_SERVICE)
            table[f"jobs.*.{rest}"] = value
            if with_hooks:
                table[f"{_SERVICE}pre_start.*.{rest}"] = value
    return Patterns(table)
