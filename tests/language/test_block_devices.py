"""Limits for block devices: read and refused as Compose does it, which is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composecheck.language.block_devices import (
    Fault,
    InvalidWeight,
    Limited,
    Weight,
    read_block_devices,
)
from composecheck.language.byte_sizes import ByteSize, IgnoredSize, InvalidByteSize
from composecheck.source import Span
from tests.language.batches import refused_by_compose
from tests.language.services import node, open_text, services_of_compose, standing

if TYPE_CHECKING:
    from pathlib import Path

WEIGHTS: list[tuple[str, Weight | InvalidWeight | None]] = [
    ("300", Weight(300, 300, Span(9, 12))),
    ("0", Weight(0, 0, Span(9, 10))),
    ("70000", Weight(4464, 70000, Span(9, 14))),
    ("2.0", Weight(2, 2, Span(9, 12))),
    ("1e3", Weight(1000, 1000, Span(9, 12))),
    ("'300'", InvalidWeight(Span(10, 13), "300", Fault.TEXT)),
    ("'${W}'", InvalidWeight(Span(10, 14), "${W}", Fault.TEXT)),
    ("-1", InvalidWeight(Span(9, 11), "-1", Fault.NEGATIVE)),
    ("-2.0", InvalidWeight(Span(9, 13), "-2.0", Fault.NEGATIVE)),
    (".inf", None),
    ("true", None),
]


@pytest.mark.parametrize(("text", "weight"), WEIGHTS)
def test_a_weight_is_read(text: str, weight: Weight | InvalidWeight | None) -> None:
    devices = read_block_devices(node(f"{{weight: {text}}}"), open_text)
    assert devices is not None
    assert devices.weight == weight


def test_devices_are_read() -> None:
    text = (
        "{weight_device: [{path: /dev/sda, weight: 400}, {weight: '5'}],"
        " device_read_bps: [{path: /dev/sda, rate: 1mb}, {path: /dev/sdb, rate: 1x}],"
        " device_write_iops: [{path: '${DEV}', rate: 120}, {rate: 1.5}, {path: a}, 5]}"
    )
    devices = read_block_devices(node(text), open_text)
    assert devices is not None
    assert devices.weight is None
    first, second = devices.device_weights
    assert first.path is not None
    assert first.path.text == "/dev/sda"
    assert isinstance(first.weight, Weight)
    assert second.path is None
    assert isinstance(second.weight, InvalidWeight)
    assert standing(second.span, text) == "{weight: '5'}"
    rates = [(limit.limited, limit.rate) for limit in devices.device_limits]
    assert [limited for limited, _ in rates] == [Limited.READ_BYTES] * 2 + [
        Limited.WRITE_OPERATIONS
    ] * 3
    assert [type(rate) for _, rate in rates] == [
        ByteSize,
        InvalidByteSize,
        ByteSize,
        IgnoredSize,
        type(None),
    ]
    assert devices.device_limits[2].path is not None
    assert not devices.device_limits[2].path.is_known


def test_what_is_no_configuration() -> None:
    assert read_block_devices(node("[a]"), open_text) is None
    devices = read_block_devices(node("{weight_device: a}"), open_text)
    assert devices is not None
    assert (devices.device_weights, devices.device_limits) == ((), ())


def test_the_real_program_reads_them_so(tmp_path: Path) -> None:
    rows = [(f"blkio_config: {{weight: {text}}}", weight) for text, weight in WEIGHTS]
    refused = [line for line, weight in rows if isinstance(weight, InvalidWeight)]
    assert refused_by_compose(refused, tmp_path) == refused
    accepted = [(line, weight) for line, weight in rows if isinstance(weight, Weight)]
    services = services_of_compose([line for line, _ in accepted], tmp_path)
    assert [service["blkio_config"].get("weight", 0) for service in services] == [
        weight.value for _, weight in accepted
    ]


def test_the_real_program_reads_rates_so(tmp_path: Path) -> None:
    lines = [f"blkio_config: {{{key.value}: [{{path: a, rate: %s}}]}}" for key in Limited]
    bad = [line % rate for line in lines for rate in ("1x", '"-1k"')]
    assert refused_by_compose(bad, tmp_path) == bad
    services = services_of_compose([line % '"1 mb"' for line in lines], tmp_path)
    made = [
        service["blkio_config"][key.value][0]["Rate"]
        for key, service in zip(Limited, services, strict=True)
    ]
    assert made == ["1048576"] * 4
