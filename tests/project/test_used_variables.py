"""The variables of a project, beside what Docker Compose itself lists."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pytest

from composecheck.project.call import Call
from composecheck.project.project import load_project
from composecheck.project.used_variables import ListedVariable, list_variables
from tests.shared_material import docker_compose

if TYPE_CHECKING:
    from pathlib import Path

VALUES = (
    "$A",
    "${A}",
    "${A:-1}",
    "${A-1} ${B:+x} ${C+y} ${D:?must} ${E?}",
    "$$A $${B:-1} $$$C",
    "${A:-1} $A ${A}",
    "$A ${A:-1}",
    "${A:-1}${A:-2}${A:-3}",
    "${A:-}${A:-7}",
    "${A:-7}${A:-}",
    "${A:+5}${A:-7}",
    "${A:?x}${A:-7}${A:+9}${A}",
    "${A:+x}${A:-7}${A:+9}${A}${A:?s}",
    "${A:-${A:-3}}",
    "${A:-${A:-3}}${A:-4}",
    "${A:-${B:-3}}${B:-4}",
    "${B:-4} ${A:-${B:-3}}",
    "${A:-${B}${C:-1}}",
    "${A10:-$INNER}${A2:+${OTHER:-q}}",
    "${A:-{}} $B",
    "${A:-{a}}${B}",
    "${A:-a}b}",
    "${A:-$$x}",
    "${A:-1} ${",
    "${ ${A:-1}",
    "${A x} ${B}",
    "${A=x}",
    "${A:x} ${B:-1}",
    "${A:-a\nb} ${B:-\n}",
    "${_A} ${a_B9} ${1X} ${\u00e9}",
    "${A:-'a: b'} ${B:-<&>} ${C:-\u00e9}",
)


@pytest.mark.parametrize("value", VALUES)
def test_variables_in_a_text_as_compose_lists_them(value: str, tmp_path: Path) -> None:
    (tmp_path / "compose.yaml").write_text(json.dumps({"x-a": value}), encoding="utf-8")
    answer = subprocess.run(
        [docker_compose(), "-f", "compose.yaml", "config", "--variables", "--format", "json"],
        cwd=tmp_path,
        env={"HOME": str(tmp_path)},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=True,
    )
    theirs = {
        name: ListedVariable(
            name,
            is_required=row["Required"],
            default=row["DefaultValue"],
            alternate=row["PresenceValue"],
        )
        for name, row in json.loads(answer.stdout).items()
    }
    assert _listed(tmp_path) == theirs


def _listed(folder: Path) -> dict[str, ListedVariable]:
    call = Call(("compose.yaml",), working_folder=folder, is_here=True, keep_variables=True)
    return {variable.name: variable for variable in list_variables(load_project(call))}


def test_values_of_several_places_are_put_together(tmp_path: Path) -> None:
    text = """
name: "n-$NAME"
services:
  a: {image: "x:${V:-1}", environment: ["A=${R}", "B=${V:-2}", "$BARE"], x-e: [{k: "$DEEP"}]}
x-z: ["${R:?must}", "${V:+5}", 1, null]
"""
    (tmp_path / "compose.yaml").write_text(text, encoding="utf-8")
    listed = _listed(tmp_path)
    # Compose may say 2, too, since it goes over keys in no order; the name is settled before.
    assert listed["V"] == ListedVariable("V", is_required=False, default="1", alternate="5")
    assert listed["R"] == ListedVariable("R", is_required=True, default="", alternate="")
    assert sorted(listed) == ["BARE", "DEEP", "R", "V"]


def test_no_file_has_no_variables(tmp_path: Path) -> None:
    assert _listed(tmp_path) == {}
