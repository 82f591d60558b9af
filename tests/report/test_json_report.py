"""The JSON that other programs read: its form, and the schema that describes it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from composecheck import COMPOSE_VERSION, __version__
from composecheck.discovery import Skipped
from composecheck.finding import Edit, Finding, Fix, Safety, Severity
from composecheck.report import rule_pages
from composecheck.report.json_report import render
from composecheck.source import Source, Span
from tests.report.findings import finding_on, related_to, replacing, report_of, source_of
from tests.shared_material import REPOSITORY

SCHEMA: dict[str, Any] = json.loads(
    (REPOSITORY / "schemas" / "report.schema.json").read_text(encoding="utf-8")
)
SOURCE = source_of("version: '3'\nservices:\n  db:\n    enviroment: {}\n", "docker-compose.yml")


def validated(text: str) -> Any:
    """Return what `text` says, once it fits the schema."""
    report = json.loads(text)
    Draft202012Validator(SCHEMA).validate(report)
    return report


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_everything_in_it() -> None:
    finding = Finding(
        rule="key-unknown",
        severity=Severity.ERROR,
        message='A service has no key "enviroment".',
        source=SOURCE,
        span=Span(33, 43),
        remedy='Write "environment".',
        path=("services", "db", "enviroment"),
        suggestions=("environment",),
        related=(related_to(source_of("a: b\n", "other.yaml"), "b", "It is here."),),
        fix=Fix(
            'Rename it to "environment"',
            Safety.SAFE,
            (Edit(SOURCE, Span(33, 43), "environment"), Edit(SOURCE, Span(0, 0), "")),
        ),
    )
    report = report_of(finding, skipped=(Skipped("gone.yaml", "There is no such file."),))
    assert render(report) == json.dumps(validated(render(report)), indent=2) + "\n"
    assert json.dumps(validated(render(report))) == json.dumps(
        {
            "version": 1,
            "mode": "text",
            "tool": {"name": "composecheck", "version": __version__, "compose": COMPOSE_VERSION},
            "summary": {"files": 1, "errors": 1, "warnings": 0, "notes": 0, "fixable": 1},
            "skipped": [{"file": "gone.yaml", "reason": "There is no such file."}],
            "findings": [
                {
                    "rule": "key-unknown",
                    "severity": "error",
                    "category": "compose",
                    "message": 'A service has no key "enviroment". Write "environment".',
                    "file": "docker-compose.yml",
                    "line": 4,
                    "column": 5,
                    "end_line": 4,
                    "end_column": 15,
                    "path": ["services", "db", "enviroment"],
                    "suggestions": ["environment"],
                    "related": [
                        {"file": "other.yaml", "line": 1, "column": 4, "message": "It is here."}
                    ],
                    "fix": {
                        "title": 'Rename it to "environment"',
                        "safety": "safe",
                        "edits": [
                            {
                                "file": "docker-compose.yml",
                                "start": 33,
                                "end": 43,
                                "text": "environment",
                            },
                            {"file": "docker-compose.yml", "start": 0, "end": 0, "text": ""},
                        ],
                    },
                    "url": None,
                }
            ],
        }
    )


def test_nothing_found() -> None:
    report = validated(render(report_of()))
    assert report["findings"] == report["skipped"] == []
    assert report["summary"] == {
        "files": 0,
        "errors": 0,
        "warnings": 0,
        "notes": 0,
        "fixable": 0,
    }


def test_findings_of_every_severity_and_safety() -> None:
    unsafe = replacing(SOURCE, "db", "database", "Rename it.", Safety.UNSAFE)
    report = validated(
        render(
            report_of(
                finding_on(SOURCE, "version", severity=Severity.NOTE, rule="key-obsolete"),
                finding_on(SOURCE, "db", severity=Severity.WARNING, fix=unsafe),
                finding_on(SOURCE, "services"),
            )
        )
    )
    assert [finding["severity"] for finding in report["findings"]] == ["note", "warning", "error"]
    assert [finding["category"] for finding in report["findings"]] == [
        "upkeep",
        "compose",
        "compose",
    ]
    assert [finding["fix"] and finding["fix"]["safety"] for finding in report["findings"]] == [
        None,
        "unsafe",
        None,
    ]
    assert report["summary"] == {
        "files": 1,
        "errors": 1,
        "warnings": 1,
        "notes": 1,
        "fixable": 1,
    }


def test_positions_are_code_points_without_the_byte_order_mark() -> None:
    source = Source("x.yaml", "👍: 한국어\n", byte_order_mark=b"\xef\xbb\xbf")
    finding = finding_on(source, "국", fix=replacing(source, "국", "x", "Write x."))
    (found,) = validated(render(report_of(finding)))["findings"]
    assert (found["line"], found["column"], found["end_column"]) == (1, 5, 6)
    assert found["fix"]["edits"][0]["start"] == 4
    assert found["fix"]["edits"][0]["end"] == 5


@pytest.mark.parametrize("character", ["\udcff", "\ud800", "\x00", "\x1b", "\u2028", "한", "👍"])
def test_whatever_stands_in_a_file_the_json_is_ascii_and_gives_it_back(character: str) -> None:
    source = source_of(f"a{character}: b\n", f"x{character}.yaml")
    finding = finding_on(source, character, message=f'The key "a{character}" is wrong.')
    text = render(report_of(finding))
    assert text.isascii()
    (found,) = validated(text)["findings"]
    assert found["message"] == f'The key "a{character}" is wrong.'
    assert found["file"] == f"x{character}.yaml"


@pytest.mark.parametrize(
    "change",
    [
        {"version": 2},
        {"mode": "there"},
        {"summary": {}},
        {"findings": [{}]},
        {"skipped": ["x"]},
        {"extra": 1},
    ],
)
def test_the_schema_refuses_what_is_no_report(change: dict[str, object]) -> None:
    report = {**json.loads(render(report_of(finding_on(SOURCE, "db")))), **change}
    assert not Draft202012Validator(SCHEMA).is_valid(report)


def test_the_page_of_a_rule_is_named_where_there_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rule_pages, "PAGES", "https://example.org/rules/{rule}")
    (found,) = validated(render(report_of(finding_on(SOURCE, "db"))))["findings"]
    assert found["url"] == "https://example.org/rules/key-unknown"
