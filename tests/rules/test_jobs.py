"""Jobs, and what depends on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composecheck.finding import Severity
from composecheck.rules.jobs import RULES, job_as_dependency, job_dependency, job_name_taken
from tests.rules.fitting import assert_accepted, assert_refused, judge

if TYPE_CHECKING:
    from pathlib import Path

    from tests.rules.fitting import Rule

SERVICES = "services: {a: {image: x}, b: {image: x, profiles: [p]}}\n"


def _job(keys: str) -> str:
    return SERVICES + f"jobs: {{j: {{image: x, triggers: {{manual: true}}, {keys}}}}}"


def _needing(keys: str, job: str = "image: y") -> str:
    return (
        f"services: {{a: {{image: x, {keys}}}}}\njobs: {{j: {{{job}, triggers: {{manual: true}}}}}}"
    )


REFUSED: tuple[tuple[Rule, str, str], ...] = (
    (job_dependency, _job("depends_on: [q]"), "q"),
    (job_dependency, _job("depends_on: {q: {condition: service_started, required: false}}"), "q"),
    (job_dependency, _job("depends_on: [b]"), "b"),
    (job_dependency, _job("network_mode: 'service:q'"), "q"),
    (job_dependency, _job("volumes_from: [b]"), "b"),
    (job_as_dependency, _needing("depends_on: [j]"), "j"),
    (job_as_dependency, _needing("links: [j]"), "j"),
    (job_as_dependency, _needing("depends_on: [j]", "profiles: [o], image: y"), "j"),
    (job_name_taken, SERVICES + "jobs: {b: {image: x, triggers: {manual: true}}}", "b"),
    (
        job_name_taken,
        SERVICES + "jobs: {a: {image: x, profiles: [z], triggers: {manual: true}}}",
        "a",
    ),
)

ACCEPTED = (
    _job("depends_on: [a]"),
    _job("depends_on: [j]"),
    _job("depends_on: {b: {condition: service_started, required: false}}"),
    _job("depends_on: [q], profiles: [z]"),
    _job("volumes: ['qq:/a'], networks: [q], secrets: [q]"),
    SERVICES + "jobs: {x-j: {image: x, triggers: {manual: true}, depends_on: [q]}}",
    _needing("profiles: [z], depends_on: [j]"),
)


@pytest.mark.parametrize(("rule", "text", "characters"), REFUSED, ids=[row[1] for row in REFUSED])
def test_what_compose_refuses(rule: Rule, text: str, characters: str, tmp_path: Path) -> None:
    assert_refused(rule, text, characters, tmp_path)
    assert not [other for other in RULES if other is not rule and judge(other, text)]


@pytest.mark.parametrize("text", ACCEPTED)
def test_what_compose_accepts(text: str, tmp_path: Path) -> None:
    for rule in RULES:
        assert_accepted(rule, text, tmp_path)


def test_in_the_text_a_profile_may_be_on_elsewhere() -> None:
    (finding,) = judge(job_dependency, _job("depends_on: [b]"), is_here=False)
    assert finding.severity is Severity.WARNING


def test_a_near_name_is_suggested() -> None:
    text = "services: {database: {image: x}}\n" + _job("depends_on: [databse]").partition("\n")[2]
    (finding,) = judge(job_dependency, text)
    assert finding.suggestions == ("database",)
