"""Paths in a container that are none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composecheck.finding import Safety
from composecheck.rules.mount_targets import mount_target_relative, volume_name_letter
from tests.rules.accepted import find, fixed, model, service
from tests.rules.fixing import fixed_text
from tests.shared_material import requires_compose

if TYPE_CHECKING:
    from pathlib import Path


def mount(*items: str) -> str:
    return service("volumes:", *(f"  - {item}" for item in items))


VOLUMES = "volumes:\n  data:\n"


@pytest.mark.parametrize(
    ("item", "characters", "right"),
    [
        ("./data:var/lib/data", "var/lib/data", "./data:/var/lib/data"),
        ('"./data:app"', "app", '"./data:/app"'),
        ("'data:app:ro'", "app", "'data:/app:ro'"),
        ("/etc/x.conf:etc/x.conf:ro,z", "etc/x.conf", "/etc/x.conf:/etc/x.conf:ro,z"),
        ("{type: bind, source: ., target: app}", "app", "{type: bind, source: ., target: /app}"),
        ("{type: tmpfs, target: run}", "run", "{type: tmpfs, target: /run}"),
    ],
)
def test_a_slash_is_missing(item: str, characters: str, right: str) -> None:
    text = mount("/a:/a", item) + VOLUMES
    findings = find(mount_target_relative, text, characters)
    assert findings[0].path[:4] == ("services", "a", "volumes", 1)
    assert findings[0].fix is not None
    assert findings[0].fix.safety is Safety.UNSAFE
    assert fixed(text, findings) == mount("/a:/a", right) + VOLUMES


@pytest.mark.parametrize(
    ("item", "characters", "words"),
    [
        ("./data", "./data", "no colon"),
        ("data", "data", "no colon"),
        ("./data:ro", "ro", "belongs"),
        ("./data:ro,z", "ro,z", "belongs"),
        ("./data:~/data", "~/data", '"~"'),
        ("./data:~", "~", '"~"'),
        ("./data:./data", "./data", "whole path"),
        ("./data:../data", "../data", "whole path"),
        ("./a:b:cached", "b:cached", "whole path"),
        ("./data:-/data", "-/data", "whole path"),
    ],
)
def test_what_else_is_no_path(item: str, characters: str, words: str) -> None:
    (finding,) = find(mount_target_relative, mount(item) + VOLUMES, characters)
    assert words in finding.message
    assert finding.fix is None


@pytest.mark.parametrize(
    "item",
    [
        "./data:/data",
        "/data",
        "C:\\data:D:\\data",
        "c:/data:/data",
        "C:\\data",
        "//./pipe/docker_engine://./pipe/docker_engine",
        "{type: npipe, source: x, target: '\\\\.\\pipe\\x'}",
        "./data:${TARGET}",
        "./data:${TARGET}/x",
        "${SOURCE}:data",
        "${MOUNT}",
        "./data:x$Y",
        "{type: bind, source: ., target: $T}",
    ],
)
def test_what_is_a_path_or_may_be(item: str) -> None:
    find(mount_target_relative, mount(item) + VOLUMES)


def test_what_is_shared_is_found_once_and_fixed_for_all() -> None:
    text = (
        "x-v: &v ['./a:b/c']\n" + service("volumes: *v") + "  b:\n    image: x\n    volumes: *v\n"
    )
    find(mount_target_relative, text, "b/c")
    assert fixed_text(text) == text.replace("b/c", "/b/c")


@pytest.mark.parametrize(
    ("item", "right"),
    [
        ("v:/data", ("type: volume", "source: v", "target: /data")),
        ('"v:/my-data"', ("type: volume", "source: v", "target: /my-data")),
        ("'v:/data'  # why", ("type: volume", "source: v", "target: /data  # why")),
    ],
)
def test_a_letter_is_taken_for_a_drive(item: str, right: tuple[str, ...]) -> None:
    volumes = "volumes:\n  v:\n"
    text = mount("/a:/a", item) + volumes
    findings = find(volume_name_letter, text, "v")
    find(mount_target_relative, text)
    long = service("volumes:", "  - /a:/a", f"  - {right[0]}", *(f"    {k}" for k in right[1:]))
    assert fixed(text, findings) == long + volumes


def test_lines_end_as_those_of_the_file() -> None:
    text = (mount("v:/data") + "volumes:\n  v:\n").replace("\n", "\r\n")
    findings = find(volume_name_letter, text, "v")
    assert findings[0].fix is not None
    assert "\n" not in findings[0].fix.edits[0].text.replace("\r\n", "")


@pytest.mark.parametrize("item", ["v:/data:ro", "'v:/my data'", "&m v:/data"])
def test_a_letter_without_a_fix(item: str) -> None:
    (finding,) = find(volume_name_letter, mount(item) + "volumes:\n  v:\n", "v")
    assert finding.fix is None
    find(mount_target_relative, mount(item) + "volumes:\n  v:\n")


def test_a_letter_in_brackets_has_no_fix() -> None:
    text = service("volumes: ['v:/data']") + "volumes:\n  v:\n"
    assert find(volume_name_letter, text, "v")[0].fix is None


@pytest.mark.parametrize(
    "text",
    [
        mount("v:/data"),
        mount("c:/data:/data") + "volumes:\n  v:\n",
        mount("v:/data:/data") + "volumes:\n  v:\n",
        mount("v:/data:$T") + "volumes:\n  v:\n",
        mount("vv:/data") + "volumes:\n  vv:\n  v:\n",
        mount("{type: volume, source: v, target: /data}") + "volumes:\n  v:\n",
        mount("$V:/data") + "volumes:\n  v:\n",
        mount("/v:/data") + "volumes:\n  v:\n",
    ],
)
def test_no_letter_or_no_volume(text: str) -> None:
    find(volume_name_letter, text)


@requires_compose
def test_what_compose_makes_of_them(tmp_path: Path) -> None:
    text = mount("./a:b/c", "v:/data", "v:/x:ro", "./d", "./a:b:cached") + "volumes:\n  v:\n"
    mounts = model(text, tmp_path)["services"]["a"]["volumes"]
    assert [one["target"] for one in mounts] == ["b/c", "v:/data", "ro", "d", "b:cached"]
    assert [one.get("source") is None for one in mounts] == [False, True, False, True, False]


@requires_compose
def test_what_compose_makes_of_the_fixed_texts(tmp_path: Path) -> None:
    text = mount("./a:b/c", "v:/data", "/e") + "volumes:\n  v:\n"
    findings = [*find(mount_target_relative, text, "b/c"), *find(volume_name_letter, text, "v")]
    bind, volume, _ = model(fixed(text, findings), tmp_path)["services"]["a"]["volumes"]
    assert bind["target"] == "/b/c"
    assert (volume["type"], volume["source"], volume["target"]) == ("volume", "v", "/data")
