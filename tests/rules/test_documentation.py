"""The documentation of every rule is true: its examples are run."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from composecheck.check import check, check_text
from composecheck.finding import Severity, splice
from composecheck.rules import all_rules, rule_named

if TYPE_CHECKING:
    from pathlib import Path

    from composecheck.check import Report
    from composecheck.rule import Rule

RULES = all_rules()
each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)

# An example that would be too long to read says how it goes on.
AND_SO_ON = "  # … and so on, up to 100 000\n"

# An example that hangs on the setting begins with it.
TARGET = re.compile(r'# target-compose = "(.+)"\n')

# One about an env file begins with comments that say what stands in that, a line each.
ENV_LINE = re.compile(r"^# ([\w.]+\.env): (.*)$", re.MULTILINE)


def bad_text(rule: Rule) -> str:
    """Return the bad example as it is meant."""
    return rule.bad.replace(AND_SO_ON, "  - 1\n" * 100_000)


def test_there_are_rules_and_they_are_sorted() -> None:
    names = [rule.name for rule in RULES]
    assert names == sorted(set(names))
    assert {"key-unknown", "value-type", "yaml-duplicate-key"} <= set(names)


def test_a_rule_is_found_by_its_name() -> None:
    assert [rule_named(rule.name) for rule in RULES] == list(RULES)
    with pytest.raises(KeyError):
        rule_named("no-such-rule")


@each_rule
def test_a_name_is_words_the_area_first(rule: Rule) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)+", rule.name)


@each_rule
def test_the_words_are_whole_sentences(rule: Rule) -> None:
    assert rule.summary.endswith(".")
    assert rule.explanation.rstrip().endswith((".", ":", "```"))


def judge(text: str, folder: Path, *, is_here: bool) -> Report:
    # What the example of `file-outside` includes.
    (folder / "shared.yaml").write_text("services:\n  db:\n    image: redis\n", encoding="utf-8")
    folder = folder / "projects" / "shop"
    folder.mkdir(parents=True, exist_ok=True)
    # What the example of `variable-misspelt` is about.
    (folder / ".env").write_text("NGINX_VERSION=1.27\n", encoding="utf-8")
    for name in {name for name, _ in ENV_LINE.findall(text)}:
        lines = [line for other, line in ENV_LINE.findall(text) if other == name]
        (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "compose.yaml").write_bytes(text.encode("utf-8", "surrogateescape"))
    target = TARGET.match(text)
    report = check([folder / "compose.yaml"], is_here=is_here, target_compose=target and target[1])
    assert report.skipped == ()
    return report


def is_about_here(rule: Rule, folder: Path) -> bool:
    """Whether a rule's example shows what Compose does here, not what is wrong with the text."""
    findings = judge(bad_text(rule), folder, is_here=False).findings
    return [(finding.rule, finding.severity) for finding in findings] != [
        (rule.name, rule.severity)
    ]


@each_rule
def test_the_bad_example_has_this_one_finding(rule: Rule, tmp_path: Path) -> None:
    report = judge(bad_text(rule), tmp_path, is_here=is_about_here(rule, tmp_path))
    assert [(finding.rule, finding.severity) for finding in report.findings] == [
        (rule.name, rule.severity)
    ]


@each_rule
def test_the_good_example_has_no_findings(rule: Rule, tmp_path: Path) -> None:
    is_here = is_about_here(rule, tmp_path)
    assert judge(rule.good, tmp_path, is_here=is_here).findings == ()


@each_rule
def test_the_fix_makes_the_good_example_of_the_bad_one(rule: Rule, tmp_path: Path) -> None:
    is_here = is_about_here(rule, tmp_path)
    (finding,) = judge(bad_text(rule), tmp_path, is_here=is_here).findings
    if finding.fix is None:
        assert rule.bad != rule.good
    else:
        assert splice(bad_text(rule), finding.fix.edits) == rule.good


@each_rule
def test_what_it_says_is_for_people(rule: Rule, tmp_path: Path) -> None:
    is_here = is_about_here(rule, tmp_path)
    (finding,) = judge(bad_text(rule), tmp_path, is_here=is_here).findings
    jargon = r"\b(?:node|scalar|schema|instance|regex|mapping|sequence|parser?|token)s?\b"
    for text in (finding.message, finding.remedy, *(place.message for place in finding.related)):
        assert re.search(jargon, text, re.IGNORECASE) is None
        assert text == "" or text.endswith((".", "?", ":"))
    if finding.severity is Severity.ERROR:
        assert finding.remedy


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "- a\n",
        "services: [\n",
        "services:\n\tdb: x\n",
        "services:\n  db: {image: 1, image: 2, enviroment: x}\n",
        "services:\n  db: *db\n",
        "version: 3\nservice: {}\n",
        "services:\n  db:\n    image: [x]\n    ports: {}\n    deploy: {mode: 1}\n",
        "services: {a: {depends_on: {b: {condition: x}}, cgroup: x, pull_policy: x}}\n",
        "services: {a: {security_opt: [a, a], depends_on: {b: {}}}}\n",
        "\x00",
        "\udcff",
        "<<<<<<< HEAD\na: b\n=======\n>>>>>>> x\n",
    ],
)
def test_every_finding_is_of_a_rule_that_is_documented(text: str) -> None:
    findings = check_text(text).findings
    assert findings
    for finding in findings:
        rule = rule_named(finding.rule)
        assert finding.severity is rule.severity
