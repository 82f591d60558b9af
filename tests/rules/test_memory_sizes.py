"""Sizes of memory that cannot be meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composecheck.finding import Safety
from composecheck.rules.memory_sizes import (
    memory_ignored,
    memory_limits_crossed,
    memory_too_small,
)
from tests.rules.accepted import find, fixed, model, service
from tests.shared_material import requires_compose

if TYPE_CHECKING:
    from pathlib import Path

KEYS = (
    "mem_limit: {}",
    "mem_reservation: {}",
    "deploy: {{resources: {{limits: {{memory: {}}}}}}}",
    "deploy: {{resources: {{reservations: {{memory: {}}}}}}}",
)


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("quote", ["", '"'])
def test_a_number_without_a_unit(key: str, quote: str) -> None:
    text = service(key.format(f"{quote}512{quote}"))
    findings = find(memory_too_small, text, "512")
    assert "512 bytes" in findings[0].message
    assert findings[0].fix is not None
    assert findings[0].fix.safety is Safety.UNSAFE
    assert fixed(text, findings) == service(key.format(f"{quote}512m{quote}"))


@pytest.mark.parametrize("written", ["5m", "100k", "1", "1048576", "512b", "0.5m"])
def test_what_is_too_little_without_a_fix(written: str) -> None:
    assert find(memory_too_small, service(f"mem_limit: {written}"), written)[0].fix is None


def test_shared_memory_in_which_nothing_fits() -> None:
    text = service("shm_size: 256")
    assert fixed(text, find(memory_too_small, text, "256")) == service("shm_size: 256m")


@pytest.mark.parametrize(
    "line",
    [
        "mem_limit: 512m",
        "mem_limit: 6m",
        "mem_limit: 6291456",
        "mem_limit: 0",
        "mem_limit: $A",
        "mem_limit: ${A:-512}",
        "mem_limit: 512$A",
        "memswap_limit: -1",
        "shm_size: 64k",
        "shm_size: 1048576",
    ],
)
def test_sizes_that_can_be_meant(line: str) -> None:
    assert find(memory_too_small, service(line)) == []


CROSSED = (
    (("mem_limit: 512m", "mem_reservation: 1g"), "1g", 1),
    (
        ("deploy: {resources: {limits: {memory: 50M}, reservations: {memory: 100M}}}",),
        "100M",
        1,
    ),
    (("mem_limit: 1g", "memswap_limit: 512m"), "512m", 1),
    (("memswap_limit: 1g",), "1g", 0),
)


@pytest.mark.parametrize(("lines", "characters", "places"), CROSSED)
def test_sizes_that_cannot_both_hold(lines: tuple[str, ...], characters: str, places: int) -> None:
    (finding,) = find(memory_limits_crossed, service(*lines), characters)
    assert len(finding.related) == places


@pytest.mark.parametrize(
    "lines",
    [
        ("mem_limit: 1g", "mem_reservation: 512m"),
        ("mem_limit: 1g", "mem_reservation: 1024m"),
        ("mem_limit: 1g", "memswap_limit: 2g"),
        ("mem_limit: 1g", "memswap_limit: 1g"),
        ("mem_limit: 1g", "memswap_limit: -1"),
        ("mem_limit: 1g", "memswap_limit: 0"),
        ("mem_limit: $A", "memswap_limit: 1g"),
        ("mem_limit: $A", "mem_reservation: 1g"),
        ("mem_limit: 0", "mem_reservation: 1g"),
        ("mem_limit: 512", "mem_reservation: 1g"),
        ("memswap_limit: 1g", "deploy: {resources: {limits: {memory: 512M}}}"),
        ("mem_reservation: 1g",),
        ("memswap_limit: $A",),
    ],
)
def test_sizes_that_hold(lines: tuple[str, ...]) -> None:
    assert find(memory_limits_crossed, service(*lines)) == []


@pytest.mark.parametrize("written", ["1.5", "1e9"])
def test_a_number_that_compose_ignores(written: str) -> None:
    (finding,) = find(memory_ignored, service(f"mem_limit: {written}"), written)
    assert finding.fix is None


@requires_compose
def test_compose_does_ignore_it(tmp_path: Path) -> None:
    assert "mem_limit" not in model(service("mem_limit: 1.5"), tmp_path)["services"]["a"]
    assert model(service("mem_limit: 512"), tmp_path)["services"]["a"]["mem_limit"] == "512"


@pytest.mark.parametrize("written", ["1.5g", '"1.5"', "1", "$A", "1024m"])
def test_numbers_that_compose_reads(written: str) -> None:
    assert find(memory_ignored, service(f"mem_limit: {written}")) == []
