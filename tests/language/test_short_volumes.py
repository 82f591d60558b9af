"""The short form of a mount: read and refused as Compose does it, which is asked."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import pytest

from composecheck.language.casts import Boolean
from composecheck.language.short_volumes import OPTIONS, parse_volume
from composecheck.language.traced import Traced
from composecheck.language.volumes import (
    Fault,
    InvalidVolume,
    MountType,
    VolumeMount,
    clean_path,
)
from composecheck.source import Span
from tests.language.services import (
    accepted_by_compose,
    quoted,
    services_of_compose,
    standing,
    traced,
)

if TYPE_CHECKING:
    from pathlib import Path

BIND, VOLUME = MountType.BIND, MountType.VOLUME

# What is written; the type of the mount, its source, its target.
ACCEPTED: list[tuple[str, MountType, str | None, str]] = [
    ("vol:/a", VOLUME, "vol", "/a"),
    ("vol:/", VOLUME, "vol", "/"),
    ("vol:a", VOLUME, "vol", "a"),
    ("vol: /a", VOLUME, "vol", " /a"),
    ("vol:/a:ro", VOLUME, "vol", "/a"),
    ("vol:/a:ro,", VOLUME, "vol", "/a"),
    ("vol:/a:foo", VOLUME, "vol", "/a"),
    ("vol:/a:z:x", VOLUME, "vol", "/a"),
    ("vol:C:/a", VOLUME, "vol", "C:/a"),
    ("h/x:/c", VOLUME, "h/x", "/c"),
    ("h.d:/c", VOLUME, "h.d", "/c"),
    ("@x:/c", VOLUME, "@x", "/c"),
    ("http://x:/a", VOLUME, "http", "//x"),
    (" :/c", VOLUME, " ", "/c"),
    ("1:/c:ro", VOLUME, "1", "/c"),
    ("\\:/c", VOLUME, "\\", "/c"),
    ("./h:/c", BIND, "./h", "/c"),
    ("../h:/c", BIND, "../h", "/c"),
    (".h:/c", BIND, ".h", "/c"),
    (".:/c", BIND, ".", "/c"),
    ("/h:/c", BIND, "/h", "/c"),
    ("~:/c", BIND, "~", "/c"),
    ("~x:/c", BIND, "~x", "/c"),
    (".\\h:/c", BIND, ".\\h", "/c"),
    ("\\\\.\\pipe\\x:/c", BIND, "\\\\.\\pipe\\x", "/c"),
    ("./h:/c:rshared", BIND, "./h", "/c"),
    # a letter and a colon are a drive of Windows
    ("C:\\x:/c", BIND, "C:\\x", "/c"),
    ("c:/x:D:\\c:ro", BIND, "c:/x", "D:\\c"),
    ("v:/a", VOLUME, None, "v:/a"),
    ("v:/a:ro", BIND, "v:/a", "ro"),
    ("a:b", VOLUME, None, "a:b"),
    ("a:b:c", BIND, "a:b", "c"),
    ("é:/a:/b", BIND, "é:/a", "/b"),
    ("ʰ:/a", VOLUME, None, "ʰ:/a"),
    # anonymous volumes
    ("a", VOLUME, None, "a"),
    ("ab", VOLUME, None, "ab"),
    ("a:", VOLUME, None, "a:"),
    (":", VOLUME, None, ":"),
    ("é", VOLUME, None, "é"),
    ("/data", VOLUME, None, "/data"),
    # `$${…}` is no variable, and not cut
    ("${a:b}:/c", VOLUME, "${a:b}", "/c"),
    ("${a:${b:c}}:/c", VOLUME, "${a:${b:c}}", "/c"),
    ("vol:/a:${ro", VOLUME, "vol", "/a"),
    ("$:/c", VOLUME, "$", "/c"),
    # a NUL ends the text
    ("x\0y:z:q", BIND, "y:z", "x"),
]

# What is written, what is wrong with it, and the characters that are.
REFUSED: list[tuple[str, Fault, str]] = [
    ("", Fault.EMPTY, ""),
    ("vol:", Fault.EMPTY_SECTION, ":"),
    ("/h:", Fault.EMPTY_SECTION, ":"),
    (":/c", Fault.EMPTY_SECTION, ":"),
    ("vol::ro", Fault.EMPTY_SECTION, ":"),
    ("vol:/a:", Fault.EMPTY_SECTION, ":"),
    ("é\0:", Fault.EMPTY_SECTION, ":"),
    ("/h:/c:ro:x", Fault.TOO_MANY_SECTIONS, ":x"),
    ("/h:/c:ro:", Fault.TOO_MANY_SECTIONS, ":"),
    ("/a:/b:/c:/d", Fault.TOO_MANY_SECTIONS, ":/d"),
    ("${HOME:/a", Fault.UNCLOSED, "${HOME:/a"),
    ("vol:${a", Fault.UNCLOSED, "${a"),
]

# What is wrong whatever the variables are; and nothing, where nobody can know.
UNKNOWN: list[tuple[str, tuple[Fault, str] | None]] = [
    ("${A}", None),
    ("${A}:/c", None),
    ("${A}:", None),  # C:
    ("${A}::/c", None),  # C::/c
    ("${A}:/a:/b:ro", None),  # C:/a:/b:ro
    ("${A}:/a:/b:/c:/d", None),  # a:b:${:/a:/b:/c:/d
    ("a:${B}", None),
    (":${B}", None),  # one more character makes it an anonymous volume
    (":/${B:?}", (Fault.EMPTY_SECTION, ":")),
    (":/c${B}", (Fault.EMPTY_SECTION, ":")),
    ("vol::${B}", (Fault.EMPTY_SECTION, ":")),
    ("vol:/a:ro:${B}", (Fault.TOO_MANY_SECTIONS, ":${B}")),
    ("vol:/a:ro${B}:x", None),
]


def mount(text: str) -> VolumeMount:
    volume = parse_volume(traced(text))
    assert isinstance(volume, VolumeMount)
    return volume


def plain(text: str) -> VolumeMount | InvalidVolume:
    """Read a text in which a dollar is one."""
    return parse_volume(traced(text.replace("$", "$$")))


@pytest.mark.parametrize(("text", "kind", "source", "target"), ACCEPTED)
def test_a_mount_is_read(text: str, kind: MountType, source: str | None, target: str) -> None:
    volume = plain(text)
    assert isinstance(volume, VolumeMount)
    assert volume.type is kind
    assert (volume.source and volume.source.text) == source
    assert volume.target.text == target
    assert volume.is_certain
    assert not volume.is_long


@pytest.mark.parametrize(("text", "fault", "wrong"), REFUSED)
def test_what_is_wrong_is_pointed_at(text: str, fault: Fault, wrong: str) -> None:
    volume = plain(text)
    assert isinstance(volume, InvalidVolume)
    assert (volume.fault, volume.text) == (fault, wrong)
    written = text.replace("$", "$$")
    assert standing(volume.span, written).replace("$$", "$") == wrong


@pytest.mark.parametrize(("text", "wrong"), UNKNOWN)
def test_what_is_wrong_whatever_the_variables_are(
    text: str, wrong: tuple[Fault, str] | None
) -> None:
    volume = parse_volume(traced(text))
    if wrong is None:
        assert isinstance(volume, VolumeMount)
    else:
        assert isinstance(volume, InvalidVolume)
        assert (volume.fault, volume.text) == wrong
        assert standing(volume.span, text) == wrong[1]


@pytest.mark.parametrize(
    ("text", "is_certain", "kind", "source", "target"),
    [
        ("${DATA}:/c", False, None, "${DATA}", "/c"),
        ("${DATA:-./data}:/c:ro", False, None, "${DATA:-./data}", "/c"),
        ("./${DATA}:/c", False, BIND, "./${DATA}", "/c"),
        ("/${DATA}:/c", False, BIND, "/${DATA}", "/c"),
        ("~${DATA}:/c", False, BIND, "~${DATA}", "/c"),
        ("C:${DATA}:/c", False, BIND, "C:${DATA}", "/c"),
        ("d${DATA}:/c", False, None, "d${DATA}", "/c"),
        ("data${DATA}:/c", False, VOLUME, "data${DATA}", "/c"),
        ("1${DATA}:/c", False, VOLUME, "1${DATA}", "/c"),
        ("\\${DATA}:/c", False, None, "\\${DATA}", "/c"),
        ("./data:${TARGET}", False, BIND, "./data", "${TARGET}"),
        ("./data:/c:${MODE}", True, BIND, "./data", "/c"),
        ("/data${TARGET}", False, None, None, "/data${TARGET}"),
        (":${TARGET}", False, None, None, ":${TARGET}"),
    ],
)
def test_parts_beside_unknown_ones(
    text: str, is_certain: bool, kind: MountType | None, source: str | None, target: str
) -> None:
    volume = mount(text)
    assert volume.is_certain is is_certain
    assert volume.type is kind
    assert (volume.source and standing(volume.source.span, text)) == source
    assert standing(volume.target.span, text) == target
    assert volume.mount_point == (target if is_certain else None)


def test_each_part_knows_its_place() -> None:
    text = "./data:/var/lib/data:ro,Z,rshared,nocopy,cached"
    volume = mount(text)
    assert volume.span == Span(0, len(text))
    assert volume.source is not None
    assert standing(volume.source.span, text) == "./data"
    assert standing(volume.target.span, text) == "/var/lib/data"
    assert volume.read_only == Boolean(value=True, span=Span(21, 23))
    assert volume.bind is not None
    assert volume.bind.selinux is not None
    assert volume.bind.propagation is not None
    assert volume.bind.create_host_path is None
    assert standing(volume.bind.selinux.span, text) == "Z"
    assert standing(volume.bind.propagation.span, text) == "rshared"
    assert volume.volume is not None
    assert volume.volume.nocopy == Boolean(value=True, span=Span(34, 40))
    assert [option.text for option in volume.options if option.text not in OPTIONS] == ["cached"]


def test_of_several_options_the_last_one_holds() -> None:
    volume = mount("./a:/b:ro,shared,z,rw,private,Z")
    assert volume.read_only is not None
    assert volume.bind is not None
    assert volume.bind.propagation is not None
    assert volume.bind.selinux is not None
    assert isinstance(volume.read_only, Boolean)
    assert not volume.read_only.value
    assert (volume.bind.propagation.text, volume.bind.selinux.text) == ("private", "Z")


def test_an_unknown_option_may_be_any() -> None:
    volume = mount("./a:/b:ro,${MODE},z")
    assert isinstance(volume.read_only, Traced)
    assert volume.bind is not None
    assert volume.bind.propagation is volume.read_only
    assert volume.bind.selinux is not None
    assert volume.bind.selinux.equals("z")
    assert volume.volume is not None
    assert volume.volume.nocopy is volume.read_only
    volume = mount("./a:/b:nocopy,${MODE},ro")
    assert isinstance(volume.read_only, Boolean)
    assert volume.volume is not None
    assert isinstance(volume.volume.nocopy, Boolean)


@pytest.mark.parametrize(
    ("path", "cleaned"),
    [
        ("/a", "/a"),
        ("/a/", "/a"),
        ("//a//b/", "/a/b"),
        ("///a", "/a"),
        ("/a/../b/.", "/b"),
        ("/../a", "/a"),
        ("../a", "../a"),
        ("", "."),
        (".", "."),
        ("/", "/"),
        ("//", "/"),
        ("./b", "b"),
    ],
)
def test_paths_are_compared_cleaned(path: str, cleaned: str) -> None:
    assert clean_path(path) == cleaned


def test_no_text_is_refused_for_what_could_be_right() -> None:
    for text in accepted_texts()[:150]:
        filled = plain(text)
        assert isinstance(filled, VolumeMount)
        for start in range(len(text) + 1):
            for end in range(start, len(text) + 1):
                before, behind = (part.replace("$", "$$") for part in (text[:start], text[end:]))
                volume = mount(f"{before}${{A}}{behind}")
                source = volume.source
                if source is not None and source.is_known:
                    assert filled.source is not None
                    assert source.text == filled.source.text
                if volume.type is not None:
                    assert volume.type is filled.type
                if volume.is_certain:
                    assert volume.target.text == filled.target.text


def accepted_texts() -> list[str]:
    """Return texts that are mounts, some of them made at random."""
    choose = random.Random(17)
    sources = ["v", "vol", "./a", "/h", "~", "C:", "c:/x", "h.d", "é", "\\\\.\\p", "1", "${x:y}"]
    targets = ["/c", "c", "/a/../b", "//x//y/", ".", "D:\\y", " ", "/c/", "z"]
    options = ["ro", "rw,ro", "z", "Z,z", "nocopy", "cached", "shared", "rslave,private", "", "z:x"]
    texts = []
    for _ in range(600):
        parts = [choose.choice(column) for column in (sources, targets, options)]
        texts.append(":".join(parts[: choose.choice([1, 2, 2, 3, 3])]))
    texts = [text for text in texts if isinstance(plain(text), VolumeMount)]
    return [text for text, *_ in ACCEPTED] + texts


def as_compose(volume: VolumeMount) -> dict[str, Any]:
    """Return what Compose prints of a short form, without what a path becomes in its folder."""
    assert volume.type is not None
    made: dict[str, Any] = {"type": volume.type.value, "target": volume.mount_point}
    if volume.source is not None and volume.type is VOLUME:
        made["source"] = volume.source.text
    if isinstance(volume.read_only, Boolean) and volume.read_only.value:
        made["read_only"] = True
    if volume.bind is not None:
        made["bind"] = {
            key: text.text
            for key, text in (
                ("propagation", volume.bind.propagation),
                ("selinux", volume.bind.selinux),
            )
            if text is not None
        }
    if volume.volume is not None:
        made["volume"] = {} if volume.volume.nocopy is None else {"nocopy": True}
    return made


def test_the_real_program_reads_them_so(tmp_path: Path) -> None:
    texts = accepted_texts()
    assert len(texts) > 300
    services = services_of_compose([f"volumes: [{quoted(text)}]" for text in texts], tmp_path)
    for text, service in zip(texts, services, strict=True):
        (made,) = service["volumes"]
        if made["type"] == "bind":
            del made["source"]
        volume = plain(text)
        assert isinstance(volume, VolumeMount)
        assert as_compose(volume) == made


def test_the_real_program_refuses_them(tmp_path: Path) -> None:
    lines = [f"volumes: [{quoted(text)}]" for text, *_ in REFUSED]
    assert accepted_by_compose(lines, tmp_path) == []
