"""The report for what shows the results of tests: JUnit's XML, as Jenkins and GitLab read it.

A file is a suite, and each of its findings a test case, so that each shows up by its name. GitLab
and Jenkins know a case by `classname` and `name`, from one run to the next too; so the name says
which rule and where in the tree, and no line. The form is that of `junit-10.xsd` of Jenkins.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from composecheck.finding import Severity
from composecheck.report.lines import line
from composecheck.report.visible import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from composecheck.check import Report
    from composecheck.discovery import Skipped
    from composecheck.finding import Finding, Path


def render(report: Report) -> str:
    """Return the report as XML.

    An error is a failure. A warning and a note are cases that pass, with what they say as their
    output. A file in which nothing was found is a case that passes; one that could not be checked
    is an error. No text has a character in it that XML cannot hold: such stand as escapes.
    """
    by_file: dict[str, list[Finding]] = {name: [] for name in report.files}
    for finding in report.findings:
        by_file.setdefault(finding.source.name, []).append(finding)
    suites = [_suite(name, _cases(name, found)) for name, found in sorted(by_file.items())]
    suites += [_suite(skipped.file, [_unchecked(skipped)]) for skipped in report.skipped]
    top = _counted(ElementTree.Element("testsuites", name="composecheck"), suites)
    ElementTree.indent(top)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ElementTree.tostring(top, "unicode")}\n'


def _suite(name: str, cases: Sequence[ElementTree.Element]) -> ElementTree.Element:
    return _counted(ElementTree.Element("testsuite", name=visible(name)), cases)


def _counted(
    parent: ElementTree.Element, children: Sequence[ElementTree.Element]
) -> ElementTree.Element:
    """Put `children` into `parent`, and say in it how many cases there are of which outcome."""
    parent.extend(children)
    for attribute, tag in (("tests", "testcase"), ("failures", "failure"), ("errors", "error")):
        parent.set(attribute, str(sum(1 for _ in parent.iter(tag))))
    return parent


def _cases(file: str, findings: Sequence[Finding]) -> list[ElementTree.Element]:
    if not findings:
        return [_case(file, "no problems")]
    seen: Counter[str] = Counter()
    return [_finding_case(file, finding, seen) for finding in findings]


def _finding_case(file: str, finding: Finding, seen: Counter[str]) -> ElementTree.Element:
    name = finding.rule + (f" at {_in_words(finding.path)}" if finding.path else "")
    seen[name] += 1
    case = _case(file, name if seen[name] == 1 else f"{name} ({seen[name]})")
    if finding.severity is Severity.ERROR:
        failure = ElementTree.SubElement(
            case, "failure", message=visible(finding.text), type=finding.rule
        )
        # GitLab shows the text and not the message, and neither file nor line.
        failure.text = line(finding)
    else:
        ElementTree.SubElement(case, "system-out").text = line(finding)
    return case


def _unchecked(skipped: Skipped) -> ElementTree.Element:
    case = _case(skipped.file, "can be checked")
    reason = visible(skipped.reason)
    ElementTree.SubElement(case, "error", message=reason, type="not-checked").text = reason
    return case


def _case(file: str, name: str) -> ElementTree.Element:
    return ElementTree.Element("testcase", classname=visible(file), name=name)


def _in_words(path: Path) -> str:
    """Return a path as `services.web.ports[0]`."""
    keys = (f"[{key}]" if isinstance(key, int) else f".{visible(key)}" for key in path)
    return "".join(keys).removeprefix(".")
