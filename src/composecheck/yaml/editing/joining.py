"""Edits that belong together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Edit

if TYPE_CHECKING:
    from collections.abc import Iterable


def joined(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Return `edits` sorted by place; what is inserted at one place is one edit, in its order."""
    result: list[Edit] = []
    for edit in sorted(edits, key=lambda edit: (edit.span.start, edit.span.end)):
        if not len(edit.span) and not edit.text:
            continue
        if result and not len(edit.span) and edit.span == result[-1].span:
            result[-1] = Edit(edit.source, edit.span, result[-1].text + edit.text)
        else:
            result.append(edit)
    return tuple(result)
