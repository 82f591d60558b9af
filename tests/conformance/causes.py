"""Which mistake Compose names, and whether we name it too: by cause, not by wording."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from tests.conformance.cause_table import TABLE
from tests.conformance.compose import own_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from composecheck.finding import Finding

_KEY = re.compile(r"[^.\[\]]+")
_ESCAPED_QUOTE = re.compile(r"""\\(["'])""")
_MANY_KEYS = re.compile(r"\b\d+ (?:more )?keys\b")
"""How we speak of many keys at once, without naming each."""

CRASH = "panic: "
"""How it begins when Compose falls over, which names no cause."""

_ENOUGH = 20
"""How many characters of a long value must be there; messages shorten it."""


@dataclass(frozen=True, slots=True)
class Cause:
    """A mistake that Compose names in `words`.

    One of `rules` (names, with `*` for any characters) says the same, and everything in `names`
    (keys, values, names of services and the like) is in what it says or points to.
    """

    words: str
    rules: tuple[str, ...]
    names: tuple[str, ...]

    def is_named_in(self, findings: Iterable[Finding]) -> bool:
        """Tell whether `findings` speak of this mistake."""
        fitting = [
            found for found in findings if any(fnmatchcase(found.rule, r) for r in self.rules)
        ]
        said = "\n".join(_said(finding) for finding in fitting).lower()
        return bool(fitting) and (
            _MANY_KEYS.search(said) is not None
            or all(name[:_ENOUGH].lower() in said for name in self.names)
        )


def causes_in(stderr: str) -> tuple[Cause, ...]:
    """Return the mistakes that Compose names; none if the table does not know its words."""
    text = own_words(stderr)
    taken: list[tuple[int, int]] = []
    causes = []
    for pattern, rules in TABLE:
        for match in pattern.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            taken.append(match.span())
            causes.append(Cause(match[0], rules, tuple(_names(match))))
    return tuple(causes)


def _names(match: re.Match[str]) -> Iterator[str]:
    """Yield what the groups of a match hold; see the table for their names."""
    for group, value in match.groupdict().items():
        if not value:
            continue
        if group == "list":
            yield from value.removeprefix("'").removesuffix("'").split("', '")
        elif group == "path":
            keys = [key for key in _KEY.findall(value) if not key.isdigit()]
            yield from keys[-1:]
        elif group == "file":
            yield value.rpartition("/")[2]
        else:
            yield _ESCAPED_QUOTE.sub(r"\1", value)


def _said(finding: Finding) -> str:
    """Return everything that a finding says, and the characters it points to."""
    return "\n".join(
        (
            finding.message,
            finding.remedy,
            *map(str, finding.path),
            finding.source.slice(finding.span),
            *finding.suggestions,
            *(place.message for place in finding.related),
            *(place.source.slice(place.span) for place in finding.related),
        )
    )
