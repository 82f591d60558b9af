"""One random edit of each kind on a made-up file, judged by `oracle`."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Any

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
from tests.yaml.editing import oracle
from tests.yaml.editing.documents import Made, Maker, Path

if TYPE_CHECKING:
    from composecheck.yaml import Document

VALUES: tuple[Any, ...] = (
    *("new", "yes", "a: b", "x\ny\n", "  x\ny", "a\n", "x\n\n", "é", "'", '"', "\\", "- x", "#x"),
    *("1_0", "0777", "22:22", "~", "null", "", " a", "a ", "tab\tx", "x\n\n  # y\n- z"),
    *(12, True, None, 1.5, [], {}, ["a", "b"], {"a": 1, "b": [{"c": "d", "e": "l1\nl2\n"}]}),
)


@dataclass(slots=True)
class Case:
    """A made-up file, read; `tree` is what it means (see `oracle.meaning`)."""

    seed: int
    random: Random
    made: Made
    document: Document
    tree: Any

    def any_path(self) -> Path:
        """Return a path to anything but the file itself."""
        return self.random.choice(sorted(self.made.names, key=repr))

    def any_key(self) -> Path:
        """Return a path that ends with a key."""
        keys = [path for path in self.made.names if isinstance(path[-1], str)]
        return self.random.choice(sorted(keys, key=repr))

    def any_mapping(self) -> Path:
        """Return a path to keys with values, or to braces with nothing in them."""
        paths = [p for p in ((), *self.made.names) if isinstance(self.made.value(p), dict)]
        return self.random.choice(sorted(paths, key=repr))

    def any_list(self) -> Path | None:
        """Return a path to a list, if there is one."""
        paths = [p for p in self.made.names if isinstance(self.made.value(p), list)]
        return self.random.choice(sorted(paths, key=repr)) if paths else None

    def names(self, path: Path) -> set[str]:
        """Return all names of what is at a path, those within texts included."""
        return self.made.names_at(path) | oracle.names_in(self.made.value(path))


def case(seed: int) -> Case:
    """Make a file."""
    random = Random(seed)
    made = Maker(random).make()
    document = oracle.read(made.text)
    return Case(seed, random, made, document, oracle.tree_of(document))


def judge(
    case: Case,
    edited: Document,
    expected: Any,
    *,
    own: set[str],
    gone: set[str] = frozenset(),  # type: ignore[assignment]  # never changed
    moved: set[str] = frozenset(),  # type: ignore[assignment]
) -> None:
    """Assert that an edit did what was expected, and nothing else.

    `own` are the names on whose lines something may change, `gone` and `moved` those whose comments
    go, and travel.
    """
    before, after = case.made.text, edited.text
    again = oracle.read(after)
    assert oracle.ordered(oracle.tree_of(again)) == oracle.ordered(expected)
    assert after.count("\r") == (after.count("\n") if "\r" in before else 0)
    kept = [c for c in oracle.comments_of(before) if c.split()[2] not in gone]
    found = oracle.comments_of(after)
    assert [c for c in kept if c.split()[2] not in moved] == [
        c for c in found if c.split()[2] not in moved
    ]
    assert [c for c in kept if c.split()[2] in moved] == [c for c in found if c.split()[2] in moved]
    there = oracle.attachments(after)
    for name, comments in oracle.attachments(before).items():
        if name not in gone and name in there:
            assert there[name] == comments
    assert not oracle.loose_ones_stand_apart(before) or oracle.loose_ones_stand_apart(after)
    assert oracle.other_lines(before, own) == oracle.other_lines(after, own)


def set_something(case: Case) -> None:
    path, value = case.any_path(), case.random.choice(VALUES)
    edited = set_value(case.document, path, value)
    made = case.made
    is_collection = isinstance(made.value(path), dict | list)
    gone = made.names_at(path) - {made.names[path]} if is_collection else set()
    if is_collection and len(made.value(path)) == 1 and isinstance(path[-1], int):
        # In `- a: 1 # b` the comment may be about the item as well, and stays.
        gone -= {comment.split()[2] for comment in oracle.comments_of(edited.text)}
    judge(
        case,
        edited,
        oracle.replaced(case.tree, path, oracle.as_meaning(value)),
        own=case.names(path) | made.names_on_line(path),
        gone=gone,
    )
    assert set_value(edited, path, value).text == edited.text
    same = made.value(path)
    assert set_value(case.document, path, same).text == case.document.text


def rename_something(case: Case) -> None:
    path = case.any_key()
    edited = rename_key(case.document, path, "new")
    parent = oracle.at(case.tree, path[:-1])
    renamed = {("new" if key == path[-1] else key): value for key, value in parent.items()}
    expected = oracle.replaced(case.tree, path[:-1], renamed)
    assert oracle.ordered(oracle.tree_of(edited)) == oracle.ordered(expected)
    assert oracle.comments_of(edited.text) == oracle.comments_of(case.made.text)
    assert rename_key(edited, (*path[:-1], "new"), str(path[-1])).text == case.document.text


def insert_a_key(case: Case) -> None:
    path, value = case.any_mapping(), case.random.choice(VALUES)
    keys = list(case.made.value(path))
    where = case.random.choice(("last", "before", "after"))
    number, beside = len(keys), {}
    if where != "last" and keys:
        key = case.random.choice(keys)
        number, beside = keys.index(key) + (where == "after"), {where: key}
    edited = insert_entry(case.document, path, "new", value, **beside)
    own = case.made.names_on_line(path) | (set() if keys else case.names(path))
    expected = oracle.with_key(case.tree, path, "new", oracle.as_meaning(value), number)
    judge(case, edited, expected, own=own)
    take_back(case, edited, (*path, "new"), is_first=not keys)


def insert_an_item(case: Case) -> None:
    path, value = case.any_list(), case.random.choice(VALUES)
    if path is None:
        return
    items = case.made.value(path)
    number = case.random.randint(0, len(items))
    edited = insert_item(case.document, path, value, index=number)
    own = case.made.names_on_line(path) | (set() if items else case.names(path))
    expected = oracle.with_item(case.tree, path, oracle.as_meaning(value), number)
    judge(case, edited, expected, own=own)
    take_back(case, edited, (*path, number), is_first=not items)


def take_back(case: Case, edited: Document, path: Path, *, is_first: bool) -> None:
    """Assert that deleting what was inserted gives the original bytes back.

    But for two things that cannot be known: a line break that the new text needed at the end of the
    file, and whether a comment behind `[]` was about what came to stand there.
    """
    try:
        back = delete(edited, path).text
    except CannotEdit:
        return
    text = case.document.text
    if is_first and "#" in text:
        return
    if edited.text.endswith("\n") and not text.endswith("\n"):
        back = back.rstrip("\r\n")
    assert back == text


def delete_something(case: Case) -> None:
    path = case.any_path()
    edited = delete(case.document, path)
    own = case.names(path) | case.made.names_on_line(path)
    if len(case.made.value(path[:-1])) == 1:
        own = own | {case.made.names.get(path[:-1], "")}
    gone = case.made.names_at(path)
    judge(case, edited, oracle.without(case.tree, path), own=own, gone=gone)


def move_something(case: Case) -> None:
    path, to = case.any_key(), case.any_mapping()
    keys = [key for key in case.made.value(to) if (*to, key) != path]
    where = case.random.choice(("last", "before", "after"))
    beside = {} if where == "last" or not keys else {where: case.random.choice(keys)}
    edited = move(case.document, path, to, **beside)
    value = oracle.at(case.tree, path)
    rest = oracle.without(case.tree, path)
    keys = list(oracle.at(rest, to))
    number = len(keys)
    for side, key in beside.items():
        number = keys.index(key) + (side == "after")
    own = case.names(path) | (set() if keys else case.names(to))
    if len(case.made.value(path[:-1])) == 1:
        own = own | {case.made.names.get(path[:-1], "")}
    expected = oracle.with_key(rest, to, str(path[-1]), value, number)
    judge(case, edited, expected, own=own, moved=case.made.names_at(path))


def wrap_something(case: Case) -> None:
    path = case.any_mapping()
    parent = oracle.at(case.tree, path)
    keys = list(parent)
    names = case.random.sample(keys, case.random.randint(min(1, len(keys)), len(keys)))
    edited = wrap(case.document, path, names, "new")
    numbers = sorted(keys.index(name) for name in names)
    pairs = [(key, value) for key, value in parent.items() if key not in names]
    pairs.insert(numbers[0], ("new", {key: parent[key] for key in keys if key in names}))
    own: set[str] = set().union(*(case.names((*path, name)) for name in names))
    moved: set[str] = set().union(*(case.made.names_at((*path, name)) for name in names))
    expected = oracle.replaced(case.tree, path, dict(pairs))
    own |= case.made.names_on_line(path)
    judge(case, edited, expected, own=own, moved=moved)
    if numbers == list(range(numbers[0], numbers[0] + len(numbers))):
        try:
            back = unwrap(edited, (*path, "new"))
        except CannotEdit:
            return
        assert back.text == case.document.text


def unwrap_something(case: Case) -> None:
    path = case.any_key()
    edited = unwrap(case.document, path)
    parent: dict[str, Any] = {}
    for key, value in oracle.at(case.tree, path[:-1]).items():
        parent |= value if key == path[-1] else {key: value}
    expected = oracle.replaced(case.tree, path[:-1], parent)
    judge(case, edited, expected, own=case.names(path), moved=case.made.names_at(path))


def move_there_and_back(case: Case) -> None:
    """Move a key of a tidy file into another place and back to where it was."""
    path, to = case.any_key(), case.any_mapping()
    keys = list(case.made.value(path[:-1]))
    # With less beside it, or with texts that keep blank lines, there are no habits to see; and what
    # stands below the first key may come to open the file, comments included.
    is_tidy = not {"|+", ">+"} & case.made.styles and (len(path) > 1 or path[0] != keys[0])
    if to == path[:-1] or len(keys) < 3 or len(case.made.value(to)) < 2 or not is_tidy:
        return
    edited = move(case.document, path, to)
    following = keys[keys.index(path[-1]) + 1 :]
    beside = {"before": following[0]} if following else {}
    back = move(edited, (*to, path[-1]), path[:-1], **beside).text
    if not case.document.text.endswith("\n"):
        # A block of text needs a line break, even at the end of a file that had none.
        back = back.rstrip("\r\n")
    assert back == case.document.text


OPERATIONS = (
    set_something,
    rename_something,
    insert_a_key,
    insert_an_item,
    delete_something,
    move_something,
    wrap_something,
    unwrap_something,
)
