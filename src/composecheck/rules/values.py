"""What the rules on single values share: which values there are, and words for what is empty."""

from __future__ import annotations

import functools
from collections import defaultdict
from typing import TYPE_CHECKING

from composecheck.language.traced import trace
from composecheck.language.variables import read_variables
from composecheck.project.patterns import Patterns, with_jobs
from composecheck.rules.places import scalar_at
from composecheck.schema.grammar import compose_file
from composecheck.schema.words import join_and, quoted
from composecheck.source import Span
from composecheck.yaml.nodes import Mapping, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping as Table

    from composecheck.finding import Path
    from composecheck.language.variables import Variable
    from composecheck.project.project import Project
    from composecheck.schema.grammar import Shape
    from composecheck.source import Source
    from composecheck.yaml.nodes import Node

_DEEPEST = 12
"""Keys on the way to a value: the schema knows no more."""


def places_of(syntax: str) -> Patterns[str]:
    """Return where texts in a little language stand, by the schema: `duration`, `byte-size`."""
    return _places_by_syntax()[syntax]


@functools.cache
def _places_by_syntax() -> dict[str, Patterns[str]]:
    rows: dict[str, dict[str, str]] = defaultdict(dict)
    waiting: list[tuple[str, int, Shape]] = [("", 0, compose_file())]
    while waiting:
        path, depth, shape = waiting.pop()
        if shape.syntax:
            rows[shape.syntax][path[1:]] = shape.syntax
        if depth < _DEEPEST:
            waiting += [(f"{path}.{key}", depth + 1, below) for key, below in shape.keys.items()]
            for part in (shape.named, shape.items):
                if part is not None:
                    waiting.append((f"{path}.*", depth + 1, part))
    return {syntax: Patterns(paths) for syntax, paths in rows.items()}


_SYNTAXES = ("byte-size", "command-line", "duration", "port", "volume-mount")
"""The little languages that rules ask `values_at` for."""

_tables: dict[Patterns[str], int] = {}
"""All tables that rules ask `values_at` for, with their numbers."""


def table_of(rows: Table[str, str], *, with_hooks: bool = False) -> Patterns[str]:
    """Return a table for `values_at`, as `with_jobs` makes it.

    One walk through a project finds what all tables say.
    """
    table = with_jobs(rows, with_hooks=with_hooks)
    _add(table)
    return table


def _add(table: Patterns[str]) -> int:
    if table not in _tables:
        _tables[table] = len(_tables)
        _joint.cache_clear()
        _found.cache_clear()
    return _tables[table]


def values_at(project: Project, table: Patterns[str]) -> Iterator[tuple[Node, Path, str]]:
    """Yield the values of the effective project that stand where `table` says, and what it says.

    The same characters come once, however many services have them. Paths are those in the
    effective tree.
    """
    for syntax in _SYNTAXES:
        _add(places_of(syntax))
    number = _add(table)
    known = set()
    for node, path, row in _found(project)[number]:
        key = (id(node.source), node.start, node.end, row)
        if key not in known:
            known.add(key)
            yield node, path, row


_Row = tuple["Node", "Path", str]


@functools.lru_cache(maxsize=1)
def _found(project: Project) -> list[list[_Row]]:
    """Return the values of `project` that stand where each table says, by its number."""
    found: list[list[_Row]] = [[] for _ in _tables]
    top = _joint(tuple(_tables.items()))
    if project.root is not None and top is not None:
        _gather(project.root, (), top, found)
    return found


class _Joint:
    """What several tables, each with its number, say of one place, and of the places below it."""

    __slots__ = ("_below", "_tables", "rows")

    def __init__(self, tables: tuple[tuple[Patterns[str], int], ...]) -> None:
        self._tables = tables
        self._below: dict[str | int, _Joint | None] = {}
        self.rows = tuple(
            (number, table.here) for table, number in tables if table.here is not None
        )

    def below(self, key: str | int) -> _Joint | None:
        if key not in self._below:
            if len(self._below) >= _MOST_KEYS:
                self._below.clear()
            parts = ((table.below(key), number) for table, number in self._tables)
            self._below[key] = _joint(
                tuple((part, number) for part, number in parts if part is not None)
            )
        return self._below[key]


_MOST_KEYS = 2000
"""How many names of one place are remembered."""


@functools.cache
def _joint(tables: tuple[tuple[Patterns[str], int], ...]) -> _Joint | None:
    return _Joint(tables) if tables else None


def _gather(node: Node, path: Path, table: _Joint, found: list[list[_Row]]) -> None:
    """Add the values under `node` that stand where `table` says."""
    for number, row in table.rows:
        found[number].append((node, path, row))
    if isinstance(node, Mapping):
        for entry in node.entries:
            # In the effective tree each key is a plain text.
            name = entry.key.text if isinstance(entry.key, Scalar) else ""
            below = table.below(name)
            if below is not None:
                _gather(entry.value, (*path, name), below, found)
    elif isinstance(node, Sequence):
        below = table.below(0)
        if below is not None:
            for index, item in enumerate(node.items):
                _gather(item, (*path, index), below, found)


def name_at(path: Path) -> str:
    """Return what to call the value at `path`: its key, or for an item that of its list."""
    return next((key for key in reversed(path) if isinstance(key, str)), "")


def written_at(project: Project, source: Source, span: Span) -> str:
    """Return the text of the value to which `span` belongs, as YAML reads it from the file."""
    scalar = scalar_at(project, source, span)
    return source.slice(span) if scalar is None else scalar.text


def blank_variables(project: Project, source: Source, span: Span) -> tuple[Variable, ...]:
    """Return the variables in the value at `span` in whose place nothing stands here."""
    scalar = scalar_at(project, source, span)
    if scalar is None or "$" not in scalar.text or not project.call.is_here:
        return ()
    return tuple(
        variable
        for variable in read_variables(trace(scalar)).variables()
        if not project.environment.get(variable.name)
    )


def because_blank(project: Project, variables: tuple[Variable, ...]) -> str:
    """Return why nothing stands there: `"A" is not set`, `"A" and "B" are not set`."""
    names = tuple(dict.fromkeys(variable.name for variable in variables))
    is_unset = any(name not in project.environment for name in names)
    verb = "is" if len(names) == 1 else "are"
    return f"{join_and(map(quoted, names))} {verb} {'not set' if is_unset else 'empty'}"


def span_of(variables: tuple[Variable, ...]) -> Span:
    """Return the characters from the first of `variables` to the last."""
    return Span(variables[0].span.start, variables[-1].span.end)


def give_value(variables: tuple[Variable, ...], example: str) -> str:
    """Return how to give variables a value, as a sentence; `example` is a default for the last."""
    names = list(dict.fromkeys(variable.name for variable in variables))
    default = quoted(f"${{{names[-1]}:-{example}}}")
    if len(names) > 1:
        return (
            f'Set them in a ".env" file beside the Compose file, or write defaults, such as'
            f" {default}."
        )
    return (
        f'Set "{names[0]}" in a ".env" file beside the Compose file, or write a default, such as'
        f" {default}."
    )
