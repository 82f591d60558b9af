"""Compose files that another one names, by `extends` or `include`, and that are not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Related, Severity
from composecheck.project.problem import Fault
from composecheck.rules.places import find_at
from composecheck.schema.words import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composecheck.finding import Finding
    from composecheck.project.problem import Problem
    from composecheck.project.project import Project
    from composecheck.source import Source, Span

_REFUSES = "Compose refuses the project"


def problems_of(project: Project, fault: Fault) -> Iterator[tuple[Problem, Source, Span]]:
    """Yield the problems of one kind that have a place, with it."""
    for problem in project.problems:
        source, span = problem.source, problem.span
        if problem.fault is fault and source is not None and span is not None:
            yield problem, source, span


def absent_files(project: Project, rule_name: str, problems: list[Problem]) -> Iterator[Finding]:
    """Yield a finding for each Compose file that cannot be read, however often it is named."""
    groups: dict[tuple[Fault, str], list[Problem]] = {}
    for problem in problems:
        if problem.fault in (Fault.FILE_ABSENT, Fault.FILE_UNREADABLE):
            groups.setdefault((problem.fault, problem.name), []).append(problem)
    for (fault, name), named in groups.items():
        places = [
            (problem.source, problem.span)
            for problem in named
            if problem.source is not None and problem.span is not None
        ]
        if not places:
            continue
        (source, span), *others = places
        if fault is Fault.FILE_ABSENT:
            clause, remedy = f"{quoted(name)} is not there", "Create it, or correct its name."
        elif isinstance(named[0].payload, IsADirectoryError):
            clause, remedy = f"{quoted(name)} is a folder", "Write the name of a file."
        else:
            clause, remedy = f"{quoted(name)} cannot be read", "See to it that it may be read."
        yield find_at(
            project,
            rule_name,
            Severity.ERROR if project.call.is_here else Severity.NOTE,
            source,
            span,
            f"{clause}; {_REFUSES}."
            if project.call.is_here
            else f"{clause}, so what it holds is unknown; where it stays so, {_REFUSES}.",
            remedy,
            related=tuple(Related(*place, "It is named here as well.") for place in others),
        )


def remote_files(project: Project, rule_name: str, problems: list[Problem]) -> Iterator[Finding]:
    """Yield a finding for each Compose file that would have to be fetched."""
    groups: dict[str, list[tuple[Source, Span]]] = {}
    for problem in problems:
        source, span = problem.source, problem.span
        if problem.fault is Fault.REMOTE and source is not None and span is not None:
            groups.setdefault(problem.name, []).append((source, span))
    for name, ((source, span), *others) in groups.items():
        yield find_at(
            project,
            rule_name,
            Severity.NOTE,
            source,
            span,
            f"{quoted(name)} is not on this machine, and composecheck fetches nothing; what it"
            " holds is unknown, and so is what depends on it.",
            related=tuple(Related(*place, "It is named here as well.") for place in others),
        )
