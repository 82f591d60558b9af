"""Fixing a text, for the tests of rules."""

from __future__ import annotations

from composecheck.fix import fix_text


def fixed_text(text: str) -> str:
    """Return `text` with all fixes made that there are; none of them may have failed."""
    fixed = fix_text(text, is_unsafe=True)
    assert not fixed.dropped
    return fixed.text
