"""The generator of mistakes: it is what the tests of fixes stand on."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest

from composecheck import load
from tests.fixing.mistakes import OPERATORS, SLIPS, Mistake, apply, break_text
from tests.fixing.mistakes.file import File
from tests.fixing.mistakes.mistake import Change, is_slip, mistake_of
from tests.fixing.own_files import FILES
from tests.shared_material import ask_compose

each_operator = pytest.mark.parametrize("name", OPERATORS)


@cache
def mistakes(name: str) -> tuple[tuple[str, Mistake], ...]:
    """Return all mistakes of one kind in our own files, each with the file before."""
    found = []
    for number, text in enumerate(FILES):
        file = File.of(text, load(text))
        slips = SLIPS[name](file, Random(f"{name} {number}"))
        found += [(text, mistake_of(name, text, slip)) for slip in slips if is_slip(text, slip)]
    return tuple(found)


def is_refused(text: str) -> bool:
    with TemporaryDirectory() as folder:
        return ask_compose(text, Path(folder)).returncode != 0


def test_there_are_many_operators() -> None:
    assert len(OPERATORS) >= 30


@pytest.mark.parametrize("text", FILES)
def test_compose_takes_our_files(text: str) -> None:
    assert not is_refused(text)


@each_operator
def test_every_operator_finds_something_to_break(name: str) -> None:
    assert any(
        OPERATORS[name](text, load(text), Random(seed)) is not None
        for text in FILES
        for seed in range(5)
    )


@each_operator
def test_the_same_chance_makes_the_same_mistake(name: str) -> None:
    for text in FILES[:3]:
        first, second = (OPERATORS[name](text, load(text), Random(7)) for _ in range(2))
        assert first == second


@each_operator
def test_the_text_differs_at_the_changes_and_nowhere_else(name: str) -> None:
    for text, mistake in mistakes(name):
        assert mistake.text != text
        ordered = sorted(mistake.changes)
        rest = mistake.text
        position = 0
        for change in ordered:
            untouched = text[position : change.start]
            assert rest.startswith(untouched + change.text), mistake.what
            rest = rest[len(untouched) + len(change.text) :]
            position = change.end
        assert rest == text[position:]


@each_operator
def test_it_is_said_what_was_done_and_where(name: str) -> None:
    for _, mistake in mistakes(name):
        assert mistake.what.startswith("line ")
        assert mistake.paths
        assert mistake.operator == name


@each_operator
def test_line_ends_are_those_of_the_file(name: str) -> None:
    for text, mistake in mistakes(name):
        if "\r\n" in text:
            assert "\n" not in mistake.text.replace("\r\n", ""), mistake.what


@each_operator
def test_compose_answers_as_the_operator_says(name: str) -> None:
    all_claims = [mistake for _, mistake in mistakes(name) if mistake.is_refused is not None]
    claims = Random(name).sample(all_claims, min(3, len(all_claims)))
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(is_refused, (mistake.text for mistake in claims)))
    wrong = [
        mistake.what
        for mistake, answer in zip(claims, answers, strict=True)
        if answer is not mistake.is_refused
    ]
    assert wrong == []


def test_a_mistake_without_a_claim_is_rare_among_those_with_an_exact_remedy() -> None:
    exact = [m for name in OPERATORS for _, m in mistakes(name) if m.has_exact_remedy]
    assert sum(mistake.is_refused is None for mistake in exact) < len(exact) / 6


def test_several_mistakes_stand_apart() -> None:
    counts = []
    for seed in range(20):
        text = FILES[0]
        mistake = break_text(text, load(text), Random(seed), 3)
        assert mistake is not None
        counts.append(mistake.operator.count(" + ") + 1)
        assert mistake.text == apply(text, mistake.changes)
        assert break_text(text, load(text), Random(seed), 3) == mistake
    assert set(counts) <= {1, 2, 3}
    assert sum(counts) > 50


def test_changes_must_not_overlap() -> None:
    assert apply("abcd", (Change(3, 4, "x"), Change(0, 1, ""))) == "bcx"
    with pytest.raises(ValueError, match="overlap"):
        apply("abcd", (Change(0, 3, "x"), Change(2, 4, "y")))


@pytest.mark.parametrize("text", ["", "- a\n", "a: [\n", "services:\n", "a: 1\n---\nb: 2\n"])
def test_where_there_is_nothing_to_break_there_is_no_mistake(text: str) -> None:
    for name, operator in OPERATORS.items():
        mistake = operator(text, load(text), Random(1))
        assert mistake is None or text == "services:\n", name
