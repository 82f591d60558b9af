"""Whether a change touched only what it was to touch.

This looks at the two texts alone, not at how the change was made: every value outside the paths
that it declares must be what it was, and every comment must be there, in its order, and describe
nothing else than before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.yaml.editing.attachment import extent_of, owners, spots_at
from composecheck.yaml.editing.change import Touched
from composecheck.yaml.editing.refusal import named, starting
from composecheck.yaml.nodes import Alias, Mapping, Scalar, Sequence, follow, tag_of
from composecheck.yaml.scalars import resolve
from composecheck.yaml.structure import is_merge

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from composecheck.finding import Path
    from composecheck.yaml import Document
    from composecheck.yaml.comments import Comment
    from composecheck.yaml.nodes import Entry, Node


def differences(before: Document, after: Document, touched: Touched) -> list[str]:
    """Return what differs between two texts beyond what `touched` declares, as sentences.

    Nothing, if the change kept its promise. Both are compared as Compose reads them, value by
    value, aliases followed: so the value of an anchor that is used elsewhere counts there as well.
    How something is written, and in which order keys stand, is no difference.
    """
    if not after.is_complete or after.refusal is not None:
        return ["The new text cannot be read as YAML any more."]
    if len(before.roots) != len(after.roots):
        return ["The new text does not have as many YAML documents as the old one."]
    comparison = _Comparison(touched)
    for old, new in zip(before.roots, after.roots, strict=True):
        comparison.compare(old, new, (), ())
    olds, news = _nodes_at(before, touched, 0), _nodes_at(after, touched, 1)
    for source, target in touched.moved:
        if len(olds[source]) != 1 or len(news[target]) != 1:
            comparison.found.append(f"{starting(target)} is not what {named(source)} was.")
        else:
            comparison.compare(olds[source][0], news[target][0], source, target)
    return comparison.found + _lost_comments(before, after, touched)


def _nodes_at(document: Document, touched: Touched, side: int) -> dict[Path, list[Node]]:
    nodes: dict[Path, list[Node]] = {pair[side]: [] for pair in touched.moved}
    for spot in spots_at(document, nodes):
        nodes[spot.path].append(spot.node)
    return nodes


class _Comparison:
    """Two trees, value by value, but for what is declared to be another."""

    def __init__(self, touched: Touched) -> None:
        self.found: list[str] = []
        changed = set(touched.changed)
        self.gone = changed.union(touched.deleted, (old for old, _ in touched.moved))
        self.new = changed.union(touched.inserted, (new for _, new in touched.moved))
        # Of pairs that anchors make come again, only the first is looked at.
        self.seen: set[tuple[int, int]] = set()

    def compare(self, old: Node, new: Node, old_path: Path, new_path: Path) -> None:
        """Note how `new` differs from `old`."""
        if old_path in self.gone and new_path in self.new and old_path == new_path == ():
            return
        if isinstance(old, Alias) or isinstance(new, Alias):
            pair = (id(follow(old)), id(follow(new)))
            if pair not in self.seen:
                self.seen.add(pair)
                inner = _Comparison(Touched())
                inner.seen = self.seen
                inner.compare_content(old, new, old_path, new_path)
                self.found += inner.found
            return
        self.compare_content(old, new, old_path, new_path)

    def compare_content(self, old: Node, new: Node, old_path: Path, new_path: Path) -> None:
        before, after = follow(old), follow(new)
        if type(before) is not type(after) or _tag(before) != _tag(after):
            self.differ(old_path)
        elif isinstance(before, Scalar) and isinstance(after, Scalar):
            if _meaning(before) != _meaning(after):
                self.differ(old_path)
        elif isinstance(before, Sequence) and isinstance(after, Sequence):
            self.compare_items(before, after, old_path, new_path)
        elif isinstance(before, Mapping) and isinstance(after, Mapping):
            self.compare_entries(before, after, old_path, new_path)

    def compare_items(self, old: Sequence, new: Sequence, old_path: Path, new_path: Path) -> None:
        olds = [part for part in _items(old, old_path) if part[1] not in self.gone]
        news = [part for part in _items(new, new_path) if part[1] not in self.new]
        if len(olds) != len(news):
            self.differ(old_path)
            return
        for (before, path), (after, new_at) in zip(olds, news, strict=True):
            self.compare(before, after, path, new_at)

    def compare_entries(self, old: Mapping, new: Mapping, old_path: Path, new_path: Path) -> None:
        olds, news = _by_name(old, old_path, self.gone), _by_name(new, new_path, self.new)
        for name, parts in olds.items():
            others = news.get(name, [])
            if len(parts) != len(others):
                self.differ(parts[0][1])
                continue
            for (before, path), (after, new_at) in zip(parts, others, strict=True):
                self.compare(before, after, path, new_at)
        for name, parts in news.items():
            if name not in olds:
                self.found.append(f"{starting(parts[0][1])} was not there.")

    def differ(self, path: Path) -> None:
        """Note that the value at `path` is another one, or gone."""
        self.found.append(f"{starting(path)} is not what it was.")


def _tag(node: Node | None) -> str | None:
    tag = tag_of(node) if node is not None else None
    return None if tag is not None and tag.startswith("tag:yaml.org,2002:") else tag


def _meaning(scalar: Scalar) -> tuple[str, str]:
    value = resolve(scalar)
    return type(value).__name__, repr(value)


def _items(node: Sequence, path: Path) -> Iterator[tuple[Node, Path]]:
    for number, item in enumerate(node.items):
        yield item, (*path, number)


def _by_name(
    node: Mapping, path: Path, left_out: set[Path]
) -> dict[tuple[str, bool], list[tuple[Node, Path]]]:
    found: dict[tuple[str, bool], list[tuple[Node, Path]]] = {}
    for entry in node.entries:
        name = _name(entry)
        at = (*path, name)
        if at not in left_out:
            found.setdefault((name, is_merge(entry)), []).append((entry.value, at))
    return found


def _name(entry: Entry) -> str:
    key = entry.key
    if isinstance(key, Scalar):
        return key.text
    return key.name if isinstance(key, Alias) else ""


def _lost_comments(before: Document, after: Document, touched: Touched) -> list[str]:
    if "#" not in before.text and "#" not in after.text:
        return []
    olds, news = _Remaining(before), _Remaining(after)
    found = []
    for source, target in touched.moved:
        if not olds.take_along(source, news, target):
            found.append(f"The comments of {named(source)} did not all move with it.")
    replaced = set(touched.deleted) & set(touched.inserted)
    olds.mark(replaced, is_inside=True)
    news.mark(replaced, is_inside=True)
    olds.mark(set(touched.deleted) - replaced, is_inside=False)
    news.mark(set(touched.inserted) - replaced, is_inside=False)
    pairs = _pair(olds.comments, news.comments, olds.optional, news.optional)
    if isinstance(pairs, str):
        return [*found, pairs]
    return found + _strayed(before, after, pairs, touched)


class _Remaining:
    """The comments of a text that are not accounted for yet."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.comments = list(document.comments)
        # The offsets of those that may be missing in the other text.
        self.optional: set[int] = set()

    def take_along(self, path: Path, other: _Remaining, other_path: Path) -> bool:
        """Take out the comments of what moved, in both texts; tell whether they are the same."""
        for own in self.choices(path):
            for theirs in other.choices(other_path):
                if [comment.text for comment in own] == [comment.text for comment in theirs]:
                    self.comments = [c for c in self.comments if c not in own]
                    other.comments = [c for c in other.comments if c not in theirs]
                    return True
        return False

    def choices(self, path: Path) -> list[list[Comment]]:
        """Return the comments of what is at `path`.

        Without those the file opens with, and with; without those below it, and with.
        """
        found = spots_at(self.document, [path])
        if len(found) != 1:
            return []
        extent = extent_of(found[0])
        return [
            [c for c in self.comments if start <= c.span.start < end]
            for end in dict.fromkeys((extent.bottom, extent.whole.end))
            for start in dict.fromkeys((extent.whole.start, extent.top))
        ]

    def mark(self, paths: Iterable[Path], *, is_inside: bool) -> None:
        """Note that the comments of what is at `paths` may be missing in the other text."""
        for spot in spots_at(self.document, paths):
            extent = extent_of(spot)
            span = extent.inside if is_inside else extent.whole
            for comment in self.comments:
                if span.start <= comment.span.start < span.end:
                    self.optional.add(comment.span.start)


_Pairs = list[tuple["Comment", "Comment"]]
_Way = tuple["_Way", "Comment", "Comment"] | None
"""The comments paired so far, the last first; each with the way to those before."""


def _pair(
    olds: list[Comment], news: list[Comment], may_go: set[int], may_come: set[int]
) -> _Pairs | str:
    """Return which comment is which; or, as a sentence, which one is missing or out of order."""
    # Several comments may say the same; so ways that lead nowhere are gone back.
    waiting: list[tuple[int, int, _Way]] = [(0, 0, None)]
    seen = set()
    old = new = furthest = 0
    while waiting:
        i, j, way = waiting.pop()
        if (i, j) in seen:
            continue
        seen.add((i, j))
        if i == len(olds) and j == len(news):
            return _pairs(way)
        if i + j >= furthest:
            furthest, old, new = i + j, i, j
        if i < len(olds) and j < len(news) and olds[i].text == news[j].text:
            waiting.append((i + 1, j + 1, (way, olds[i], news[j])))
        if j < len(news) and news[j].span.start in may_come:
            waiting.append((i, j + 1, way))
        if i < len(olds) and olds[i].span.start in may_go:
            waiting.append((i + 1, j, way))
    if old < len(olds):
        return f'The comment "{olds[old].text}" is lost, or not in its place.'
    return f'The comment "{news[new].text}" was not there.'


def _pairs(way: _Way) -> _Pairs:
    pairs: _Pairs = []
    while way is not None:
        way, old, new = way
        pairs.append((old, new))
    return pairs[::-1]


def _strayed(before: Document, after: Document, pairs: _Pairs, touched: Touched) -> list[str]:
    """Return which comments are about something else now."""
    olds = owners(before, (old for old, _ in pairs))
    news = owners(after, (new for _, new in pairs))
    found = []
    for old, new in pairs:
        now = news.get(new.span.start)
        was = olds.get(old.span.start)
        if now is None or (was is not None and _path_after(was, touched) == now):
            continue
        if was is None or not _is_rewritten(was, now, touched):
            found.append(f'The comment "{old.text}" would be about {named(now)} now.')
    return found


def _path_after(path: Path, touched: Touched) -> Path:
    """Return where what was at `path` is afterwards: moved, or with another number in its list."""
    moves = dict(touched.moved)
    new: Path = ()
    for length, key in enumerate(path, 1):
        old = path[:length]
        if old in moves:
            new = moves[old]
        elif isinstance(key, int):
            new = (*new, _number_after(old, new, touched))
        else:
            new = (*new, key)
    return new


def _number_after(path: Path, parent: Path, touched: Touched) -> int:
    """Return which number the item at `path` has afterwards, in the list that is at `parent` then.

    Items before it that are deleted do not count any more, and those that are inserted do.
    """
    number = path[-1]
    assert isinstance(number, int)
    gone = {at[-1] for at in touched.deleted if at and at[:-1] == path[:-1]}
    number -= sum(isinstance(other, int) and other < number for other in gone)
    come = {at[-1] for at in touched.inserted if at and at[:-1] == parent}
    for other in sorted(other for other in come if isinstance(other, int)):
        number += other <= number
    return number


def _is_rewritten(was: Path, now: Path, touched: Touched) -> bool:
    """Whether both paths lie in a value that is declared to be written anew."""
    rewritten = (*touched.changed, *(path for path in touched.deleted if path in touched.inserted))
    return any(was[: len(path)] == now[: len(path)] == path for path in rewritten)
