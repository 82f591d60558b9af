"""Where each value of a printed project came from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from composecheck.language.project_names import normalize_project_name
from composecheck.project.encoding import Printer, anything
from composecheck.project.model import Origin, origin_of, origins
from composecheck.project.reading import child
from composecheck.source import Source
from composecheck.yaml import limits, load
from composecheck.yaml.nodes import Mapping, Scalar, Sequence
from composecheck.yaml.walk import find

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composecheck.finding import Path
    from composecheck.project.project import Project
    from composecheck.yaml.nodes import Node

_ADDED = "added by Compose"
_NAMED_ELSEWHERE = "not from a Compose file"


def find_origins(
    project: Project, model: dict[str, Any], *, as_json: bool = False
) -> tuple[Origin, ...]:
    """Return where each value without parts in the printed `model` came from, in its order."""
    known = {
        row.path: row
        for row in (
            _written_origins(project)
            if project.call.keep_variables
            else origins(project, as_json=as_json)
        )
    }
    return tuple(_complete(project, path, value, known.get(path)) for path, value in _leaves(model))


def _leaves(value: Any, path: Path = ()) -> Iterator[tuple[Path, object]]:
    if isinstance(value, dict) and value:
        for key, part in value.items():
            yield from _leaves(part, (*path, key))
    elif isinstance(value, list) and value:
        for index, part in enumerate(value):
            yield from _leaves(part, (*path, index))
    else:
        yield path, value


def _written_origins(project: Project) -> Iterator[Origin]:
    """Yield the origins in a project whose variables are kept."""
    printer = Printer(project.text, is_json=True)
    anything(project.root, printer, ())
    for path, node in printer.origins.items():
        yield origin_of(path, None, node, project)


def _complete(project: Project, path: Path, value: object, row: Origin | None) -> Origin:
    """Return the origin of `value`, also if it is the project's name, or has no parts at all."""
    if row is not None and row.source is not None:
        return row
    node: Node | None = None
    if path == ("name",):
        node = _written_name(project)
    elif isinstance(value, dict | list) and project.root is not None:
        node = find(project.root, path)
        if node is not None and not (_is_written_empty(node) or node in project.written):
            node = None
    return origin_of(path, value, node, project)


def _written_name(project: Project) -> Node | None:
    """Return the name of the project as it is written, if it is what the project is called."""
    name = child(project.root, "name")
    if not isinstance(name, Scalar) or project.call.project_name:
        return None
    # Another name may be said outside, in the environment or in a file of variables.
    return name if normalize_project_name(name.text) == project.name else None


def _is_written_empty(node: Node) -> bool:
    """Tell whether `{}`, `[]` or a plain value stands there, rather than a short form of more."""
    if isinstance(node, Scalar):
        return True
    start = node.start
    if isinstance(node, Mapping | Sequence) and node.properties is not None:
        start = node.properties.content_start
    return isinstance(node, Mapping | Sequence) and node.source.text[start : start + 1] in (
        "{",
        "[",
    )


def place_of(origin: Origin) -> dict[str, Any]:
    """Return the file, line and column (from 1) of what set a value; None for each if nothing.

    `added` is true for what is written nowhere, also if Compose adds it because of what is there.
    """
    place: dict[str, Any] = {"file": None, "line": None, "column": None}
    if origin.source is not None and origin.span is not None:
        position = origin.source.position(origin.span.start)
        place = {"file": origin.source.name, "line": position.line, "column": position.column}
    return {**place, "added": origin.is_added}


def with_comments(text: str, rows: tuple[Origin, ...]) -> str:
    """Return a printed project with the origin of each value as a comment behind it.

    `text` is YAML, and `rows` are the origins of its values in their order. Raises TooMuch if the
    text is longer than what we read.
    """
    document = load(Source("", text))
    if not document.is_complete:
        raise limits.TooMuch(document.refusal or "what is printed is no YAML for us")
    leaves = list(_printed_values(document.roots[0]))
    pieces: list[str] = []
    done = 0
    for node, row in zip(leaves, rows, strict=True):
        # Behind a block scalar's `|` there may be a comment, behind its text there may not.
        is_block = isinstance(node, Scalar) and node.style.is_block
        end = text.index("\n", node.start if is_block else node.end)
        pieces += (text[done:end], f"  # {_comment(row)}")
        done = end
    return "".join((*pieces, text[done:]))


def _printed_values(node: Node) -> Iterator[Node]:
    """Yield the values without parts of a printed project, in the order of the text."""
    if isinstance(node, Mapping) and node.entries:
        for entry in node.entries:
            yield from _printed_values(entry.value)
    elif isinstance(node, Sequence) and node.items:
        for item in node.items:
            yield from _printed_values(item)
    else:
        yield node


def _comment(origin: Origin) -> str:
    place = place_of(origin)
    if place["file"] is None:
        return _NAMED_ELSEWHERE if origin.path == ("name",) else _ADDED
    # A name with a line end in it must not end the comment.
    name = "".join(c if c.isprintable() else ascii(c)[1:-1] for c in place["file"])
    line = f"{name}:{place['line']}"
    return f"{_ADDED} for {line}" if origin.is_added else line
