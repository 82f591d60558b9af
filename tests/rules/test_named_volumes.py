"""Volumes that are defined at the top of a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composecheck.rules.named_volumes import mount_source_name, volume_name_taken
from tests.rules.accepted import find, model, service
from tests.shared_material import requires_compose

if TYPE_CHECKING:
    from pathlib import Path


TWO = "volumes:\n  one:\n    name: %s\n  two:\n    name: %s\n"


@pytest.mark.parametrize(
    ("one", "two", "characters"),
    [("x", "x", "x"), ("x", '"x"', "x"), ("x", "x\n    driver: local", "x")],
)
def test_two_volumes_of_one_name(one: str, two: str, characters: str) -> None:
    (finding,) = find(volume_name_taken, service() + TWO % (one, two), characters)
    assert finding.path == ("volumes", "two", "name")
    (place,) = finding.related
    assert place.source.slice(place.span) == "x"


@pytest.mark.parametrize(
    "text",
    [
        TWO % ("x", "y"),
        TWO % ("$X", "$X"),
        TWO % ("x$X", "x$X"),
        TWO % ("x\n    external: true", "x\n    external: true"),
        "volumes:\n  one:\n  two:\n",
        "volumes:\n  one:\n    name: proj_two\n  two:\n",
        "volumes:\n  one: &v\n    name: x\n  two: *v\n",
    ],
)
def test_names_that_differ_or_may(text: str) -> None:
    find(volume_name_taken, service() + text)


@requires_compose
def test_compose_takes_one_name_for_two(tmp_path: Path) -> None:
    text = service("volumes: ['one:/1', 'two:/2']") + TWO % ("x", "x")
    volumes = model(text, tmp_path)["volumes"]
    assert {key: value["name"] for key, value in volumes.items()} == {"one": "x", "two": "x"}


@pytest.mark.parametrize(
    ("item", "characters"),
    [
        ("nginx.conf:/etc/nginx/nginx.conf", "nginx.conf"),
        ('"nginx.conf:/etc/nginx/nginx.conf:ro"', "nginx.conf"),
    ],
)
def test_a_file_that_is_a_volume(item: str, characters: str) -> None:
    text = service(f"volumes: [{item}]") + "volumes:\n  nginx.conf:\n"
    (finding,) = find(mount_source_name, text, characters)
    assert finding.suggestions == ("./nginx.conf",)
    assert finding.fix is None


@pytest.mark.parametrize(
    ("item", "volume"),
    [
        ("./nginx.conf:/etc/nginx/nginx.conf", "nginx.conf:"),
        ("nginx.conf:/etc/nginx", "nginx.conf:"),
        ("nginx.conf:/etc/nginx/$F", "nginx.conf:"),
        ("nginx:/etc/nginx/nginx", "nginx:"),
        ("vhost.d:/etc/nginx/vhost.d", "vhost.d:"),
        ("nginx.conf:/etc/nginx/nginx.conf", "other:"),
        ("nginx.conf:/etc/nginx/nginx.conf", "nginx.conf: {driver: local}"),
        ("nginx.conf:/etc/nginx/nginx.conf", "nginx.conf: {external: true}"),
        ("{type: volume, source: a.conf, target: /a.conf}", "a.conf:"),
    ],
)
def test_a_volume_that_is_meant(item: str, volume: str) -> None:
    find(
        mount_source_name,
        service(f"volumes: ['{item}']" if "{" not in item else f"volumes: [{item}]")
        + f"volumes:\n  {volume}\n",
    )
