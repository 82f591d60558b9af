"""A baseline: the findings of an old project that are known, so that only new ones are told.

It is a JSON file beside the project. A finding is known in it by its rule, its file and its place
in the file's tree (see `fingerprint`), not by its line. Each entry stands for one finding: where a
rule finds the same twice, it needs two.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from composecheck.fingerprint import Identity, identify

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from composecheck.finding import Finding

VERSION = 1
"""The version of the form of the file."""

_ENTRY_KEYS = frozenset({"file", "rule", "path", "line"})


class InvalidBaseline(Exception):
    """A baseline that cannot be used. Its text says why, and where if that is known."""


class Baseline(Struct, frozen=True):
    """Known findings, each with the number of times that it is known.

    The files in `known` are seen from `folder` (absolute), in which the baseline is.
    """

    folder: Path
    known: Mapping[Identity, int]


class Outcome(Struct, frozen=True):
    """What a baseline makes of findings.

    `kept` are new, `matched` are known. `gone` are entries that match nothing any more, as often
    as they do.
    """

    kept: tuple[Finding, ...]
    matched: tuple[Finding, ...]
    gone: tuple[Identity, ...]


def render_baseline(findings: Iterable[Finding], path: Path) -> str:
    """Return the text of a baseline at `path` (absolute) that knows `findings`.

    It is the same whatever the order of the findings. Each entry is a line, so that two people who
    change the file seldom get in each other's way.
    """
    entries = sorted(_entry(_seen_from(identify(finding), path.parent)) for finding in findings)
    body = ",\n    ".join(entries)
    listed = f"[\n    {body}\n  ]" if entries else "[]"
    return f'{{\n  "version": {VERSION},\n  "findings": {listed}\n}}\n'


def read_baseline(path: Path, name: str | None = None) -> Baseline:
    """Read the baseline at `path` (absolute); `name` is what to call it.

    Raises InvalidBaseline if it cannot be read, or is none.
    """
    name = str(path) if name is None else name
    try:
        raw = json.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        reason = error.strerror or str(error)
        raise InvalidBaseline(f"{name}: The baseline cannot be read: {reason}.") from None
    except UnicodeDecodeError:
        raise InvalidBaseline(f"{name}: This is no baseline: it is not stored as UTF-8.") from None
    except json.JSONDecodeError as error:
        place = f"{name}:{error.lineno}:{error.colno}"
        reason = f"{error.msg[:1].lower()}{error.msg[1:]}"
        raise InvalidBaseline(f"{place}: This is no JSON: {reason}.") from None
    except (RecursionError, ValueError):  # nested too deeply; a number of thousands of digits
        raise InvalidBaseline(f"{name}: This is no baseline.") from None
    return Baseline(path.parent, _known(raw, name))


def apply(baseline: Baseline, findings: Iterable[Finding], checked: Collection[str]) -> Outcome:
    """Take the findings apart that are known and those that are new.

    Of several that are equal, as many are known as there are entries, the first ones first.
    `checked` are the names of the files that were checked: an entry is `gone` if its file is among
    them or no longer exists, and not if this run has simply not looked.
    """
    left = Counter(baseline.known)
    kept: list[Finding] = []
    matched: list[Finding] = []
    for finding in findings:
        identity = _seen_from(identify(finding), baseline.folder)
        is_known = left[identity] > 0
        left[identity] -= is_known
        (matched if is_known else kept).append(finding)
    names = {_relative(name, baseline.folder) for name in checked}
    gone = (
        identity
        for identity in left.elements()
        if identity.file in names or _is_absent(baseline.folder, identity.file)
    )
    return Outcome(tuple(kept), tuple(matched), tuple(sorted(gone, key=_entry)))


def describe_gone(gone: Collection[Identity], name: str) -> str | None:
    """Say in a line that the baseline `name` has entries that match nothing; None if it has none.

    That is good news: what they stood for has been mended.
    """
    if not gone:
        return None
    examples = list(dict.fromkeys(f'"{entry.rule}" in "{entry.file}"' for entry in gone))
    more = f" and {len(examples) - 2} more" if len(examples) > 2 else ""
    number = "One entry" if len(gone) == 1 else f"{len(gone)} entries"
    verb = "matches" if len(gone) == 1 else "match"
    return (
        f'{number} of the baseline "{name}" {verb} nothing any more'
        f" ({', '.join(examples[:2])}{more}). Write it anew with --write-baseline."
    )


def _entry(identity: Identity) -> str:
    """Return an entry as JSON on one line. Sorting these sorts by file, then by place."""
    entry: dict[str, Any] = {"file": identity.file}
    if identity.path:
        entry["path"] = list(identity.path)
    else:
        entry["line"] = identity.line
    entry["rule"] = identity.rule
    # What stands for a byte that is no text (a lone surrogate) has no form in UTF-8.
    return json.dumps(entry, ensure_ascii=not _is_writable(entry))


def _is_writable(entry: dict[str, Any]) -> bool:
    try:
        json.dumps(entry, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _known(raw: Any, name: str) -> Counter[Identity]:
    if not isinstance(raw, dict) or "version" not in raw or "findings" not in raw:
        raise InvalidBaseline(f'{name}: This is no baseline: it lacks "version" and "findings".')
    if raw["version"] != VERSION or isinstance(raw["version"], bool):
        raise InvalidBaseline(
            f"{name}: This baseline is of a version that this composecheck does not know. Write it"
            " anew with --write-baseline."
        )
    if not isinstance(raw["findings"], list):
        raise InvalidBaseline(
            f'{name}: "findings" is no list. Write it anew with --write-baseline.'
        )
    known: Counter[Identity] = Counter()
    for number, entry in enumerate(raw["findings"], start=1):
        identity = _identity(entry)
        if identity is None:
            raise InvalidBaseline(
                f"{name}: Entry {number} of the baseline is damaged. Write it anew with"
                " --write-baseline."
            )
        known[identity] += 1
    return known


def _identity(entry: Any) -> Identity | None:
    """Return what an entry stands for; None if it is damaged."""
    if not isinstance(entry, dict) or not _ENTRY_KEYS.issuperset(entry):
        return None
    rule, file, line = entry.get("rule"), entry.get("file"), entry.get("line", "")
    path = entry.get("path", [])
    if not isinstance(path, list) or not all(_is_path_key(key) for key in path):
        return None
    if not (isinstance(rule, str) and isinstance(file, str) and isinstance(line, str)):
        return None
    return Identity(rule, file, tuple(path), line)


def _is_path_key(key: Any) -> bool:
    return isinstance(key, str | int) and not isinstance(key, bool)


def _seen_from(identity: Identity, folder: Path) -> Identity:
    return replace(identity, file=_relative(identity.file, folder))


def _relative(name: str, folder: Path) -> str:
    """Return the file `name`, seen from here, as it is seen from `folder`; with `/`."""
    if name.startswith("<"):  # <stdin> is no file
        return name
    try:
        return PurePath(os.path.relpath(name, folder)).as_posix()
    except (ValueError, OSError):  # on another drive of Windows; where we are no longer exists
        return PurePath(name).as_posix()


def _is_absent(folder: Path, file: str) -> bool:
    try:
        return not file.startswith("<") and not os.path.lexists(folder / file)
    except ValueError:  # no file can have such a name
        return True
