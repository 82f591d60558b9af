"""The cases that we have written: one file each, one a cause or a feature.

The form of a file in `cases/`:

    A sentence that says what it is about.
    refused: RULE RULE …
    $ NAME=VALUE docker compose -f compose.yaml config
    -- compose.yaml
    services: …

Instead of the second line there may be `accepted`; or `not judged` where Compose refuses the call
and we say that it cannot be done. The line with the call may be absent where it would be that one,
without variables; after it, a line `-- NAME` begins each file. The rules are those that we have to
say; more would be noise.
"""

from __future__ import annotations

import functools
import shlex
from dataclasses import dataclass
from pathlib import Path

from tests.conformance.case import Case

FOLDER = Path(__file__).parent / "cases"
_CALL = "$ docker compose -f compose.yaml config"


@dataclass(frozen=True, slots=True)
class Written:
    """A case, and the rules by which we refuse it, sorted; none if it is accepted.

    `is_judged` is False for a call that cannot be carried out.
    """

    case: Case
    rules: tuple[str, ...]
    is_judged: bool


@functools.cache
def written() -> tuple[Written, ...]:
    """Return all of them, sorted by name."""
    return tuple(_read(path) for path in sorted(FOLDER.glob("*/*.case")))


def _read(path: Path) -> Written:
    head, *parts = path.read_text(encoding="utf-8", errors="surrogateescape").split("\n-- ")
    title, verdict, call, *rest = [*head.split("\n"), _CALL][:4]
    assert title.endswith("."), path
    assert verdict in ("accepted", "not judged") or verdict.startswith("refused: "), path
    assert call.startswith("$ ") and rest in ([], [_CALL]), path
    files = dict(part.split("\n", 1) for part in parts)
    variables, arguments = _split(call)
    return Written(
        Case(
            path.relative_to(FOLDER).with_suffix("").as_posix(),
            {name: text.encode(errors="surrogateescape") for name, text in files.items()},
            arguments,
            variables,
            origin="written",
        ),
        tuple(sorted(verdict.partition(": ")[2].split())),
        verdict != "not judged",
    )


def _split(call: str) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return the variables and the options of a call."""
    words = shlex.split(call[2:])
    at = words.index("docker")
    variables = dict(word.split("=", 1) for word in words[:at])
    program, options, command = words[at : at + 2], words[at + 2 : -1], words[-1]
    assert (program, command) == (["docker", "compose"], "config"), call
    return variables, tuple(options)
