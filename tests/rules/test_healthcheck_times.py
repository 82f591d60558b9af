"""Times and numbers of tests of health that Docker refuses or takes for nothing."""

from __future__ import annotations

import pytest

from composecheck.finding import Safety, Severity
from composecheck.rules.healthcheck_times import (
    healthcheck_off,
    healthcheck_start_interval,
    healthcheck_time,
    healthcheck_zero,
)
from tests.rules.accepted import find, fixed, service


def check(*lines: str) -> str:
    """Return a file with a service whose `healthcheck` has these lines beside its test."""
    return service("healthcheck:", "  test: [CMD, a]", *(f"  {line}" for line in lines))


@pytest.mark.parametrize("key", ["interval", "timeout", "start_period", "start_interval"])
def test_a_time_below_zero(key: str) -> None:
    text = check(f"{key}: -5s")
    (finding,) = findings = find(healthcheck_time, text, "-5s")
    assert f'"{key}"' in finding.message
    assert finding.fix is not None
    assert finding.fix.safety is Safety.UNSAFE
    assert fixed(text, findings) == check(f"{key}: 5s")


@pytest.mark.parametrize("written", ["100us", "0.5ms", "-1us", "999999ns"])
def test_a_time_that_is_too_short(written: str) -> None:
    assert find(healthcheck_time, check(f"interval: {written}"), written)[0].fix is None


def test_a_time_in_quotes_is_fixed_within_them() -> None:
    text = check('timeout: "-1m30s"')
    assert fixed(text, find(healthcheck_time, text, "-1m30s")) == check('timeout: "1m30s"')


@pytest.mark.parametrize("written", ["1ms", "5s", "0s", "1h", "$A", "-$A", "soon", "1w"])
def test_a_time_that_docker_takes(written: str) -> None:
    assert find(healthcheck_time, check(f"interval: {written}")) == []


@pytest.mark.parametrize(
    ("line", "written", "instead"),
    [
        ("retries: 0", "0", '"3"'),
        ('retries: "0"', "0", '"3"'),
        ("interval: 0s", "0s", '"30s"'),
        ("timeout: 0m", "0m", '"30s"'),
        ("start_interval: 0s", "0s", '"5s"'),
    ],
)
def test_a_zero_is_as_good_as_nothing(line: str, written: str, instead: str) -> None:
    (finding,) = find(healthcheck_zero, check(line), written)
    assert instead in finding.message


@pytest.mark.parametrize(
    "line", ["retries: 1", "retries: $A", "start_period: 0s", "interval: 1s", "timeout: $A"]
)
def test_a_number_that_counts(line: str) -> None:
    assert find(healthcheck_zero, check(line)) == []


def test_what_two_services_share_is_told_once() -> None:
    text = """\
        x-a: &a {image: x, healthcheck: {test: [CMD, a], retries: 0, interval: -1s}}
        services: {a: *a, b: *a}
        """
    find(healthcheck_zero, text, "0")
    find(healthcheck_time, text, "-1s")


def test_an_interval_for_a_start_that_takes_no_time() -> None:
    find(healthcheck_start_interval, check("start_interval: 1s"), "start_interval")


@pytest.mark.parametrize(
    "lines",
    [
        ("start_interval: 1s", "start_period: 5s"),
        ("start_interval: 1s", "start_period: $A"),
        ("start_interval: 0s",),
        ("start_interval: $A",),
        ("start_period: 5s",),
        ("start_interval: 1s", "disable: true"),
    ],
)
def test_an_interval_for_a_start(lines: tuple[str, ...]) -> None:
    assert find(healthcheck_start_interval, check(*lines)) == []


def test_a_start_that_a_merge_key_brings() -> None:
    text = """\
        x-h: &h {start_period: 5s}
        services: {a: {image: x, healthcheck: {<<: *h, start_interval: 1s}}}
        """
    assert find(healthcheck_start_interval, text) == []


def test_a_test_that_is_switched_off() -> None:
    (finding,) = find(healthcheck_off, check("disable: true", "interval: 5s"), "test")
    assert finding.severity is Severity.NOTE
    assert '"test" and "interval" have no effect' in finding.message
    assert [place.source.slice(place.span) for place in finding.related] == ["disable"]


@pytest.mark.parametrize(
    "text",
    [
        check("disable: false"),
        check("disable: $A"),
        check("interval: 1s"),
        service("healthcheck: {disable: true}"),
        service("healthcheck: {disable: true, x-why: slow}"),
        "x-h: &h {test: [CMD, a]}\nservices: {a: {image: x, healthcheck: {<<: *h, disable: true}}}",
    ],
)
def test_a_test_that_is_on_or_not_there(text: str) -> None:
    assert find(healthcheck_off, text) == []
