"""From findings to new text: fixes are made, looked at, and made again, until none is left.

Every new text is read again. A fix is dropped if what it was for is still found, or if something
else in the file is not what it was (see `verification`); the others are made nevertheless.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from composecheck.finding import splice
from composecheck.verification import objection

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from composecheck.finding import Edit, Finding
    from composecheck.project.files import ComposeFile
    from composecheck.projects import Asked
    from composecheck.source import Source
    from composecheck.stages import Judgement

MOST_ROUNDS = 10
"""How often what the last fixes laid bare is fixed in turn."""


class Dropped(Struct, frozen=True):
    """A fix that was not made although somebody asked for it; `reason` is a whole sentence."""

    finding: Finding
    reason: str


class FixedFile(Struct, frozen=True):
    """One file, before and after. `path` is None for a text that is no file."""

    path: Path | None
    before: Source
    after: Source


class Fixed(Struct, frozen=True):
    """What came of fixing one project.

    `files` are those whose text has changed. `applied` are the findings whose fixes were made, in
    the order in which they were; each points into the text that was there then. `dropped` are fixes
    that were not. `judgement` is what is found now.
    """

    files: tuple[FixedFile, ...]
    applied: tuple[Finding, ...]
    dropped: tuple[Dropped, ...]
    judgement: Judgement


class _State(Struct):
    """How far the work on a project has come. `texts` is what files hold now."""

    asked: Asked
    judgement: Judgement
    texts: dict[Path | None, bytes] = field(default_factory=dict)
    before: dict[Path | None, Source] = field(default_factory=dict)
    applied: list[Finding] = field(default_factory=list)
    dropped: dict[object, Dropped] = field(default_factory=dict)


class _Attempt(Struct, frozen=True):
    """Fixes made together, and what is found then; `objection` is why that is not to be kept."""

    findings: Sequence[Finding]
    texts: dict[Path | None, bytes]
    judgement: Judgement | None = None
    objection: str = ""


def fix_project(
    asked: Asked,
    hear: Callable[[Judgement], Iterable[Finding]],
    is_wanted: Callable[[Finding], bool],
) -> Fixed:
    """Fix what is found in one project, as far as `is_wanted` says so of a finding with a fix.

    `hear` says which findings of a judgement count, so that what is silenced is left alone. Only
    files that were named are changed, and nothing is written: see `FixedFile`.
    """
    state = _State(asked, asked.judge({}))
    for _ in range(MOST_ROUNDS):
        batch = _next_batch(state, filter(is_wanted, hear(state.judgement)))
        if not batch:
            break
        attempt = _attempt(state, batch)
        if attempt.objection and len(batch) > 1:
            alone = [_attempt(state, [finding]) for finding in batch]
            for failed in (single for single in alone if single.objection):
                _drop(state, failed)
            # Those that are well by themselves are tried together in the next round; if that is
            # what they were now, one of them goes first.
            sound = [single for single in alone if not single.objection]
            if len(sound) == len(alone):
                _keep(state, sound[0])
        elif attempt.objection:
            _drop(state, attempt)
        else:
            _keep(state, attempt)
    now = {file.path: file.document.source for file in _editable(state).values()}
    return Fixed(
        files=tuple(
            FixedFile(path, source, now[path])
            for path, source in state.before.items()
            if now[path].text != source.text
        ),
        applied=tuple(state.applied),
        dropped=tuple(state.dropped.values()),
        judgement=state.judgement,
    )


def _editable(state: _State, judgement: Judgement | None = None) -> dict[int, ComposeFile]:
    """Return the files that may be edited, by the identity of their sources."""
    judgement = judgement or state.judgement
    named = state.asked.named
    return {
        id(file.document.source): file
        for file in judgement.files
        if named is None or file.path in named
    }


def _next_batch(state: _State, wanted: Iterable[Finding]) -> list[Finding]:
    """Return findings whose fixes can be made together, the first before others.

    All are of one severity, the worst that there is: what is said of a leftover may follow from
    what an error hides.
    """
    files = _editable(state)
    taken: list[tuple[Edit, str]] = []
    batch: list[Finding] = []
    findings = sorted(
        wanted,
        key=lambda finding: (-finding.severity, finding.source.name, finding.span.start),
    )
    for finding in findings:
        fix = finding.fix
        if fix is None or _identity(finding) in state.dropped:
            continue
        if batch and finding.severity is not batch[0].severity:
            break
        if not all(id(edit.source) in files for edit in fix.edits):
            continue
        if any(
            _clash(edit, other, is_same_rule=rule == finding.rule)
            for edit in fix.edits
            for other, rule in taken
        ):
            continue
        taken += [(edit, finding.rule) for edit in fix.edits]
        batch.append(finding)
    return batch


def _clash(edit: Edit, other: Edit, *, is_same_rule: bool) -> bool:
    """Tell whether two edits share a character, or begin at the same one.

    What one rule adds at one place may come one after the other, such as names to a section.
    """
    if edit.source is not other.source:
        return False
    if edit.span.start == other.span.start:
        are_insertions = edit.span.end == edit.span.start == other.span.end
        return not (are_insertions and is_same_rule)
    return edit.span.start < other.span.end and other.span.start < edit.span.end


def _attempt(state: _State, findings: Sequence[Finding]) -> _Attempt:
    """Make the fixes of `findings` together, and look whether anything speaks against it."""
    files = _editable(state)
    edits: dict[int, list[Edit]] = {}
    for edit in (edit for finding in findings if finding.fix for edit in finding.fix.edits):
        edits.setdefault(id(edit.source), []).append(edit)
    texts = dict(state.texts)
    for key, of_file in edits.items():
        source = files[key].document.source
        try:
            text = splice(source.text, of_file)
        except ValueError:
            return _Attempt(findings, texts, objection="Its edits overlap.")
        texts[files[key].path] = replace(source, text=text).encode()
    judgement = state.asked.judge(texts)
    after = {file.path: file.document for file in _editable(state, judgement).values()}
    declared = {
        path
        for finding in findings
        if finding.fix is not None
        for path in (finding.path, *finding.fix.changes)
    }
    for key, of_file in edits.items():
        file = files[key]
        spans = [finding.span for finding in findings if id(finding.source) == key]
        reason = objection(file.document, after[file.path], of_file, declared, spans)
        if reason is not None:
            return _Attempt(findings, texts, objection=reason)
    if any(_is_still_found(finding, judgement, edits) for finding in findings):
        return _Attempt(findings, texts, objection="What it is for would still be there.")
    return _Attempt(findings, texts, judgement)


def _keep(state: _State, attempt: _Attempt) -> None:
    for key, file in _editable(state).items():
        if any(
            id(edit.source) == key
            for finding in attempt.findings
            if finding.fix
            for edit in finding.fix.edits
        ):
            state.before.setdefault(file.path, file.document.source)
    state.texts = attempt.texts
    state.judgement = attempt.judgement or state.judgement
    state.applied += attempt.findings


def _drop(state: _State, attempt: _Attempt) -> None:
    for finding in attempt.findings:
        state.dropped[_identity(finding)] = Dropped(finding, attempt.objection)


def _identity(finding: Finding) -> object:
    """Return what tells a finding from others, wherever edits have moved it."""
    return (finding.rule, finding.source.name, finding.path, finding.message)


def _is_still_found(
    finding: Finding, judgement: Judgement, edits: Mapping[int, Sequence[Edit]]
) -> bool:
    """Tell whether the same rule still speaks of the same place."""
    start = finding.span.start + sum(
        len(edit.text) - (edit.span.end - edit.span.start)
        for edit in edits.get(id(finding.source), ())
        if edit.span.end <= finding.span.start
    )
    is_deleted = any(
        not edit.text
        and edit.span.start <= finding.span.start
        and finding.span.end <= edit.span.end
        for edit in edits.get(id(finding.source), ())
    )
    return any(
        (other.rule, other.source.name, other.span.start)
        == (finding.rule, finding.source.name, start)
        # Where it stood, something else may stand now, of which the same is to be said.
        and (not is_deleted or _identity(other) == _identity(finding))
        for other in judgement.all_findings
    )
