"""Each kind of edit on made-up files in all styles, judged by what it should and should not do."""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from composecheck import load
from composecheck.yaml.editing import (
    CannotEdit,
    apply,
    delete,
    insert_entry,
    inserting_all,
    move,
    unwrap,
    wrap,
)
from composecheck.yaml.walk import find
from tests.yaml.editing import judging, oracle
from tests.yaml.editing.documents import Maker

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize("operation", judging.OPERATIONS, ids=lambda operation: operation.__name__)
def test_an_edit_does_what_it_should_and_nothing_else(
    operation: Callable[[judging.Case], None],
) -> None:
    @given(st.integers(0, 2**32))
    @settings(max_examples=120)
    def check(seed: int) -> None:
        try:
            operation(judging.case(seed))
        except CannotEdit as reason:
            assert str(reason).endswith(".")
            # A reason of its own, not that the check of the product found a mistake of ours.
            assert "something else as well" not in str(reason)

    check()


@given(st.integers(0, 2**32))
@settings(max_examples=120)
def test_what_is_moved_there_and_back_stands_where_it_was(seed: int) -> None:
    random = Random(seed)
    made = Maker(random, is_tidy=True).make()
    document = oracle.read(made.text)
    case = judging.Case(seed, random, made, document, oracle.tree_of(document))
    try:
        judging.move_there_and_back(case)
    except CannotEdit as reason:
        assert "something else as well" not in str(reason)


# What is refused for a reason that many made-up files have, such as no keys to take out of a list.
MOST_REFUSED = {
    "set_something": 0.02,
    "rename_something": 0.02,
    "insert_a_key": 0.02,
    "insert_an_item": 0.02,
    "delete_something": 0.05,
    "move_something": 0.4,
    "wrap_something": 0.1,
    "unwrap_something": 0.95,
}


def test_edits_are_seldom_refused() -> None:
    refused: Counter[str] = Counter()
    files = 100
    for seed in range(files):
        for operation in judging.OPERATIONS:
            try:
                operation(judging.case(seed))
            except CannotEdit:
                refused[operation.__name__] += 1
    assert {name for name, share in MOST_REFUSED.items() if refused[name] > share * files} == set()


def test_made_up_files_have_all_there_is() -> None:
    styles: set[str] = set()
    text = ""
    for seed in range(300):
        made = Maker(Random(seed)).make()
        styles |= made.styles
        text += made.text
        assert oracle.as_meaning(made.tree) == oracle.tree_of(oracle.read(made.text))
    assert styles == {
        *("single", "double", "quoted", "flow", "indicator", "|", "|-", "|+", ">", ">-", ">+"),
    }
    for sign in (
        "\r\n",
        "\n\n\n",
        "# about k",
        "# about v",
        "# about i",
        "# end k",
        "# loose",
        "😀",
    ):
        assert sign in text


# Lines of blanks outside blocks of text stay as they are, byte for byte; within, they are shifted.
_BLANKS = "a:\n  b: 1\n \n  c: |\n    x\n    \n\n      y\n  d: 2\n"


def test_lines_of_blanks_stay_as_they_are() -> None:
    wrapped = wrap(load(_BLANKS), ("a",), ["b", "c", "d"], "w")
    assert wrapped.text == (
        "a:\n  w:\n    b: 1\n \n    c: |\n      x\n      \n\n        y\n    d: 2\n"
    )
    assert unwrap(wrapped, ("a", "w")).text == _BLANKS
    plain = load("a:\n  b: 1\n   \t \n  \n  d: 2\nz:\n  y: 3\n")
    moved = move(plain, ("a",), ("z",))
    assert moved.text == "z:\n  y: 3\n\n\n  a:\n    b: 1\n     \t \n  \n    d: 2\n"


def test_what_is_out_of_use_stays_with_what_it_was_in() -> None:
    text = "a:\n  b: 1\n  # c: 2\n\n  #  x: y\n# about z\nz: 3\n"
    document = load(text)
    inserted = insert_entry(document, ("a",), "new", 1)
    assert inserted.text == text.replace("  b: 1\n", "  b: 1\n  new: 1\n")
    deeper = load("a:\n  b:\n    # c: 2\n\n    # d: 3\n\nz:\n")
    inserted = insert_entry(deeper, ("a",), "new", 1)
    assert inserted.text == "a:\n  b:\n    # c: 2\n\n    # d: 3\n  new: 1\n\nz:\n"
    wrapped = wrap(document, (), ["a"], "top")
    assert wrapped.text == ("top:\n  a:\n    b: 1\n    # c: 2\n\n    #  x: y\n# about z\nz: 3\n")
    assert delete(document, ("a",)).text == "  # c: 2\n\n  #  x: y\n# about z\nz: 3\n"


def test_a_new_entry_is_written_like_the_one_that_is_shown() -> None:
    document = load("s:\n  a: {file: './a'}\n")
    like = find(document.roots[0], ("s", "a"))
    change = inserting_all(document, ("s",), {"b": {"file": "./b"}, "c": {"file": "c"}}, like=like)
    text = apply(document, change).text
    assert text == "s:\n  a: {file: './a'}\n  b: {file: './b'}\n  c: {file: 'c'}\n"
