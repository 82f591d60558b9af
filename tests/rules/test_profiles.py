"""Every profile is judged: what would be refused once one is on is a warning that says so."""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING

import pytest

from composecheck.finding import Severity
from composecheck.project.call import Call
from composecheck.project.project import load_project
from composecheck.rule import Category
from composecheck.rules import all_rules, judge_project, rule_named
from tests.shared_material import docker_compose

if TYPE_CHECKING:
    from pathlib import Path

    from composecheck.finding import Finding

NAMES = (
    "build-context-not-built",
    "build-dockerfile-twice",
    "build-platform-missing",
    "config-undefined",
    "container-name-scaled",
    "container-name-taken",
    "env-file-format",
    "healthcheck-test",
    "job-as-dependency",
    "limit-differs",
    "model-undefined",
    "mount-target-taken",
    "network-mode-and-networks",
    "network-name-ignored",
    "network-undefined",
    "scale-differs",
    "scale-negative",
    "secret-undefined",
    "service-cycle",
    "service-no-image",
    "service-undefined",
    "volume-undefined",
    "watch-target-missing",
)
"""The rules on what Compose asks only of services that are on."""


def with_profile(text: str) -> str:
    """Return the text of a file with all of its services in the profile `d`."""
    lines, section = [], ""
    for line in text.splitlines():
        section = line.partition(":")[0] if re.match(r"\S", line) else section
        lines.append(line)
        if section == "services" and re.fullmatch(r"  [\w-]+:", line):
            lines.append("    profiles: [d]")
    return "".join(f"{line}\n" for line in lines)


def judge(folder: Path, *, is_here: bool, profiles: tuple[str, ...] = ()) -> list[Finding]:
    call = Call(("compose.yaml",), profiles=profiles, working_folder=folder, is_here=is_here)
    return judge_project(load_project(call))


def refuses(folder: Path, *options: str) -> bool:
    answer = subprocess.run(
        [docker_compose(), *options, "config", "-q"],
        cwd=folder,
        env={"PATH": "/usr/bin:/bin", "HOME": str(folder)},
        capture_output=True,
        timeout=60,
        check=False,
    )
    return answer.returncode != 0


@pytest.mark.parametrize("name", NAMES)
def test_what_is_off_is_a_warning_that_names_the_profile(name: str, tmp_path: Path) -> None:
    text = with_profile(rule_named(name).bad)
    assert "profiles: [d]" in text
    (tmp_path / "compose.yaml").write_text(text, encoding="utf-8")
    assert not refuses(tmp_path)
    assert refuses(tmp_path, "--profile", "d")
    for is_here in (True, False):
        found = judge(tmp_path, is_here=is_here)
        assert {(f.rule, f.severity) for f in found} == {(name, Severity.WARNING)}
        assert all('with "--profile d"' in finding.message for finding in found)
        on = judge(tmp_path, is_here=is_here, profiles=("d",))
        assert {(f.rule, f.severity) for f in on} == {(name, Severity.ERROR)}


def test_other_rules_do_not_ask_for_profiles(tmp_path: Path) -> None:
    for rule in all_rules():
        if rule.category is not Category.COMPOSE or rule.name in NAMES or "yaml" in rule.name:
            continue
        (tmp_path / "compose.yaml").write_text(with_profile(rule.bad), encoding="utf-8")
        found = judge(tmp_path, is_here=False)
        assert not [f for f in found if "--profile" in f.message and f.severity is Severity.ERROR]


def test_a_part_of_a_project_that_is_off(tmp_path: Path) -> None:
    text = with_profile(rule_named("project-fragment").bad)
    (tmp_path / "compose.yaml").write_text(text, encoding="utf-8")
    (finding,) = judge(tmp_path, is_here=False)
    assert finding.rule == "project-fragment"
    assert 'refuses this file with "--profile d"' in finding.message
    assert not refuses(tmp_path)
