"""Mounts as they stand in a file: the long form, and whole files people published."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from composecheck.language.byte_sizes import ByteSize, InvalidByteSize
from composecheck.language.casts import Boolean, InvalidCast
from composecheck.language.casts import Fault as CastFault
from composecheck.language.long_volumes import read_volume
from composecheck.language.traced import Traced, trace
from composecheck.language.volumes import Fault, InvalidVolume, MountType, VolumeMount
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

# What is written, and what Compose makes of it.
ACCEPTED: list[tuple[str, dict[str, Any]]] = [
    ("type: volume, source: v, target: /c", {"source": "v"}),
    ("type: volume, target: /c", {}),
    ('type: volume, source: "", target: /c', {}),
    ("type: tmpfs, source: x, target: /c, consistency: a", {"source": "x", "consistency": "a"}),
    ("type: npipe, source: x, target: /c", {"source": "x"}),
    ("type: cluster, source: v, target: /c", {"source": "v"}),
    ("type: image, source: x, target: /c", {"source": "x"}),
    ("type: image, target: /c, image: {subpath: s}", {"image": {"subpath": "s"}}),
    ('type: volume, target: ""', {"target": "."}),
    ("type: volume, target: /c/../d/", {"target": "/d"}),
    ("type: volume, target: /c, x-foo: 1", {}),
    ("type: volume, target: /c, read_only: true", {"read_only": True}),
    ("type: volume, target: /c, read_only: false", {}),
    ("type: volume, target: /c, read_only: yes", {"read_only": True}),
    ('type: volume, target: /c, read_only: "TRUE"', {"read_only": True}),
    ('type: volume, target: /c, read_only: "N"', {}),
    ("type: bind, source: /a, target: /c", {"source": "/a"}),
    ("type: bind, source: /a, target: /c, bind: {}", {"source": "/a", "bind": {}}),
    (
        "type: bind, source: /a, target: /c, bind: {create_host_path: no, propagation: foo}",
        {"source": "/a", "bind": {"create_host_path": False, "propagation": "foo"}},
    ),
    (
        'type: bind, source: /a, target: /c, bind: {create_host_path: "true", selinux: z}',
        {"source": "/a", "bind": {"selinux": "z"}},
    ),
    (
        "type: bind, source: /a, target: /c, bind: {recursive: disabled}",
        {"source": "/a", "bind": {"recursive": "disabled"}},
    ),
    ("type: volume, target: /c, bind: {propagation: foo}", {"bind": {"propagation": "foo"}}),
    (
        "type: volume, target: /c, volume: {nocopy: true, subpath: s}",
        {"volume": {"nocopy": True, "subpath": "s"}},
    ),
    ("type: volume, target: /c, volume: {nocopy: off}", {"volume": {}}),
    ("type: tmpfs, target: /c, tmpfs: {size: 10m}", {"tmpfs": {"size": "10485760"}}),
    ("type: tmpfs, target: /c, tmpfs: {size: 5}", {"tmpfs": {"size": "5"}}),
    ("type: tmpfs, target: /c, tmpfs: {size: 1e3}", {"tmpfs": {}}),
    ('type: tmpfs, target: /c, tmpfs: {size: "-1"}', {"tmpfs": {"size": "-1"}}),
    ("type: tmpfs, target: /c, tmpfs: {mode: 0o1777}", {"tmpfs": {"mode": 1023}}),
    ("type: tmpfs, target: /c, tmpfs: {mode: 01777}", {"tmpfs": {"mode": 1023}}),
    ("type: tmpfs, target: /c, tmpfs: {mode: 1777}", {"tmpfs": {"mode": 1777}}),
    ("type: tmpfs, target: /c, tmpfs: {mode: 1.5}", {"tmpfs": {"mode": 1}}),
    ("type: tmpfs, target: /c, tmpfs: {mode: 4294967297}", {"tmpfs": {"mode": 1}}),
]

# What is written, what is wrong with it, and the characters that are.
REFUSED: list[tuple[str, Fault | CastFault, str]] = [
    ("{type: volume}", Fault.NO_TARGET, "{type: volume}"),
    ("{type: bind, target: /c}", Fault.NO_SOURCE, "{type: bind, target: /c}"),
    ("{type: volume, target: /c, read_only: maybe}", CastFault.NO_BOOLEAN, "maybe"),
    ('{type: volume, target: /c, read_only: "1"}', CastFault.NO_BOOLEAN, "1"),
    ('{type: volume, target: /c, read_only: ""}', CastFault.EMPTY, ""),
    ("{type: volume, target: /c, volume: {nocopy: junk}}", CastFault.NO_BOOLEAN, "junk"),
    ("{type: volume, target: /c, bind: {create_host_path: junk}}", Fault.NO_BOOLEAN, "junk"),
    ('{type: volume, target: /c, bind: {create_host_path: "1"}}', Fault.NO_BOOLEAN, "1"),
    ('{type: tmpfs, target: /c, tmpfs: {mode: "1777"}}', Fault.MODE_TEXT, "1777"),
    ("{type: tmpfs, target: /c, tmpfs: {mode: -1}}", Fault.MODE_NEGATIVE, "-1"),
    ("{type: tmpfs, target: /c, tmpfs: {mode: -0.5}}", Fault.MODE_NEGATIVE, "-0.5"),
    ("''", Fault.EMPTY, ""),
    ("'data:'", Fault.EMPTY_SECTION, ":"),
]

WRONG_SHAPES = ["1", "~", "[a]", "{type: volume, target: 5}", "{type: tmpfs, target: ~}"]


def mount(text: str) -> VolumeMount:
    volume = read_volume(node(text), trace)
    assert isinstance(volume, VolumeMount)
    return volume


def as_compose(volume: VolumeMount) -> dict[str, Any]:
    """Return what Compose prints of a long form."""
    assert volume.type is not None
    made: dict[str, Any] = {"type": volume.type.value, "target": volume.mount_point}
    texts = {"source": volume.source, "consistency": volume.consistency}
    made |= {key: text.text for key, text in texts.items() if text}
    if is_true(volume.read_only):
        made["read_only"] = True
    if volume.bind is not None:
        texts = {
            "propagation": volume.bind.propagation,
            "recursive": volume.bind.recursive,
            "selinux": volume.bind.selinux,
        }
        made["bind"] = {key: text.text for key, text in texts.items() if text}
        if volume.bind.create_host_path and not is_true(volume.bind.create_host_path):
            made["bind"]["create_host_path"] = False
    if volume.volume is not None:
        subpath = volume.volume.subpath
        made["volume"] = {"subpath": subpath.text} if subpath else {}
        if is_true(volume.volume.nocopy):
            made["volume"]["nocopy"] = True
    if volume.tmpfs is not None:
        made["tmpfs"] = {}
        if isinstance(volume.tmpfs.size, ByteSize):
            made["tmpfs"]["size"] = str(volume.tmpfs.size.bytes)
        if volume.tmpfs.mode is not None:
            made["tmpfs"]["mode"] = volume.tmpfs.mode.value
    if volume.image is not None:
        made["image"] = {"subpath": volume.image.subpath.text} if volume.image.subpath else {}
    return made


def is_true(value: Boolean | Traced | None) -> bool:
    return isinstance(value, Boolean) and value.value


@pytest.mark.parametrize(("text", "expected"), ACCEPTED)
def test_a_mount_is_read(text: str, expected: dict[str, Any]) -> None:
    volume = mount(f"{{{text}}}")
    assert as_compose(volume) == {
        "type": text.split(",")[0].removeprefix("type: "),
        "target": "/c",
        **expected,
    }
    assert volume.is_long
    assert volume.is_certain


@pytest.mark.parametrize(("text", "fault", "wrong"), REFUSED)
def test_what_is_wrong_is_pointed_at(text: str, fault: Fault | CastFault, wrong: str) -> None:
    found = read_volume(node(text), trace)
    assert isinstance(found, tuple)
    (invalid,) = found
    assert (invalid.fault, standing(invalid.span, text)) == (fault, wrong)
    is_missing = fault in (Fault.NO_TARGET, Fault.NO_SOURCE)
    assert invalid.text == ("" if is_missing else wrong)


def test_all_that_is_wrong_is_told() -> None:
    text = "{type: bind, read_only: maybe, bind: {create_host_path: x}, tmpfs: {size: 1x, mode: a}}"
    found = read_volume(node(text), trace)
    assert isinstance(found, tuple)
    assert [type(part) for part in found] == [
        InvalidVolume,
        InvalidVolume,
        InvalidVolume,
        InvalidByteSize,
        InvalidVolume,
        InvalidCast,
    ]


@pytest.mark.parametrize("text", WRONG_SHAPES)
def test_nothing_is_said_of_a_wrong_shape(text: str) -> None:
    assert read_volume(node(text), trace) == ()


@pytest.mark.parametrize("key", ["bind", "volume", "tmpfs", "image"])
def test_options_of_a_wrong_shape_are_none(key: str) -> None:
    volume = mount(f"{{type: foo, source: 5, target: /c, read_only: 1, {key}: [a]}}")
    assert volume.type is None
    assert volume.source is volume.read_only is None
    assert (volume.bind, volume.volume, volume.tmpfs, volume.image) == (None, None, None, None)


def test_each_part_knows_its_place() -> None:
    text = "{type: volume, source: v, target: /c, read_only: yes, volume: {labels: [a=b]}}"
    volume = mount(text)
    assert volume.source is not None
    assert isinstance(volume.read_only, Boolean)
    assert volume.volume is not None
    assert volume.volume.labels is not None
    spans = [volume.source.span, volume.target.span, volume.read_only.span]
    spans += [volume.volume.labels.span, volume.span]
    assert [standing(span, text) for span in spans] == ["v", "/c", "yes", "[a=b]", text]


def test_variables_stay_unknown() -> None:
    volume = read_volume(
        node(
            '{type: "${T}", target: "${X}", read_only: "${R}", tmpfs: {size: "${S}"},'
            ' bind: {create_host_path: "${C}"}}'
        ),
        open_text,
    )
    assert isinstance(volume, VolumeMount)
    assert volume.type is None
    assert volume.mount_point is None
    assert isinstance(volume.read_only, Traced)
    assert volume.tmpfs is not None
    assert volume.tmpfs.size is None
    assert volume.bind is not None
    assert isinstance(volume.bind.create_host_path, Traced)
    found = read_volume(node('{type: tmpfs, target: /c, tmpfs: {mode: "${M}"}}'), open_text)
    assert isinstance(found, tuple)
    assert found[0].fault is Fault.MODE_TEXT


def test_merge_keys_and_aliases_are_followed() -> None:
    text = "[&a {type: bind, source: /a, target: /c}, {<<: *a, target: /d}, *a, &b /x:/y, *b]"
    volumes = [read_volume(item, trace) for item in items(node(text))]
    mounts = [volume for volume in volumes if isinstance(volume, VolumeMount)]
    assert [volume.mount_point for volume in mounts] == ["/c", "/d", "/c", "/y", "/y"]
    assert all(volume.type is MountType.BIND for volume in mounts)


def test_the_real_program_reads_them_so(tmp_path: Path) -> None:
    lines = [f"volumes: [{{{text}}}]" for text, _ in ACCEPTED]
    services = services_of_compose(lines, tmp_path)
    expected = [as_compose(mount(f"{{{text}}}")) for text, _ in ACCEPTED]
    assert [service["volumes"][0] for service in services] == expected


def test_the_real_program_refuses_them(tmp_path: Path) -> None:
    lines = [f"volumes: [{text}]" for text in [*(text for text, *_ in REFUSED), *WRONG_SHAPES]]
    assert accepted_by_compose(lines, tmp_path) == []


@requires_shared
def test_published_files_have_the_mounts_that_compose_sees() -> None:
    compared = 0
    for file, service, made in published_services():
        expected = {volume["target"]: volume for volume in made.get("volumes", [])}
        found = {}
        for item in items(service.get("volumes")):
            volume = read_volume(item, blank_text)
            assert isinstance(volume, VolumeMount), file
            found[volume.mount_point] = as_compose(volume)
        compared += len(found)
        assert set(found) == set(expected), file
        for target, mounted in found.items():
            assert without_path(mounted) == without_path(expected[target]), file
    assert compared > 2000


def without_path(volume: dict[str, Any]) -> dict[str, Any]:
    """Return a mount without what depends on the folder."""
    dropped = {"source"} if volume["type"] == "bind" else set()
    return {key: value for key, value in volume.items() if key not in dropped}
