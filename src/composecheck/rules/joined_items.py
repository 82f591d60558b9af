"""A rule on items of a list that YAML takes for one text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from composecheck.expressions import expression
from composecheck.finding import Edit, Fix, Related, Safety, Severity
from composecheck.rule import Category, rule
from composecheck.rules.marks import may_edit, path_at
from composecheck.rules.places import find_at
from composecheck.schema.words import quoted
from composecheck.source import Span
from composecheck.yaml.nodes import Mapping, Scalar, Sequence, Style
from composecheck.yaml.walk import walk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.finding import Finding
    from composecheck.project.project import Project


@rule("list-item-joined", Severity.WARNING, Category.RUNTIME)
def list_item_joined(project: Project) -> Iterator[Finding]:
    """An item of a list that is indented more than the one above it, or below one without a dash.

    To YAML, such a line goes on with the text above it, and the dash is a part of that text: there
    is one item, `A=1 - B=2`. Write a dash before each item of a list, one exactly below the other.

    Bad:

        services:
          web:
            image: nginx
            environment:
              - LOG_LEVEL=debug
               - LOG_FORMAT=json

    Good:

        services:
          web:
            image: nginx
            environment:
              - LOG_LEVEL=debug
              - LOG_FORMAT=json
    """
    # Hits in the corpus: none. The source: YAML 1.2.2, 7.3.3, plain style; measured.
    for file in project.files:
        has_deeper = _DEEPER_DASH.search(file.document.text) is not None
        if not has_deeper and _DASH_BELOW_TEXT.search(file.document.text) is None:
            continue
        for root in file.document.roots:
            for node in walk(root):
                if isinstance(node, Sequence) and not node.is_flow:
                    for item in node.items:
                        if isinstance(item, Scalar) and item.style is Style.PLAIN:
                            yield from _joined(project, item)
                elif isinstance(node, Mapping) and not node.is_flow:
                    for entry in node.entries:
                        value = entry.value
                        if isinstance(value, Scalar) and value.style is Style.PLAIN:
                            yield from _without_first_dash(project, value)


_DEEPER_DASH = expression(r"^( *)- [^\n]*\n(?:[ \t\r]*\n| +[^\s-][^\n]*\n)*\1 +- ", re.MULTILINE)
_DASH_BELOW_TEXT = expression(r":[ \t]*(?:#[^\n]*)?\r?\n( +)[^\s#][^\n]*\n\1- ")
_LINE_WITH_DASH = expression(r"[\r\n]([ \t]*)(- [^\r\n]*)")


def _joined(project: Project, item: Scalar) -> Iterator[Finding]:
    source = item.source
    start = source.line_span(source.position(item.start).line).start
    before = source.text[start : item.start]
    lines = list(_LINE_WITH_DASH.finditer(source.text, item.start, item.end))
    if not lines or item.properties is not None or not before.rstrip(" ").endswith("-"):
        return
    column = before.rindex("-")
    above = source.first_line(item.span)
    spans = [Span(*line.span(2)) for line in lines]
    edits = tuple(Edit(source, Span(*line.span(1)), " " * column) for line in lines)
    fix = None
    if may_edit(project, source, item.span) and not before[:column].strip(" "):
        title = "Indent it like the item above" if len(lines) == 1 else "Indent the items alike"
        path = path_at(project, source, item.span)
        fix = Fix(title, Safety.UNSAFE, edits, (path[:-1],))
    yield find_at(
        project,
        "list-item-joined",
        Severity.WARNING,
        source,
        spans[0],
        f"{quoted(source.slice(spans[0]))} is no item of the list: it is indented more than the"
        f" item above it, so that YAML takes both for one text, {quoted(item.text)}.",
        f"Indent it by {column} blanks, like the item above.",
        related=(
            Related(source, above, "The item that it becomes a part of."),
            *(Related(source, span, "Here as well.") for span in spans[1:]),
        ),
        fix=fix,
    )


def _without_first_dash(project: Project, text: Scalar) -> Iterator[Finding]:
    """Find a value that begins below its key, and goes on with lines that begin with dashes."""
    source = text.source
    start = source.line_span(source.position(text.start).line).start
    blanks = source.text[start : text.start]
    lines = list(_LINE_WITH_DASH.finditer(source.text, text.start, text.end))
    breaks = source.slice(text.span).count("\n")
    if not lines or len(lines) < breaks or text.properties is not None or blanks.strip(" "):
        return
    if any(line.group(1) != blanks for line in lines):
        return
    first = source.first_line(text.span)
    written = source.slice(first)
    right = f"- {written.lstrip('-')}"
    fix = None
    if may_edit(project, source, text.span):
        edit = Edit(source, Span(first.start, first.start + written.startswith("-")), "- ")
        path = path_at(project, source, text.span)
        fix = Fix(f"Write {quoted(right)}", Safety.UNSAFE, (edit,), (path,))
    yield find_at(
        project,
        "list-item-joined",
        Severity.WARNING,
        source,
        first,
        f"{quoted(written)} has no dash and a blank before it, so that it begins no list: YAML"
        f" takes it and the lines below for one text, {quoted(text.text)}.",
        f"Write {quoted(right)}.",
        related=tuple(
            Related(source, Span(*line.span(2)), "A part of the text.") for line in lines
        ),
        fix=fix,
    )


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (list_item_joined,)
