"""Keys before which characters stand that look like blanks: to YAML, they are a part of the key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Edit, Fix, Safety
from composecheck.schema.violation import Fault
from composecheck.schema.words import REFUSED, quoted
from composecheck.schema.work import error
from composecheck.source import Span
from composecheck.yaml.nodes import Scalar, Style

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composecheck.finding import Finding
    from composecheck.schema.work import Work

FOREIGN_BLANKS = "\u00a0\u2007\u202f\u3000\u200b\ufeff"
"""Characters that come with text from a web page or a word processor, and look like a blank."""

_WITHOUT_WIDTH = "\u200b\ufeff"


def keys_behind_foreign_blanks(work: Work) -> Iterator[Finding]:
    """Find keys that are indented with such characters, so that Compose does not know them."""
    for violation in work.remaining(Fault.UNKNOWN_KEY):
        place, key = violation.place, violation.place.mark
        if not isinstance(key, Scalar) or key.style is not Style.PLAIN:
            continue
        name = key.text.lstrip(FOREIGN_BLANKS)
        count = len(key.text) - len(name)
        source = key.source
        line = source.line_span(source.position(key.start).line)
        if not count or not name or source.text[line.start : key.start].strip(" "):
            continue
        blanks = " " * sum(letter not in _WITHOUT_WIDTH for letter in key.text[:count])
        edit = Edit(source, Span(key.start, key.start + count), blanks)
        yield error(
            "key-unknown",
            place,
            key,
            f"Before {quoted(name)} stand characters that look like blanks, such as no-break"
            f" spaces. To YAML they are letters, and the key is not indented; {REFUSED}.",
            "Write ordinary blanks.",
            fix=Fix("Write ordinary blanks", Safety.SAFE, (edit,))
            if work.may_edit(place)
            else None,
        )
        work.claim(place)
