"""Whether Compose takes a project: what is found in its files, and on the way to the whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from composecheck.config.wording import in_words
from composecheck.finding import Severity
from composecheck.project.files import display_name
from composecheck.project.problem import UNKNOWN_HERE, Fault
from composecheck.schema import judge_shape
from composecheck.schema.accept import fits
from composecheck.schema.grammar import compose_file
from composecheck.schema.tree import build_tree
from composecheck.yaml.walk import find

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composecheck.finding import Finding
    from composecheck.project.loading import Stage
    from composecheck.project.problem import Problem
    from composecheck.project.project import Project
    from composecheck.source import Source, Span

_NAMED_IN_THE_CALL = frozenset(
    {
        Fault.NO_FILES,
        Fault.FILE_ABSENT,
        Fault.FILE_UNREADABLE,
        Fault.ENV_FILE_ABSENT,
        Fault.ENV_FILE_UNREADABLE,
    }
)
"""What cannot be done, rather than what is wrong with the files, if no file speaks of it."""

_OF_ENV_FILES = frozenset(
    {
        Fault.ENV_FILE_ABSENT,
        Fault.ENV_FILE_UNREADABLE,
        Fault.ENV_FILE_FORMAT,
        Fault.ENV_FILE_INVALID,
    }
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What keeps a project from being printed, a line for each; nothing if it can be.

    `refusals` are for what Compose would refuse, `obstacles` are sentences for what cannot be known
    or done. `warnings` are lines for what Compose warns of.
    """

    refusals: tuple[str, ...]
    obstacles: tuple[str, ...]
    warnings: tuple[str, ...]


def judge(project: Project, *, reads_env_files: bool = True) -> Verdict:
    """Judge a project: the YAML and the shape of each file, and what went wrong on the way.

    What only the whole shows, such as a volume that is defined nowhere, is not judged. Without
    `reads_env_files`, nor are the files that services have their variables and labels from.
    """
    findings = [found for found in _findings(project) if found.severity is Severity.ERROR]
    lines = [
        (
            (finding.source.name, finding.span.start),
            f"{_place(finding.source, finding.span)} error[{finding.rule}] {finding.text}",
        )
        for finding in findings
    ]
    obstacles: list[str] = []
    for problem in project.problems:
        if not reads_env_files and _is_of_service(problem, project):
            continue
        is_of_call = problem.source is None and problem.fault in _NAMED_IN_THE_CALL
        if problem.fault in UNKNOWN_HERE or is_of_call:
            obstacles.append(f"{_mention(problem)}{in_words(problem)}")
        elif problem.source is None or problem.span is None:
            lines.append((("", 0), f"error: {in_words(problem)}"))
        elif not _is_told(problem.source, problem.span, findings):
            place = _place(problem.source, problem.span)
            order = (problem.source.name, problem.span.start)
            lines.append((order, f"{place} error: {in_words(problem)}"))
    lines.sort(key=lambda line: line[0])
    return Verdict(
        refusals=tuple(dict.fromkeys(text for _, text in lines)),
        obstacles=tuple(dict.fromkeys(obstacles)),
        warnings=tuple(_unset(project)),
    )


def _is_of_service(problem: Problem, project: Project) -> bool:
    """Tell whether it is about a file that a service names, not an `include` or the call."""
    if problem.fault not in _OF_ENV_FILES or problem.source is None or problem.span is None:
        return False
    places = [(problem.source, problem.span)]
    if problem.fault is Fault.ENV_FILE_INVALID:
        folder = project.call.working_folder
        places = [
            (file.asked_by.source, file.asked_by.span)
            for file in project.read_files
            if file.asked_by is not None and display_name(file.path, folder) == problem.source.name
        ]
    return bool(places) and not any(_is_in_include(*place, project) for place in places)


def _is_in_include(source: Source, span: Span, project: Project) -> bool:
    roots = [root for file in project.files for root in file.document.roots]
    includes = (find(root, ("include",)) for root in roots if root.source is source)
    return any(node.start <= span.start and span.end <= node.end for node in includes if node)


def _findings(project: Project) -> Iterator[Finding]:
    # Of a file from which a service is extended, Compose judges what becomes of that service; and
    # of any file, what it is once everything is in it that it includes and extends.
    misshapen = {id(stage.source) for stage in project.stages if not _is_in_shape(stage)}
    for number, file in enumerate(project.files):
        document = file.document
        yield from document.findings
        if id(document.source) not in misshapen:
            continue
        for index, root in enumerate(document.roots):
            is_laid_over = number > 0 or index > 0 or find(root, ("include",)) is not None
            yield from judge_shape(root, is_override=is_laid_over)


def _is_in_shape(stage: Stage) -> bool:
    shape = compose_file()
    return fits(build_tree(stage.root, shape, is_partial=False).data, shape)


def _is_told(source: Source, span: Span, findings: list[Finding]) -> bool:
    """Tell whether one of `findings` speaks of these characters already."""
    return any(
        finding.source is source
        and finding.span.start <= max(span.start, span.end - 1)
        and span.start <= max(finding.span.start, finding.span.end - 1)
        for finding in findings
    )


def _unset(project: Project) -> Iterator[str]:
    """Yield a line for each variable that is not set, at the place of its first use."""
    names: set[str] = set()
    for use in project.unset:
        if use.variable.name not in names:
            names.add(use.variable.name)
            yield (
                f"{_place(use.source, use.variable.span)} warning: The variable"
                f' "{use.variable.name}" is not set; Compose puts nothing in its place.'
            )


def _place(source: Source, span: Span) -> str:
    position = source.position(span.start)
    return f"{source.name}:{position.line}:{position.column}:"


def _mention(problem: Problem) -> str:
    """Return where a sentence about an obstacle comes from, if a file speaks of it."""
    if problem.source is None:
        return ""
    if problem.span is None:
        return f"{problem.source.name}: "
    return f"{_place(problem.source, problem.span)} "
