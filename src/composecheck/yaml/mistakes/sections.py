"""The line `services:` that is missing above the services."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Safety
from composecheck.source import Span
from composecheck.yaml.mistakes.cause import Cause, shown
from composecheck.yaml.mistakes.known_keys import is_known, known_keys
from composecheck.yaml.mistakes.lines import Kind
from composecheck.yaml.mistakes.surroundings import block_of, comments_of, opens

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composecheck.yaml.mistakes.cause import Scene
    from composecheck.yaml.mistakes.lines import Line


def services_missing(scene: Scene) -> Iterator[Cause]:
    """Find services that are indented as if there were a line above that they belong to.

    It is a case of the rule yaml-indentation.
    """
    layout = scene.layout
    line = _first_indented(scene)
    if line is None or line.dashes or not opens(layout, line) or not _is_service(scene, line):
        return
    tops = [
        other
        for other in layout.lines
        if other.kind is Kind.CONTENT and other.inside is None and not other.indent
    ]
    if any(
        layout.name(other) == "services" or not is_known(layout.name(other), ()) for other in tops
    ):
        return
    siblings = [line]
    for other in layout.lines[line.number :]:
        if other.kind is Kind.CONTENT and other.inside is None:
            if other.indent < line.indent:
                break
            if other.indent == line.indent:
                siblings.append(other)
    first = (*comments_of(layout, line), line)[0]
    name = shown(layout.name(line))
    yield Cause(
        rule="yaml-indentation",
        span=Span(line.start, line.start + line.indent),
        message=f'{name} is indented, as a service is, but the line "services:" above it is '
        "missing. Compose cannot tell what it belongs to, and refuses the file.",
        remedy=f'Write "services:" on a line of its own above {name}.',
        changes=((Span(first.start, first.start), "services:" + scene.line_break),),
        title='Write "services:" above',
        safety=Safety.SAFE
        if all(_is_service(scene, sibling) for sibling in siblings)
        else Safety.UNSAFE,
        cost=0.6,
        suggestions=("services:",),
    )


def _first_indented(scene: Scene) -> Line | None:
    """Return the first line with blanks before it, unless it belongs to the one above."""
    above: Line | None = None
    for line in scene.layout.lines:
        if line.kind is not Kind.CONTENT or line.inside is not None:
            continue
        if line.indent:
            return None if above is not None and opens(scene.layout, above) else line
        above = line
    return None


def _is_service(scene: Scene, line: Line) -> bool:
    """Tell whether what stands below `line` says what runs in a service."""
    layout = scene.layout
    own = [other for other in block_of(layout, line) if other.kind is Kind.CONTENT]
    if line.key is None or not own or own[0].dashes:
        return False
    names = [layout.name(other) for other in own if other.indent == own[0].indent]
    known = known_keys(("services", layout.name(line)))
    return all(name in known for name in names) and not {"image", "build"}.isdisjoint(names)
