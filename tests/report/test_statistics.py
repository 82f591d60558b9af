"""How often each rule spoke, for people and for programs."""

from __future__ import annotations

import json
from typing import Any

from jsonschema import Draft202012Validator

from composecheck.finding import Severity
from composecheck.report.statistics import Count, as_json, as_table, counts
from tests.report.findings import finding_on, replacing, report_of, source_of
from tests.shared_material import REPOSITORY

SCHEMA: dict[str, Any] = json.loads(
    (REPOSITORY / "schemas" / "report.schema.json").read_text(encoding="utf-8")
)
STATISTICS = Draft202012Validator({"$ref": "#/$defs/statistics", "$defs": SCHEMA["$defs"]})
SOURCE = source_of("a: 1\nbb: 22\n")
FIX = replacing(SOURCE, "a", "b", "Write b")

REPORT = report_of(
    finding_on(SOURCE, "a", rule="key-obsolete", severity=Severity.NOTE),
    *(finding_on(SOURCE, "a", rule="yaml-colon-space", fix=FIX) for _ in range(11)),
    finding_on(SOURCE, "a", rule="key-unknown"),
    finding_on(SOURCE, "a", rule="key-missing"),
    finding_on(SOURCE, "a", rule="key-unknown", severity=Severity.WARNING, fix=FIX),
)


def test_the_most_often_first_then_the_worst_then_by_name() -> None:
    assert counts(REPORT) == (
        Count("yaml-colon-space", Severity.ERROR, 11, 11),
        Count("key-missing", Severity.ERROR, 1, 0),
        Count("key-unknown", Severity.ERROR, 1, 0),
        Count("key-unknown", Severity.WARNING, 1, 1),
        Count("key-obsolete", Severity.NOTE, 1, 0),
    )


def test_as_a_table() -> None:
    assert as_table(counts(REPORT)) == (
        "11  error    yaml-colon-space  11 can be fixed\n"
        " 1  error    key-missing\n"
        " 1  error    key-unknown\n"
        " 1  warning  key-unknown       1 can be fixed\n"
        " 1  note     key-obsolete\n"
    )


def test_as_json() -> None:
    written = json.loads(as_json(counts(REPORT)))
    STATISTICS.validate(written)
    assert written["version"] == 1
    assert len(written["statistics"]) == 5
    assert written["statistics"][0] == {
        "rule": "yaml-colon-space",
        "severity": "error",
        "count": 11,
        "fixable": 11,
    }


def test_nothing_found() -> None:
    assert counts(report_of()) == ()
    assert as_table(()) == ""
    assert json.loads(as_json(())) == {"version": 1, "statistics": []}
    STATISTICS.validate(json.loads(as_json(())))
