"""A rule on items that stand twice in a list of which Compose drops one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Fix, Safety, Severity
from composecheck.project.reading import child, entries_of
from composecheck.rule import Category, rule
from composecheck.rules.marks import content_span, document_of, is_shared, related
from composecheck.rules.places import find_at
from composecheck.schema.words import quoted
from composecheck.yaml.nodes import Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.finding import Finding
    from composecheck.project.project import Project
    from composecheck.yaml.nodes import Node

_LISTS = (
    *("cap_add", "cap_drop", "configs", "devices", "dns", "dns_search", "expose", "links"),
    *("ports", "profiles", "secrets", "tmpfs", "volumes"),
)
"""Keys of a service in whose list Compose keeps one of two items that are the same (measured)."""


@rule("list-item-repeated", Severity.NOTE, Category.UPKEEP)
def list_item_repeated(project: Project) -> Iterator[Finding]:
    """An item that stands twice in the same list.

    Compose keeps one of the two, so that nothing breaks; but whoever changes one of them later may
    not see the other, and then both count. Remove one.

    Bad:

        services:
          web:
            image: nginx
            ports:
              - "8080:80"
              - "8443:443"
              - "8080:80"

    Good:

        services:
          web:
            image: nginx
            ports:
              - "8080:80"
              - "8443:443"
    """
    for file in project.files:
        for root in file.document.roots:
            for service in entries_of(child(root, "services")).values():
                for key in _LISTS:
                    yield from _repeated(project, key, child(service.value, key))


def _repeated(project: Project, key: str, node: Node | None) -> Iterator[Finding]:
    if not isinstance(node, Sequence):
        return
    first: dict[str, Scalar] = {}
    for item in node.items:
        if not isinstance(item, Scalar) or not item.text:
            continue
        counts = first.setdefault(item.text, item)
        if counts is not item:
            span = content_span(item)
            yield find_at(
                project,
                "list-item-repeated",
                Severity.NOTE,
                item.source,
                item.source.first_line(span),
                f"{quoted(item.text)} stands in {quoted(key)} twice; Compose keeps one of the two.",
                "Remove one of the two.",
                related=(related(counts, "The same stands here."),),
                fix=_removing(project, item),
            )


def _removing(project: Project, item: Scalar) -> Fix | None:
    """Return the fix that removes an item, unless a comment would go with it."""
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


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (list_item_repeated,)
