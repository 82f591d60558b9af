"""Checking a text and letting its comments silence what is found."""

from __future__ import annotations

from composecheck.check import text_alone
from composecheck.finding import Finding, splice
from composecheck.source import Source
from composecheck.suppression import Outcome, add_ignores, apply
from composecheck.yaml import Document, load

NAME = "compose.yaml"


def read(text: str) -> Document:
    """Read a text."""
    return load(Source(NAME, text))


def found(text: str) -> tuple[Finding, ...]:
    """Return what is found in a text, whatever its comments say."""
    return text_alone(Source(NAME, text), is_override=False).judge({}).all_findings


def judge(text: str) -> Outcome:
    """Return what is left of it."""
    document = read(text)
    return apply(found(text), {document.source: document})


def kept(text: str) -> list[str]:
    """Return the rules of what is left, sorted."""
    return sorted(finding.rule for finding in judge(text).kept)


def notes(text: str) -> list[str]:
    """Return the rules of the notes about comments, in their order."""
    return [note.rule for note in judge(text).notes]


def note(text: str) -> Finding:
    """Return the one note about comments in a text."""
    (only,) = judge(text).notes
    assert only.message.endswith(".")
    assert only.remedy.endswith((".", "?"))
    return only


def fixed(text: str, finding: Finding) -> str:
    """Return a text with the fix of a finding."""
    assert finding.fix is not None
    return splice(text, finding.fix.edits)


def with_ignores(text: str) -> str:
    """Return a text with comments for all that is found in it."""
    return splice(text, add_ignores(found(text), read(text)))
