"""A random edit of each kind on real files."""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import TYPE_CHECKING, Any

from composecheck.source import Source
from composecheck.yaml import load
from composecheck.yaml.editing import (
    CannotEdit,
    delete,
    insert_entry,
    insert_item,
    move,
    rename_key,
    set_value,
    unwrap,
    wrap,
)
from composecheck.yaml.nodes import Mapping, Node, Sequence
from tests.shared_material import corpus, requires_shared
from tests.yaml.editing import oracle
from tests.yaml.editing.judging import VALUES

if TYPE_CHECKING:
    from composecheck.yaml import Document
    from tests.yaml.editing.documents import Path

FILES = 300
LONGEST = 6000
KINDS = ("set", "rename", "insert", "item", "delete", "move", "wrap", "unwrap")
NEW = "a-new-name"

# Of the real files, edits at random places are refused as often as this: where they go through an
# alias, where a key of that name is there, where a block would be moved into itself.
MOST_REFUSED = {
    "set": 0.06,
    "rename": 0.06,
    "insert": 0.06,
    "item": 0.06,
    "delete": 0.06,
    "move": 0.35,
    "wrap": 0.08,
    "unwrap": 0.15,
}


@requires_shared
def test_random_edits_of_real_files() -> None:
    random = Random(5)
    files = [file.text for file in corpus()]
    random.shuffle(files)
    done: Counter[str] = Counter()
    refused: Counter[str] = Counter()
    taken = 0
    for text in files:
        if len(text) > LONGEST:
            continue
        document = load(Source("test", text))
        if not document.is_complete or document.findings or len(document.roots) != 1:
            continue
        places = list(_places(document.roots[0], ()))
        if not any(isinstance(node, Sequence) for _, node in places):
            continue
        for kind in KINDS:
            try:
                _edit(kind, document, places, random)
                done[kind] += 1
            except CannotEdit as reason:
                refused[kind] += 1
                assert str(reason).endswith(".")
        taken += 1
        if taken == FILES:
            break
    assert taken == FILES
    shares = {kind: refused[kind] / FILES for kind in KINDS}
    assert {kind: share for kind, share in shares.items() if share > MOST_REFUSED[kind]} == {}


def _places(node: Node, path: Path) -> list[tuple[Path, Node]]:
    """Return all values below `node`, each with its path."""
    places: list[tuple[Path, Node]] = []
    if isinstance(node, Mapping):
        for entry in node.entries:
            at = (*path, oracle.key_text(entry.key))
            places += [(at, entry.value), *_places(entry.value, at)]
    elif isinstance(node, Sequence):
        for number, item in enumerate(node.items):
            places += [((*path, number), item), *_places(item, (*path, number))]
    return places


def _edit(kind: str, document: Document, places: list[tuple[Path, Node]], random: Random) -> None:
    """Make an edit of one kind, and judge it."""
    tree = oracle.tree_of(document)
    mappings = [path for path, node in places if isinstance(node, Mapping)]
    value = random.choice(VALUES)
    path: Path
    match kind:
        case "set":
            path = random.choice(places)[0]
            edited = set_value(document, path, value)
            expected = oracle.replaced(tree, path, oracle.as_meaning(value))
            _judge(document, edited, expected, path, may_lose=True)
        case "rename":
            path = random.choice([path for path, _ in places if isinstance(path[-1], str)])
            edited = rename_key(document, path, NEW)
            parent = oracle.at(tree, path[:-1])
            renamed = {(NEW if key == path[-1] else key): part for key, part in parent.items()}
            _judge(document, edited, oracle.replaced(tree, path[:-1], renamed), path)
            back = rename_key(edited, (*path[:-1], NEW), str(path[-1]))
            key = _written_key(document.roots[0], path)
            if key == path[-1]:
                assert back.text == document.text
        case "insert":
            path = random.choice(mappings)
            edited = insert_entry(document, path, NEW, value)
            number = len(oracle.at(tree, path))
            expected = oracle.with_key(tree, path, NEW, oracle.as_meaning(value), number)
            _judge(document, edited, expected, path)
        case "item":
            path = random.choice([path for path, node in places if isinstance(node, Sequence)])
            edited = insert_item(document, path, value)
            number = len(oracle.at(tree, path))
            expected = oracle.with_item(tree, path, oracle.as_meaning(value), number)
            _judge(document, edited, expected, path)
        case "delete":
            path = random.choice(places)[0]
            edited = delete(document, path)
            _judge(document, edited, oracle.without(tree, path), path, may_lose=True)
        case "move":
            path = random.choice([path for path, _ in places if isinstance(path[-1], str)])
            to = random.choice([(), *mappings])
            edited = move(document, path, to)
            rest = oracle.without(tree, path)
            number = len(oracle.at(rest, to))
            part = oracle.at(tree, path)
            expected = oracle.with_key(rest, to, str(path[-1]), part, number)
            _judge(document, edited, expected, path, is_move=True)
        case "wrap":
            path = random.choice(mappings)
            names = list(oracle.at(tree, path))[:2]
            edited = wrap(document, path, names, NEW)
            parent = oracle.at(tree, path)
            wrapped = {NEW: {name: parent[name] for name in names}}
            wrapped |= {key: part for key, part in parent.items() if key not in names}
            _judge(document, edited, oracle.replaced(tree, path, wrapped), path)
        case _:
            path = random.choice([path for path in mappings if isinstance(path[-1], str)])
            edited = unwrap(document, path)
            outer: dict[str, Any] = {}
            for key, part in oracle.at(tree, path[:-1]).items():
                outer |= part if key == path[-1] else {key: part}
            _judge(document, edited, oracle.replaced(tree, path[:-1], outer), path)


def _written_key(root: Node, path: Path) -> str:
    """Return a key as it is written, quotes included."""
    for key in path[:-1]:
        if isinstance(root, Mapping):
            root = next(e.value for e in root.entries if oracle.key_text(e.key) == key)
        elif isinstance(root, Sequence) and isinstance(key, int):
            root = root.items[key]
    assert isinstance(root, Mapping)
    key_node = next(e.key for e in root.entries if oracle.key_text(e.key) == path[-1])
    return root.source.text[key_node.start : key_node.end]


def _judge(
    before: Document,
    after: Document,
    expected: Any,
    path: Path,
    *,
    may_lose: bool = False,
    is_move: bool = False,
) -> None:
    again = load(Source("test", after.text))
    assert again.is_complete
    assert oracle.ordered(oracle.tree_of(again)) == oracle.ordered(expected), path
    olds = [comment.text.rstrip() for comment in before.comments]
    news = [comment.text.rstrip() for comment in again.comments]
    if is_move:
        assert Counter(olds) == Counter(news)
    elif not may_lose:
        assert olds == news
    else:
        assert _is_within(news, olds)
        lost = Counter(olds) - Counter(news)
        assert lost <= Counter(_comments_near(before, path))
    breaks = before.text.count("\r\n")
    if breaks and breaks == before.text.count("\n"):
        assert after.text.count("\r\n") == after.text.count("\n")
    is_ended = before.text.endswith("\n")
    assert after.text.endswith("\n") or not is_ended


def _is_within(part: list[str], whole: list[str]) -> bool:
    rest = iter(whole)
    return all(text in rest for text in part)


def _comments_near(document: Document, path: Path) -> list[str]:
    """Return the comments on the lines of what is at `path`, and in the lines directly above."""
    nodes = dict(_places(document.roots[0], ()))
    source, text = document.source, document.text
    start, end = nodes[path].start, nodes[path].end
    node: Node = document.roots[0]
    parent = nodes.get(path[:-1], node)
    if isinstance(parent, Mapping):
        start = next(e.start for e in parent.entries if oracle.key_text(e.key) == path[-1])
        end = max(end, start)
    first = source.position(start).line
    while first > 1 and source.slice(source.line_span(first - 1)).lstrip().startswith("#"):
        first -= 1
    last = source.line_span(source.position(max(end - (text[end - 1] in "\r\n"), 0)).line).end
    top = source.line_starts[first - 1]
    return [c.text.rstrip() for c in document.comments if top <= c.span.start < last]
