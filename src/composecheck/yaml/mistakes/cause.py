"""A possible cause of a syntax problem, with the change that would remove it."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct

from composecheck.expressions import expression
from composecheck.finding import Edit, Finding, Fix, Related, Safety, Severity
from composecheck.source import Source, Span
from composecheck.yaml.mistakes.surroundings import Offsets, offsets

if TYPE_CHECKING:
    from composecheck.finding import Path
    from composecheck.yaml.mistakes.lines import Layout, Line
    from composecheck.yaml.mistakes.problem import SyntaxProblem

_INNER_COLON = expression(r":(?=[ \t]|\Z)")

Change = tuple[Span, str]
"""Replace these characters by that text."""


class Cause(Struct, frozen=True):
    """One possible mistake: where it is, what to say of it, and the changes that repair it.

    `cost` orders the causes of one problem: the lower, the more plausible. `offered` says whether
    the repair is exact enough to be offered as a fix.
    """

    rule: str
    span: Span
    message: str
    remedy: str
    changes: tuple[Change, ...] = ()
    title: str = ""
    safety: Safety = Safety.SAFE
    cost: float = 1.0
    offered: bool = True
    related: tuple[tuple[Span, str], ...] = ()
    suggestions: tuple[str, ...] = ()
    parts: tuple[Cause, ...] = ()
    """Where several lines in a row have mistakes that hide each other: one cause for each."""


class Scene(Struct, frozen=True, dict=True):
    """A text that cannot be read, its lines, and what the parser said."""

    source: Source
    layout: Layout
    problem: SyntaxProblem

    @property
    def text(self) -> str:
        """The text."""
        return self.source.text

    @cached_property
    def line_break(self) -> str:
        """How this file ends its lines."""
        match = re.search(r"\r\n|\n|\r", self.source.text)
        return match.group() if match else "\n"

    @cached_property
    def offsets(self) -> Offsets:
        """How far right of their keys things stand in this file."""
        return offsets(self.layout)

    @cached_property
    def problem_line(self) -> Line:
        """The line that the parser complained about."""
        return self.layout.line_at(self.problem.offset)

    def before(self, line: Line) -> Line | None:
        """Return the nearest line above `line` that has content."""
        return self.layout.before(line)

    def after(self, line: Line) -> Line | None:
        """Return the nearest line below `line` that has content."""
        return self.layout.after(line)


def to_finding(source: Source, cause: Cause, path: Path = ()) -> Finding:
    """Return the finding that `cause` is."""
    fix = None
    if cause.offered and cause.changes and cause.title:
        edits = tuple(Edit(source, span, text) for span, text in cause.changes)
        fix = Fix(cause.title, cause.safety, edits)
    return Finding(
        rule=cause.rule,
        severity=Severity.ERROR,
        message=cause.message,
        source=source,
        span=cause.span,
        remedy=cause.remedy,
        path=path,
        suggestions=cause.suggestions,
        related=tuple(Related(source, span, what) for span, what in cause.related),
        fix=fix,
    )


def quoted(text: str) -> str:
    """Return `text` in the quotes that keep every character of it."""
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"


def as_value(value: str) -> str:
    """Return `value` as it can stand behind a key: in quotes if it would not be read as it is."""
    if value[:1] in "\"'[{|>" or re.match(r"[&*!]\w[\w-]*(?:[ \t]|\Z)", value):
        return value
    if _INNER_COLON.search(value) or value[:1] in "@`%*&!#,]}" or value.startswith(("- ", "? ")):
        return quoted(value)
    return value


def shown(text: str, limit: int = 60) -> str:
    """Return `text` on one line in double quotes, as messages show what somebody wrote.

    Text that is itself in double quotes stays as it is; text with double quotes in it is shown in
    other ones, so that its own can be told from ours.
    """
    flat = " ".join(text.split())
    if len(flat) > limit:
        flat = flat[: limit - 1].rstrip() + "…"
    if '"' not in flat:
        return f'"{flat}"'
    if len(flat) > 1 and flat[0] == flat[-1] == '"' and '"' not in flat[1:-1]:
        return flat
    return f"'{flat}'" if "'" not in flat else f"`{flat}`"


def blanks(count: int) -> str:
    """Return how many blanks that is, in words."""
    if count == 0:
        return "no blanks"
    return "1 blank" if count == 1 else f"{count} blanks"
