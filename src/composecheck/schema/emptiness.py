"""The rule `file-empty`: nothing in the file that Compose could read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Finding, Severity
from composecheck.rule import Category, rule
from composecheck.source import Source, Span
from composecheck.yaml.merge import effective_entries
from composecheck.yaml.nodes import Mapping, follow
from composecheck.yaml.structure import is_reset

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from composecheck.yaml.nodes import Node


@rule("file-empty", Severity.ERROR, Category.COMPOSE)
def file_empty(source: Source, roots: Iterable[Node]) -> Iterator[Finding]:
    """There is nothing in the file that Compose could start.

    A file that is empty, holds only comments, or says nothing but `version` is refused as an
    `empty compose file`. Write at least one service.

    Bad:

        # services:
        #   web:
        #     image: nginx

    Good:

        services:
          web:
            image: nginx
    """
    trees = list(roots)
    if any(_says_something(root) for root in trees):
        return
    if not trees:
        what = (
            "There is nothing in this file but comments"
            if source.text.strip()
            else ("This file is empty")
        )
    else:
        what = "This file says nothing"
    yield Finding(
        rule="file-empty",
        severity=Severity.ERROR,
        message=f"{what}; Compose refuses it.",
        remedy='Write at least one service, under "services:".',
        source=source,
        span=_first_line(source, trees),
    )


def _says_something(root: Node) -> bool:
    content = follow(root)
    if not isinstance(content, Mapping):
        return True  # wrong in another way
    return any(
        key != "version" and not is_reset(entry.value)
        for key, entry in effective_entries(content).items()
    )


def _first_line(source: Source, trees: list[Node]) -> Span:
    """Return what to point at: the start of the first tree, or of the file."""
    if trees and len(trees[0].span):
        line = source.line_span(source.position(trees[0].start).line)
        return Span(trees[0].start, min(trees[0].end, max(line.end, trees[0].start)))
    return Span(0, 0)
