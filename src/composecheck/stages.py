"""One call of Compose, judged: its files one by one, then what they add up to."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from composecheck.discovery import Skipped, absent, display_name, unreadable
from composecheck.finding import Severity
from composecheck.garbage import put_off
from composecheck.project.call import BASE_NAMES, settle
from composecheck.project.files import STANDARD_INPUT
from composecheck.project.problem import Fault
from composecheck.rules.consequences import without_consequences
from composecheck.rules.place_less import place_less

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from composecheck.finding import Finding
    from composecheck.project.call import Call, Setting
    from composecheck.project.files import ComposeFile
    from composecheck.project.project import Project
    from composecheck.source import Source
    from composecheck.yaml import Document

NO_FILES = (
    f"There is no Compose file ({', '.join(BASE_NAMES[:-1])} or {BASE_NAMES[-1]}) in this folder or"
    ' above it. To search the folders below, name this one: "composecheck check .".'
)

SUPPLIED_ELSEWHERE = frozenset(
    {
        "config-undefined",
        "file-empty",
        "job-dependency",
        "key-missing",
        "model-undefined",
        "network-undefined",
        "port-no-target",
        "secret-undefined",
        "service-no-image",
        "service-undefined",
        "source-missing",
        "volume-incomplete",
        "volume-undefined",
        "watch-target-missing",
    }
)
"""Rules about what is missing, which a file may leave to the ones that it is used with."""


class Judgement(Struct, frozen=True):
    """What came of one call.

    `blocking` are findings that kept something from being judged: behind a syntax error, nothing
    is. `files` are those of the call that could be read, `sources` all Compose files that were
    judged, `skipped` is what could not be. `project` is what the files add up to; None where a
    mistake of ours kept them from being put together. `complaints` are sentences on what is wrong
    with the call itself, and stands in no file.
    """

    findings: tuple[Finding, ...]
    blocking: tuple[Finding, ...]
    files: tuple[ComposeFile, ...]
    sources: tuple[Source, ...]
    skipped: tuple[Skipped, ...]
    project: Project | None
    complaints: Mapping[Fault, str] = field(default_factory=dict)

    @property
    def all_findings(self) -> tuple[Finding, ...]:
        """All findings, blocking or not."""
        return (*self.blocking, *self.findings)

    @property
    def has_errors(self) -> bool:
        """Whether something was found that Compose refuses."""
        return any(finding.severity is Severity.ERROR for finding in self.all_findings)


class _File(Struct, frozen=True):
    """What the text of one file is found to be. `blocking` as in Judgement."""

    document: Document
    findings: tuple[Finding, ...]
    blocking: tuple[Finding, ...]

    @property
    def source(self) -> Source:
        return self.document.source


def judge_call(call: Call) -> Judgement:
    """Take all files of a call through the stages.

    What cannot be read or checked is `skipped`, and the rest is checked; that goes for a mistake of
    our own, too, unless COMPOSECHECK_DEBUG is set in the environment.
    """
    with put_off():
        return _judge(call)


def _judge(call: Call) -> Judgement:
    setting = settle(call)
    skipped = list(_not_read(setting))
    files: list[_File] = []
    may_be_empty = call.is_part or len(setting.files) != 1
    for file in setting.files:
        try:
            files.append(_judge_file(file.document, may_be_empty=may_be_empty))
        except Exception as error:
            skipped.append(_our_mistake_with(file, error))
    project: Project | None = None
    found: list[Finding] = []
    try:
        project, found = _judge_together(call, setting, files, skipped)
    except Exception as error:
        skipped += [_our_mistake_with(file, error) for file in setting.files[:1]]
    of_files = (finding for file in files for finding in file.findings)
    return Judgement(
        findings=tuple(without_consequences([*of_files, *found], is_here=call.is_here)),
        blocking=tuple(finding for file in files for finding in file.blocking),
        files=setting.files,
        sources=tuple(file.source for file in files if file.document.refusal is None),
        skipped=tuple(skipped),
        project=project,
        complaints={} if project is None else place_less(project),
    )


def _judge_file(document: Document, *, may_be_empty: bool) -> _File:
    """Judge the YAML of one file, and whether it says anything."""
    if document.refusal is not None:
        return _File(document, (), ())
    from composecheck.schema import judge_emptiness

    # Behind a syntax error nothing is judged, and whoever selects other rules must know of it.
    end_of_trees = document.roots[-1].end if document.roots else 0
    findings: list[Finding] = []
    blocking: list[Finding] = []
    for finding in document.findings:
        is_blocking = not document.is_complete and finding.span.start >= end_of_trees
        (blocking if is_blocking else findings).append(finding)
    if document.is_complete and not may_be_empty:
        findings.extend(judge_emptiness(document.source, document.roots))
    return _File(document, tuple(findings), tuple(blocking))


def _judge_together(
    call: Call, setting: Setting, files: list[_File], skipped: list[Skipped]
) -> tuple[Project, list[Finding]]:
    """Put the files together and judge that, unless what was found in them leaves none to judge.

    What is included or extended is added to `files`, or to `skipped`.
    """
    from composecheck.project.project import put_together
    from composecheck.rules import judge_project
    from composecheck.schema import judge_stages

    project = put_together(call, setting)
    files += [
        # Other files supply what is missing in them.
        _judge_file(file.document, may_be_empty=True)
        for file in project.files[len(setting.files) :]
    ]
    skipped += _beyond_us(project)
    # Mistakes of YAML other than syntax (a key twice, say) leave trees; their shape is what it is.
    shape = judge_stages(project)
    said = [finding for file in files for finding in (*file.blocking, *file.findings)]
    said += shape
    errors = [finding for finding in said if finding.severity is Severity.ERROR]
    is_broken = any(
        file.document.refusal is not None or not file.document.is_complete or file.blocking
        for file in files
    )
    # A section or a service that stands where it does not belong is missing elsewhere.
    if is_broken or any(len(error.path) < 3 for error in errors):
        return project, shape
    found = judge_project(project)
    if not call.is_here:
        found += _judge_defaults(project, setting, [*said, *found])
    kept = [finding for finding in found if not _follows(finding, errors)]
    if call.is_part:
        kept = [finding for finding in kept if finding.rule not in SUPPLIED_ELSEWHERE]
    return project, [*shape, *kept]


_OF_ONE_VALUE = frozenset({"list-duplicate", "value-not-allowed", "value-pattern"})
"""Rules on the shape of one value, which hide nothing that is beside it."""


_OF_ITS_CHARACTERS = frozenset(
    {
        "default-quoted",
        "dollar-swallowed",
        "environment-leading-blank",
        "environment-quotes",
        "environment-rewritten",
        "environment-yes-no",
        "key-blank",
        "pasted-character",
        "port-unquoted",
        "restart-unknown",
        "text-comment",
        "text-newline",
        "value-marked",
        "variable-unset",
    }
)
"""Rules on how one value is written, which follow from nothing that is beside it."""


def _follows(finding: Finding, errors: list[Finding]) -> bool:
    """Whether `finding` may follow from one of `errors`."""
    return any(_may_cause(error, finding) for error in errors)


def _may_cause(error: Finding, finding: Finding) -> bool:
    """Whether `finding` may follow from `error`: in the same service, or in the same characters."""
    if finding.rule in _OF_ITS_CHARACTERS:
        one, other = error.span, finding.span
        overlap = one.start <= other.start < one.end or other.start <= one.start < other.end
        return overlap and error.source is finding.source
    if error.rule in _OF_ONE_VALUE:
        return error.span == finding.span and error.source is finding.source
    return error.path[:2] == finding.path[:2]


def _judge_defaults(project: Project, setting: Setting, found: list[Finding]) -> list[Finding]:
    """Judge what the project is as long as no variable that has a default is set."""
    from composecheck.project.project import put_together
    from composecheck.rules import judge_project
    from composecheck.rules.defaults import hangs_on_defaults, warn_of_defaults
    from composecheck.schema import judge_stages

    call = replace(project.call, assumes_defaults=True)
    if project.unset:
        # What a `.env` sets may have a default, too.
        known = settle(replace(call, files=setting.files)).environment
        setting = replace(setting, environment={**known, **setting.environment})
    is_set_by_default = any(use.variable.name in setting.environment for use in project.unset)
    if not is_set_by_default and not hangs_on_defaults(project):
        return []
    assumed = put_together(call, setting)
    return warn_of_defaults(project, found, [*judge_stages(assumed), *judge_project(assumed)])


def _not_read(setting: Setting) -> Iterator[Skipped]:
    """Yield what the call names and cannot be had."""
    for problem in setting.problems:
        if problem.source is not None:
            continue
        error = problem.payload
        match problem.fault:
            case Fault.NO_FILES:
                yield Skipped(".", NO_FILES)
            case Fault.FILE_ABSENT | Fault.ENV_FILE_ABSENT:
                yield Skipped(_called(problem.name), absent(Path(problem.name)))
            case Fault.FILE_UNREADABLE | Fault.ENV_FILE_UNREADABLE if isinstance(error, OSError):
                yield Skipped(_called(problem.name), unreadable(error))


def _called(name: str) -> str:
    return "<stdin>" if name == STANDARD_INPUT else display_name(Path(name))


def _beyond_us(project: Project) -> Iterator[Skipped]:
    """Yield the files of a project that go beyond what we take on."""
    for problem in project.problems:
        if problem.fault is Fault.TOO_MUCH and problem.source is not None:
            yield Skipped(problem.source.name, f"Composecheck cannot read it: {problem.name}.")


def _our_mistake_with(file: ComposeFile, error: Exception) -> Skipped:
    if os.environ.get("COMPOSECHECK_DEBUG"):
        raise error
    return Skipped(file.document.source.name, our_mistake(error))


def our_mistake(error: Exception) -> str:
    """Say in whole sentences that composecheck itself failed, and what to do."""
    return (
        f"This is a mistake in composecheck itself ({type(error).__name__}: {error}). Please report"
        " it to its makers with the file, if you can, and with what is printed when the variable"
        " COMPOSECHECK_DEBUG is set to 1."
    )
