"""Which variables the files of a project use, and what stands in for those that are not set.

(Facts: compose-go, `template/variables.go`, and Docker Compose v5.6.1, measured.) It is a reading
of its own, more lenient than that which replaces variables: nothing is refused here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from composecheck.expressions import expression
from composecheck.project.reading import text_of
from composecheck.yaml.merge import name_of
from composecheck.yaml.nodes import Mapping, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composecheck.project.project import Project


class ListedVariable(Struct, frozen=True):
    """A variable that the files of a project use.

    `default` and `alternate` are what is written behind `:-` and `:+`; empty if nothing is. `name`
    is empty for a `${` behind which no variable can be read.
    """

    name: str
    is_required: bool
    default: str
    alternate: str


def list_variables(project: Project) -> list[ListedVariable]:
    """Return all variables in the values of a project that was loaded with `keep_variables`.

    Of two values that say different defaults of one variable, the first counts.
    """
    found: dict[str, ListedVariable] = {}
    for text in _texts(project):
        for name, variable in _variables_in(text).items():
            known = found.get(name)
            found[name] = variable if known is None else _both(known, variable)
    return [found[name] for name in sorted(found)]


def _texts(project: Project) -> Iterator[str]:
    if not isinstance(project.root, Mapping):
        return
    # The project's name has been settled by then.
    waiting = [
        entry.value for entry in reversed(project.root.entries) if name_of(entry.key) != "name"
    ]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Scalar):
            text = text_of(node)
            if text is not None and "$" in text:
                yield text
        elif isinstance(node, Mapping):
            waiting += [entry.value for entry in reversed(node.entries)]
        elif isinstance(node, Sequence):
            waiting += reversed(node.items)


def _variables_in(text: str) -> dict[str, ListedVariable]:
    """Return the variables in one text; of two that say different defaults, the last counts."""
    found: dict[str, ListedVariable] = {}
    for variable in _uses(text):
        known = found.get(variable.name)
        found[variable.name] = variable if known is None else _both(variable, known)
    return found


def _both(one: ListedVariable, other: ListedVariable) -> ListedVariable:
    """Return what two uses of a variable say together; where they differ, `one` counts."""
    return ListedVariable(
        one.name,
        one.is_required or other.is_required,
        one.default or other.default,
        one.alternate or other.alternate,
    )


_USE = expression(
    r"\$(?:(?P<escaped>\$)|(?P<name>[_a-z][_a-z0-9]*)"
    r"|\{(?:(?P<braced>[_a-z][_a-z0-9]*(?::?[-+?].*)?)\}|))",
    re.IGNORECASE,
)
_NAME = expression(r"[A-Za-z0-9_]*")


def _uses(text: str) -> Iterator[ListedVariable]:
    """Yield each use of a variable: those within an argument first, then the one it belongs to."""
    for match in _USE.finditer(text):
        if match["escaped"]:
            continue
        if match["name"]:
            yield ListedVariable(match["name"], is_required=False, default="", alternate="")
            continue
        written, rest = match["braced"] or "", ""
        # What was matched goes on to the last brace of the line; the first that fits ends it.
        end = _closing_brace(match[0])
        if end is not None:
            written, rest = match[0][2:end], match[0][end + 1 :]
        yield from _braced(written)
        yield from _uses(rest)


def _braced(written: str) -> Iterator[ListedVariable]:
    found = _NAME.match(written)
    name = found[0] if found else ""
    operator = written[len(name) :].removeprefix(":")
    sign, argument = operator[:1], operator[1:]
    default, alternate = ("", argument) if sign == "+" else (argument, "")
    if sign not in ("-", "+"):
        default = alternate = ""
    yield from _uses(argument if default or alternate else "")
    yield ListedVariable(name, is_required=sign == "?", default=default, alternate=alternate)


def _closing_brace(text: str) -> int | None:
    """Return the index of the brace that closes the one that `text` begins with."""
    depth = index = 0
    while index < len(text):
        if text[index] == "}":
            depth -= 1
            if depth == 0:
                return index
        elif text[index] == "{":
            depth += 1
            index += 1  # what stands right behind is not looked at (measured)
        index += 1
    return None
