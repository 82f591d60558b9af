"""Values without quotes that are numbers, dates, or true and false to a reader of YAML."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composecheck.finding import Safety, Severity
from composecheck.rules.unquoted_values import environment_rewritten, environment_yes_no
from tests.rules.accepted import environment, find, fixed, service, variables_of
from tests.shared_material import requires_compose

if TYPE_CHECKING:
    from pathlib import Path

REWRITTEN = (
    ("0123", "83"),
    ("3.10", "3.1"),
    ("1.0", "1"),
    ("1_000", "1000"),
    ("1e3", "1000"),
    ("1e6", "1e+06"),
    ("0x1F", "31"),
    ("0o17", "15"),
    ("0b11", "3"),
    ("+5", "5"),
    (".5", "0.5"),
    ("5.", "5"),
    ("080", "80"),
    ("2024-01-01", "2024-01-01 00:00:00 +0000 UTC"),
    ("1234567890123456789012", "1.2345678901234568e+21"),
)


@pytest.mark.parametrize(("written", "becomes"), REWRITTEN)
def test_what_compose_writes_otherwise(written: str, becomes: str) -> None:
    text = environment(f"A: {written}")
    findings = find(environment_rewritten, text, written)
    assert f'"{becomes}"' in findings[0].message
    assert findings[0].severity is Severity.WARNING
    assert findings[0].fix is not None
    assert findings[0].fix.safety is Safety.UNSAFE
    assert fixed(text, findings) == environment(f'A: "{written}"')


@requires_compose
def test_compose_does_write_them_so(tmp_path: Path) -> None:
    text = environment(*(f"A{number}: {row[0]}" for number, row in enumerate(REWRITTEN)))
    assert variables_of(text, tmp_path) == {
        f"A{number}": row[1] for number, row in enumerate(REWRITTEN)
    }


@pytest.mark.parametrize("written", ["True", "FALSE", "True  # yes"])
def test_true_and_false_in_other_letters_are_a_note(written: str) -> None:
    findings = find(environment_rewritten, environment(f"A: {written}"), written.split()[0])
    assert findings[0].severity is Severity.NOTE


@pytest.mark.parametrize(
    "line",
    [
        "A: 8080",
        "A: -1",
        "A: 0",
        "A: 0.5",
        "A: 1.25",
        "A: true",
        "A: null",
        "A:",
        "A: ~",
        'A: "3.10"',
        "A: '0123'",
        "A: 1.2.3",
        "A: 22:22",
        "A: 10.0.0.1",
        "A: !!str 0123",
        "A: $B",
        "A: ${B:-0123}",
        "A: |-\n        0123",
        "- A=0123",
    ],
)
def test_what_stays_as_it_is(line: str) -> None:
    assert find(environment_rewritten, environment(line)) == []


def test_labels_and_arguments_are_written_otherwise_too() -> None:
    text = service("labels: {a: 1.0}", "build: {context: ., args: {V: 3.10}}")
    findings = find(environment_rewritten, text, "1.0", "3.10")
    assert fixed(text, findings) == text.replace("1.0", '"1.0"').replace("3.10", '"3.10"')


def test_a_shared_number_has_no_fix() -> None:
    text = "x-v: &v 3.10\n" + environment("A: *v", "B: *v")
    assert find(environment_rewritten, text, "3.10")[0].fix is None


@pytest.mark.parametrize("word", ["yes", "No", "ON", "off", "Yes"])
def test_a_word_that_others_take_for_true_or_false(word: str) -> None:
    text = environment(f"A: {word}  # so")
    findings = find(environment_yes_no, text, word)
    assert findings[0].fix is not None
    assert findings[0].fix.safety is Safety.SAFE
    assert fixed(text, findings) == environment(f'A: "{word}"  # so')


@pytest.mark.parametrize(
    "line",
    ["A: 'yes'", 'A: "no"', "A: oN", "A: y", "A: nope", "A: true", "- A=yes", "A: ${B:-yes}"],
)
def test_words_that_are_text_to_all(line: str) -> None:
    assert find(environment_yes_no, environment(line)) == []


@requires_compose
def test_compose_takes_them_for_text(tmp_path: Path) -> None:
    text = environment("A: yes", "B: Off", "C: True")
    assert variables_of(text, tmp_path) == {"A": "yes", "B": "Off", "C": "true"}
