"""Options of mounts that Compose ignores."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composecheck.finding import Safety
from composecheck.language.short_volumes import OPTIONS
from composecheck.rules.mount_options import mount_option_unknown
from tests.rules.accepted import find, fixed, model, service
from tests.rules.fixing import fixed_text
from tests.shared_material import requires_compose

if TYPE_CHECKING:
    from pathlib import Path


def mount(item: str) -> str:
    return service(f"volumes: ['/z:/z', {item}]")


@pytest.mark.parametrize(
    ("item", "characters", "right"),
    [
        ("./a:/a:readonly", "readonly", "./a:/a:ro"),
        ("./a:/a:r0", "r0", "./a:/a:ro"),
        ("./a:/a:read-only", "read-only", "./a:/a:ro"),
        ("./a:/a:read_only", "read_only", "./a:/a:ro"),
        ("./a:/a:RO", "RO", "./a:/a:ro"),
        ("'./a:/a:readwrite'", "readwrite", "'./a:/a:rw'"),
        ("'./a:/a:z,readonly'", "readonly", "'./a:/a:z,ro'"),
        ("data:/a:no-copy", "no-copy", "data:/a:nocopy"),
        ("./a:/a:rslav", "rslav", "./a:/a:rslave"),
    ],
)
def test_what_is_meant(item: str, characters: str, right: str) -> None:
    volumes = "volumes:\n  data:\n"
    findings = find(mount_option_unknown, mount(item) + volumes, characters)
    assert findings[0].path[:4] == ("services", "a", "volumes", 1)
    assert findings[0].fix is not None
    assert findings[0].fix.safety is Safety.UNSAFE
    assert fixed(mount(item) + volumes, findings) == mount(right) + volumes


@pytest.mark.parametrize("option", ["0777", "uid=1000", "something"])
def test_what_nobody_can_guess(option: str) -> None:
    (finding,) = find(mount_option_unknown, mount(f"'./a:/a:{option}'"), option)
    assert finding.fix is None
    assert finding.suggestions == ()


@pytest.mark.parametrize(
    "option", [*sorted(OPTIONS), "cached", "delegated", "U", "noexec", "idmap"]
)
def test_what_somebody_knows(option: str) -> None:
    find(mount_option_unknown, mount(f"'./a:/a:{option},rw'"))


@pytest.mark.parametrize(
    "item",
    [
        "./a:/a",
        "./a:/a:$OPTION",
        "'./a:/a:ro,'",
        "$A:/a:readonly",
        "C:\\a:D:\\a",
        "{type: bind, source: ./a, target: /a}",
    ],
)
def test_what_is_no_option_or_may_be_one(item: str) -> None:
    find(mount_option_unknown, mount(item))


def test_in_jobs_and_through_anchors() -> None:
    text = (
        "x-v: &v ['./a:/a:readonly']\nservices:\n  a:\n    image: x\n    volumes: *v\n"
        "  b:\n    image: x\n    volumes: *v\n"
    )
    # It is the same slip wherever the list is used.
    assert fixed_text(text) == text.replace("readonly", "ro")
    jobs = "jobs:\n  a:\n    image: x\n    volumes: ['./a:/a:readonly']\n"
    find(mount_option_unknown, jobs, "readonly")


@requires_compose
def test_compose_ignores_it(tmp_path: Path) -> None:
    text = service("volumes: ['/a:/a:readonly', '/b:/b:ro', '/c:/c:r0,z']")
    mounts = model(text, tmp_path)["services"]["a"]["volumes"]
    assert [one.get("read_only", False) for one in mounts] == [False, True, False]
