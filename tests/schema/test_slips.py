"""A slip of the pen in any key gets the right suggestion, through the whole stage."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from tests.schema.judging import errors
from tests.schema.slips import Slip, block_style, document, every_key, slips_of

if TYPE_CHECKING:
    from composecheck.finding import Finding

ROUNDS = 2


def test_the_files_are_right_before_the_slip() -> None:
    for path, key in every_key():
        assert errors(block_style(document(path, key, key))) == [], (path, key)


def is_right(slip: Slip, finding: Finding) -> bool:
    written = finding.source.slice(finding.span)
    return written == slip.written and finding.suggestions[:1] == (slip.key,)


def test_at_least_97_of_100_slips_get_the_right_suggestion() -> None:
    random = Random(5)
    real = {key for _, key in every_key()}
    slips = [
        slip
        for _ in range(ROUNDS)
        for path, key in every_key()
        for slip in slips_of(path, key, random, real)
    ]
    wrong: list[tuple[Slip, object]] = []
    for slip in slips:
        found = errors(slip.text)
        if not (len(found) == 1 and is_right(slip, found[0])):
            wrong.append((slip, [finding.text for finding in found]))

    assert len(slips) > 6_000
    right = 1 - len(wrong) / len(slips)
    print(f"{right:.2%} of {len(slips)} slips in {len(list(every_key()))} keys are right")
    assert right >= 0.97, wrong[:40]
