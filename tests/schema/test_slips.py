"""A slip of the pen in any key gets the right suggestion, through the whole stage."""

from __future__ import annotations

from random import Random

from composecheck.finding import Severity
from composecheck.schema import judge_shape
from composecheck.source import Source
from composecheck.yaml import load
from tests.schema.slips import Slip, block_style, document, every_key, slips_of

ROUNDS = 1


def errors(text: str) -> list[tuple[str, tuple[str | int, ...], tuple[str, ...]]]:
    (root,) = load(Source("compose.yaml", text)).roots
    return [
        (finding.rule, finding.path, finding.suggestions)
        for finding in judge_shape(root)
        if finding.severity is Severity.ERROR
    ]


def test_the_files_are_right_before_the_slip() -> None:
    for path, key in every_key():
        assert errors(block_style(document(path, key, key))) == [], (path, key)


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
        if not (
            len(found) == 1
            and found[0][0] == "key-unknown"
            and found[0][1][-1] == slip.written
            and found[0][2][:1] == (slip.key,)
        ):
            wrong.append((slip, found))

    assert len(slips) > 8_000
    right = 1 - len(wrong) / len(slips)
    print(f"{right:.2%} of {len(slips)} slips in {len(list(every_key()))} keys are right")
    assert right >= 0.97, wrong[:40]
