"""Running both sides on many cases."""

from __future__ import annotations

import os
import shutil
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from tests.conformance.comparison import Difference, Kind, Tally
from tests.conformance.compose import Answer, ask
from tests.conformance.ours import Judgement, judge, judge_text
from tests.conformance.recorded import as_recorded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tests.conformance.case import Case

_AT_ONCE = 64


def run_live(cases: Iterable[Case], tally: Tally) -> None:
    """Ask Compose and us about each case, and count it."""
    for case, theirs, ours in both(cases):
        _add(case, theirs, ours, tally)


def run_texts(cases: Iterable[tuple[Case, Answer]], tally: Tally) -> None:
    """Ask us about the text of each case alone, and count it."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder).resolve() / "case"
        for case, theirs in cases:
            tally.add_text(replace(case, origin="text alone"), judge_text(case, root), theirs)
            shutil.rmtree(root)


def both(
    cases: Iterable[Case], program: str | None = None
) -> Iterator[tuple[Case, Answer, Judgement | Exception]]:
    """Yield each case with Compose's answer (`program` is another), and ours or how we fail."""
    for case, theirs in answers(cases, program):
        assert theirs.folder is not None
        yield case, theirs, _judge(case, theirs.folder, wants_model=theirs.model is not None)


def run_recorded(cases: Iterable[tuple[Case, Answer]], tally: Tally) -> None:
    """Ask us about each case whose answer was recorded, and count it."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder).resolve() / "case"
        for case, theirs in cases:
            ours = _judge(case, root, wants_model=theirs.model is not None)
            if isinstance(ours, Judgement) and ours.model is not None:
                model = as_recorded(ours.model, theirs, root)
                ours = Judgement(ours.findings, ours.unjudged, model)
            _add(case, theirs, ours, tally)


def answers(cases: Iterable[Case], program: str | None = None) -> Iterator[tuple[Case, Answer]]:
    """Yield each case with the answer of Compose, which is asked about several at once.

    Both sides must be asked at the same path: that is the `folder` of the answer, which is not
    there any more. `program` is another Compose than ours.
    """
    with tempfile.TemporaryDirectory() as name, ThreadPoolExecutor(os.cpu_count()) as pool:
        folder = Path(name).resolve()

        def ask_at(number: int, case: Case) -> Answer:
            root = folder / str(number) / "case"
            answer = ask(case, root, program)
            shutil.rmtree(root)
            return answer

        for batch in _batches(cases):
            yield from zip(batch, pool.map(ask_at, range(len(batch)), batch), strict=True)


def _batches(cases: Iterable[Case]) -> Iterator[list[Case]]:
    batch = []
    for case in cases:
        batch.append(case)
        if len(batch) == _AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch


def _judge(case: Case, root: Path, *, wants_model: bool) -> Judgement | Exception:
    """Judge a case below `root`, which is not there before and after; or say how we fail."""
    try:
        return judge(case, root, wants_model=wants_model)
    except Exception as error:
        return error
    finally:
        shutil.rmtree(root)


def _add(case: Case, theirs: Answer, ours: Judgement | Exception, tally: Tally) -> None:
    if isinstance(ours, Exception):
        what = f"{type(ours).__name__}: {ours}"
        tally.add_difference(Difference(case, Kind.NOT_JUDGED, what))
    else:
        tally.add(case, ours, theirs)
