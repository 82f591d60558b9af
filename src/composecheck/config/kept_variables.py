"""What Compose refuses of a project only if its variables stay as they are written.

`pull_policy: ${POLICY:-always}` is right once the variable is replaced. With `--no-interpolate` it
is judged as it stands, and so is a text of which Compose would make true or false.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Finding, Severity
from composecheck.schema.accept import fits
from composecheck.schema.grammar import Kind, compose_file
from composecheck.schema.tree import build_stage_tree
from composecheck.schema.words import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composecheck.project.project import Project
    from composecheck.schema.tree import Place


def misplaced_texts(project: Project) -> Iterator[Finding]:
    """Yield a finding for each text that may not stand where it does if it stays what it is."""
    for stage in project.stages:
        shape = compose_file()
        tree = build_stage_tree(
            stage.root, shape, is_partial=True, partial_services=stage.partial_services
        )
        for place in _leaves(tree):
            if _is_misplaced(place):
                yield _finding(place)


def _leaves(place: Place) -> Iterator[Place]:
    if not place.children:
        yield place
    for child in place.children.values():
        yield from _leaves(child)


def _is_misplaced(place: Place) -> bool:
    shape = place.shape
    if shape is None or not isinstance(place.data, str):
        return False
    return not (shape.takes(Kind.STRING) and fits(place.data, shape))


def _finding(place: Place) -> Finding:
    node = place.node
    return Finding(
        rule="value-type",
        severity=Severity.ERROR,
        message=f"{quoted(str(place.data))} is text that Compose does not take for"
        f' "{place.name}". With "--no-interpolate" it neither puts in variables, nor makes a number'
        " or true or false of a text; it refuses the file.",
        source=node.source,
        span=node.span,
        path=place.path,
    )
