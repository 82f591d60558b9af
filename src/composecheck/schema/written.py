"""From what is wrong in an accumulated tree to the text that says it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from composecheck.schema.consumed import consumed_place
from composecheck.schema.grammar import compose_file
from composecheck.schema.tree import build_tree, kind_of
from composecheck.schema.violation import Fault
from composecheck.yaml import Document
from composecheck.yaml.nodes import Scalar, follow

if TYPE_CHECKING:
    from composecheck.finding import Path, PathKey
    from composecheck.project.project import Project
    from composecheck.schema.tree import Place
    from composecheck.schema.violation import Violation
    from composecheck.source import Source, Span
    from composecheck.yaml.nodes import Node

_Marks = dict[tuple[int, int, bool], list["Place"]]


class WrittenTexts:
    """The documents of a project as they are written, read as far as somebody asks."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._roots = {id(file.document.source): file.document.roots for file in project.files}
        self._trees: dict[int, Place] = {}
        self._marks: dict[int, _Marks] = {}

    def root(self, source: Source, number: int) -> Node | None:
        """Return the top node of the document of `source` with this number, counted from 0."""
        roots = self._roots.get(id(source), ())
        return roots[number] if number < len(roots) else None

    def tree(self, root: Node) -> Place:
        """Return the tree of a document as it is written."""
        if id(root) not in self._trees:
            self._trees[id(root)] = build_tree(root, compose_file(), is_partial=False)
        return self._trees[id(root)]

    def document(self, root: Node) -> Document:
        """Return the document under `root` as if it were a file of its own, for edits.

        An anchor may be used in a document below; then nothing is to be edited.
        """
        roots = self._roots.get(id(root.source), ())
        is_alone = len(roots) < 2 or "*" not in root.source.text
        return Document(root.source, (root,), (), is_complete=is_alone)

    def locate(self, violation: Violation) -> Violation | None:
        """Return the violation where its text stands; None if no text says just that.

        What is wrong may be in a file that is included or extended. A value that Compose has
        computed is noted at its place.
        """
        tree = violation.place.root
        if violation.fault is Fault.INFINITE or self._trees.get(id(tree.node)) is tree:
            return violation
        place = self._written(violation.place)
        if place is None:
            return None
        first = violation.first
        if first is not None:
            first = self._written(first) or first
        return replace(violation, place=place, first=first)

    def value_at(self, source: Source, span: Span, path: Path) -> Place | None:
        """Return the place of the value that is written at `span` and to which `path` leads."""
        for root in self._roots.get(id(source), ()):
            place: Place | None = self.tree(root)
            for key in path:
                place = None if place is None else _below(place, key)
            node = None if place is None else follow(place.node)
            if node is not None and node.span == span:
                return place
        return None

    def _written(self, place: Place) -> Place | None:
        mark = place.mark
        parent_shape = place.parent.shape if place.parent is not None else None
        found = [
            other
            for other in self._marks_of(mark.source).get(
                (mark.start, mark.end, place.entry is None), ()
            )
            if other.shape is place.shape
            and (other.parent.shape if other.parent is not None else None) is parent_shape
            and _is_alike(place, other)
        ]
        if not found:
            return None
        # Of several uses of an anchor, rather the anchor itself; else the same use.
        path = place.path
        best = min(found, key=lambda other: (other.is_shared, other.path != path))
        self._note_computed(best, place)
        return best

    def _note_computed(self, written: Place, stage: Place) -> None:
        """Note at a place what Compose has made of the value that is written there."""
        node = stage.node
        if not isinstance(node, Scalar) or node is follow(written.node):
            return
        written.is_computed = True
        written.text = self._project.texts.get(node)
        written.data = stage.data
        if written.parent is not None and written.key is not None:
            written.parent.data[written.key] = stage.data

    def _marks_of(self, source: Source) -> _Marks:
        if id(source) not in self._marks:
            marks: _Marks = {}
            waiting = [self.tree(root) for root in self._roots.get(id(source), ())]
            while waiting:
                place = waiting.pop()
                waiting += place.children.values()
                for mark in {place.mark, follow(place.mark) or place.mark}:
                    key = (mark.start, mark.end, place.entry is None)
                    marks.setdefault(key, []).append(place)
            self._marks[id(source)] = marks
        return self._marks[id(source)]


def _below(place: Place, key: PathKey) -> Place | None:
    """Return what stands under `key`, also if it is what Compose consumes before."""
    found = place.children.get(key)
    return consumed_place(place, key) if found is None and isinstance(key, str) else found


def _is_alike(stage: Place, written: Place) -> bool:
    """Whether the value is of the same kind in both, or one without parts made of another."""
    if follow(written.node) is None:
        return False
    if isinstance(stage.node, Scalar):
        return isinstance(follow(written.node), Scalar)
    return kind_of(stage.data) is kind_of(written.data)
