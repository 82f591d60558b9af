"""The cases that we have written, and the examples of the rules: asked of both sides."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composecheck.rules import all_rules
from tests.conformance.case import one_file
from tests.conformance.cause_table import TABLE
from tests.conformance.causes import CRASH, causes_in
from tests.conformance.comparison import Difference, Kind, Tally, compare
from tests.conformance.compose import Answer
from tests.conformance.examples import bad_examples
from tests.conformance.ours import Judgement, judge
from tests.conformance.running import both
from tests.conformance.written import Written, written
from tests.shared_material import requires_compose

if TYPE_CHECKING:
    from pathlib import Path

each_case = pytest.mark.parametrize("item", written(), ids=lambda item: item.case.name)


@pytest.fixture(scope="module")
def sides() -> dict[str, tuple[Answer, Judgement]]:
    """Return what Compose and we say of each written case, by name."""
    found = {}
    for case, theirs, ours in both(item.case for item in written()):
        assert isinstance(ours, Judgement), f"{case.name}: {ours!r}"
        found[case.name] = (theirs, ours)
    return found


@requires_compose
@each_case
def test_case_is_judged_as_by_compose(
    item: Written, sides: dict[str, tuple[Answer, Judgement]]
) -> None:
    answer, ours = sides[item.case.name]
    is_refused = bool(item.rules) or not item.is_judged
    assert answer.refuses == is_refused, answer.stderr
    assert bool(ours.unjudged) == (not item.is_judged), ours.unjudged
    assert list(compare(item.case, ours, answer)) == []
    assert tuple(sorted({finding.rule for finding in ours.errors})) == item.rules


@pytest.fixture(scope="module")
def examples() -> tuple[Tally, list[str]]:
    """Return how we fare on the bad examples of the rules, and Compose's messages."""
    tally = Tally()
    messages = []
    for case, theirs, ours in both(bad_examples()):
        assert isinstance(ours, Judgement), f"{case.name}: {ours!r}"
        tally.add(case, ours, theirs)
        messages.append(theirs.stderr)
    return tally, messages


@requires_compose
def test_rules_have_examples_that_compose_judges_as_we_do(
    examples: tuple[Tally, list[str]],
) -> None:
    tally, _ = examples
    assert tally.cases["rule example"] == len(all_rules())
    assert tally.refused["rule example"] > 90
    assert tally.differences == []


@requires_compose
def test_every_message_in_the_table_is_one_that_compose_writes(
    sides: dict[str, tuple[Answer, Judgement]], examples: tuple[Tally, list[str]]
) -> None:
    said = [*examples[1], *(answer.stderr for answer, _ in sides.values())]
    never = [
        pattern.pattern
        for pattern, _ in TABLE
        if not any(pattern.search(stderr) for stderr in said)
    ]
    assert never == []


def test_every_rule_in_the_table_is_one_of_ours() -> None:
    names = {rule.name for rule in all_rules()}
    for _, rules in TABLE:
        for rule in rules:
            stem, star, _ = rule.partition("*")
            assert rule in names or (star and any(name.startswith(stem) for name in names)), rule


def test_every_rule_of_a_written_case_is_one_of_ours() -> None:
    names = {rule.name for rule in all_rules()}
    assert {rule for item in written() for rule in item.rules} <= names


def test_a_cause_is_named_only_by_a_finding_that_says_the_same(tmp_path: Path) -> None:
    text = "services:\n  web:\n    image: x\n    volumes: ['data:/data']\n"
    findings = judge(one_file("one", text, origin="test"), tmp_path).errors
    assert [finding.rule for finding in findings] == ["volume-undefined"]

    def is_named(stderr: str) -> list[bool]:
        return [cause.is_named_in(findings) for cause in causes_in(stderr)]

    said = 'service "web" refers to undefined {} {}: invalid compose project'
    assert is_named(said.format("volume", "data")) == [True]
    assert is_named(said.format("volume", "other")) == [False]
    assert is_named(said.format("network", "data")) == [False]
    assert is_named("something that Compose never says") == []
    warning = 'time="x" level=warning msg="service "web" refers to undefined volume no: invalid"'
    assert is_named(warning) == []


def test_several_mistakes_in_one_message_are_several_causes() -> None:
    stderr = "validating F: services.a additional properties 'one', 'two' not allowed"
    (cause,) = causes_in(stderr)
    assert cause.names == ("one", "two")
    stderr = "\n".join(
        f"error while interpolating services.{name}.scale: failed to cast to expected type:"
        f' strconv.Atoi: parsing "x": invalid syntax'
        for name in "ab"
    )
    assert len(causes_in(stderr)) == 2


def test_a_difference_says_what_each_side_says(tmp_path: Path) -> None:
    case = one_file("one", "services: {web: {}}\n", origin="test")
    ours = judge(case, tmp_path)
    (found,) = compare(case, ours, Answer(refuses=False, stderr=""))
    assert found.kind is Kind.FALSE_ERROR
    assert "service-no-image" in found.detail
    (found,) = compare(case, ours, Answer(refuses=True, stderr="whatever"))
    assert found == Difference(case, Kind.CAUSE_NOT_NAMED, found.detail)
    assert list(compare(case, ours, Answer(refuses=True, stderr=f"{CRASH}oh"))) == []
