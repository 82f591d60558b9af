"""Names of variables that have swallowed their value, and the PATH of this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composecheck.finding import Safety
from composecheck.rules.environment_names import environment_host_path, environment_name
from tests.rules.accepted import environment, find, fixed, service, variables_of
from tests.shared_material import requires_compose

if TYPE_CHECKING:
    from pathlib import Path

NAMES = (
    ("- TZ:Europe/Berlin", "TZ:Europe/Berlin", "- TZ=Europe/Berlin"),
    ('- "TZ: Europe/Berlin"', "TZ: Europe/Berlin", '- "TZ=Europe/Berlin"'),
    ("- URL:http://a:80", "URL:http://a:80", "- URL=http://a:80"),
    ("- A:=b", "A:", "- A=b"),
    ('- "A:=$B"', "A:", '- "A=$B"'),
)


@pytest.mark.parametrize(("line", "characters", "right"), NAMES)
def test_a_name_with_more_in_it(line: str, characters: str, right: str) -> None:
    text = environment(line)
    findings = find(environment_name, text, characters)
    assert findings[0].fix is not None
    assert findings[0].fix.safety is Safety.UNSAFE
    assert fixed(text, findings) == environment(right)


def test_a_sign_before_the_colon_of_a_key() -> None:
    assert find(environment_name, environment("A=b:"), "A=b")[0].fix is None


def test_labels_have_names_too() -> None:
    text = service("labels: ['traefik.enable:true', 'a:=b', 'c.d']")
    findings = find(environment_name, text, "traefik.enable:true", "a:")
    assert fixed(text, findings) == service("labels: ['traefik.enable=true', 'a=b', 'c.d']")


@pytest.mark.parametrize(
    "line",
    [
        "- A=b:c",
        "- A",
        "- A:B=c",
        '- "A:"',
        '- ":b"',
        '- "A: "',
        "- ${A}:b",
        "- A:$B",
        "A: b",
        "A:",
        "'A=b': c",
        "'=b':",
        "'A=':",
    ],
)
def test_names_as_they_are_meant(line: str) -> None:
    assert find(environment_name, environment(line)) == []


@requires_compose
def test_to_compose_all_of_it_is_the_name(tmp_path: Path) -> None:
    text = environment("- TZ:Europe/Berlin", "- A:=b")
    assert variables_of(text, tmp_path) == {"TZ:Europe/Berlin": None, "A:": "b"}


@pytest.mark.parametrize(
    ("line", "characters"),
    [
        ("PATH: /a:$PATH", "$PATH"),
        ('PATH: "${PATH}:/a"', "${PATH}"),
        ("- PATH=/a:$PATH", "$PATH"),
    ],
)
@pytest.mark.parametrize("is_here", [False, True])
def test_the_path_of_this_machine(line: str, characters: str, is_here: bool) -> None:
    options = {"is_here": is_here, "environment": {"PATH": "/bin"}}
    findings = find(environment_host_path, environment(line), characters, **options)
    assert findings[0].fix is None


@pytest.mark.parametrize(
    "line",
    [
        "PATH: /a:/bin",
        "PATH: /a:$$PATH",
        "PATH: ${PATH:-/bin}",
        "PATH: /a:$MY_PATH",
        "MY_PATH: $PATH",
        "- PATH",
        "PATH:",
    ],
)
def test_other_paths(line: str) -> None:
    assert find(environment_host_path, environment(line)) == []


@requires_compose
def test_compose_takes_the_path_of_this_machine(tmp_path: Path) -> None:
    text = environment("PATH: /a:$PATH")
    assert variables_of(text, tmp_path) == {"PATH": "/a:/usr/bin:/bin"}
