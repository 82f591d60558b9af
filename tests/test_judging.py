"""Many projects side by side: what comes of them is what comes of them one after the other."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from msgspec.structs import replace

from composecheck import judging
from composecheck.check import Question, answer, ask, settings_of_call
from composecheck.judging import cores, judge_all
from composecheck.projects import Asked

if TYPE_CHECKING:
    from composecheck.projects import Texts
    from composecheck.stages import Judgement

MANY = 60
requires_forks = pytest.mark.skipif(
    sys.platform != "linux", reason="NOT RUN: processes are made otherwise here"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with many projects, in each third of which something is wrong."""
    for number in range(MANY):
        project = tmp_path / f"project-{number:02}"
        project.mkdir()
        extra = ("", "    enviroment: {}\n", f"    env_file: absent-{number}.env\n")[number % 3]
        mark = "# composecheck: ignore[service-no-image]\n" if number % 5 == 0 else ""
        text = f'version: "3"\n{mark}services:\n  web:\n    image: nginx:{number}\n{extra}'
        (project / "compose.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def question(folder: Path) -> Question:
    return Question(paths=(folder,), in_force=settings_of_call())


def test_the_report_is_the_same(folder: Path) -> None:
    told: list[tuple[int, int]] = []
    alone = answer(question(folder))
    together = answer(question(folder), None, lambda *progress: told.append(progress), jobs=3)
    assert len(alone.findings) > MANY
    assert together.findings == alone.findings
    # Nodes, of which each is like itself alone, are sent as they are seen there.
    assert [file.path for file in together.read] == [file.path for file in alone.read]
    assert replace(together, read=()) == replace(alone, read=())
    assert told == [(number, MANY) for number in range(1, MANY + 1)]


def test_few_are_judged_here(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> Any:
        raise AssertionError("no process is to be made")

    monkeypatch.setattr(judging, "_judge_side_by_side", refuse)
    (few,) = (ask(question(folder))[0][: judging._FEWEST - 1],)
    assert len(list(judge_all(few, 8))) == len(few)
    assert len(list(judge_all(ask(question(folder))[0], 1))) == MANY


def kill_oneself(judge: Any, parent: int, texts: Texts) -> Judgement:
    """Judge; but kill the process if it is none of the tests'."""
    if os.getpid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)
    judgement: Judgement = judge(texts)
    return judgement


@requires_forks
def test_what_a_killed_process_leaves_is_judged_here(folder: Path) -> None:
    asked, _ = ask(question(folder))
    wanted = [outcome.findings for outcome in judge_all(asked)]
    deadly = partial(kill_oneself, asked[31].judge, os.getpid())
    asked[31] = Asked(deadly, asked[31].named)
    assert [outcome.findings for outcome in judge_all(asked, 2)] == wanted


def fail(texts: Texts) -> Judgement:
    raise LookupError("a mistake of ours")


def test_a_mistake_of_ours_is_the_same_error(folder: Path) -> None:
    asked, _ = ask(question(folder))
    asked[31] = Asked(fail)
    with pytest.raises(LookupError, match="a mistake of ours"):
        list(judge_all(asked, 2))


def test_at_least_one_process_can_run() -> None:
    assert cores() >= 1


@requires_forks
def test_nothing_goes_on_when_the_process_is_killed(folder: Path) -> None:
    marker = f"--output=line:{folder / 'report'}"
    process = subprocess.Popen(
        [sys.executable, "-m", "composecheck", "check", "--jobs", "2", marker, *[str(folder)] * 40],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while process.poll() is None and len(working(marker)) < 3:
        time.sleep(0.001)
    process.kill()
    process.wait()
    # They end by themselves; however slow the machine is, that is no matter of chance.
    while working(marker):
        time.sleep(0.01)


def working(marker: str) -> list[str]:
    """Return the processes that have `marker` in their command line."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if marker in (process / "cmdline").read_text(encoding="utf-8"):
                found.append(process.name)
        except OSError:
            continue
    return found
