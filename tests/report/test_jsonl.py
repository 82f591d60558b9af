"""One finding a line, in the form that the JSON report has for it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from composecheck.discovery import Skipped
from composecheck.report import json_report
from composecheck.report.jsonl import render
from composecheck.source import Source
from tests.report.findings import HOSTILE, finding_on, report_of, source_of
from tests.shared_material import REPOSITORY

SCHEMA: dict[str, Any] = json.loads(
    (REPOSITORY / "schemas" / "report.schema.json").read_text(encoding="utf-8")
)
LINE = Draft202012Validator({"$ref": "#/$defs/finding", "$defs": SCHEMA["$defs"]})
SOURCE = source_of("a: 1\nbb: 22\n")


def test_a_line_is_a_finding_of_the_json_report() -> None:
    report = report_of(
        finding_on(SOURCE, "22"),
        finding_on(SOURCE, "a"),
        skipped=(Skipped("gone.yaml", "It is not here."),),
    )
    lines = [json.loads(line) for line in render(report).splitlines()]
    assert lines == json.loads(json_report.render(report))["findings"]
    for line in lines:
        LINE.validate(line)


def test_no_findings_are_no_lines() -> None:
    assert render(report_of()) == ""


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_finding_is_one_line_whatever_stands_in_it(hostile: str) -> None:
    source = Source(f"{hostile}.yaml", f"{hostile}: 1\n")
    text = render(report_of(finding_on(source, hostile, message=f"{hostile} is wrong.")))
    assert text.isascii()
    (line,) = text.splitlines()
    assert json.loads(line)["message"] == f"{hostile} is wrong."
    assert json.loads(line)["file"] == f"{hostile}.yaml"
