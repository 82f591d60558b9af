"""Which commands fix what, in one sentence."""

from __future__ import annotations

import pytest

from composecheck.finding import Safety
from composecheck.report.summary import how_to_fix
from tests.report.findings import finding_on, replacing, report_of, source_of

SOURCE = source_of("a: 1\n")


@pytest.mark.parametrize(
    ("safe", "unsafe", "expected"),
    [
        (0, 0, ""),
        (1, 0, '"composecheck fix" makes the safe fix.'),
        (3, 0, '"composecheck fix" makes the 3 safe fixes.'),
        (
            0,
            1,
            '"composecheck fix --unsafe" makes the fix, which is unsafe and to be looked at.',
        ),
        (
            0,
            2,
            '"composecheck fix --unsafe" makes the 2 fixes, which are unsafe and to be looked at.',
        ),
        (
            1,
            1,
            '"composecheck fix" makes the safe fix; "composecheck fix --unsafe" also the unsafe'
            " one, to be looked at.",
        ),
        (
            2,
            3,
            '"composecheck fix" makes the 2 safe fixes; "composecheck fix --unsafe" also the 3'
            " unsafe ones, to be looked at.",
        ),
    ],
)
def test_how_to_fix(safe: int, unsafe: int, expected: str) -> None:
    safeties = [Safety.SAFE] * safe + [Safety.UNSAFE] * unsafe
    findings = [
        finding_on(SOURCE, "a", fix=replacing(SOURCE, "a", "b", "Write b", safety))
        for safety in safeties
    ]
    assert how_to_fix(report_of(finding_on(SOURCE, "a"), *findings)) == expected
