"""JUnit's XML, held to what `junit-10.xsd` of Jenkins allows."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from composecheck.check import Report
from composecheck.discovery import Skipped
from composecheck.finding import Finding, Severity
from composecheck.report.junit import render
from composecheck.report.visible import visible
from composecheck.source import Source, Span
from tests.report.findings import HOSTILE, finding_on, report_of, source_of

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

SOURCE = source_of("a: 1\nbb: 22\n")

# For each element that we write: the attributes it must have, those it may have besides, and the
# elements that may stand in it.
ALLOWED: dict[str, tuple[set[str], set[str], set[str]]] = {
    "testsuites": (set(), {"name", "time", "tests", "failures", "errors"}, {"testsuite"}),
    "testsuite": (
        {"name", "tests", "failures", "errors"},
        {
            "group",
            "time",
            "skipped",
            "timestamp",
            "hostname",
            "id",
            "package",
            "file",
            "log",
            "url",
        },
        {"testsuite", "properties", "testcase", "system-out", "system-err"},
    ),
    "testcase": (
        {"name"},
        {"time", "classname", "group"},
        {"skipped", "error", "failure", "system-out", "system-err"},
    ),
    "failure": (set(), {"type", "message"}, set()),
    "error": (set(), {"type", "message"}, set()),
    "system-out": (set(), set(), set()),
}
WITH_TEXT = {"failure", "error", "system-out"}


def parsed(text: str) -> Element:
    """Return the root of `text`, once it is what Jenkins takes and its numbers add up."""
    root = ElementTree.fromstring(text.encode())
    assert root.tag == "testsuites"
    for element in root.iter():
        required, optional, children = ALLOWED[element.tag]
        assert required <= element.attrib.keys() <= required | optional
        assert {child.tag for child in element} <= children
        assert element.tag in WITH_TEXT or not (element.text or "").strip()
        assert not (element.tail or "").strip()
        if element.tag in ("testsuites", "testsuite"):
            for attribute, tag in (
                ("tests", "testcase"),
                ("failures", "failure"),
                ("errors", "error"),
            ):
                assert element.get(attribute) == str(len(list(element.iter(tag))))
    known_by = [(case.get("classname"), case.get("name")) for case in root.iter("testcase")]
    assert len(set(known_by)) == len(known_by)
    return root


def with_path(finding: Finding, *path: str | int) -> Finding:
    return Finding(
        finding.rule, finding.severity, finding.message, finding.source, finding.span, path=path
    )


def test_all_of_it() -> None:
    report = Report(
        findings=(
            with_path(finding_on(SOURCE, "22", message='"22" is <wrong>.'), "services", "web", 1),
            with_path(finding_on(SOURCE, "bb", severity=Severity.WARNING), "bb"),
            finding_on(SOURCE, "a", severity=Severity.NOTE, rule="key-obsolete"),
        ),
        files=("compose.yaml", "clean.yaml"),
        skipped=(Skipped("gone.yaml", "There is no such file."),),
    )
    parsed(render(report))
    assert render(report) == (
        """\
<?xml version="1.0" encoding="utf-8"?>
<testsuites name="composecheck" tests="5" failures="1" errors="1">
  <testsuite name="clean.yaml" tests="1" failures="0" errors="0">
    <testcase classname="clean.yaml" name="no problems" />
  </testsuite>
  <testsuite name="compose.yaml" tests="3" failures="1" errors="0">
    <testcase classname="compose.yaml" name="key-unknown at services.web[1]">
      <failure message="&quot;22&quot; is &lt;wrong&gt;." type="key-unknown">"""
        """compose.yaml:2:5: error[key-unknown] "22" is &lt;wrong&gt;.</failure>
    </testcase>
    <testcase classname="compose.yaml" name="key-unknown at bb">
      <system-out>compose.yaml:2:1: warning[key-unknown] This is wrong.</system-out>
    </testcase>
    <testcase classname="compose.yaml" name="key-obsolete">
      <system-out>compose.yaml:1:1: note[key-obsolete] This is wrong.</system-out>
    </testcase>
  </testsuite>
  <testsuite name="gone.yaml" tests="1" failures="0" errors="1">
    <testcase classname="gone.yaml" name="can be checked">
      <error message="There is no such file." type="not-checked">There is no such file.</error>
    </testcase>
  </testsuite>
</testsuites>
"""
    )


def test_nothing_checked_is_no_suite() -> None:
    assert len(parsed(render(report_of()))) == 0


def test_findings_of_the_same_name_are_told_apart() -> None:
    report = report_of(*(finding_on(SOURCE, "a") for _ in range(3)))
    names = [case.get("name") for case in parsed(render(report)).iter("testcase")]
    assert names == ["key-unknown", "key-unknown (2)", "key-unknown (3)"]


def test_names_do_not_change_when_lines_move() -> None:
    moved = source_of(f"# One more.\n{SOURCE.text}")
    names = [
        [
            case.get("name")
            for case in parsed(render(report_of(with_path(finding_on(source, "22"), "bb")))).iter(
                "testcase"
            )
        ]
        for source in (SOURCE, moved)
    ]
    assert names[0] == names[1] == ["key-unknown at bb"]


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("severity", Severity)
def test_whatever_is_quoted_comes_out_as_text_that_can_be_seen(
    hostile: str, severity: Severity
) -> None:
    source = Source(f"{hostile}.yaml", f"{hostile}: 1\n")
    finding = finding_on(source, hostile, severity=severity, message=f"{hostile} is wrong.")
    report = report_of(with_path(finding, hostile, 0), skipped=(Skipped(hostile, hostile),))
    root = parsed(render(report))
    case = next(root.iter("testcase"))
    assert case.get("classname") == visible(f"{hostile}.yaml")
    assert case.get("name") == f"key-unknown at {visible(hostile)}[0]"
    assert (case[0].text or "").endswith(f"] {visible(hostile)} is wrong.")
    assert next(root.iter("error")).text == visible(hostile)


@given(st.text())
def test_so_does_any_text(text: str) -> None:
    source = Source(text, f"{text}: 1\n")
    finding = Finding("key-unknown", Severity.ERROR, text, source, Span(0, len(text)), path=(text,))
    root = parsed(render(report_of(finding)))
    assert next(root.iter("failure")).get("message") == visible(text)
