"""What the page about silencing findings shows is what happens."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from composecheck.rules.ignores import RULES
from tests.suppression.judging import judge

PAGE = Path(__file__).resolve().parent.parent.parent / "docs" / "suppressing.md"
TEXT = PAGE.read_text(encoding="utf-8")
BLOCKS = re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)


@pytest.mark.parametrize("block", BLOCKS)
def test_the_comments_shown_silence_what_is_there(block: str) -> None:
    outcome = judge(block)
    assert outcome.kept == outcome.notes == ()
    assert outcome.suppressed


def test_the_rules_about_comments_are_named() -> None:
    assert len(BLOCKS) == 5
    for function in RULES:
        assert f"- `{function.__dict__['composecheck_rule'][0]}`: " in TEXT
