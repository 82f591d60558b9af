"""The commas between the items of a list in brackets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from composecheck.finding import Safety, Severity
from composecheck.rule import Category, rule
from composecheck.source import Span
from composecheck.yaml.mistakes.cause import Cause, shown
from composecheck.yaml.mistakes.lines import Shape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composecheck.yaml.mistakes.cause import Scene
    from composecheck.yaml.mistakes.lines import Line


@rule("yaml-comma", Severity.ERROR, Category.COMPOSE)
def comma(scene: Scene, line: Line) -> Iterator[Cause]:
    """The items of a list in brackets are separated by commas.

    Without the comma, YAML does not know where one item ends and the next begins.

    Bad:

        services:
          web:
            image: nginx
            command: ["nginx" "-t"]

    Good:

        services:
          web:
            image: nginx
            command: ["nginx", "-t"]
    """
    text = scene.text
    if line.number != scene.problem_line.number and line.number != scene.problem_line.number - 1:
        return
    for match in re.finditer(
        r"(?<=[\"'\]}])(?P<gap>[ \t]*)(?=[\"'\[{\w])", text[line.content : line.end]
    ):
        at = line.content + match.start()
        behind = line.content + match.end()
        if not _in_flow(text, scene, line, at):
            continue
        comma = "," if at == behind and _has_tight_commas(text[line.content : line.end]) else ", "
        yield Cause(
            rule="yaml-comma",
            span=Span(max(line.content, at - 1), min(behind + 1, line.end)),
            message=f"A comma is missing before {shown(text[behind : line.value.end])}. Compose "
            f"refuses "
            "the file.",
            remedy="Put a comma between the two.",
            changes=((Span(at, behind), comma),),
            title="Put a comma between the two",
            safety=Safety.SAFE if behind > at else Safety.UNSAFE,
            cost=1.0,
        )
    written = text[line.content : line.end]
    for match in re.finditer(r",[ \t]*(?=,)|(?<=[\[{])[ \t]*,[ \t]*", written):
        at = line.content + match.start()
        if _in_flow(text, scene, line, at):
            extra = Span(at, line.content + match.end())
            sign = text.index(",", at)
            yield Cause(
                rule="yaml-comma",
                span=Span(sign, sign + 1),
                message="Nothing stands before this comma. Compose misses an item there, and "
                "refuses the file.",
                remedy="Remove the comma.",
                changes=((extra, ""),),
                title="Remove the comma",
                cost=0.6,
            )
    if line.number < scene.problem_line.number and _in_flow(text, scene, line, line.value.end):
        end = line.value.end
        if end > line.content and text[end - 1] not in ",[{":
            yield Cause(
                rule="yaml-comma",
                span=Span(end - 1, end),
                message=f"A comma is missing after {shown(text[line.content : end])}. Compose "
                f"refuses the "
                "file.",
                remedy=f"Write {shown(text[line.content : end] + ',')}.",
                changes=((Span(end, end), ","),),
                title="Put a comma at the end of the line",
                cost=0.9,
            )


def _has_tight_commas(written: str) -> bool:
    """Tell whether there are commas, and none has a blank behind it."""
    return "," in written and ", " not in written


def _in_flow(text: str, scene: Scene, line: Line, offset: int) -> bool:
    """Return whether `offset` lies in brackets, as far as the text before it tells."""
    if line.inside is not None:
        return line.inside.shape is Shape.FLOW
    start = line.value.start
    return (
        start < offset
        and text[start] in "[{"
        and text[start:offset].count("[") + text[start:offset].count("{")
        > text[start:offset].count("]") + text[start:offset].count("}")
    )
