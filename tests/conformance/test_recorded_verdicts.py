"""What the real Docker Compose said of thousands of files, and what we say of them.

Both sides get the same: a file in a folder named `proj`, and an environment of PATH and HOME. With
`--here` we compare the verdict always, the cause if it is refused, and the model if one was stored.
Without, one file in four is judged; `make conformance` judges all of them.
"""

from __future__ import annotations

import itertools
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.conformance.comparison import Tally
from tests.conformance.recorded import recorded_corpus, recorded_prints, recorded_probes
from tests.conformance.running import run_recorded, run_texts
from tests.shared_material import requires_shared

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = requires_shared

ONE_IN = 4


def in_words(tally: Tally) -> dict[str, str]:
    return {f"{found.case.name}: {found.kind.value}": found.detail for found in tally.differences}


def test_here_published_files_are_judged_as_by_compose() -> None:
    tally = Tally()
    run_recorded(recorded_corpus(), tally)
    assert tally.cases["corpus"] == 3780
    assert tally.refused["corpus"] > 1100
    assert tally.models["corpus"] > 1450
    assert in_words(tally) == {}


def test_here_probes_are_judged_as_by_compose() -> None:
    tally = Tally()
    run_recorded(recorded_probes(), tally)
    assert tally.cases["probe"] == 704
    assert tally.refused["probe"] > 310
    assert tally.models["probe"] > 140
    assert in_words(tally) == {}


def test_probes_of_printing_are_judged_as_by_compose(tmp_path: Path) -> None:
    arguments: list[str] = []
    for number, (case, more, theirs) in enumerate(recorded_prints()):
        root = tmp_path / str(number)
        ours = subprocess.run(
            [sys.executable, "-m", "composecheck", "config", *case.arguments, *more],
            cwd=case.write(root),
            env=case.variables(root),
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert ours.returncode == int(theirs.refuses), case.shown()
        if more == ("zz",):
            assert theirs.stderr.strip() == "no such service: zz"
            assert '"zz"' in ours.stderr
        arguments += more
    assert sorted(arguments) == [*["--no-interpolate"] * 3, "zz"]


def test_published_files_are_told_the_truth_about_their_text() -> None:
    tally = Tally()
    run_texts(itertools.islice(recorded_corpus(), 0, None, ONE_IN), tally)
    assert tally.cases["text alone"] == 3780 // ONE_IN
    assert in_words(tally) == {}
