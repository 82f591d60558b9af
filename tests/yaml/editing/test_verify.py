"""The product's own check of a change finds whatever a change should not have touched."""

from __future__ import annotations

import re
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from composecheck.finding import Edit
from composecheck.source import Source, Span
from composecheck.yaml import load
from composecheck.yaml.editing import CannotEdit, Change, Touched, apply, differences
from tests.yaml.editing.documents import Maker
from tests.yaml.editing.oracle import read

NOTHING = Touched()
ONE = Touched(changed=(("a",),))

SAME = [
    ("a: 1\n", "a: 1\n", NOTHING),
    ("a: 1\n", "a:   1 \n\n", NOTHING),
    ("a: x\n", 'a: "x"\n', NOTHING),
    ("a: 0x10\n", "a: 16\n", NOTHING),
    ("a: 1\nb: 2\n", "b: 2\na: 1\n", NOTHING),
    ("a: {b: c}\n", "a:\n  b: c\n", NOTHING),
    ("a: 1 # x\n", "a: 2 # x\n", ONE),
    ("a: [1]\n", "a: {b: c}\n", ONE),
    ("a: 1\nb: 2\n", "b: 2\n", Touched(deleted=(("a",),))),
    ("x: 0\n# y\na: 1 # z\nb: 2\n", "x: 0\nb: 2\n", Touched(deleted=(("a",),))),
    ("b: 2\n", "a: 1\nb: 2\n", Touched(inserted=(("a",),))),
    ("a: [x, y]\n", "a: [y]\n", Touched(deleted=(("a", 0),))),
    ("a: [y]\n", "a: [x, y]\n", Touched(inserted=(("a", 0),))),
    ("a: 1 # x\n", "c: 1 # x\n", Touched(moved=((("a",), ("c",)),))),
    ("c: 0\n# x\na: 1 # y\nb: {}\n", "c: 0\nb:\n  # x\n  a: 1 # y\n",
     Touched(moved=((("a",), ("b", "a")),))),
    ("a:\n  b: 1 # x\n", "a: 2\n", Touched(deleted=(("a",),), inserted=(("a",),))),
    ("a: &x 1\nb: *x\n", "a: &x 1\nb: 1\n", NOTHING),
    ("a: &x {b: [1]}\nc: *x\nd: *x\n", "a: &x {b: [1]}\nc: {b: [1]}\nd: *x\n", NOTHING),
    ("a: 1\na: 2\n", "a: 2\n", Touched(changed=(("a",),))),
    ("# x\na: 1\n", "a: 1\n# x\n", NOTHING),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "touched"), SAME)
def test_what_was_declared_is_no_difference(before: str, after: str, touched: Touched) -> None:
    assert differences(load(Source("a", before)), load(Source("b", after)), touched) == []


DIFFERENT = [
    ("a: 1\n", "a: 2\n", NOTHING, '"a" is not what it was'),
    ("a: 1\n", "a: '1'\n", NOTHING, '"a" is not what it was'),
    ("a: 1\n", "a: 1.0\n", NOTHING, '"a" is not what it was'),
    ("a: 1\n", "a: true\n", NOTHING, '"a" is not what it was'),
    ("a: x\n", "a: !reset x\n", NOTHING, '"a" is not what it was'),
    ("a: [1]\n", "a: {b: 1}\n", NOTHING, '"a" is not what it was'),
    ("a: 1\nb: 1\n", "a: 1\n", NOTHING, '"b" is not what it was'),
    ("a: 1\n", "a: 1\nb: 1\n", NOTHING, '"b" was not there'),
    ("a: [x, y]\n", "a: [y, x]\n", NOTHING, '"a[0]" is not what it was'),
    ("a: [x]\n", "a: [x, x]\n", NOTHING, '"a" is not what it was'),
    ("a: [x, y]\n", "a: [x]\n", Touched(deleted=(("a", 0),)), '"a[1]" is not what it was'),
    ("a: 1\nb: 1\n", "a: 2\nb: 2\n", ONE, '"b" is not what it was'),
    ("a: 1\n", "a: 1: 2\n", NOTHING, "cannot be read"),
    ("a: 1\n", "a: 1\n---\nb: 1\n", NOTHING, "as many YAML documents"),
    ("a: 1\n", "c: 2\n", Touched(moved=((("a",), ("c",)),)), '"a" is not what it was'),
    ("a: 1\n", "b: 1\n", Touched(moved=((("a",), ("c",)),)), '"b" was not there'),
    ("a: &x 1\nb: *x\n", "a: &x 2\nb: *x\n", ONE, '"b" is not what it was'),
    ("a: &x {c: 1}\nb:\n  <<: *x\n", "a: &x {c: 2}\nb:\n  <<: *x\n", Touched(changed=(("a", "c"),)),
     '"b.<<.c" is not what it was'),
    ("a: 1 # x\n", "a: 1\n", NOTHING, '"# x" is lost'),
    ("a: 1 # x\n", "a: 2\n", ONE, '"# x" is lost'),
    ("a: 1\n", "a: 1 # x\n", NOTHING, '"# x" was not there'),
    ("a: 1 # x\nb: 1 # y\n", "a: 1 # y\nb: 1 # x\n", NOTHING, '"# x" is lost'),
    ("a: 1\n# x\n\nb: 1\n", "a: 1\n\n# x\nb: 1\n", NOTHING, '"# x" would be about "b" now'),
    ("z: 0\n# x\na: 1\nb: 1\n", "z: 0\na: 1\n# x\nb: 1\n", NOTHING, '"# x" would be about "b" now'),
    ("z: 0\n# x\na: 1\nb: 1\n", "z: 0\nb: 1\n", Touched(deleted=(("b",),)), '"a" is not what'),
    ("z: 0 # x\na: 1 # y\n", "z: 0\n", Touched(deleted=(("a",),)), '"# x" is lost'),
    ("a:\n  b: 1 # x\nc: {}\n", "a: {}\nc:\n  b: 1\n", Touched(moved=((("a", "b"), ("c", "b")),)),
     'The comments of "a.b" did not all move with it.'),
    ("a:\n  b: 1 # x\n# z\nc: 1\n", "a: 2\nc: 1\n", Touched(deleted=(("a",),), inserted=(("a",),)),
     '"# z" is lost'),
    ("z: 0\n# y\na: [1] # x\n", "z: 0\na: 2 # x\n", Touched(deleted=(("a",),), inserted=(("a",),)),
     '"# y" is lost'),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "touched", "found"), DIFFERENT)
def test_what_was_not_declared_is_found(
    before: str, after: str, touched: Touched, found: str
) -> None:
    problems = differences(load(Source("a", before)), load(Source("b", after)), touched)
    assert problems
    assert all(problem.endswith(".") for problem in problems)
    assert found in problems[0]


def test_comments_that_say_the_same_are_told_apart_by_what_is_about_them() -> None:
    before = read("a:\n  - x # on\n  - y # on\n  - z # on\n")
    after = read("a:\n  - x # on\n  - z # on\n")
    assert differences(before, after, Touched(deleted=(("a", 1),))) == []
    after = read("a:\n  - x # on\n  - z\n")
    assert differences(before, after, Touched(deleted=(("a", 1),))) != []


def test_a_change_that_does_more_than_it_declares_is_not_made() -> None:
    document = read("a: 1\nb: 2\n")
    edits = (Edit(document.source, Span(3, 4), "9"), Edit(document.source, Span(8, 9), "9"))
    with pytest.raises(CannotEdit, match='"b" is not what it was'):
        apply(document, Change(edits, ONE))
    both = Touched(changed=(("a",), ("b",)))
    assert apply(document, Change(edits, both)).text == "a: 9\nb: 9\n"


@given(st.integers(0, 2**32))
@settings(max_examples=200)
def test_any_other_value_and_any_lost_comment_is_found(seed: int) -> None:
    random = Random(seed)
    text = Maker(random).make().text
    before = read(text)
    assert differences(before, before, NOTHING) == []
    places = list(re.finditer(r"(?<!# about )(?<!# end )\bv\d+", text))
    if places:
        place = random.choice(places)
        other = text[: place.start()] + "w" + text[place.start() + 1 :]
        assert differences(before, read(other), NOTHING) != []
    comments = list(re.finditer(r"# (?:about|end|loose) \w+", text))
    if comments:
        place = random.choice(comments)
        assert differences(before, read(text[: place.start()] + text[place.end() :]), NOTHING) != []
        other = text[: place.start()] + "# other" + text[place.end() :]
        assert differences(before, read(other), NOTHING) != []


@given(st.integers(0, 2**32))
@settings(max_examples=200)
def test_a_comment_that_comes_to_stand_elsewhere_is_found(seed: int) -> None:
    random = Random(seed)
    made = Maker(random).make()
    lines = made.text.splitlines(keepends=True)
    # A comment that is about one thing, and another one further down in the same column.
    about = [n for n, line in enumerate(lines) if line.lstrip().startswith("# about")]
    if not about:
        return
    number = random.choice(about)
    column = len(lines[number]) - len(lines[number].lstrip())
    below = number + 1
    while below < len(lines) and lines[below].lstrip().startswith("# about"):
        below += 1
    targets = [
        n
        for n in range(below + 1, len(lines))
        if re.match(rf" {{{column}}}(?:['\"]?k\d+['\"]?:|- )", lines[n])
    ]
    if not targets or any("#" in line for line in lines[below : targets[0] + 1]):
        return
    target = targets[0]
    moved = [*lines[:number], *lines[number + 1 : target], lines[number], *lines[target:]]
    after = read("".join(moved))
    assert differences(read(made.text), after, NOTHING) != []
