"""Requests for devices: `gpus` and what `deploy` reserves, as Compose reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from composecheck.language.casts import Integer
from composecheck.language.device_requests import (
    ALL,
    DeviceRequest,
    Fault,
    read_device_request,
    read_gpus,
)
from composecheck.language.traced import Traced, trace
from composecheck.yaml.nodes import Mapping
from composecheck.yaml.walk import find
from tests.language.services import (
    accepted_by_compose,
    blank_text,
    items,
    node,
    open_text,
    published_services,
    services_of_compose,
    standing,
)
from tests.shared_material import requires_shared

if TYPE_CHECKING:
    from pathlib import Path

# What is written as `gpus`, and what Compose makes of it.
ACCEPTED: list[tuple[str, list[dict[str, Any]]]] = [
    ("all", [{"count": -1}]),
    ("[]", []),
    ("[{}]", [{"count": -1}]),
    ("[{count: all}]", [{"count": -1}]),
    ("[{count: ALL}]", [{"count": -1}]),
    ("[{count: 2}]", [{"count": 2}]),
    ('[{count: "1"}]', [{"count": 1}]),
    ('[{count: "+1"}]', [{"count": 1}]),
    ("[{count: -1}]", [{"count": -1}]),
    ("[{count: 0x2}]", [{"count": 2}]),
    ('[{count: "-2"}]', [{"count": -2}]),
    ('[{device_ids: ["0", b]}]', [{"device_ids": ["0", "b"]}]),
    (
        "[{driver: nvidia, capabilities: [gpu, utility]}, {count: 1}]",
        [{"driver": "nvidia", "capabilities": ["gpu", "utility"], "count": -1}, {"count": 1}],
    ),
]

REFUSED = [
    ('[{count: ""}]', Fault.COUNT, ""),
    ("[{count: two}]", Fault.COUNT, "two"),
    ("[{count: 1.0}]", Fault.COUNT, "1.0"),
    ('[{count: "1.5"}]', Fault.COUNT, "1.5"),
    ('[{count: "0x2"}]', Fault.COUNT, "0x2"),
    ('[{count: " 1"}]', Fault.COUNT, " 1"),
    ("[{count: 18446744073709551615}]", Fault.COUNT, "18446744073709551615"),
    ('[{count: "9223372036854775808"}]', Fault.COUNT, "9223372036854775808"),
    ("[{count: 1, device_ids: []}]", Fault.COUNT_AND_IDS, "{count: 1, device_ids: []}"),
]

WRONG_SHAPES = ["[{count: 1.5}]", "[{count: ~}]", "[{count: true}]"]


def as_compose(request: DeviceRequest) -> dict[str, Any]:
    """Return what Compose prints of a request without options."""
    made: dict[str, Any] = {}
    if isinstance(request.count, Integer):
        made["count"] = request.count.value
    elif request.device_ids is None:
        made["count"] = ALL
    for key, texts in (
        ("capabilities", request.capabilities),
        ("device_ids", request.device_ids),
    ):
        if texts:
            made[key] = [text.text for text in texts]
    if request.driver is not None:
        made["driver"] = request.driver.text
    return made


@pytest.mark.parametrize(("text", "expected"), ACCEPTED)
def test_requests_are_read(text: str, expected: list[dict[str, Any]]) -> None:
    requests = read_gpus(node(text), trace)
    assert [
        as_compose(request) for request in requests if isinstance(request, DeviceRequest)
    ] == expected
    assert len(requests) == len(expected)


@pytest.mark.parametrize(("text", "fault", "wrong"), REFUSED)
def test_what_is_wrong_is_pointed_at(text: str, fault: Fault, wrong: str) -> None:
    (found,) = read_gpus(node(text), trace)
    assert isinstance(found, tuple)
    (invalid,) = found
    assert (invalid.fault, standing(invalid.span, text)) == (fault, wrong)
    assert invalid.text == ("" if fault is Fault.COUNT_AND_IDS else wrong)


def test_all_that_is_wrong_is_told() -> None:
    (found,) = read_gpus(node('[{count: x, device_ids: ["0"]}]'), trace)
    assert isinstance(found, tuple)
    assert [part.fault for part in found] == [Fault.COUNT, Fault.COUNT_AND_IDS]


@pytest.mark.parametrize("text", WRONG_SHAPES)
def test_nothing_is_said_of_a_wrong_shape(text: str) -> None:
    (found,) = read_gpus(node(text), trace)
    assert isinstance(found, DeviceRequest)
    assert found.count is None
    assert read_gpus(node("1"), trace) == read_gpus(node("[all]"), trace) == ()


def test_each_part_knows_its_place() -> None:
    text = '[{count: 2, driver: nvidia, capabilities: [gpu], options: {a: b}}, {device_ids: ["0"]}]'
    first, second = read_gpus(node(text), trace)
    assert isinstance(first, DeviceRequest)
    assert isinstance(second, DeviceRequest)
    assert first.capabilities
    assert first.options is not None
    assert second.device_ids
    assert isinstance(first.count, Integer)
    assert standing(first.count.span, text) == "2"
    assert first.driver is not None
    assert standing(first.driver.span, text) == "nvidia"
    assert standing(first.capabilities[0].span, text) == "gpu"
    assert standing(first.options.span, text) == "{a: b}"
    assert standing(second.device_ids[0].span, text) == "0"
    assert standing(second.span, text) == '{device_ids: ["0"]}'


def test_variables_stay_unknown() -> None:
    for text in ("${GPUS}", '[{count: "${N}"}]', '[{count: "${N}1"}]', '[{count: "a${N}l"}]'):
        (request,) = read_gpus(node(text), open_text)
        assert isinstance(request, DeviceRequest)
        assert isinstance(request.count, Traced)
    for text in ('[{count: "${N}x"}]', '[{count: "${N} 1"}]', '[{count: "a1${N}"}]'):
        (found,) = read_gpus(node(text), open_text)
        assert isinstance(found, tuple)
        assert found[0].fault is Fault.COUNT


def test_the_real_program_reads_them_so(tmp_path: Path) -> None:
    services = services_of_compose([f"gpus: {text}" for text, _ in ACCEPTED], tmp_path)
    assert [service.get("gpus", []) for service in services] == [made for _, made in ACCEPTED]


def test_the_real_program_refuses_them(tmp_path: Path) -> None:
    texts = [*(text for text, *_ in REFUSED), *WRONG_SHAPES]
    assert accepted_by_compose([f"gpus: {text}" for text in texts], tmp_path) == []


def test_the_real_program_reads_reservations_alike(tmp_path: Path) -> None:
    reserve = "deploy: {{resources: {{reservations: {{devices: [{}]}}}}}}".format
    accepted = ["{capabilities: [gpu]}", "{capabilities: [], count: all}"]
    services = services_of_compose([reserve(text) for text in accepted], tmp_path)
    for text, service in zip(accepted, services, strict=True):
        mapping = node(text)
        assert isinstance(mapping, Mapping)
        request = read_device_request(mapping, trace)
        assert isinstance(request, DeviceRequest)
        (made,) = service["deploy"]["resources"]["reservations"]["devices"]
        assert as_compose(request) == made
    refused = ["{capabilities: [gpu], count: x}", "{capabilities: [], count: 1, device_ids: []}"]
    assert accepted_by_compose([reserve(text) for text in refused], tmp_path) == []


@requires_shared
def test_published_files_have_the_requests_that_compose_sees() -> None:
    compared = 0
    path = ("resources", "reservations", "devices")
    for file, service, made in published_services():
        gpus = read_gpus(service["gpus"], blank_text) if "gpus" in service else ()
        assert as_all(gpus) == without_options(made.get("gpus", [])), file
        reserved = find(service["deploy"], path) if "deploy" in service else None
        requests = [
            read_device_request(item, blank_text)
            for item in items(reserved)
            if isinstance(item, Mapping)
        ]
        expected: Any = made.get("deploy") or {}
        for key in path:
            expected = expected.get(key) or {}
        assert as_all(requests) == without_options(expected or []), file
        compared += len(gpus) + len(requests)
    assert compared > 5


def as_all(requests: Any) -> list[dict[str, Any]]:
    assert all(isinstance(request, DeviceRequest) for request in requests)
    return [as_compose(request) for request in requests]


def without_options(requests: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {key: value for key, value in request.items() if key != "options"} for request in requests
    ]
