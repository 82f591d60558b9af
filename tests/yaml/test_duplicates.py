"""What is offered to fix a key that stands twice."""

from __future__ import annotations

import pytest

from composecheck.finding import Safety, splice
from composecheck.source import Source
from composecheck.yaml import load


def fixes(text: str) -> list[tuple[Safety, str] | None]:
    """Return for each key that stands twice how safe its fix is, and the text it makes."""
    return [
        None if finding.fix is None else (finding.fix.safety, splice(text, finding.fix.edits))
        for finding in load(Source("compose.yaml", text)).findings
        if finding.rule == "yaml-duplicate-key"
    ]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("x:\n  a: 1\n  b: 2\n  a: 1\n", "x:\n  a: 1\n  b: 2\n"),
        ("x:\n  a: 1\n  a: 1", "x:\n  a: 1"),
        ("x:\n  a:\n    - 1\n  a:\n    - 1\nb: 2\n", "x:\n  a:\n    - 1\nb: 2\n"),
        ("x:\n  a: 1  # one\n  a: 1\n", "x:\n  a: 1  # one\n"),
    ],
)
def test_what_is_the_same_goes(text: str, meant: str) -> None:
    assert fixes(text) == [(Safety.SAFE, meant)]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("a:\n- 1\na:\n- 2 # c\n", "a:\n- 1\n- 2 # c\n"),
        ("a:\n  - 1\nb: 1\na:\n- 2\n- 3\n", "a:\n  - 1\n  - 2\n  - 3\nb: 1\n"),
        ("a: [1]\na: [ 2, 3 ]\n", "a: [1, 2, 3]\n"),
        ("a:\n  b: 1\na:\n  c: 2\n", "a:\n  b: 1\n  c: 2\n"),
        ('test:\n- CMD\ntest:\n- "true"\n', 'test:\n- CMD\n- "true"\n'),
    ],
)
def test_what_does_not_clash_is_put_together(text: str, meant: str) -> None:
    assert fixes(text) == [(Safety.UNSAFE, meant)]


@pytest.mark.parametrize(
    "text",
    [
        "a: 1\na: 2\n",
        "a:\n  b: 1\na:\n  b: 2\n",
        "a:\n- b\na:\n- b\n- c\n",
        "a: [b]\na:\n- c\n",
        "{a: 1, a: 1}\n",
        "command:\n- a\ncommand:\n- b\n",
        "test:\n- CMD\n- a\ntest:\n- CMD\n- b\n",
        # A comment would be lost, or come to be about something else.
        "a: 1\na: 1 # why\n",
        "a: 1\n# why\na: 1\n",
        "a:\n- b\na: # why\n- c\n",
        # What an anchor or an alias stands for is not written here.
        "a: &b 1\na: &b 1\n",
        "c: &c d\na: *c\na: *c\n",
        "c: &c {d: e}\na:\n  <<: *c\n  <<: *c\n",
    ],
)
def test_nothing_is_done_where_it_is_not_clear_what_is_meant(text: str) -> None:
    assert fixes(text) == [None]


def test_nothing_is_done_before_a_mistake_of_syntax() -> None:
    """The second value may go on behind it."""
    assert fixes("x:\n  a: 'b'\n  a: 'b' c\n") == [None]
