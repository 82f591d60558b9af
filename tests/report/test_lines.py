"""One finding a line, and nothing else."""

from __future__ import annotations

from composecheck.discovery import Skipped
from composecheck.finding import Severity
from composecheck.report.lines import render
from tests.report.findings import finding_on, related_to, replacing, report_of, source_of


def test_a_finding_is_a_line() -> None:
    source = source_of("a: 1\nbb: 22\n")
    report = report_of(
        finding_on(
            source,
            "22",
            message="The number is wrong.",
            remedy='Write "23".',
            related=(related_to(source, "1", "Not shown."),),
            fix=replacing(source, "22", "23", "Not shown."),
        ),
        finding_on(source, "a", severity=Severity.NOTE, rule="key-obsolete", message="It is old."),
        skipped=(Skipped("b.yaml", "Not shown."),),
    )
    assert render(report) == (
        'compose.yaml:2:5: error[key-unknown] The number is wrong. Write "23".\n'
        "compose.yaml:1:1: note[key-obsolete] It is old.\n"
    )


def test_no_findings_are_no_lines() -> None:
    assert render(report_of()) == ""


def test_a_finding_is_one_line_whatever_stands_in_it() -> None:
    source = source_of("a: 1\n", "x\ny\u2028\udcff.yaml")
    message = "a\nb\rc\td\x0be\x0cf\x1bg\x85h\u2028i\u2029j\u202ek"
    text = render(report_of(finding_on(source, "1", message=message)))
    assert text.splitlines() == [text.rstrip("\n")]
    assert text == (
        r"x\ny\u2028\xff.yaml:1:4: error[key-unknown]"
        r" a\nb\rc\td\x0be\x0cf\x1bg\u0085h\u2028i\u2029j\u202ek" + "\n"
    )


def test_other_languages_stay_as_they_are() -> None:
    source = source_of("서비스: 1\n", "한국어.yaml")
    text = render(report_of(finding_on(source, "1", message="„서비스“ – é 👍")))
    assert text == "한국어.yaml:1:6: error[key-unknown] „서비스“ – é 👍\n"
