"""Policies of restarts: unknown ones, numbers of attempts, and two that differ."""

from __future__ import annotations

import pytest

from composecheck.finding import Safety
from composecheck.rules.restart_values import (
    restart_overridden,
    restart_retries,
    restart_unknown,
)
from tests.rules.accepted import find, fixed, service
from tests.rules.fixing import fixed_text

UNKNOWN = (
    ("allways", "always"),
    ("alway", "always"),
    ("Always", "always"),
    ("unless_stopped", "unless-stopped"),
    ("unless-stoped", "unless-stopped"),
    ("unlessstopped", "unless-stopped"),
    ("on_failure", "on-failure"),
    ("onfailure", "on-failure"),
    ("never", "no"),
    ("yes", "always"),
)


@pytest.mark.parametrize(("written", "meant"), UNKNOWN)
def test_a_policy_that_docker_does_not_know(written: str, meant: str) -> None:
    text = service(f"restart: {written}  # so")
    findings = find(restart_unknown, text, written)
    assert findings[0].suggestions == (meant,)
    assert findings[0].fix is not None
    assert findings[0].fix.safety is Safety.UNSAFE
    assert fixed(text, findings) == service(f"restart: {meant}  # so")


def test_the_number_behind_it_is_kept() -> None:
    text = service("restart: on_failure:3")
    findings = find(restart_unknown, text, "on_failure")
    assert fixed(text, findings) == service("restart: on-failure:3")


def test_what_is_not_near_has_no_fix() -> None:
    (finding,) = find(restart_unknown, service("restart: sometimes"), "sometimes")
    assert finding.fix is None
    assert "unless-stopped" in finding.remedy


def test_what_is_shared_is_found_once_and_fixed_for_all() -> None:
    text = "x-r: &r allways\n" + service("restart: *r") + "  b:\n    image: y\n    restart: *r\n"
    find(restart_unknown, text, "allways")
    assert fixed_text(text) == text.replace("allways", "always")


@pytest.mark.parametrize(
    "written",
    [
        "always",
        "no",
        '"no"',
        '""',
        "unless-stopped",
        "on-failure",
        "on-failure:5",
        "none",
        "any",
        "$A",
        "${A:-allways}",
        "un$A",
    ],
)
def test_a_policy_that_docker_knows(written: str) -> None:
    text = service(f"restart: {written}")
    assert find(restart_unknown, text) == []
    assert find(restart_retries, text) == []


def test_a_number_behind_another_policy() -> None:
    text = service("restart: always:3")
    findings = find(restart_retries, text, "3")
    assert fixed(text, findings) == service("restart: on-failure:3")


@pytest.mark.parametrize(
    ("written", "characters"), [("on-failure:-1", "-1"), ("on-failure:x", "x")]
)
def test_what_is_no_number_of_attempts(written: str, characters: str) -> None:
    (finding,) = find(restart_retries, service(f"restart: {written}"), characters)
    assert finding.fix is None


def both(restart: str, policy: str) -> str:
    """Return a file with a service that has both policies."""
    return service(f"restart: {restart}", f"deploy: {{restart_policy: {{{policy}}}}}")


@pytest.mark.parametrize(
    ("restart", "policy"),
    [
        ("always", "condition: none"),
        ("unless-stopped", "condition: on-failure"),
        ("always", "max_attempts: 3"),
        ("on-failure", "condition: any"),
        ('"no"', "condition: any"),
    ],
)
def test_two_policies_that_differ(restart: str, policy: str) -> None:
    (finding,) = find(restart_overridden, both(restart, policy), restart.strip('"'))
    assert len(finding.related) == 1


@pytest.mark.parametrize(
    ("restart", "policy"),
    [
        ("always", "condition: any"),
        ("unless-stopped", "condition: any"),
        ("on-failure", "condition: on-failure"),
        ("on-failure:3", "condition: on-failure, max_attempts: 3"),
        ('"no"', "condition: none"),
        ("$A", "condition: none"),
        ("always", "condition: $A"),
    ],
)
def test_two_policies_that_agree(restart: str, policy: str) -> None:
    assert find(restart_overridden, both(restart, policy)) == []


def test_one_policy() -> None:
    assert find(restart_overridden, service("restart: always", "deploy: {replicas: 2}")) == []
    assert find(restart_overridden, service("deploy: {restart_policy: {condition: none}}")) == []
