"""What rules on texts that Compose hands on to Docker share: the text, and what is said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Safety, Severity
from composecheck.project.reading import text_of
from composecheck.rules.places import find_at, replacement, visible
from composecheck.yaml.nodes import Scalar

if TYPE_CHECKING:
    from composecheck.finding import Finding
    from composecheck.language.traced import Traced
    from composecheck.project.project import Project
    from composecheck.yaml.nodes import Node


def known_text(node: Node, project: Project) -> Traced | None:
    """Return the text of a value; None if it is none, empty, or depends on a variable."""
    text = project.text(node) if isinstance(node, Scalar) and text_of(node) is not None else None
    return text if text is not None and text.is_known and len(text) else None


def find_text(
    project: Project,
    rule: str,
    text: Traced,
    message: str,
    remedy: str,
    meant: tuple[str, ...] = (),
    *,
    can_fix: bool = True,
) -> Finding:
    """Return the warning that `text`, which must be known, is wrong.

    It has the fix that writes the first of what is `meant`, where that can be done.
    """
    fix = None
    if meant and can_fix:
        fix = replacement(project, text.source, text.span, text.text, meant[0], Safety.UNSAFE)
    return find_at(
        project,
        rule,
        Severity.WARNING,
        text.source,
        visible(project, text.source, text.span),
        message,
        remedy,
        suggestions=meant if fix is not None or not can_fix else (),
        fix=fix,
    )
