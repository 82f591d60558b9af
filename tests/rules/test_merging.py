"""What is said of files that are laid over each other, and that Docker Compose v5.6.1 agrees."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from composecheck.finding import Severity
from tests.rules.value_rules import characters, find, service
from tests.shared_material import ask_compose, docker_compose

if TYPE_CHECKING:
    from pathlib import Path

CLASHES = (
    ("ports: ['80']", "ports: {a: b}", "{a: b}"),
    ("healthcheck: {test: x}", "healthcheck: [x]", "[x]"),
    ("cap_add: [A]", "cap_add: A", "A"),
)


@pytest.mark.parametrize(("base", "over", "wanted"), CLASHES)
def test_clash_of_two_files(base: str, over: str, wanted: str, tmp_path: Path) -> None:
    text, other = service(base), service(over)
    (finding,) = find(text, files={"o.yaml": other}, files_of_call=("compose.yaml", "o.yaml"))
    assert (finding.rule, finding.severity) == ("merge-clash", Severity.ERROR)
    assert (finding.source.name, characters(finding)) == ("o.yaml", wanted)
    (related,) = finding.related
    assert related.source.name == "compose.yaml"

    (tmp_path / "compose.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "o.yaml").write_text(other, encoding="utf-8")
    answer = subprocess.run(
        [docker_compose(), "-f", "compose.yaml", "-f", "o.yaml", "config", "-q"],
        cwd=tmp_path,
        env={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert answer.returncode != 0
    assert "cannot override" in answer.stderr


def test_clash_with_something_of_the_wrong_shape_is_not_told() -> None:
    found = find(
        service("ports: {a: b}"),
        files={"o.yaml": service("ports: ['80']")},
        files_of_call=("compose.yaml", "o.yaml"),
    )
    assert found == []


def test_name_of_which_nothing_is_left(tmp_path: Path) -> None:
    text = "name: ___\n" + service()
    (finding,) = find(text)
    assert (finding.rule, characters(finding)) == ("project-name-empty", "___")
    assert ask_compose(text, tmp_path).returncode != 0


@pytest.mark.parametrize("name", ["A b", "-x", '"0"', '""'])
def test_name_of_which_something_is_left(name: str, tmp_path: Path) -> None:
    text = f"name: {name}\n" + service()
    assert find(text) == []
    assert ask_compose(text, tmp_path).returncode == 0


def test_name_with_a_variable_is_unknown_in_the_text() -> None:
    (finding,) = find("name: ${N}\n" + service(), is_here=False)
    assert finding.severity is Severity.NOTE
