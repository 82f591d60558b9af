"""What makes a finding the same one in the next run, although lines have moved.

A finding is known by its rule, its file and its place in the file's tree; where it has no place
there (a mistake of YAML itself), by the text of its line. Messages may change from one version to
the next and lines with every edit, so neither counts. Findings that are equal in all of this are
told apart by their order.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from pathlib import PurePath
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable

    from composecheck.finding import Finding, Path

_LENGTH = 32  # hexadecimal digits: 128 bits, more than enough to tell findings apart


class Identity(Struct, frozen=True):
    """What a finding is known by. `file` has `/` between folders, whatever the system.

    `line` is the text of the line on which the finding begins, without the blanks around it; it
    is empty where there is a `path`, which says it better.
    """

    rule: str
    file: str
    path: Path
    line: str = ""


def identify(finding: Finding) -> Identity:
    """Return what `finding` is known by."""
    source = finding.source
    line = ""
    if not finding.path:
        number = source.position(finding.span.start).line
        line = source.slice(source.line_span(number)).strip()
    return Identity(finding.rule, PurePath(source.name).as_posix(), finding.path, line)


def fingerprint(finding: Finding, ordinal: int) -> str:
    """Return the fingerprint of `finding`: 32 hexadecimal digits, the same in every run.

    `ordinal` says which it is (from 0) among the findings of a run that are known by the same.
    """
    known_by = identify(finding)
    # JSON keeps the key "0" and the index 0 apart, and escapes what no encoding can write.
    parts = [known_by.rule, known_by.file, list(known_by.path), known_by.line, ordinal]
    return hashlib.sha256(json.dumps(parts).encode("ascii")).hexdigest()[:_LENGTH]


def fingerprints(findings: Iterable[Finding]) -> list[str]:
    """Return the fingerprint of each finding, in the order given. No two are equal."""
    seen: Counter[Identity] = Counter()
    prints = []
    for finding in findings:
        known_by = identify(finding)
        prints.append(fingerprint(finding, seen[known_by]))
        seen[known_by] += 1
    return prints
