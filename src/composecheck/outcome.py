"""What is kept of a project once it is judged: what there is to tell of it, and no more.

Many projects are judged in one run, perhaps in several processes; their trees are not kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from composecheck.discovery import Skipped
    from composecheck.finding import Finding
    from composecheck.project.files import ReadFile
    from composecheck.stages import Judgement
    from composecheck.yaml import Document

_MARK = "composecheck"
"""What every comment to us has in it, in whatever letters."""


class Outcome(Struct, frozen=True):
    """What there is to tell of one project.

    `findings` and `blocking` are as in Judgement, `names` are those of the files that were judged,
    `skipped` is what could not be. `complaints` are sentences on the call itself. `read` are other
    files that were read, or looked for. `commented` are the files that may hold comments to us.
    """

    findings: tuple[Finding, ...]
    blocking: tuple[Finding, ...]
    names: tuple[str, ...]
    skipped: tuple[Skipped, ...]
    complaints: tuple[str, ...]
    read: tuple[ReadFile, ...]
    commented: tuple[Document, ...]
    has_errors: bool


def outcome_of(judgement: Judgement) -> Outcome:
    """Return what is kept of a judgement."""
    project = judgement.project
    files = judgement.files if project is None else project.files
    return Outcome(
        findings=judgement.findings,
        blocking=judgement.blocking,
        names=tuple(source.name for source in judgement.sources),
        skipped=judgement.skipped,
        complaints=tuple(judgement.complaints.values()),
        read=() if project is None else project.read_files,
        commented=tuple(
            file.document for file in files if _MARK in file.document.source.text.lower()
        ),
        has_errors=judgement.has_errors,
    )
