"""When an image is pulled: read and refused as Compose does it, which is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composecheck.language.pull_policies import (
    Fault,
    InvalidPullPolicy,
    Policy,
    PullPolicy,
    parse_pull_policy,
)
from composecheck.source import Span
from tests.language.batches import with_unknown_part
from tests.language.services import (
    accepted_by_compose,
    quoted,
    services_of_compose,
    standing,
    traced,
)

if TYPE_CHECKING:
    from pathlib import Path

# What is written, what it means, and how old an image may be, in seconds.
ACCEPTED: list[tuple[str, Policy, float | None]] = [
    ("always", Policy.ALWAYS, None),
    ("never", Policy.NEVER, None),
    ("missing", Policy.MISSING, None),
    ("if_not_present", Policy.MISSING, None),
    ("build", Policy.BUILD, None),
    ("refresh", Policy.REFRESH, None),
    ("daily", Policy.REFRESH, 86_400),
    ("weekly", Policy.REFRESH, 7 * 86_400),
    ("every_12h", Policy.REFRESH, 12 * 3_600),
    ("every_1w2d3h4m5s", Policy.REFRESH, 9 * 86_400 + 3 * 3_600 + 4 * 60 + 5),
    ("every_99999999w", Policy.REFRESH, None),
]

REFUSED: list[tuple[str, Fault, str]] = [
    ("", Fault.EMPTY, ""),
    ("Always", Fault.UNKNOWN, "Always"),
    ("ifnotpresent", Fault.UNKNOWN, "ifnotpresent"),
    ("always ", Fault.UNKNOWN, "always "),
    ("every", Fault.UNKNOWN, "every"),
    ("every_", Fault.INTERVAL, ""),
    ("every_12", Fault.INTERVAL, "12"),
    ("every_1.5h", Fault.INTERVAL, "1.5h"),
    ("every_5ms", Fault.INTERVAL, "5ms"),
    ("every_day", Fault.INTERVAL, "day"),
]


@pytest.mark.parametrize(("text", "policy", "seconds"), ACCEPTED)
def test_a_policy_is_read(text: str, policy: Policy, seconds: float | None) -> None:
    made = parse_pull_policy(traced(text))
    assert isinstance(made, PullPolicy)
    assert (made.policy, made.span) == (policy, Span(0, len(text)))
    assert (made.interval and made.interval.seconds) == seconds


@pytest.mark.parametrize(("text", "fault", "wrong"), REFUSED)
def test_what_is_wrong_is_pointed_at(text: str, fault: Fault, wrong: str) -> None:
    made = parse_pull_policy(traced(text))
    assert isinstance(made, InvalidPullPolicy)
    assert (made.fault, made.text, standing(made.span, text)) == (fault, wrong, wrong)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("${P}", None),
        ("al${P}", None),
        ("every_${N}h", None),
        ("ev${N}h", None),
        ("every_${N}y", "${N}y"),
        ("Al${P}", "Al${P}"),
        ("ev${N}y", "ev${N}y"),
    ],
)
def test_what_is_wrong_whatever_the_variables_are(text: str, wrong: str | None) -> None:
    made = parse_pull_policy(traced(text))
    assert (standing(made.span, text) if made else None) == wrong
    assert made is None or isinstance(made, InvalidPullPolicy)


def test_no_text_is_refused_for_what_could_be_right() -> None:
    for text, _, _ in ACCEPTED:
        assert {parse_pull_policy(traced(open_)) for open_ in with_unknown_part(text)} == {None}


def test_the_real_program_reads_them_so(tmp_path: Path) -> None:
    lines = [f"pull_policy: {quoted(text)}" for text, _, _ in ACCEPTED]
    assert len(services_of_compose(lines, tmp_path)) == len(ACCEPTED)
    lines = [f"pull_policy: {quoted(text)}" for text, _, _ in REFUSED]
    assert accepted_by_compose(lines, tmp_path) == []
