"""What was read of the rules' findings: enough of it, and nearly all of it right."""

from __future__ import annotations

import re

import pytest

from composecheck import all_rules
from tests.precision.counting import HERE, PAGE, verdicts

READ = sorted(path.stem for path in HERE.glob("*.jsonl"))
_ROW = re.compile(r"\| \[([a-z-]+)\]\(rules/[a-z-]+\.md\) \| \w+ \| (\d+) \| (\S+) \| (\S+) \|")


@pytest.mark.parametrize("rule", READ)
def test_what_was_read_is_right(rule: str) -> None:
    rows = verdicts(rule)
    assert rule in [known.name for known in all_rules()]
    assert all(
        row.keys() >= {"file", "line", "text", "right", "why"} and row["why"] for row in rows
    )
    assert sum(bool(row["right"]) for row in rows) >= 0.95 * len(rows)


def test_the_page_has_each_rule_and_what_was_read_of_it() -> None:
    rows = {name: (hits, read) for name, hits, read, _ in _ROW.findall(PAGE.read_text("utf-8"))}
    expected = {rule.name for rule in all_rules() if rule.category.value in ("runtime", "upkeep")}
    assert set(rows) == expected, "run `make precision`"
    for rule in READ:
        assert rows.get(rule, ("", "0"))[1] == str(len(verdicts(rule))), rule
