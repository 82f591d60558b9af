"""Rules on variables and labels that come twice in one list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Fix, Safety, Severity
from composecheck.rule import Category, rule
from composecheck.rules.marks import content_span, document_of, is_shared, related
from composecheck.rules.places import find_at
from composecheck.schema.words import quoted
from composecheck.yaml.merge import name_of
from composecheck.yaml.nodes import Mapping, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.finding import Finding
    from composecheck.project.project import Project
    from composecheck.yaml.nodes import Node


@rule("environment-repeated", Severity.WARNING, Category.RUNTIME)
def environment_repeated(project: Project) -> Iterator[Finding]:
    """A variable that comes twice in one list, with two values.

    Of several items with one name, Compose takes the last, and says nothing. So what stands above
    has no effect, and whoever changes it wonders why. Remove one of the two. If both have the same
    value, it is a note.

    Bad:

        services:
          web:
            image: nginx
            environment:
              - LOG_LEVEL=debug
              - TZ=Europe/Berlin
              - LOG_LEVEL=info

    Good:

        services:
          web:
            image: nginx
            environment:
              - TZ=Europe/Berlin
              - LOG_LEVEL=info
    """
    # Hits in the corpus: none. The source: compose-go, `override/uncity.go`: of one list, the last
    # item for a key is kept; the tests ask Docker Compose v5.6.1.
    for file in project.files:
        for root in file.document.roots:
            for what, items in _lists(root):
                yield from _repeated(project, what, items)


def _lists(root: Node) -> Iterator[tuple[str, Sequence]]:
    """Yield the lists of variables and labels in the services of a document, as it is written."""
    for name, services in _named(root):
        if name != "services":
            continue
        for _, service in _named(services):
            for key, value in _named(service):
                if key in ("environment", "labels") and isinstance(value, Sequence):
                    yield "variable" if key == "environment" else "label", value
                for below, arguments in _named(value) if key == "build" else ():
                    if below == "args" and isinstance(arguments, Sequence):
                        yield "argument", arguments


def _named(node: Node) -> Iterator[tuple[str | None, Node]]:
    for entry in node.entries if isinstance(node, Mapping) else ():
        yield name_of(entry.key), entry.value


def _repeated(project: Project, what: str, items: Sequence) -> Iterator[Finding]:
    last: dict[str, Scalar] = {}
    for item in reversed(items.items):
        if not isinstance(item, Scalar) or "=" not in item.text:
            continue
        name = item.text.partition("=")[0]
        if "$" in name or not name:
            continue
        counts = last.setdefault(name, item)
        if counts is item:
            continue
        is_same = counts.text == item.text
        line = counts.source.position(counts.start).line
        yield find_at(
            project,
            "environment-repeated",
            Severity.NOTE if is_same else Severity.WARNING,
            item.source,
            content_span(item),
            f"The {what} {quoted(name)} stands here twice, with the same value."
            if is_same
            else f"The {what} {quoted(name)} is set once more on line {line}, and Compose takes the"
            " last: what stands here has no effect.",
            "Remove one of the two.",
            related=(related(counts, f"Compose takes {quoted(counts.text)}."),),
            fix=_removing(project, item) if is_same else None,
        )


def _removing(project: Project, item: Scalar) -> Fix | None:
    """Return the fix that removes an item, if another one says the same."""
    document = document_of(project, item.source)
    if document is None or is_shared(project, item.source, item.span):
        return None
    # Imported here: hardly any file needs it.
    from composecheck.yaml.editing import CannotEdit, deleting

    try:
        edits = deleting(document, item).edits
    except CannotEdit:
        return None
    if any("#" in edit.source.slice(edit.span) for edit in edits):
        return None
    return Fix("Remove it", Safety.SAFE, edits)


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (environment_repeated,)
