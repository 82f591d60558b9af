"""Services that need others which do not exist, or are off; and circles of them."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from composecheck.finding import Safety, Severity
from composecheck.rules.cycles import service_cycle
from composecheck.rules.dependencies import service_off, service_undefined
from tests.rules.fitting import assert_accepted, assert_refused, judge, marked

if TYPE_CHECKING:
    from pathlib import Path

    from tests.rules.fitting import Rule

RULES = (service_undefined, service_off, service_cycle)


def _with_db(keys: str) -> str:
    return f"services:\n  a: {{image: x, {keys}}}\n  database: {{image: y}}\n"


def _with_off(keys: str) -> str:
    return f"services:\n  a: {{image: x, {keys}}}\n  b: {{image: y, profiles: [p, q]}}\n"


OPTIONAL = "depends_on: {b: {condition: service_started, required: false}}"

# The rule, the text, the characters it points to, and the first suggestion or "".
REFUSED: tuple[tuple[Rule, str, str, str], ...] = (
    (service_undefined, _with_db("depends_on: [databse]"), "databse", "database"),
    (service_undefined, _with_db("depends_on: ['databse']"), "databse", "database"),
    (service_undefined, _with_db("depends_on: [q]"), "q", ""),
    (
        service_undefined,
        _with_db("depends_on: {databse: {condition: service_healthy, required: false}}"),
        "databse",
        "database",
    ),
    (service_undefined, _with_db("links: ['databse:db']"), "databse", "database"),
    (service_undefined, _with_db("links: ['a1:b:c']"), "a1:b:c", ""),
    (service_undefined, _with_db("links: ['']"), "''", ""),
    (service_undefined, _with_db("volumes_from: ['databse:ro']"), "databse", "database"),
    (service_undefined, _with_db("network_mode: 'service:databse'"), "databse", "database"),
    (service_undefined, _with_db("network_mode: 'service:'"), "'service:'", ""),
    (service_undefined, _with_db("ipc: service:databse"), "databse", "database"),
    (service_undefined, _with_db("pid: service:databse"), "databse", "database"),
    (service_undefined, _with_db("uts: service:databse"), "databse", "database"),
    (
        service_undefined,
        _with_db("build: {context: ., additional_contexts: {c: 'service:q'}}"),
        "q",
        "",
    ),
    (
        service_undefined,
        "services: {a: {image: x, depends_on: [pg]}, db: {image: y, container_name: pg}}",
        "pg",
        "db",
    ),
    (service_off, _with_off("depends_on: [b]"), "b", ""),
    (service_off, _with_off("links: [b]"), "b", ""),
    (service_off, _with_off(f"network_mode: 'service:b', {OPTIONAL}"), "b", ""),
    (service_cycle, _with_db("depends_on: [a]"), "a", ""),
    (service_cycle, _with_db("network_mode: 'service:a'"), "a", ""),
    (
        service_cycle,
        "services: {a: {image: x, depends_on: [b]}, b: {image: x, links: ['a:z']}}",
        "b",
        "",
    ),
    (
        service_cycle,
        "services: {a: {image: x}, b: {extends: a, depends_on: [c]},"
        " c: {image: x, depends_on: [b]}}",
        "c",
        "",
    ),
)

ACCEPTED: tuple[str, ...] = (
    _with_db("depends_on: [database]"),
    _with_db("volumes_from: ['container:q']"),
    _with_db("network_mode: 'container:q'"),
    _with_db("external_links: [q]"),
    _with_db("userns_mode: 'service:q'"),
    _with_off(OPTIONAL),
    _with_off(f"links: [b], {OPTIONAL}"),
    _with_off("depends_on: [b], profiles: [p]"),
    "services: {a: {image: x, depends_on: [q], profiles: [p]}}",
    "services: {a: {image: x, profiles: [p], depends_on: [a]}}",
    "services: {a: {image: x, depends_on: [b, c]}, b: {image: x, depends_on: [c]}, c: {image: x}}",
    "services: {x-b: {image: x}, a: {image: x, depends_on: [x-b]}}",
    "services: {a: {build: {context: ., additional_contexts: {c: 'service:b'}}},"
    " b: {build: ., profiles: [p]}}",
)


@pytest.mark.parametrize(
    ("rule", "text", "characters", "suggestion"), REFUSED, ids=[row[1] for row in REFUSED]
)
def test_what_is_needed_and_not_there(
    rule: Rule, text: str, characters: str, suggestion: str, tmp_path: Path
) -> None:
    finding = assert_refused(rule, text, characters, tmp_path)
    assert (*finding.suggestions, "")[0] == suggestion
    assert not [other for other in RULES if other is not rule and judge(other, text)]


@pytest.mark.parametrize("text", ACCEPTED)
def test_what_is_there(text: str, tmp_path: Path) -> None:
    for rule in RULES:
        assert_accepted(rule, text, tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        _with_db("depends_on: [$V, '${V}b']"),
        _with_db("links: ['$V', '$V:b'], network_mode: 'service:$V', ipc: '${V}service:q'"),
        _with_db("volumes_from: ['${V}b']"),
        "services: {a: {image: x, depends_on: [b]}, b: {image: y, profiles: [$V]}}",
        "services: {a: {image: x, depends_on: [b]}, b: {image: y, extends: {file: f, service: c}}}",
        "include: [other.yaml]\nservices: {a: {image: x, depends_on: [b]}}",
    ],
)
def test_silent_where_it_is_unknown(text: str) -> None:
    assert not [f.text for rule in RULES for f in judge(rule, text, is_here=False)]


def test_a_slip_is_a_safe_fix_unless_a_number_differs() -> None:
    (finding,) = judge(service_undefined, _with_db("depends_on: [databse]"))
    assert finding.fix is not None
    assert finding.fix.safety is Safety.SAFE
    text = "services: {a: {image: x, depends_on: [worker1]}, worker2: {image: x}}"
    (finding,) = judge(service_undefined, text)
    assert finding.fix is not None
    assert finding.fix.safety is Safety.UNSAFE


def test_no_name_is_suggested_that_is_there_already(tmp_path: Path) -> None:
    text = "services: {a: {image: x, depends_on: [api1, api3]}, api1: {image: x}}"
    finding = assert_refused(service_undefined, text, "api3", tmp_path)
    assert (finding.suggestions, finding.fix) == ((), None)


def test_one_finding_for_a_name_wherever_it_stands() -> None:
    text = _with_db("depends_on: [databse], links: [databse, 'databse:x']")
    (finding,) = judge(service_undefined, text)
    assert [place.source.slice(place.span) for place in finding.related] == ["databse", "databse"]
    assert finding.fix is not None
    assert len(finding.fix.edits) == 3


def test_in_the_text_a_profile_may_be_on_elsewhere() -> None:
    text = _with_off("depends_on: [b]")
    (finding,) = judge(service_off, text, is_here=False)
    assert finding.severity is Severity.WARNING
    assert '"--profile p" or "--profile q"' in finding.message
    assert judge(service_off, text, is_here=False, profiles=("z",))[0].severity is Severity.ERROR
    assert not judge(service_off, text, profiles=("q",))
    assert not judge(service_off, text, environment={"COMPOSE_PROFILES": "p"})


def test_with_a_profile_off_it_is_a_warning_that_names_it() -> None:
    text = "services: {a: {image: x, depends_on: [q], profiles: [p]}, b: {image: x}}"
    (finding,) = judge(service_undefined, text)
    assert finding.severity is Severity.WARNING
    assert '"--profile p"' in finding.message


def test_the_whole_circle_is_shown() -> None:
    text = """
    services:
      z: {image: x, depends_on: [a]}
      a: {image: x, depends_on: [b, z2]}
      b: {image: x, depends_on: [c]}
      c: {image: x, depends_on: [a]}
      z2: {image: x}
    """
    (finding,) = judge(service_cycle, text)
    assert '"a" → "b" → "c" → "a"' in finding.message
    assert finding.path == ("services", "a", "depends_on", 0)
    assert [place.source.slice(place.span) for place in finding.related] == ["c", "a"]
    assert [place.message for place in finding.related] == ['"b" needs "c".', '"c" needs "a".']


def test_each_circle_once_also_those_of_profiles() -> None:
    text = """
    services:
      a: {image: x, depends_on: [a]}
      b: {image: x, depends_on: [c], profiles: [p]}
      c: {image: x, depends_on: [b], profiles: [p, q]}
      d: {image: x, depends_on: [e], profiles: [r]}
      e: {image: x, depends_on: [d], profiles: [s]}
    """
    findings = judge(service_cycle, text)
    assert [finding.severity.name for finding in findings] == ["ERROR", "WARNING", "WARNING"]
    assert marked(findings) == ["a", "c", "e"]
    assert [f'--profile {p}"' in f.message for p, f in zip("*p*", findings, strict=True)] == [
        False,
        True,
        True,
    ]


def test_many_services_take_no_long_time() -> None:
    rows = (f"  s{i}: {{image: x, depends_on: [s{i + 1}], profiles: [p{i}]}}" for i in range(1500))
    text = "services:\n" + "\n".join(rows) + "\n  s1500: {image: x}\n"
    started = time.process_time()
    assert not judge(service_cycle, text)
    assert time.process_time() - started < 5
