"""When a container is started again; Compose takes any text, which is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composecheck.language.restart_policies import (
    Fault,
    InvalidRestartPolicy,
    Policy,
    RestartPolicy,
    parse_restart_policy,
)
from composecheck.source import Span
from tests.language.batches import with_unknown_part
from tests.language.services import quoted, services_of_compose, standing, traced

if TYPE_CHECKING:
    from pathlib import Path

RIGHT: list[tuple[str, Policy, int]] = [
    ("no", Policy.NO, 0),
    ("", Policy.NO, 0),
    ("none", Policy.NO, 0),
    ("always", Policy.ALWAYS, 0),
    ("any", Policy.ALWAYS, 0),
    ("always:0", Policy.ALWAYS, 0),
    ("unless-stopped", Policy.UNLESS_STOPPED, 0),
    ("on-failure", Policy.ON_FAILURE, 0),
    ("on-failure:", Policy.ON_FAILURE, 0),
    ("on-failure:3", Policy.ON_FAILURE, 3),
]

WRONG: list[tuple[str, Fault, str]] = [
    ("onfailure", Fault.UNKNOWN, "onfailure"),
    ("unless_stopped", Fault.UNKNOWN, "unless_stopped"),
    ("Always", Fault.UNKNOWN, "Always"),
    (":3", Fault.UNKNOWN, ":3"),
    ("on-failure:x", Fault.RETRIES, "x"),
    ("on-failure: 3", Fault.RETRIES, " 3"),
    ("on-failure:-1", Fault.NEGATIVE_RETRIES, "-1"),
    ("always:3", Fault.RETRIES_NOT_ALLOWED, "3"),
]


@pytest.mark.parametrize(("text", "policy", "retries"), RIGHT)
def test_a_policy_is_read(text: str, policy: Policy, retries: int) -> None:
    made = parse_restart_policy(traced(text))
    assert made == RestartPolicy(policy, Span(0, len(text)), retries)


@pytest.mark.parametrize(("text", "fault", "wrong"), WRONG)
def test_what_is_wrong_is_pointed_at(text: str, fault: Fault, wrong: str) -> None:
    made = parse_restart_policy(traced(text))
    assert isinstance(made, InvalidRestartPolicy)
    assert (made.fault, made.text, standing(made.span, text)) == (fault, wrong, wrong)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("${R}", None),
        ("on-failure:${N}", None),
        ("${R}:3", None),
        ("x${R}:3", "x${R}"),
        ("x:${N}", "x"),
        ("on-failure:x${N}", "x${N}"),
    ],
)
def test_what_is_wrong_whatever_the_variables_are(text: str, wrong: str | None) -> None:
    made = parse_restart_policy(traced(text))
    assert (standing(made.span, text) if made else None) == wrong


def test_nothing_is_wrong_that_could_be_right() -> None:
    for text, _, _ in RIGHT:
        for open_ in with_unknown_part(text):
            assert not isinstance(parse_restart_policy(traced(open_)), InvalidRestartPolicy), open_


def test_the_real_program_takes_them_all(tmp_path: Path) -> None:
    texts = [text for text, _, _ in RIGHT] + [text for text, _, _ in WRONG]
    services = services_of_compose([f"restart: {quoted(text)}" for text in texts], tmp_path)
    assert [service.get("restart", "") for service in services] == texts
