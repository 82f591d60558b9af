"""From what somebody names to a report: files are found, put into groups and judged."""

from __future__ import annotations

import codecs
import errno
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from msgspec import Struct, field
from msgspec.structs import replace

from composecheck.discovery import Skipped
from composecheck.hearing import hear
from composecheck.judging import judge_all
from composecheck.outcome import outcome_of
from composecheck.source import Source, decode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from composecheck.baseline import Baseline
    from composecheck.finding import Finding, Severity
    from composecheck.fingerprint import Identity
    from composecheck.outcome import Outcome
    from composecheck.project.files import ReadFile
    from composecheck.projects import Asked
    from composecheck.settings import InForce
    from composecheck.settings.values import Version
    from composecheck.yaml import Document

_TEXT = "<text>"


class Report(Struct, frozen=True):
    """What was found in which files.

    `findings` are sorted by the name of the file, then by position. `files` are the names of those
    that were checked, in the order in which they were. `skipped` is what could not be checked;
    `passed_by` is what need not be, since it is no Compose file and nobody has named it.
    `suppressed` are findings that comments in the files silence, `known` those that a baseline
    knows, and `gone` what it knows and is not found any more. `read` are other files that were
    read, or looked for, because of what the files say.
    """

    findings: tuple[Finding, ...]
    files: tuple[str, ...]
    skipped: tuple[Skipped, ...] = ()
    mode: Literal["text", "here"] = "text"
    passed_by: tuple[Skipped, ...] = ()
    suppressed: tuple[Finding, ...] = ()
    known: tuple[Finding, ...] = ()
    gone: tuple[Identity, ...] = ()
    read: tuple[ReadFile, ...] = ()

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


class Question(Struct, frozen=True):
    """What somebody wants to know: about which files, and by which settings.

    `paths` and `files` are as for `check`, and only one of them is given; the options of Compose
    beside `project_directory` are in the flags of `in_force`. For `force_exclude` see
    `discovery.find`.
    """

    paths: tuple[Path | str, ...] = ()
    files: tuple[Path | str, ...] = ()
    project_directory: Path | str | None = None
    stdin_filename: str | None = None
    force_exclude: bool = False
    in_force: InForce = field(default_factory=lambda: settings_of_call())


def check(
    paths: Sequence[Path | str] = (),
    *,
    files: Sequence[Path | str] = (),
    env_files: Sequence[Path | str] = (),
    profiles: Sequence[str] = (),
    project_directory: Path | str | None = None,
    is_here: bool = False,
    stdin_filename: str | None = None,
    target_compose: str | None = None,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    reads_settings: bool = False,
) -> Report:
    """Check files: those that `paths` mean (see `discovery.find`), by default the project here.

    `files` are one project, as with `docker compose -f …`: each is laid over those before it. With
    neither, the files are those that Compose takes in this folder. `paths` may be many projects;
    what belongs together is judged together. `env_files`, `profiles` and `project_directory` are
    the options of the same names of Compose, for each project.

    `is_here` asks whether Compose would take the project here and now: variables that are not set
    are blank then, and files that are absent are errors. Otherwise what depends on either is judged
    only by what holds wherever the files may be used.

    `stdin_filename` says of which file standard input (`-` among the paths) is the text, as an
    editor has it that has not saved it yet: it is judged in its place.

    `target_compose` is the oldest Docker Compose that the files are for, such as `2.20`: what only
    a newer one knows is reported.

    `select` and `ignore` are names of rules and categories. `reads_settings` makes settings files
    count, as on the command line. Comments in the files silence what they name.

    Raises UnknownRule for a name that is no rule, InvalidSettings for a settings file that cannot
    be used, ValueError for both `paths` and `files` or a `target_compose` that is no version that
    composecheck knows, and FileNotFoundError if the working folder no longer exists. What cannot be
    read or checked is `skipped` in the report, and the others are checked; that goes for a mistake
    of our own, too, unless COMPOSECHECK_DEBUG is set in the environment.
    """
    return answer(
        Question(
            paths=tuple(paths),
            files=tuple(files),
            project_directory=project_directory,
            stdin_filename=stdin_filename,
            in_force=settings_of_call(
                select,
                ignore,
                env_files=tuple(map(Path, env_files)),
                profiles=tuple(profiles),
                target_compose=_version(target_compose),
                here=is_here or None,
                reads_files=reads_settings,
            ),
        )
    )


def _version(text: str | None) -> Version | None:
    if text is None:
        return None
    from composecheck.settings.checking import read_version

    return read_version(text)


def answer(
    question: Question,
    baseline: Baseline | None = None,
    watch: Callable[[int, int], None] | None = None,
    jobs: int = 1,
) -> Report:
    """Check what a question is about; raises as `check` does.

    What `baseline` knows is not among the findings of the report. `watch` is told after each
    project how many are judged, and how many there are. `jobs` is how many processes may judge them
    side by side.
    """
    asked, skipped = ask(question)
    outcomes = []
    for outcome in judge_all(asked, jobs):
        outcomes.append(outcome)
        if watch is not None:
            watch(len(outcomes), len(asked))
    is_here = question.in_force.here().here.value
    mode: Literal["here", "text"] = "here" if is_here else "text"
    answered = report(outcomes, question.in_force, skipped, mode=mode)
    return answered if baseline is None else _without_known(answered, baseline)


def _without_known(report: Report, baseline: Baseline) -> Report:
    from composecheck.baseline import apply

    outcome = apply(baseline, report.findings, report.files)
    return replace(report, findings=outcome.kept, known=outcome.matched, gone=outcome.gone)


def ask(question: Question) -> tuple[list[Asked], tuple[Skipped, ...]]:
    """Return the projects that a question is about, and what could not be found."""
    from composecheck.calling import call_from_here
    from composecheck.discovery import unreadable
    from composecheck.projects import ask_about_call, ask_about_paths

    if question.paths and question.files:
        raise ValueError("paths and files cannot be given together")
    settings = question.in_force.here()
    directory = question.project_directory
    call = call_from_here(
        map(str, question.files),
        env_files=map(str, settings.env_files.value),
        profiles=settings.profiles.value,
        project_directory=None if directory is None else str(directory),
        is_here=settings.here.value,
    )
    call = replace(call, target_compose=settings.target_compose.value)
    if question.paths:
        return ask_about_paths(
            question.paths,
            call,
            question.in_force,
            stdin_filename=question.stdin_filename,
            force_exclude=question.force_exclude,
        )
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
    in_force = settings_of_call(select, ignore)
    judgement = text_alone(source, is_override=is_override).judge({})
    return report([outcome_of(judgement)], in_force)


def text_alone(source: Source, *, is_override: bool) -> Asked:
    """Return the project that is one text, seen from nowhere: no other file is read for it."""
    from composecheck.project.call import Call
    from composecheck.projects import ask_about_text

    return ask_about_text(source, Call(read=_read_nothing, is_part=is_override))


def _read_nothing(path: Path) -> bytes:
    raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))


def settings_of_call(
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    *,
    reads_files: bool = False,
    **flags: Any,
) -> InForce:
    """Return the settings of a call from a program. Raises UnknownRule for a name of none."""
    from composecheck.settings import Flags, InForce

    in_force = InForce(
        Flags(select=tuple(select), ignore=tuple(ignore), **flags), reads_files=reads_files
    )
    in_force.here()
    return in_force


def report(
    outcomes: Sequence[Outcome],
    in_force: InForce,
    skipped: Sequence[Skipped] = (),
    *,
    mode: Literal["text", "here"] = "text",
) -> Report:
    """Make a report of what came of some projects: of what somebody wants to hear."""
    heard = hear(outcomes, in_force)
    findings = sorted(
        heard.findings,
        key=lambda finding: (finding.source.name, finding.span.start, finding.span.end),
    )
    names = [name for outcome in outcomes for name in outcome.names]
    complaints = (Skipped(".", sentence) for outcome in outcomes for sentence in outcome.complaints)
    refused = (reason for outcome in outcomes for reason in outcome.skipped)
    all_skipped = dict.fromkeys((*skipped, *refused, *complaints))
    return Report(
        findings=tuple(findings),
        files=tuple(dict.fromkeys(names)),
        skipped=tuple(one for one in all_skipped if one.is_failure),
        mode=mode,
        passed_by=tuple(one for one in all_skipped if not one.is_failure),
        suppressed=heard.suppressed,
        read=tuple(dict.fromkeys(file for outcome in outcomes for file in outcome.read)),
    )
