"""Projects built from our schema, broken, and our own cases changed: asked of both sides."""

from __future__ import annotations

import shutil
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conformance.comparison import Kind, compare
from tests.conformance.compose import ask
from tests.conformance.generated import MAKERS
from tests.conformance.ours import judge
from tests.shared_material import requires_compose

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conformance.case import Case

EXAMPLES = 40


@requires_compose
@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
def test_made_up_cases_are_judged_as_by_compose(
    make: Callable[[Random], Case], tmp_path_factory: pytest.TempPathFactory
) -> None:
    root = tmp_path_factory.mktemp("case") / "root"
    verdicts = []

    @settings(max_examples=EXAMPLES)
    @given(st.randoms(use_true_random=False))
    def run(random: Random) -> None:
        case = make(random)
        theirs = ask(case, root)
        shutil.rmtree(root)
        ours = judge(case, root)
        shutil.rmtree(root)
        verdicts.append(theirs.refuses)
        # Where there are several mistakes, one may hide the other: the causes are not compared.
        differences = [
            difference
            for difference in compare(case, ours, theirs)
            if difference.kind is not Kind.CAUSE_NOT_NAMED
        ]
        assert differences == [], case.shown()

    run()
    assert {True, False} <= set(verdicts)


@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
def test_made_up_cases_follow_from_their_seed(make: Callable[[Random], Case]) -> None:
    assert make(Random(5)) == make(Random(5))
    assert len({make(Random(seed)).shown() for seed in range(40)}) > 30
