"""Every syntax mistake is found where it is, and named as what it is."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING

import pytest

from composecheck.finding import Safety, Severity, splice
from composecheck.source import Source
from composecheck.yaml.mistakes import SyntaxProblem, explain_syntax
from tests.shared_material import ask_compose, corpus, requires_shared
from tests.yaml.mistakes.breaking import break_once
from tests.yaml.mistakes.parsing import explain, problem_of
from tests.yaml.mistakes.variants import FILE, VARIANTS, Variant

if TYPE_CHECKING:
    from pathlib import Path

each_variant = pytest.mark.parametrize(
    "variant", VARIANTS, ids=lambda variant: f"{variant.rule} {variant.wrong!r}"
)


def test_the_file_itself_is_right(tmp_path: Path) -> None:
    assert problem_of(FILE) is None
    assert ask_compose(FILE, tmp_path).returncode == 0


def test_there_are_enough_variants() -> None:
    assert len(VARIANTS) >= 120
    assert len({variant.text for variant in VARIANTS}) == len(VARIANTS)


@each_variant
def test_one_mistake_is_one_finding_on_its_characters(variant: Variant) -> None:
    source = Source("compose.yaml", variant.text)
    (finding,) = explain(variant.text)
    assert finding.rule == variant.rule
    assert finding.severity is Severity.ERROR
    marked = source.slice(finding.span)
    assert (marked, finding.span.start, finding.span.end) == (
        variant.text[slice(*variant.span)],
        *variant.span,
    )
    assert variant.remedy in finding.remedy
    assert (finding.fix is not None) == variant.fixed
    for text in (finding.message, finding.remedy):
        assert text.endswith(".")
    assert "Compose" in finding.message


@each_variant
def test_compose_refuses_it_and_takes_it_with_the_fix(variant: Variant, tmp_path: Path) -> None:
    assert ask_compose(variant.text, tmp_path).returncode != 0
    (finding,) = explain(variant.text)
    if finding.fix is not None:
        fixed = splice(variant.text, finding.fix.edits)
        assert ask_compose(fixed, tmp_path).stderr == ""


@each_variant
def test_line_ends_of_windows_make_no_difference(variant: Variant) -> None:
    here = [finding.rule for finding in explain(variant.text)]
    assert [finding.rule for finding in explain(variant.text.replace("\n", "\r\n"))] == here


def test_a_slip_is_found_on_its_line_and_mostly_undone() -> None:
    generator = random.Random(20260)
    refused = explained = undone = 0
    for _ in range(400):
        kind, line, text = break_once(FILE, generator)
        problem = problem_of(text)
        if problem is None:
            continue
        refused += 1
        source = Source("compose.yaml", text)
        findings = explain_syntax(source, problem)
        assert findings, kind
        lines = [source.position(finding.span.start).line for finding in findings]
        assert min(abs(found - line) for found in lines) <= 1, (kind, line, lines)
        explained += findings[0].rule != "yaml-syntax"
        fix = findings[0].fix
        undone += fix is not None and splice(text, fix.edits) == FILE
    assert refused > 250
    assert explained / refused >= 0.98
    assert undone / refused >= 0.85


@requires_shared
def test_a_slip_in_a_real_file_is_found_on_its_line() -> None:
    generator = random.Random(31)
    files = [
        entry.text
        for entry in corpus()
        if 200 < len(entry.text) < 6000
        and not re.search(r"[\t\r\ufeff]", entry.text)
        and re.search(r"[\"'].*,.*[\[{]|[\[{].*,.*[\"']", entry.text)
        and problem_of(entry.text) is None
    ]
    assert len(files) > 100
    refused = near = explained = 0
    for text in generator.sample(files, 100):
        kind, line, broken = break_once(text, generator)
        problem = problem_of(broken)
        if problem is None or kind == "line break dropped":
            continue
        refused += 1
        source = Source("compose.yaml", broken)
        findings = explain_syntax(source, problem)
        near += any(
            abs(source.position(finding.span.start).line - line) <= 1 for finding in findings
        )
        explained += findings[0].rule != "yaml-syntax"
    assert refused > 40
    assert near / refused >= 0.95
    assert explained / refused >= 0.95


REAL = {
    "0fa95b4f8ad4d5ca": [("yaml-colon-space", 6)],
    "195b8cf4411cf507": [("yaml-indentation", 90)],
    "24390b5b52ecf847": [("yaml-tab", 27)],
    "2f5221e44105ef8d": [("yaml-indentation", 10)],
    "30ae1a0874b9ee0d": [("yaml-colon-space", 6)],
    "7be0bd9016e0765a": [("yaml-colon-space", 6)],
    "9a16dac289091d2f": [("yaml-colon-space", 6)],
    "bd35b474017470a3": [("yaml-colon-in-value", 14)],
    "c4478adba387fbe7": [("yaml-merge-conflict", 39), ("yaml-merge-conflict", 60)],
    "d548728a3eb43fb9": [("yaml-indentation", 2)],
    "ea05cf9419f384a2": [("yaml-colon-space", 6)],
}


@requires_shared
def test_real_files_that_are_no_yaml_are_explained() -> None:
    found = {}
    for entry in corpus():
        if problem_of(entry.text.removeprefix("\ufeff")) is not None:
            source = Source("docker-compose.yml", entry.text)
            found[entry.id] = [
                (finding.rule, source.position(finding.span.start).line)
                for finding in explain(entry.text)
            ]
    assert found == REAL


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "services:\n  web:\n    image:nginx\n    restart:always\n    ports: []\n",
            [("yaml-colon-space", 3), ("yaml-colon-space", 4)],
        ),
        (
            "services:\n  web:\n    image = nginx\n    restart = always\n    ports: []\n",
            [("yaml-equals", 3), ("yaml-equals", 4)],
        ),
        (
            "services:\n  web:\n    command: @a\n    hostname: @b\n",
            [("yaml-reserved-character", 3), ("yaml-reserved-character", 4)],
        ),
        (
            'services:\n  web:\n    image: "a\n    hostname: "b\n    user: "c\n',
            [("yaml-quote", 3), ("yaml-quote", 4), ("yaml-quote", 5)],
        ),
        (
            'services:\n  a:\n    image: a: b\n  b:\n    image: "x\n  c:\n    image: @x\n',
            [("yaml-colon-in-value", 3), ("yaml-quote", 5), ("yaml-reserved-character", 7)],
        ),
        (
            "services:\n  web\n    image nginx\n    ports\n      - 80\n    tty: true\n",
            [("yaml-colon-missing", 2), ("yaml-colon-missing", 3), ("yaml-colon-missing", 4)],
        ),
    ],
)
def test_several_mistakes_are_reported_in_one_run(
    text: str, expected: list[tuple[str, int]]
) -> None:
    source = Source("compose.yaml", text)
    findings = explain(text)
    places = [(finding.rule, source.position(finding.span.start).line) for finding in findings]
    assert places == expected


def test_fixes_of_several_mistakes_repair_the_file_together() -> None:
    text = 'services:\n  a:\n    image: a: b\n  b:\n    image: "x\n  c:\n    image: @x\n'
    edits = [edit for finding in explain(text) if finding.fix for edit in finding.fix.edits]
    assert splice(text, edits) == (
        'services:\n  a:\n    image: "a: b"\n  b:\n    image: "x"\n  c:\n    image: "@x"\n'
    )


def test_every_merge_conflict_is_reported() -> None:
    block = "<<<<<<< HEAD\n  a: {image: x}\n=======\n  a: {image: y}\n>>>>>>> b\n"
    findings = explain(f"services:\n{block}  c: {{image: z}}\n{block}")
    assert [(finding.rule, len(finding.related)) for finding in findings] == [
        ("yaml-merge-conflict", 2),
        ("yaml-merge-conflict", 2),
    ]


def test_tabs_in_a_whole_file_are_one_finding_with_an_exact_fix() -> None:
    text = re.sub("^( +)", lambda match: "\t" * (len(match[1]) // 2), FILE, flags=re.MULTILINE)
    (finding,) = explain(text)
    assert finding.rule == "yaml-tab"
    assert "30 more lines" in finding.message
    assert finding.fix is not None
    assert finding.fix.safety is Safety.SAFE
    assert splice(text, finding.fix.edits) == FILE


@pytest.mark.parametrize(
    ("value", "problem", "remedy"),
    [
        (r'"a\/b\/c"', "found unknown escape character", 'Write "a/b/c".'),
        ("!a,b x", "found character ',' that is not allowed in a YAML tag", '"!a,b x"'),
    ],
)
def test_what_only_compose_refuses_is_explained_at_its_place(
    value: str, problem: str, remedy: str, tmp_path: Path
) -> None:
    text = f"services:\n  web:\n    image: nginx\n    command: {value}\n"
    assert ask_compose(text, tmp_path).returncode != 0
    start = text.index(value)
    place = start + max(0, value.find("\\"))
    (finding,) = explain_syntax(
        Source("compose.yaml", text), SyntaxProblem(problem, place, "context", start)
    )
    assert remedy in finding.remedy
    assert finding.span.start == place
    assert finding.fix is not None
    assert ask_compose(splice(text, finding.fix.edits), tmp_path).returncode == 0


@pytest.mark.parametrize(
    "text",
    [
        "a:\n" + "  - [x\n" * 3000,
        "a: " + "[" * 3000,
        "a:\n" + '  - "x\n' * 3001,
        "a: b: " + "x: " * 20000,
        'a: "' + '\\"' * 20000,
        "a:\n" + "\tb: c\n" * 3000,
        "\n".join(" " * depth + "a:" for depth in range(400)) + "\n b",
        "- " * 5000 + "a: b: c",
        "<<<<<<< a\n" * 3000 + "b: c\n",
        ":",
        "]",
        "\t",
        '"',
        "&",
        "*",
        "%",
        "|0",
        "--- a\nb: c: d",
        "a: [",
        "a: {b: [c}",
        "- a\nb: c",
        "a\nb: c",
    ],
    ids=lambda text: repr(text[:20]),
)
def test_any_text_gets_a_finding_inside_it(text: str) -> None:
    findings = explain(text)
    assert findings
    for finding in findings:
        assert 0 <= finding.span.start <= finding.span.end <= len(text)
        assert finding.message.endswith(".")
        if finding.fix is not None:
            splice(text, finding.fix.edits)
