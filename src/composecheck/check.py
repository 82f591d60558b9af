"""From files to a report: the stages in their order. The only place that knows them all."""

from __future__ import annotations

import codecs
import errno
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from composecheck.discovery import ComposeFile, Skipped, find, group_files, unreadable
from composecheck.finding import Severity
from composecheck.source import Source, decode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from composecheck.finding import Finding
    from composecheck.project.call import Call
    from composecheck.project.project import Project
    from composecheck.rules.selection import Selection
    from composecheck.yaml import Document

_TEXT = "<text>"


@dataclass(frozen=True, slots=True)
class Report:
    """What was found in which files.

    `findings` are sorted by the name of the file, then by position. `files` are the names of those
    that were checked, in the order in which they were. `skipped` is what could not be checked.
    """

    findings: tuple[Finding, ...]
    files: tuple[str, ...]
    skipped: tuple[Skipped, ...] = ()
    mode: Literal["text", "here"] = "text"

    def count(self, severity: Severity) -> int:
        """Return how many findings are of exactly this severity."""
        return sum(finding.severity is severity for finding in self.findings)

    @property
    def fixable(self) -> int:
        """How many findings carry a fix."""
        return sum(finding.fix is not None for finding in self.findings)

    @property
    def worst(self) -> Severity | None:
        """The highest severity among the findings; None if there are none."""
        return max((finding.severity for finding in self.findings), default=None)


def check(
    paths: Sequence[Path | str] = (),
    *,
    is_here: bool = False,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
) -> Report:
    """Check files: those that `paths` mean (see `discovery.find`), by default the project here.

    `is_here` asks whether Compose would take the project here and now: variables that are not set
    are blank then, and files that are absent are errors. Otherwise what depends on either is judged
    only by what holds wherever the files may be used.

    `select` and `ignore` are names of rules and categories. Raises UnknownRule for a name that is
    neither. What cannot be read or checked is `skipped` in the report, and the others are checked;
    that goes for a mistake of our own, too, unless COMPOSECHECK_DEBUG is set in the environment.
    """
    selection = _selection(select, ignore)
    found = find(paths)
    outcomes = []
    for group in group_files(found.files):
        # Where an override file is checked too, it may say what the file beside it does not.
        members = [_check_file(file, may_be_empty=len(group) > 1) for file in group]
        outcomes += members
        if not any(file.is_override for file in group[:1]):
            outcomes += _check_group(group, members, is_here=is_here)
    return _report(outcomes, selection, found.skipped, mode="here" if is_here else "text")


def check_text(
    text: str,
    name: str = _TEXT,
    *,
    is_override: bool = False,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
) -> Report:
    """Check one file's text; `name` is what to call it in the report.

    `is_override` says that it is made to be laid over another file, so that it may lack what that
    one supplies. For `select` and `ignore` see `check`.
    """
    return _check_source(_source(text, name), select, ignore, is_override=is_override)


def check_bytes(
    data: bytes,
    name: str = _TEXT,
    *,
    is_override: bool = False,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
) -> Report:
    """Check one file's bytes; as `check_text`, but decoded as Compose decodes a file."""
    return _check_source(_source(data, name), select, ignore, is_override=is_override)


def load(text: str | bytes, name: str = _TEXT) -> Document:
    """Read YAML into a Document, whose tree knows the characters of everything in it.

    What is wrong with the YAML is in its `findings`; `name` is what to call the text there.
    """
    from composecheck.yaml import load as load_source

    return load_source(_source(text, name))


def _source(text: str | bytes, name: str) -> Source:
    if isinstance(text, bytes):
        return decode(text, name)
    if text.startswith("\ufeff"):
        return Source(name, text[1:], byte_order_mark=codecs.BOM_UTF8)
    return Source(name, text)


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What came of one file, or of several together.

    `blocking` are findings that kept some of it from being judged; `document` is the file as YAML,
    if it could be read. `is_file` is False for what several files add up to.
    """

    name: str
    findings: tuple[Finding, ...] = ()
    blocking: tuple[Finding, ...] = ()
    refusal: str | None = None
    document: Document | None = None
    is_file: bool = True


def _check_source(
    source: Source, select: Iterable[str], ignore: Iterable[str], *, is_override: bool
) -> Report:
    selection = _selection(select, ignore)
    outcome = _judge(source, is_override=is_override, may_be_empty=is_override)
    outcomes = [outcome]
    if not is_override:
        from composecheck.project.call import Call
        from composecheck.project.files import ComposeFile as ProjectFile

        document = outcome.document
        files = (ProjectFile(None, document),) if document is not None else ()
        outcomes += _judge_together(outcomes, Call(files, read=_read_nothing))
    return _report(outcomes, selection)


def _read_nothing(path: Path) -> bytes:
    raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))


def _check_group(
    group: Sequence[ComposeFile], members: Sequence[_Outcome], *, is_here: bool
) -> list[_Outcome]:
    """Judge what the files of a group add up to; each by itself was judged before."""
    from composecheck.project.call import Call
    from composecheck.project.environment import process_environment
    from composecheck.project.files import ComposeFile as ProjectFile

    files = tuple(
        ProjectFile(file.path and Path(os.path.abspath(file.path)), member.document)  # noqa: PTH100 - resolve() would follow links
        for file, member in zip(group, members, strict=True)
        if member.document is not None
    )
    try:
        call = Call(files, environment=process_environment(), is_here=is_here)
        return _judge_together(members, call)
    except Exception as error:
        if os.environ.get("COMPOSECHECK_DEBUG"):
            raise
        return [_Outcome(group[0].name, refusal=our_mistake(error), is_file=False)]


def _judge_together(members: Sequence[_Outcome], call: Call) -> list[_Outcome]:
    """Judge the project of `call`, unless what was found in its files leaves none to judge."""
    errors = [
        finding
        for member in members
        for finding in (*member.blocking, *member.findings)
        if finding.severity is Severity.ERROR
    ]
    is_broken = any(
        member.document is None or not member.document.is_complete or member.blocking
        for member in members
    )
    # A section or a service that stands where it does not belong is missing elsewhere.
    if is_broken or any(len(error.path) < 3 for error in errors):
        return []
    from composecheck.project.project import load_project
    from composecheck.rules import judge_project

    wrong = {error.path[:2] for error in errors}
    project = load_project(call)
    found = judge_project(project)
    if call.is_here and not project.partial_services:
        found += _judge_stages(project)
    findings = [finding for finding in found if finding.path[:2] not in wrong]
    return [_Outcome(members[0].name, tuple(findings), is_file=False)]


def _check_file(file: ComposeFile, *, may_be_empty: bool) -> _Outcome:
    try:
        source = decode(_read(file.path), file.name)
    except OSError as error:
        return _Outcome(file.name, refusal=unreadable(error))
    try:
        return _judge(source, is_override=file.is_override, may_be_empty=may_be_empty)
    except Exception as error:
        if os.environ.get("COMPOSECHECK_DEBUG"):
            raise
        return _Outcome(file.name, refusal=our_mistake(error))


def _judge_stages(project: Project) -> list[Finding]:
    """Judge the shape that values have once variables are replaced: `container_name: ${UNSET}`."""
    from composecheck.schema import judge_shape

    found = {}
    for stage in project.stages:
        for finding in judge_shape(stage.root):
            if finding.severity is Severity.ERROR:
                found[finding.rule, finding.source.name, finding.span] = finding
    return list(found.values())


def _read(path: Path | None) -> bytes:
    """Read a file, or standard input, but never more than tells that it is too long for us."""
    from composecheck.yaml import limits

    most = 4 * limits.FILE_SIZE + 4  # no code point has more than four bytes, nor has a mark
    if path is not None:
        with path.open("rb") as file:
            return file.read(most)
    if sys.stdin is None:  # so it is in a process that was started without one
        raise OSError("standard input is closed")
    return sys.stdin.buffer.read(most)


def our_mistake(error: Exception) -> str:
    """Say in whole sentences that composecheck itself failed, and what to do."""
    return (
        f"This is a mistake in composecheck itself ({type(error).__name__}: {error}). Please report"
        " it to its makers with the file, if you can, and with what is printed when the variable"
        " COMPOSECHECK_DEBUG is set to 1."
    )


def _judge(source: Source, *, is_override: bool, may_be_empty: bool) -> _Outcome:
    """Take one file through the stages."""
    from composecheck.yaml import load as load_source

    document = load_source(source)
    if document.refusal is not None:
        return _Outcome(source.name, refusal=f"Composecheck cannot read it: {document.refusal}.")
    from composecheck.schema import judge_emptiness, judge_shape

    # Mistakes of other kinds than syntax (a key twice, say) leave trees; their shape is what it is.
    # Behind a syntax error nothing is judged, and whoever selects other rules must know of it.
    end_of_trees = document.roots[-1].end if document.roots else 0
    findings: list[Finding] = []
    blocking: list[Finding] = []
    for finding in document.findings:
        is_blocking = not document.is_complete and finding.span.start >= end_of_trees
        (blocking if is_blocking else findings).append(finding)
    for index, root in enumerate(document.roots):
        # A later document of a file is laid over the earlier ones.
        findings.extend(judge_shape(root, is_override=is_override or index > 0))
    if document.is_complete and not may_be_empty:
        findings.extend(judge_emptiness(source, document.roots))
    return _Outcome(source.name, tuple(findings), tuple(blocking), document=document)


def _selection(select: Iterable[str], ignore: Iterable[str]) -> Selection:
    from composecheck.rules.selection import selection

    return selection(select, ignore)


def _report(
    outcomes: Sequence[_Outcome],
    selection: Selection,
    skipped: Sequence[Skipped] = (),
    *,
    mode: Literal["text", "here"] = "text",
) -> Report:
    findings = [finding for outcome in outcomes for finding in _spoken_findings(outcome, selection)]
    findings.sort(key=lambda finding: (finding.source.name, finding.span.start, finding.span.end))
    refused = [
        Skipped(outcome.name, outcome.refusal)
        for outcome in outcomes
        if outcome.refusal is not None
    ]
    return Report(
        findings=tuple(findings),
        files=tuple(
            outcome.name for outcome in outcomes if outcome.is_file and outcome.refusal is None
        ),
        skipped=(*skipped, *refused),
        mode=mode,
    )


def _spoken_findings(outcome: _Outcome, selection: Selection) -> Iterator[Finding]:
    from composecheck.rules import rule_named

    for finding in outcome.blocking:
        # Whoever selects other rules must not take the silence for an all-clear.
        if not selection.ignores(rule_named(finding.rule)):
            yield finding
    for finding in outcome.findings:
        if selection.keeps(rule_named(finding.rule)):
            yield finding
