"""What a test needs to see the mistakes of a text: the parser's words, and the findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.source import Source
from composecheck.yaml.events import parse
from composecheck.yaml.mistakes import explain_syntax

if TYPE_CHECKING:
    from composecheck.finding import Finding
    from composecheck.yaml.mistakes import SyntaxProblem


def problem_of(text: str) -> SyntaxProblem | None:
    """Return what the loader's parser says of `text`, or None if it reads it."""
    return parse(text).problem


def explain(text: str) -> list[Finding]:
    """Return the findings on a text that the parser refuses."""
    problem = problem_of(text)
    assert problem is not None, "the parser reads this"
    return explain_syntax(Source("compose.yaml", text), problem)
