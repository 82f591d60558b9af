"""The stages are measured for themselves, and each has its time."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from benchmarks import inside, names
from benchmarks.results import timing_of

if TYPE_CHECKING:
    import pytest

LONG = "services:\n  web:\n    image: nginx:1.29\n" + "    # a comment\n" * 97
WRONG = LONG.replace("image", "imgae")


def test_each_stage_and_the_whole_are_measured() -> None:
    timings = inside.measure_stages(60, 3)
    assert [timing.tool for timing in timings] == [*names.STAGES, names.WHOLE]
    assert {timing.workload for timing in timings} == {names.stages(60)}
    assert all(len(timing.seconds) == 3 and min(timing.seconds) > 0 for timing in timings)


def test_files_with_an_error_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inside, "real_texts", lambda: (LONG, WRONG, "services: {}\n"))
    counts = {
        (timing.workload, timing.tool): len(timing.seconds) for timing in inside.measure_real()
    }
    assert counts == {
        (names.REAL, names.WHOLE): 2,
        (names.REAL, "parse"): 2,
        (names.REAL_VALID, names.WHOLE): 1,
    }
    monkeypatch.setattr(inside, "real_texts", tuple)
    (absent,) = inside.measure_real()
    assert (absent.seconds, absent.reason) == ((), "the corpus is not here")


def test_what_is_printed_can_be_read(capsys: pytest.CaptureFixture[str]) -> None:
    inside.main(["growth", "100", "2"])
    timings = [timing_of(data) for data in json.loads(capsys.readouterr().out)]
    assert [(timing.workload, timing.tool) for timing in timings] == [
        (names.inside(100), names.WHOLE),
        (names.inside(100), "parse"),
    ]
