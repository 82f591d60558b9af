"""Findings about the characters of a value, and how these can be written otherwise.

A value of the effective project may come from any file, by way of an alias, a merge key or
`extends`. Its source and span say which characters set it; here is found what stands around them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.expressions import expression
from composecheck.finding import Edit, Finding, Fix, Safety
from composecheck.rules.marks import document_of, may_edit, path_at
from composecheck.source import Span
from composecheck.yaml.nodes import Mapping, Scalar, Sequence, Style
from composecheck.yaml.walk import children

if TYPE_CHECKING:
    from composecheck.finding import Related, Severity
    from composecheck.project.project import Project
    from composecheck.source import Source
    from composecheck.yaml.nodes import Node


def enclosing(project: Project, source: Source, span: Span) -> list[Node]:
    """Return the nodes of a Compose file around `span`, the innermost last.

    Nothing if `source` is no Compose file of the project, but an env file.
    """
    document = document_of(project, source)
    nodes: list[Node] = list(document.roots) if document is not None else []
    way: list[Node] = []
    while nodes:
        node = next(
            (node for node in nodes if node.start <= span.start and span.end <= node.end), None
        )
        if node is None:
            break
        way.append(node)
        nodes = children(node)
    return way


def scalar_at(project: Project, source: Source, span: Span) -> Scalar | None:
    """Return the value without parts to which the characters of `span` belong, as it is written."""
    way = enclosing(project, source, span)
    return way[-1] if way and isinstance(way[-1], Scalar) else None


def visible(project: Project, source: Source, span: Span) -> Span:
    """Return `span`, or if there are no characters in it the value there, with its quotes."""
    scalar = None if len(span) else scalar_at(project, source, span)
    return span if scalar is None else scalar.span


def find_at(
    project: Project,
    rule: str,
    severity: Severity,
    source: Source,
    span: Span,
    message: str,
    remedy: str = "",
    *,
    suggestions: tuple[str, ...] = (),
    related: tuple[Related, ...] = (),
    fix: Fix | None = None,
) -> Finding:
    """Return the finding that something is the matter with the characters of `span`."""
    return Finding(
        rule=rule,
        severity=severity,
        message=message,
        remedy=remedy,
        source=source,
        span=span,
        path=path_at(project, source, span),
        suggestions=suggestions,
        related=related,
        fix=fix,
    )


def replacement(
    project: Project,
    source: Source,
    span: Span,
    written: str,
    text: str,
    safety: Safety = Safety.SAFE,
    *,
    title: str = "",
) -> Fix | None:
    """Return the fix that writes `text` for the characters of `span`, which must be `written`.

    None where that cannot be done with certainty: where the characters in the file are others
    (escapes, a variable's value), where they count as something else too, and where `text` would
    need other quotes than there are. `title` is `Write "text"` unless it is given.
    """
    way = enclosing(project, source, span)
    node = way[-1] if way else None
    if not isinstance(node, Scalar) or source.slice(span) != written:
        return None
    if "\n" in written or "\n" in text or not may_edit(project, source, span):
        return None
    is_flow = any(isinstance(part, Mapping | Sequence) and part.is_flow for part in way)
    if not _may_stand(node, span, text, is_flow=is_flow):
        return None
    return Fix(title or f'Write "{text}"', safety, (Edit(source, span, text),))


_PLAIN = expression(r"[\w./:@+=,(){}$%~^-]*")
_PLAIN_IN_FLOW = expression(r"[\w./:@+=()$%~^-]*")
_NEVER_FIRST = tuple("@%,{}")


def _may_stand(node: Scalar, span: Span, text: str, *, is_flow: bool) -> bool:
    """Tell whether `text` can stand at `span` of `node` as it is."""
    match node.style:
        case Style.DOUBLE_QUOTED:
            return not set('"\\') & set(text)
        case Style.SINGLE_QUOTED:
            return "'" not in text
        case Style.PLAIN:
            source = node.source.text
            after = source[span.end : node.end]
            whole = f"{source[node.start : span.start]}{text}{after}"
            pattern = _PLAIN_IN_FLOW if is_flow else _PLAIN
            return (
                pattern.fullmatch(text) is not None
                and whole != ""
                and not whole.startswith(_NEVER_FIRST)
                and not whole.endswith(":")
                and not (text.endswith(":") and after[:1].isspace())
            )
    return True


def unquoted(project: Project, source: Source, span: Span) -> Fix | None:
    """Return the fix that takes the quotes away from a value, whose characters are at `span`."""
    way = enclosing(project, source, span)
    node = way[-1] if way else None
    if not isinstance(node, Scalar) or node.properties is not None:
        return None
    if node.style not in (Style.SINGLE_QUOTED, Style.DOUBLE_QUOTED):
        return None
    if source.slice(Span(node.start + 1, node.end - 1)) != node.text or "$" in node.text:
        return None
    if not may_edit(project, source, span):
        return None
    return Fix("Take away the quotes", Safety.SAFE, (Edit(source, node.span, node.text),))
