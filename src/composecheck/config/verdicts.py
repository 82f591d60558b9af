"""Whether there is anything to print: what Compose would refuse, and what cannot be known.

`docker compose config` does not judge everything whatever it is asked for: its lists need less of a
project than all of it does. (Facts: docker/compose, `cmd/compose/config.go`, measured.)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from composecheck.config.kept_variables import misplaced_texts
from composecheck.finding import Severity
from composecheck.project.files import display_name
from composecheck.project.problem import Fault
from composecheck.rules import container_names, env_files
from composecheck.rules.marks import path_at
from composecheck.stages import NO_FILES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composecheck.discovery import Skipped
    from composecheck.finding import Finding
    from composecheck.project.problem import Problem
    from composecheck.project.project import Project
    from composecheck.stages import Judgement

WITHOUT_ENV_FILES = frozenset({"services", "volumes", "networks", "models"})
"""Lists for which Compose does not read the env files of services."""

_OF_ENV_FILES = frozenset(
    {
        Fault.ENV_FILE_ABSENT,
        Fault.ENV_FILE_UNREADABLE,
        Fault.ENV_FILE_FORMAT,
        Fault.ENV_FILE_INVALID,
    }
)
_ENV_FILE_RULES = frozenset({"env-file-absent", "env-file-format", "env-file-syntax"})

_WITHOUT_VALUES = frozenset(
    {
        *_ENV_FILE_RULES,
        "device-count-and-ids",
        "extends-cycle",
        "extends-file-absent",
        "extends-undefined",
        "external-names-differ",
        "file-empty",
        "include-absent",
        "include-cycle",
        "key-missing",
        "key-unknown",
        "list-duplicate",
        "merge-clash",
        "name-invalid",
        "port-no-target",
        "project-name-empty",
        "source-missing",
        "source-twice",
        "value-not-allowed",
        "value-pattern",
        "value-type",
        "volume-external-keys",
        "watch-path-empty",
    }
)
"""Rules on what Compose judges even where variables stay as they are written."""

_WITHOUT_SHAPE = frozenset(
    {
        *_ENV_FILE_RULES,
        "extends-cycle",
        "extends-file-absent",
        "extends-undefined",
        "external-names-differ",
        "file-empty",
        "include-absent",
        "include-cycle",
        "merge-clash",
        "port-no-target",
    }
)
"""Rules on what Compose needs to put files together at all, whatever is in them."""


class Verdict(Struct, frozen=True):
    """What stands in the way of printing.

    `refusals` are the findings for which Compose refuses, in the order of the files; `complaints`
    are whole sentences on what it refuses of the call itself. `obstacles` are sentences on what is
    unknown to us. `unset` are the findings on variables that are not set here.
    """

    refusals: tuple[Finding, ...]
    complaints: tuple[str, ...]
    obstacles: tuple[str, ...]
    unset: tuple[Finding, ...]

    @property
    def is_refused(self) -> bool:
        """Whether Compose refuses."""
        return bool(self.refusals or self.complaints)


def judge(
    judgement: Judgement,
    project: Project,
    asked: str = "",
    *,
    reads_env_files: bool = True,
    is_selected: bool = False,
) -> Verdict:
    """Return what stands in the way of printing `project`, the one of `judgement`.

    `asked` is the list that is asked for, one of `printing.LISTS`; empty for the whole project.
    Without `reads_env_files`, what is wrong with those of services does not matter. `is_selected`
    says that services are named: then `judge_services` says the rest.
    """
    is_whole = not asked and not is_selected
    found = {
        (finding.source.name, finding.span, finding.rule, finding.message): finding
        for finding in (*judgement.all_findings, *_of_kept_variables(project, asked))
    }
    findings = sorted(
        found.values(), key=lambda one: (one.source.name, one.span.start, one.span.end)
    )
    needs_env_files = (reads_env_files and asked not in WITHOUT_ENV_FILES) or any(
        problem.fault in _OF_ENV_FILES and not is_of_service(problem, project)
        for problem in project.problems
    )
    return Verdict(
        refusals=tuple(
            finding
            for finding in findings
            if finding.severity is Severity.ERROR
            and _counts(finding.rule, project, asked)
            and (is_whole or finding.rule != "container-name-taken")
            and (needs_env_files or finding.rule not in _ENV_FILE_RULES)
        ),
        complaints=tuple(_complaints(judgement, asked)),
        obstacles=tuple(_obstacles(judgement, project)),
        unset=tuple(finding for finding in findings if finding.rule == "variable-unset"),
    )


def judge_services(
    project: Project, selected: Project, *, reads_env_files: bool = True
) -> tuple[Finding, ...]:
    """Return the findings for which Compose refuses what was selected of `project`.

    The names of containers are asked of what is selected alone; and the env files of services that
    a profile had kept off are new to it (measured). Of these, Compose judges nothing else.
    """
    found = [*container_names.container_name_taken(selected)]
    problems = selected.problems[len(project.problems) :]
    if problems and reads_env_files:
        alone = replace(selected, problems=problems)
        found += [finding for function in env_files.RULES for finding in function(alone)]
    return tuple(finding for finding in found if finding.severity is Severity.ERROR)


def _of_kept_variables(project: Project, asked: str) -> Iterator[Finding]:
    if project.call.keep_variables and asked != "variables":
        yield from misplaced_texts(project)


def _counts(rule: str, project: Project, asked: str) -> bool:
    """Tell whether Compose asks what this rule is about."""
    if project.call.keep_variables and not rule.startswith("yaml-"):
        return rule in (_WITHOUT_SHAPE if asked == "variables" else _WITHOUT_VALUES)
    return True


def _complaints(judgement: Judgement, asked: str) -> Iterator[str]:
    for fault, sentence in judgement.complaints.items():
        is_of_name = (
            fault is Fault.NAME_EMPTY and asked == "variables"
        )  # which belong to no project
        if fault is not Fault.REMOTE and not is_of_name:
            yield sentence


def _obstacles(judgement: Judgement, project: Project) -> Iterator[str]:
    for skipped in judgement.skipped:
        yield in_words(skipped)
    for problem in project.problems:
        if problem.fault is Fault.REMOTE:
            place = ""
            if problem.source is not None and problem.span is not None:
                position = problem.source.position(problem.span.start)
                place = f"{problem.source.name}:{position.line}:{position.column}: "
            yield (
                f'{place}"{problem.name}" would have to be fetched, which composecheck never does;'
                " what is in it is unknown, and so is what the project adds up to."
            )


def in_words(skipped: Skipped) -> str:
    """Return what to say of something that was named and cannot be read or judged."""
    if skipped.reason == NO_FILES:
        return 'There is no Compose file here, nor in a folder above; name one with "-f".'
    return f'"{skipped.file}": {skipped.reason}'


def is_of_service(problem: Problem, project: Project) -> bool:
    """Tell whether it is about an env file of a service, rather than of an `include` or the call.

    What is wrong with a label file is not: Compose always reads those.
    """
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
    paths = [path_at(project, source, span) for source, span in places]
    return bool(paths) and all("env_file" in path and path[0] != "include" for path in paths)
