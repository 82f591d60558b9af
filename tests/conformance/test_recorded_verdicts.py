"""`check` against what the real Docker Compose said of thousands of files: the verdict, always.

Both sides get the same: one file in a folder named `proj`, and an environment of PATH and HOME.
"""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from composecheck.check import Report, check
from composecheck.finding import Severity
from tests.shared_material import corpus, probes, requires_shared

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = requires_shared

CORPUS_DIFFERENCES = {
    # Compose reads it (`config -q` passes) and then cannot print `build.ssh` with a path as JSON,
    # which is how the verdict was taken.
    "837d2cd4cd196001",
}

SILENT_IN_TEXT = CORPUS_DIFFERENCES | {
    # A volume `${DIR:-unbound}` that is not defined: what a default stands for is not judged yet
    # where the variable may be set elsewhere.
    "6ee1bdd5f1e1bbc9",
}

PROBE_DIFFERENCES = {
    # Refused at decoding, `storage_opt: {a: [1]}`: no rule looks into storage_opt yet.
    "storage_opt",
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in os.environ:
        if name not in ("PATH", "HOME"):
            monkeypatch.delenv(name)
    folder = tmp_path / "proj"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def judge(folder: Path, name: str, data: bytes, *, is_here: bool) -> Report:
    (folder / name).write_bytes(data)
    report = check([folder / name], is_here=is_here)
    assert report.skipped == ()
    return report


def test_here_the_verdict_on_every_published_file_is_that_of_compose(folder: Path) -> None:
    differences = {}
    for file in corpus():
        report = judge(folder, "docker-compose.yml", file.text.encode(), is_here=True)
        if (report.worst is Severity.ERROR) != file.refused:
            differences[file.id] = file.stderr[-200:]
    assert set(differences) == CORPUS_DIFFERENCES, differences


def test_no_published_file_that_compose_accepts_has_an_error_in_its_text(folder: Path) -> None:
    errors = {}
    for file in corpus():
        if not file.refused:
            report = judge(folder, "docker-compose.yml", file.text.encode(), is_here=False)
            if report.worst is Severity.ERROR:
                errors[file.id] = [finding.text for finding in report.findings]
    assert errors == {}


def test_every_published_file_that_compose_refuses_here_is_told_why(folder: Path) -> None:
    silent = {
        file.id: file.stderr[-200:]
        for file in corpus()
        if file.refused
        and not judge(folder, "docker-compose.yml", file.text.encode(), is_here=False).findings
    }
    assert set(silent) == SILENT_IN_TEXT, silent


def is_plain_call(probe: dict[str, Any]) -> bool:
    """Tell whether a probe calls `config` with nothing but one file."""
    flags = [word for word in probe["cmd"][1:] if word.startswith("--") and word != "--format"]
    return not (probe["pre"] or probe["args"] or flags) and probe["cmd"][0] == "config"


def test_here_the_verdict_on_every_probe_is_that_of_compose(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    differences = {}
    calls = [probe for probe in probes() if is_plain_call(probe)]
    assert len(calls) >= 700
    for probe in calls:
        shutil.rmtree(folder)
        folder.mkdir()
        monkeypatch.chdir(folder)
        for name, text in probe["files"].items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
        with monkeypatch.context() as environment:
            for name, value in probe["env"].items():
                environment.setenv(name, value)
            report = judge(folder, probe["name"], probe["data"], is_here=True)
        if (report.worst is Severity.ERROR) != (probe["rc"] != 0):
            differences[probe["label"]] = probe["stderr"][-200:]
    assert set(differences) == PROBE_DIFFERENCES, differences
