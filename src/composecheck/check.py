"""From what somebody names to a report: files are found, put into groups and judged."""

from __future__ import annotations

import codecs
import errno
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from composecheck.source import Source, decode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from composecheck.discovery import Skipped
    from composecheck.finding import Finding, Severity
    from composecheck.project.call import Call
    from composecheck.rules.selection import Selection
    from composecheck.stages import Judgement
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
    files: Sequence[Path | str] = (),
    env_files: Sequence[Path | str] = (),
    profiles: Sequence[str] = (),
    project_directory: Path | str | None = None,
    is_here: bool = False,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
) -> Report:
    """Check files: those that `paths` mean (see `discovery.find`), by default the project here.

    `files` are one project, as with `docker compose -f …`: each is laid over those before it. With
    neither, the files are those that Compose takes in this folder. `paths` may be many projects;
    what belongs together is judged together. `env_files`, `profiles` and `project_directory` are
    the options of the same names of Compose, for each project.

    `is_here` asks whether Compose would take the project here and now: variables that are not set
    are blank then, and files that are absent are errors. Otherwise what depends on either is judged
    only by what holds wherever the files may be used.

    `select` and `ignore` are names of rules and categories. Raises UnknownRule for a name that is
    neither, ValueError for both `paths` and `files`, and FileNotFoundError if the working folder
    no longer exists. What cannot be read or checked is `skipped` in the report, and the others are
    checked; that goes for a mistake of our own, too, unless COMPOSECHECK_DEBUG is set in the
    environment.
    """
    if paths and files:
        raise ValueError("paths and files cannot be given together")
    selection = _selection(select, ignore)
    from composecheck.calling import call_from_here

    call = call_from_here(
        map(str, files),
        env_files=map(str, env_files),
        profiles=profiles,
        project_directory=None if project_directory is None else str(project_directory),
        is_here=is_here,
    )
    judgements, skipped = _judge_paths(paths, call) if paths else (_judge_call(call), ())
    return _report(judgements, selection, skipped, mode="here" if is_here else "text")


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


def _check_source(
    source: Source, select: Iterable[str], ignore: Iterable[str], *, is_override: bool
) -> Report:
    selection = _selection(select, ignore)
    from composecheck.project.call import Call
    from composecheck.project.files import ComposeFile
    from composecheck.yaml import load as load_source

    file = ComposeFile(None, load_source(source))
    return _report(_judge_call(Call((file,), read=_read_nothing, is_part=is_override)), selection)


def _read_nothing(path: Path) -> bytes:
    raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))


def _judge_call(call: Call) -> list[Judgement]:
    from composecheck.stages import judge_call

    return [judge_call(call)]


def _judge_paths(
    paths: Sequence[Path | str], call: Call
) -> tuple[list[Judgement], tuple[Skipped, ...]]:
    from composecheck.companions import judge_group
    from composecheck.discovery import find, group_files
    from composecheck.project.files import join_path

    found = find(paths)
    groups = group_files(found.files)
    named = {
        join_path(call.working_folder, str(file.path))
        for group in groups
        for file in group.files
        if file.path
    }
    return [judge_group(group, call, named=named) for group in groups], found.skipped


def _selection(select: Iterable[str], ignore: Iterable[str]) -> Selection:
    from composecheck.rules.selection import selection

    return selection(select, ignore)


def _report(
    judgements: Sequence[Judgement],
    selection: Selection,
    skipped: Sequence[Skipped] = (),
    *,
    mode: Literal["text", "here"] = "text",
) -> Report:
    # A file that is part of several projects may give the same finding in each of them.
    spoken = {
        (finding.source.name, finding.span, finding.rule, finding.message): finding
        for judgement in judgements
        for finding in _spoken_findings(judgement, selection)
    }
    findings = sorted(
        spoken.values(),
        key=lambda finding: (finding.source.name, finding.span.start, finding.span.end),
    )
    names = [source.name for judgement in judgements for source in judgement.sources]
    refused = [reason for judgement in judgements for reason in judgement.skipped]
    return Report(
        findings=tuple(findings),
        files=tuple(dict.fromkeys(names)),
        skipped=tuple(dict.fromkeys((*skipped, *refused))),
        mode=mode,
    )


def _spoken_findings(judgement: Judgement, selection: Selection) -> Iterator[Finding]:
    from composecheck.rules import rule_named

    for finding in judgement.blocking:
        # Whoever selects other rules must not take the silence for an all-clear.
        if not selection.ignores(rule_named(finding.rule)):
            yield finding
    for finding in judgement.findings:
        if selection.keeps(rule_named(finding.rule)):
            yield finding
