"""Waiting for what never comes: health that nobody tests, an end that Docker prevents."""

from __future__ import annotations

import pytest

from composecheck.finding import Safety
from composecheck.rules.health_conditions import (
    dependency_never_completed,
    dependency_never_healthy,
)
from tests.rules.accepted import find, fixed


def waiting(condition: str, *lines: str, more: str = "") -> str:
    """Return a file with a service that waits for `db`, which has `lines`."""
    return (
        "services:\n  web:\n    image: x\n    depends_on:\n      db:\n"
        f"        condition: {condition}\n{more}"
        "  db:\n" + "".join(f"    {line}\n" for line in lines)
    )


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (("image: postgres:17",), 'the image "postgres" brings none'),
        (("image: library/redis",), '"redis"'),
        (("image: docker.io/library/mysql:8@sha256:" + "a" * 64,), '"mysql"'),
        (("image: postgres:${V:-17}",), '"postgres"'),
        (("image: postgres", "healthcheck: {interval: 10s}"), 'its "healthcheck" has no "test"'),
        (("image: example/db", "healthcheck: {disable: true}"), "switched off"),
        (("build: .", "healthcheck: {test: [NONE]}"), "switched off"),
        (("image: y", "healthcheck: {disable: true, test: [CMD, a]}"), "switched off"),
    ],
)
def test_health_that_nothing_tests(lines: tuple[str, ...], reason: str) -> None:
    text = waiting("service_healthy", *lines)
    (finding,) = find(dependency_never_healthy, text, "service_healthy")
    assert reason in finding.message
    assert finding.path == ("services", "web", "depends_on", "db", "condition")
    assert [place.source for place in finding.related] == [finding.source]


@pytest.mark.parametrize(
    "lines",
    [
        ("image: postgres", "healthcheck: {test: [CMD, a]}"),
        ("image: postgres", "healthcheck: {test: a}"),
        ("image: postgres", "healthcheck: {test: $A}"),
        ("image: example/db",),
        ("image: postgis/postgis",),
        ("image: quay.io/library/postgres",),
        ("image: elasticsearch:9.0.0",),
        ("image: $A",),
        ("image: ${A}postgres",),
        ("build: .",),
        ("build: .", "image: postgres"),
        ("image: example/db", "healthcheck: {disable: false}"),
        ("image: example/db", "healthcheck: {interval: 10s}"),
        ("image: example/db", "healthcheck: {disable: $A}"),
        ("extends: {file: other.yaml, service: db}", "image: postgres"),
    ],
)
def test_health_that_may_be_tested(lines: tuple[str, ...]) -> None:
    assert find(dependency_never_healthy, waiting("service_healthy", *lines)) == []


def test_another_condition_or_one_that_need_not_come() -> None:
    assert find(dependency_never_healthy, waiting("service_started", "image: postgres")) == []
    optional = waiting("service_healthy", "image: postgres", more="        required: false\n")
    assert find(dependency_never_healthy, optional) == []


def test_an_image_of_that_name_may_be_built_here() -> None:
    text = waiting("service_healthy", "image: postgres:mine")
    text += "  other:\n    build: .\n    image: postgres:mine\n"
    assert find(dependency_never_healthy, text) == []


def test_each_place_is_found_once() -> None:
    text = waiting("service_healthy", "image: postgres").replace("  web:", "  web: &w")
    find(dependency_never_healthy, text + "  more: *w\n", "service_healthy")


@pytest.mark.parametrize("policy", ["always", "unless-stopped"])
def test_an_end_that_does_not_come(policy: str) -> None:
    text = waiting("service_completed_successfully", "image: y", f"restart: {policy}")
    (finding,) = find(dependency_never_completed, text, "service_completed_successfully")
    assert f'"restart: {policy}"' in finding.message
    (place,) = finding.related
    assert place.source.slice(place.span) == policy
    assert finding.fix is not None
    assert finding.fix.safety is Safety.UNSAFE
    assert finding.fix.changes == (("services", "db", "restart"),)
    assert fixed(text, [finding]) == text.replace(policy, "on-failure")


@pytest.mark.parametrize(
    "lines",
    [
        ("image: y",),
        ('restart: "no"',),
        ("restart: on-failure",),
        ("restart: on-failure:3",),
        ("restart: $A",),
        ("restart: allways",),
        ("restart: always", "deploy: {restart_policy: {condition: none}}"),
    ],
)
def test_an_end_that_may_come(lines: tuple[str, ...]) -> None:
    text = waiting("service_completed_successfully", "image: y", *lines)
    if lines == ("image: y",):
        text = waiting("service_completed_successfully", *lines)
    assert find(dependency_never_completed, text) == []


def test_the_policy_counts_for_no_other_condition() -> None:
    text = waiting("service_started", "image: y", "restart: always")
    assert find(dependency_never_completed, text) == []
