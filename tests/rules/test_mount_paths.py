"""Paths of mounts, and mounts that hide one another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composecheck.finding import Severity
from composecheck.rules.mount_overlaps import mount_target_hidden
from composecheck.rules.mount_paths import (
    mount_file_and_folder,
    mount_source_home,
    mount_source_pwd,
)
from tests.rules.accepted import find, fixed, model, service

if TYPE_CHECKING:
    from pathlib import Path


def volume(text: str) -> str:
    return service("volumes:", f"  - {text}")


@pytest.mark.parametrize(
    ("mount", "wrong", "meant"),
    [
        ("./nginx.conf:/etc/nginx/", "/etc/nginx/", "/etc/nginx/nginx.conf"),
        ("/srv/a.sql:/init/:ro", "/init/", "/init/a.sql"),
        ("~/a.json:/app/", "/app/", "/app/a.json"),
        ("./site/:/html/index.html", "/html/index.html", ""),
    ],
)
def test_files_on_folders(mount: str, wrong: str, meant: str) -> None:
    findings = find(mount_file_and_folder, volume(mount), wrong)
    if meant:
        assert fixed(volume(mount), findings) == volume(mount.replace(f":{wrong}", f":{meant}"))
    else:
        assert findings[0].fix is None


def test_compose_takes_the_slash_away(tmp_path: Path) -> None:
    made = model(volume("./nginx.conf/:/etc/nginx/"), tmp_path)
    (mount,) = made["services"]["a"]["volumes"]
    assert mount["target"] == "/etc/nginx"
    assert mount["source"].endswith("/nginx.conf")


@pytest.mark.parametrize(
    "mount",
    [
        "./nginx.conf:/etc/nginx/nginx.conf",
        "./conf:/etc/nginx/",
        "./conf/:/etc/nginx",
        "./conf.d/:/etc/nginx/conf.d",
        "./nginx.conf/:/etc/nginx/nginx.conf",
        "./.env:/app/",
        "./site.conf:/etc/nginx/site.conf",
        "nginx.conf:/etc/nginx/",
        "./$A.conf:/etc/nginx/",
        "./a.conf:$A/",
        "/data/",
    ],
)
def test_paths_that_may_be_right(mount: str) -> None:
    assert find(mount_file_and_folder, volume(mount)) == []


@pytest.mark.parametrize(
    ("mount", "source", "meant"),
    [
        ("~bob/x:/y", "~bob/x", "/home/bob/x"),
        ("~root:/y", "~root", "/root"),
        ("./~/x:/y", "./~/x", ""),
        ("/a/~/x:/y", "/a/~/x", ""),
        ("/a/~:/y", "/a/~", ""),
    ],
)
def test_homes_that_are_not_meant(mount: str, source: str, meant: str) -> None:
    findings = find(mount_source_home, volume(mount), source)
    if meant:
        assert fixed(volume(mount), findings) == volume(mount.replace(source, meant))
    else:
        assert findings[0].fix is None


def test_compose_knows_one_home_only(tmp_path: Path) -> None:
    made = model(volume("~bob/x:/y"), tmp_path)
    (mount,) = made["services"]["a"]["volumes"]
    assert mount["source"] == f"{tmp_path}/bob/x"


@pytest.mark.parametrize(
    "mount",
    ["~:/y", "~/x:/y", "./x~:/y", "./a~b/x:/y", "~$A/x:/y", "/y", "./x:/~/y", "data:/y", "~.x:/y"],
)
def test_other_paths(mount: str) -> None:
    assert find(mount_source_home, volume(mount)) == []


@pytest.mark.parametrize(
    ("mount", "variable", "meant"),
    [
        ("$PWD/x:/y", "$PWD", "./x:/y"),
        ("${PWD}/x:/y:ro", "${PWD}", "./x:/y:ro"),
        ("'${PWD}:/y'", "${PWD}", "'.:/y'"),
        (
            "{type: bind, source: $PWD/x, target: /y}",
            "$PWD",
            "{type: bind, source: ./x, target: /y}",
        ),
    ],
)
@pytest.mark.parametrize("is_here", [False, True])
def test_the_folder_of_whoever_calls(
    mount: str, variable: str, meant: str, *, is_here: bool
) -> None:
    findings = find(
        mount_source_pwd,
        volume(mount),
        variable,
        is_here=is_here,
        environment={"PWD": "/proj"},
    )
    assert findings[0].severity is Severity.NOTE
    assert fixed(volume(mount), findings) == volume(meant)


def test_several_in_one_file_are_said_once() -> None:
    text = service("volumes: [$PWD/x:/y, $PWD/z:/z]")
    findings = find(mount_source_pwd, text, "$PWD")
    assert len(findings[0].related) == 1
    assert fixed(text, findings) == service("volumes: [./x:/y, ./z:/z]")


@pytest.mark.parametrize(
    "mount",
    ["${PWD:-.}/x:/y", "$PWD_A/x:/y", "$HOME/x:/y", "./x:$PWD/y", "$PWD:$PWD", "$A$PWD/x:/y"],
)
def test_other_variables(mount: str) -> None:
    assert find(mount_source_pwd, volume(mount)) == []


@pytest.mark.parametrize(
    ("tmpfs", "wrong", "mount"),
    [
        ("/run/", "/run/", "data:/run"),
        ("/run/", "/run/", "data:/run/"),
        ("[/a//b, /c]", "/a//b", "{type: volume, source: data, target: /a/b}"),
        ("['/run/:size=1m']", "/run/", "./run:/run:ro"),
    ],
)
def test_one_place_that_is_written_in_two_ways(
    tmpfs: str, wrong: str, mount: str, tmp_path: Path
) -> None:
    text = service(f"tmpfs: {tmpfs}", f"volumes: [{mount!r}]".replace("'{", "{").replace("}'", "}"))
    text += "volumes: {data: }\n"
    assert find(mount_target_hidden, text, wrong)[0].related
    model(text, tmp_path)


@pytest.mark.parametrize(
    ("tmpfs", "mount"),
    [
        ("/run", "data:/run"),  # Compose refuses it
        ("/run/", "data:/run/x"),
        ("/run/x/", "data:/run"),
        ("/$A/", "data:/run"),
        ("/run/", "data:$A"),
        ("run/", "data:/run"),
    ],
)
def test_two_places(tmpfs: str, mount: str) -> None:
    text = service(f"tmpfs: {tmpfs}", f"volumes: ['{mount}']") + "volumes: {data: }\n"
    assert find(mount_target_hidden, text) == []
