"""The documentation of each rule on values is true: what it shows is run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composecheck.finding import Severity, splice
from composecheck.rule import describe
from tests.rules.value_rules import RULES, find_in
from tests.shared_material import ask_compose

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from composecheck.finding import Finding

each_rule = pytest.mark.parametrize("check", RULES, ids=lambda check: str(describe(check).name))


@each_rule
def test_the_bad_example_breaks_exactly_this_rule(
    check: Callable[..., Iterator[Finding]], tmp_path: Path
) -> None:
    documented = describe(check)
    (tmp_path / "compose.yaml").write_text(documented.bad, encoding="utf-8")
    found = find_in(tmp_path)

    assert [finding.rule for finding in found] == [documented.name]
    assert found[0].severity is documented.severity
    if not documented.name.endswith("-remote"):  # which the real program would fetch
        answer = ask_compose(documented.bad, tmp_path)
        assert (answer.returncode != 0) == (documented.severity is Severity.ERROR)


@each_rule
def test_the_good_example_is_clean(check: Callable[..., Iterator[Finding]], tmp_path: Path) -> None:
    documented = describe(check)
    (tmp_path / "compose.yaml").write_text(documented.good, encoding="utf-8")

    assert find_in(tmp_path) == []
    assert ask_compose(documented.good, tmp_path).returncode == 0


@each_rule
def test_the_fix_makes_the_good_example_of_the_bad_one(
    check: Callable[..., Iterator[Finding]], tmp_path: Path
) -> None:
    documented = describe(check)
    (tmp_path / "compose.yaml").write_text(documented.bad, encoding="utf-8")
    (found,) = find_in(tmp_path)

    if found.fix is not None:
        assert splice(documented.bad, found.fix.edits) == documented.good


def test_names_are_unique() -> None:
    names = [describe(check).name for check in RULES]

    assert len(set(names)) == len(names)
