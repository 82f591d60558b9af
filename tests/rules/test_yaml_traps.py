"""What YAML lets one write, and few people mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composecheck.finding import Safety
from composecheck.rules.yaml_traps import (
    key_blank,
    value_marked,
    yaml_documents,
)
from tests.rules.accepted import environment, find, fixed, model, service, variables_of
from tests.shared_material import requires_compose

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("blanks", [" ", "   ", "\t"])
def test_a_blank_before_a_colon(blanks: str) -> None:
    text = service(f"ports{blanks}:", "- '80:80'")
    findings = find(key_blank, text, f"ports{blanks}:")
    assert findings[0].path == ("services", "a", "ports")
    assert findings[0].fix is not None
    assert findings[0].fix.safety is Safety.SAFE
    assert fixed(text, findings) == service("ports:", "- '80:80'")


@pytest.mark.parametrize(
    ("lines", "characters"),
    [
        (("expose: ['80']", "ports : ['80:80']"), "ports :"),
        (("ports : ['80:80']", "tmpfs : /a"), "ports :"),
    ],
)
def test_that_a_neighbour_is_of_that_length_means_nothing(
    lines: tuple[str, ...], characters: str
) -> None:
    find(key_blank, service(*lines), characters)


def test_all_of_a_file_are_one_finding() -> None:
    text = "name : x\nservices:\n  a :\n    image: x\n    'init' : true\n"
    findings = find(key_blank, text, "name :")
    assert "as with 2 more keys" in findings[0].message
    assert [place.source.slice(place.span) for place in findings[0].related] == [
        "a :",
        "'init' :",
    ]
    assert fixed(text, findings) == text.replace(" :", ":")


@pytest.mark.parametrize(
    "text",
    [
        "name: x\nservices:  {a: {image: x}}\n",
        "services: {a : {image : x}}\n",
        "version : '3'\n" + service(),
        service("ports   : ['80:80']", "init    : true", "restart : always"),
        service("restart: always", "init   : true"),
        "? services\n: a: {image: x}\n",
        service("command: 'a : b'", "entrypoint: |", "  a : b"),
    ],
)
def test_blanks_elsewhere_or_in_columns(text: str) -> None:
    assert find(key_blank, text) == []


DOCUMENTS = "services:\n  a:\n    image: x\n---\nservices:\n  b:\n    image: y\n"


def test_two_documents() -> None:
    (finding,) = find(yaml_documents, DOCUMENTS, "---")
    assert finding.span.start == DOCUMENTS.index("---")
    (finding,) = find(yaml_documents, "--- # one\n" + DOCUMENTS + "---\nname: z\n", "---")
    assert "of 3 YAML documents" in finding.message
    assert finding.source.position(finding.span.start).line == 5


@pytest.mark.parametrize(
    "text",
    [
        "---\n" + service(),
        service() + "---\n",
        "---\n---\n" + service(),
        service() + "...\n",
        service("command: |", "  ---", "  a"),
    ],
)
def test_one_document(text: str) -> None:
    assert find(yaml_documents, text) == []


@requires_compose
def test_compose_lays_one_over_the_other(tmp_path: Path) -> None:
    assert set(model(DOCUMENTS, tmp_path)["services"]) == {"a", "b"}


MARKED = (
    ("A: &abc", "&abc", 'A: "&abc"'),
    ("A: !abc", "!abc", 'A: "!abc"'),
    ("A: !abc def", "!abc def", 'A: "!abc def"'),
    ("A: !abc  # d", "!abc", 'A: "!abc"  # d'),
)


@pytest.mark.parametrize(("line", "characters", "right"), MARKED)
def test_a_value_that_looks_like_a_mark(line: str, characters: str, right: str) -> None:
    text = environment(line, "Z: 1")
    findings = find(value_marked, text, characters)
    assert findings[0].fix is not None
    assert findings[0].fix.safety is Safety.UNSAFE
    assert fixed(text, findings) == environment(right, "Z: 1")


@pytest.mark.parametrize(
    "text",
    [
        environment("A: '&abc'"),
        environment("A: &abc def"),
        environment("A: &abc", "B: *abc"),
        environment("A: !!str 5"),
        environment("A: !reset x"),
        environment("A: a!b&c"),
        environment("A: !abc 'def'"),
        service("environment: &e"),
        "x-a: &abc\n" + service(),
        "x-a: {b: !abc d}\n" + service(),
    ],
)
def test_marks_that_are_meant(text: str) -> None:
    assert find(value_marked, text) == []


@requires_compose
def test_compose_sees_no_value(tmp_path: Path) -> None:
    text = environment("A: &abc", "B: !abc", "C: !abc def")
    assert variables_of(text, tmp_path) == {"A": None, "B": "", "C": "def"}
