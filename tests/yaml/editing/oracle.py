"""What an edit must leave as it was, judged without the code that makes edits.

A tree is read with the loader, which has tests of its own; what the comments of a made-up file
describe is read from its lines (see `documents`).
"""

from __future__ import annotations

import copy
import re
from typing import TYPE_CHECKING, Any

from composecheck.source import Source
from composecheck.yaml import Document, load
from composecheck.yaml.nodes import Alias, Mapping, Node, Scalar, Sequence
from composecheck.yaml.scalars import resolve

if TYPE_CHECKING:
    from tests.yaml.editing.documents import Path

_COMMENT = re.compile(r"# (?:about|end|loose) [kvi]?\d+")


def read(text: str) -> Document:
    """Load a text in which nothing is wrong."""
    document = load(Source("test", text))
    assert document.is_complete, text
    assert document.findings == (), document.findings
    return document


def meaning(node: Node) -> Any:
    """Return what a tree means: dictionaries in their order, lists, and values with their kind.

    Aliases and merge keys are kept as what they are.
    """
    match node:
        case Mapping():
            return {key_text(entry.key): meaning(entry.value) for entry in node.entries}
        case Sequence():
            return [meaning(item) for item in node.items]
        case Alias():
            return ("alias", node.name)
        case Scalar():
            value = resolve(node)
            return value if isinstance(value, str) else (type(value).__name__, repr(value))


def key_text(key: Node) -> str:
    """Return the text of a key."""
    if isinstance(key, Alias):
        return f"*{key.name}"
    return key.text if isinstance(key, Scalar) else repr(meaning(key))


def as_meaning(value: Any) -> Any:
    """Return plain data in the form of `meaning`."""
    if isinstance(value, dict):
        return {key: as_meaning(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [as_meaning(part) for part in value]
    return value if isinstance(value, str) else (type(value).__name__, repr(value))


def tree_of(document: Document) -> Any:
    """Return what the only tree of a document means."""
    (root,) = document.roots
    return meaning(root)


def ordered(tree: Any) -> Any:
    """Return a tree in a form that compares the order of keys, too."""
    if isinstance(tree, dict):
        return [(key, ordered(value)) for key, value in tree.items()]
    return [ordered(item) for item in tree] if isinstance(tree, list) else tree


def at(tree: Any, path: Path) -> Any:
    """Return what is at a path."""
    for key in path:
        tree = tree[key]
    return tree


def replaced(tree: Any, path: Path, value: Any) -> Any:
    """Return a tree with another value at a path."""
    if not path:
        return value
    tree = copy.copy(tree)
    tree[path[0]] = replaced(tree[path[0]], path[1:], value)
    return tree


def without(tree: Any, path: Path) -> Any:
    """Return a tree without what is at a path."""
    parent = copy.copy(at(tree, path[:-1]))
    del parent[path[-1]]
    return replaced(tree, path[:-1], parent)


def with_key(tree: Any, path: Path, key: str, value: Any, number: int) -> Any:
    """Return a tree with another key at a path, as number `number` there."""
    pairs = list(at(tree, path).items())
    pairs.insert(number, (key, value))
    return replaced(tree, path, dict(pairs))


def with_item(tree: Any, path: Path, value: Any, number: int) -> Any:
    """Return a tree with another item in the list at a path."""
    items = list(at(tree, path))
    items.insert(number, value)
    return replaced(tree, path, items)


def names_in(tree: Any) -> set[str]:
    """Return the names (`k1`, `v2`) in a tree."""
    return set(re.findall(r"\b[kv]\d+\b", repr(tree)))


def comments_of(text: str) -> list[str]:
    """Return the comments of a made-up file, in order."""
    return _COMMENT.findall(text)


def attachments(text: str) -> dict[str, list[tuple[str, bool]]]:
    """Return, for each name with comments, what these say and whether they stand where they should.

    `# about k1` should stand directly above a line with `k1`, in the column of the key or dash
    there, and `# about i1` above one with a dash; `# end k1` on the line with it. Of texts that are
    gone, it says nothing.
    """
    lines = text.splitlines()
    known = {name for line in lines for name in _names(line)}
    found: dict[str, list[tuple[str, bool]]] = {}
    for number, line in enumerate(lines):
        match = _COMMENT.search(line)
        if match is None or match[0].startswith("# loose"):
            continue
        _, kind, name = match[0].split()
        if name not in known and name[0] != "i":
            continue
        below = number
        if kind == "about":
            while below + 1 < len(lines) and lines[below].strip().startswith("# about"):
                below += 1
        is_same_column = _indentation(lines[below]) == _indentation(line)
        is_there = name in _names(lines[below])
        if name[0] == "i":
            is_there = lines[below].lstrip().startswith("- ")
        found.setdefault(name, []).append((kind, is_there and is_same_column))
    return found


def _names(line: str) -> list[str]:
    """Return the names at the beginning of a line that is no comment."""
    if line.lstrip().startswith("#"):
        return []
    return re.findall(r"\b[kv]\d+\b", line.split("#")[0])


def _indentation(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def loose_ones_stand_apart(text: str) -> bool:
    """Tell whether no loose comment came to stand directly above a key or item of its column."""
    lines = text.splitlines()
    for number, line in enumerate(lines[:-1]):
        if "# loose" in line and number:
            below = lines[number + 1]
            if below.strip() and _indentation(below) == _indentation(line):
                return False
    return True


def other_lines(text: str, names: set[str]) -> list[str]:
    """Return the lines that have a name, but none of `names`: those an edit must leave alone.

    Dashes before a key or an item count as blanks: in `- a: 1`, another key may come to be first.
    """
    kept = []
    for written in text.splitlines():
        line = re.sub(r"^ *(?:- +)+", lambda match: " " * len(match[0]), written)
        found = set(re.findall(r"\b[kv]\d+\b", line))
        if found and not found & names:
            kept.append(line)
    return kept
