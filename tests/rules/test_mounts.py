"""Two things at one place in a container."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composecheck.finding import Severity
from composecheck.rules.mounts import mount_target_taken
from tests.rules.fitting import assert_accepted, assert_refused, judge

if TYPE_CHECKING:
    from pathlib import Path


def _service(keys: str) -> str:
    return f"services: {{a: {{image: x, {keys}}}}}"


REFUSED = (
    (_service("tmpfs: [/a, '/a:size=1']"), "/a"),
    (_service("tmpfs: [':x', '/b', ':y']"), ""),
    (_service("tmpfs: [/a], volumes: ['./q:/a/']"), "/a/"),
    (_service("tmpfs: /a, volumes: ['./q:/a:ro']"), "/a"),
    (_service("volumes: ['./q:/a', {type: tmpfs, target: /a/}]"), "/a/"),
    (_service("volumes: [{type: bind, source: ., target: /b/../a}, '/a']"), "/a"),
)

ACCEPTED = (
    _service("tmpfs: [/a/], volumes: ['/a']"),
    _service("tmpfs: [/a, /a/]"),
    _service("tmpfs: ['', /b, '']"),
    _service("volumes: ['./q:/a', {type: tmpfs, target: /a}]"),
    _service("volumes: ['./q:/a', './r:/a']"),
    _service("volumes: ['./q:/a', './q:/b']"),
    _service("tmpfs: [/a, '/a:size=1'], profiles: [p]"),
    "jobs: {j: {image: x, triggers: {manual: true}, tmpfs: [/a], volumes: [./q:/a]}}\n"
    "services: {a: {image: x}}",
)


@pytest.mark.parametrize(("text", "characters"), REFUSED, ids=[row[0] for row in REFUSED])
def test_what_compose_refuses(text: str, characters: str, tmp_path: Path) -> None:
    assert_refused(mount_target_taken, text, characters, tmp_path)


@pytest.mark.parametrize("text", ACCEPTED)
def test_what_compose_accepts(text: str, tmp_path: Path) -> None:
    assert_accepted(mount_target_taken, text, tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        _service("tmpfs: [$V, $V]"),
        _service("tmpfs: [/a], volumes: ['./q:$V']"),
        _service("tmpfs: [/a], volumes: ['$V:/a']"),
        _service("tmpfs: [/a], volumes: ['./q:/a$V']"),
    ],
)
def test_silent_where_it_is_unknown(text: str) -> None:
    assert not judge(mount_target_taken, text, is_here=False)


def test_with_a_profile_off_it_is_a_warning_that_names_it() -> None:
    (finding,) = judge(mount_target_taken, _service("tmpfs: [/a, '/a:x'], profiles: [p]"))
    assert finding.severity is Severity.WARNING
    assert '"--profile p"' in finding.message
