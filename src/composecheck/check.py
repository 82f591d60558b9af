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
    from composecheck.projects import Asked
    from composecheck.rules.selection import Selection
    from composecheck.stages import Judgement
    from composecheck.yaml import Document

_TEXT = "<text>"


@dataclass(frozen=True, slots=True)
class Report:
    """What was found in which files.

    `findings` are sorted by the name of the file, then by position. `files` are the names of those
    that were checked, in the order in which they were. `skipped` is what could not be checked;
    `passed_by` is what need not be, since it is no Compose file and nobody has named it.
    """

    findings: tuple[Finding, ...]
    files: tuple[str, ...]
    skipped: tuple[Skipped, ...] = ()
    mode: Literal["text", "here"] = "text"
    passed_by: tuple[Skipped, ...] = ()

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
    selection = rule_selection(select, ignore)
    asked, skipped = ask(
        paths,
        files=files,
        env_files=env_files,
        profiles=profiles,
        project_directory=project_directory,
        is_here=is_here,
    )
    judgements = [project.judge({}) for project in asked]
    return report(judgements, selection, skipped, mode="here" if is_here else "text")


def ask(
    paths: Sequence[Path | str] = (),
    *,
    files: Sequence[Path | str] = (),
    env_files: Sequence[Path | str] = (),
    profiles: Sequence[str] = (),
    project_directory: Path | str | None = None,
    is_here: bool = False,
) -> tuple[list[Asked], tuple[Skipped, ...]]:
    """Return the projects that are meant, and what could not be found; see `check`."""
    from composecheck.calling import call_from_here
    from composecheck.discovery import Skipped, unreadable
    from composecheck.projects import ask_about_call, ask_about_paths

    if paths and files:
        raise ValueError("paths and files cannot be given together")
    call = call_from_here(
        map(str, files),
        env_files=map(str, env_files),
        profiles=profiles,
        project_directory=None if project_directory is None else str(project_directory),
        is_here=is_here,
    )
    if paths:
        return ask_about_paths(paths, call)
    try:
        return [ask_about_call(call)], ()
    except OSError as error:
        return [], (Skipped("<stdin>", unreadable(error)),)


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
    return _check_source(source_of(text, name), select, ignore, is_override=is_override)


def check_bytes(
    data: bytes,
    name: str = _TEXT,
    *,
    is_override: bool = False,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
) -> Report:
    """Check one file's bytes; as `check_text`, but decoded as Compose decodes a file."""
    return _check_source(source_of(data, name), select, ignore, is_override=is_override)


def load(text: str | bytes, name: str = _TEXT) -> Document:
    """Read YAML into a Document, whose tree knows the characters of everything in it.

    What is wrong with the YAML is in its `findings`; `name` is what to call the text there.
    """
    from composecheck.yaml import load as load_source

    return load_source(source_of(text, name))


def source_of(text: str | bytes, name: str) -> Source:
    """Return the Source of a text, or of bytes as Compose decodes them."""
    if isinstance(text, bytes):
        return decode(text, name)
    if text.startswith("\ufeff"):
        return Source(name, text[1:], byte_order_mark=codecs.BOM_UTF8)
    return Source(name, text)


def _check_source(
    source: Source, select: Iterable[str], ignore: Iterable[str], *, is_override: bool
) -> Report:
    selection = rule_selection(select, ignore)
    return report([text_alone(source, is_override=is_override).judge({})], selection)


def text_alone(source: Source, *, is_override: bool) -> Asked:
    """Return the project that is one text, seen from nowhere: no other file is read for it."""
    from composecheck.project.call import Call
    from composecheck.projects import ask_about_text

    return ask_about_text(source, Call(read=_read_nothing, is_part=is_override))


def _read_nothing(path: Path) -> bytes:
    raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))


def rule_selection(select: Iterable[str], ignore: Iterable[str]) -> Selection:
    """Return which rules are meant. Raises UnknownRule for a name that is none."""
    from composecheck.rules.selection import selection

    return selection(select, ignore)


def report(
    judgements: Sequence[Judgement],
    selection: Selection,
    skipped: Sequence[Skipped] = (),
    *,
    mode: Literal["text", "here"] = "text",
) -> Report:
    """Make a report of what came of some projects, as far as `selection` wants to hear of it."""
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
    all_skipped = dict.fromkeys(
        (*skipped, *(reason for judgement in judgements for reason in judgement.skipped))
    )
    return Report(
        findings=tuple(findings),
        files=tuple(dict.fromkeys(names)),
        skipped=tuple(one for one in all_skipped if one.is_failure),
        mode=mode,
        passed_by=tuple(one for one in all_skipped if not one.is_failure),
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
