"""Devices of the host: short and long, read and refused as Compose does it, which is asked."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from composecheck.language.devices import (
    DeviceMapping,
    Fault,
    InvalidDevice,
    parse_device,
    read_device,
)
from composecheck.language.traced import trace
from tests.language.services import (
    accepted_by_compose,
    blank_text,
    items,
    node,
    published_services,
    quoted,
    services_of_compose,
    standing,
    traced,
)
from tests.shared_material import requires_shared

if TYPE_CHECKING:
    from pathlib import Path

# What is written; source, target and permissions to Compose.
ACCEPTED = [
    ('"/dev/a"', "/dev/a", "/dev/a", "rwm"),
    ('"/dev/a:/dev/b"', "/dev/a", "/dev/b", "rwm"),
    ('"/dev/a:/dev/b:r"', "/dev/a", "/dev/b", "r"),
    ('"/dev/a:/dev/b:zz"', "/dev/a", "/dev/b", "zz"),
    ('"/dev/a::r"', "/dev/a", "/dev/a", "r"),
    ('"/dev/a:"', "/dev/a", "/dev/a", "rwm"),
    ('""', "", "", "rwm"),
    ('":"', "", "", "rwm"),
    ('"::"', "", "", ""),
    ('":b"', "", "b", "rwm"),
    ("vendor.com/class=name", "vendor.com/class=name", "vendor.com/class=name", "rwm"),
    ("{source: a, target: b}", "a", "b", ""),
    ("{source: a, target: b, permissions: zz}", "a", "b", "zz"),
    ('{source: a, target: ""}', "a", "", ""),
    ('{source: "", target: b, permissions: "", x-y: 1}', "", "b", ""),
]

REFUSED = [
    ('"a:b:c:d"', Fault.TOO_MANY_PARTS, ":d"),
    ('":::"', Fault.TOO_MANY_PARTS, ":"),
    ('"a:b:rw:x:y"', Fault.TOO_MANY_PARTS, ":x:y"),
    ("{source: a}", Fault.NO_TARGET, "{source: a}"),
]

WRONG_SHAPES = ["1", "~", "[a]", "{source: a, target: 5}", "{target: b}"]


def mapping(text: str) -> DeviceMapping:
    device = read_device(node(text), trace)
    assert isinstance(device, DeviceMapping)
    return device


@pytest.mark.parametrize(("text", "source", "target", "permissions"), ACCEPTED)
def test_a_device_is_read(text: str, source: str, target: str, permissions: str) -> None:
    device = mapping(text)
    assert (device.source.text, device.target.text) == (source, target)
    assert device.is_long is text.startswith("{")
    assert device.is_certain
    assert permissions_of(device) == permissions


def permissions_of(device: DeviceMapping) -> str:
    """Return what Compose prints; the short form has a default."""
    if device.permissions is None:
        return "" if device.is_long else "rwm"
    return device.permissions.text


@pytest.mark.parametrize(("text", "fault", "wrong"), REFUSED)
def test_what_is_wrong_is_pointed_at(text: str, fault: Fault, wrong: str) -> None:
    found = read_device(node(text), trace)
    assert isinstance(found, tuple)
    (invalid,) = found
    assert (invalid.fault, standing(invalid.span, text)) == (fault, wrong)
    assert invalid.text == ("" if fault is Fault.NO_TARGET else wrong)


@pytest.mark.parametrize("text", WRONG_SHAPES)
def test_nothing_is_said_of_a_wrong_shape(text: str) -> None:
    assert read_device(node(text), trace) == ()


def test_each_part_knows_its_place() -> None:
    text = "/dev/a:/dev/b:rw"
    device = parse_device(traced(text))
    assert isinstance(device, DeviceMapping)
    assert device.permissions is not None
    parts = (device.source, device.target, device.permissions)
    assert [standing(part.span, text) for part in parts] == ["/dev/a", "/dev/b", "rw"]


@pytest.mark.parametrize(
    ("text", "is_certain", "target"),
    [
        ("/dev/a:/dev/b:${P}", True, "/dev/b"),
        ("/dev/a:${B}", False, "${B}"),
        ("${A}:/dev/b", False, "/dev/b"),
        ("${A}", False, "${A}"),
        ("/dev/a::${P}", True, "/dev/a"),
    ],
)
def test_parts_beside_unknown_ones(text: str, is_certain: bool, target: str) -> None:
    device = parse_device(traced(text))
    assert isinstance(device, DeviceMapping)
    assert device.is_certain is is_certain
    assert standing(device.target.span, text) == target


def test_too_many_parts_are_too_many_whatever_the_variables_are() -> None:
    text = "${A}:${B}:rw:${C}"
    device = parse_device(traced(text))
    assert isinstance(device, InvalidDevice)
    assert (device.text, standing(device.span, text)) == (":${C}", ":${C}")


def test_the_real_program_reads_them_so(tmp_path: Path) -> None:
    choose = random.Random(7)
    texts = ["".join(choose.choices("/a:b:=. r", k=choose.randint(0, 9))) for _ in range(400)]
    written = [text for text, *_ in ACCEPTED]
    written += [quoted(text) for text in texts if text.count(":") < 3]
    made = services_of_compose([f"devices: [{text}]" for text in written], tmp_path)
    for text, service in zip(written, made, strict=True):
        device = mapping(text)
        (expected,) = service["devices"]
        assert device.source.text == expected.get("source", "")
        assert device.target.text == expected.get("target", "")
        assert permissions_of(device) == expected.get("permissions", "")


def test_the_real_program_refuses_them(tmp_path: Path) -> None:
    lines = [f"devices: [{text}]" for text in [*(text for text, *_ in REFUSED), *WRONG_SHAPES]]
    assert accepted_by_compose(lines, tmp_path) == []


@requires_shared
def test_published_files_have_the_devices_that_compose_sees() -> None:
    compared = 0
    for file, service, made in published_services():
        rows = set()
        for item in items(service.get("devices")):
            device = read_device(item, blank_text)
            assert isinstance(device, DeviceMapping), file
            rows.add((device.source.text, device.target.text, permissions_of(device)))
        compared += len(rows)
        assert rows == {
            (
                device.get("source", ""),
                device.get("target", ""),
                device.get("permissions", ""),
            )
            for device in made.get("devices", [])
        }, file
    assert compared > 30
