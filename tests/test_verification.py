"""An edit that changes more than it says is found out, whoever made it."""

from __future__ import annotations

import pytest

from composecheck.check import load
from composecheck.finding import Edit, splice
from composecheck.source import Span
from composecheck.verification import objection

TEXT = """\
# the shop
services:
  web:
    image: nginx  # pinned later
    ports:
      - "80:80"
      - "443:443"
    environment: &env
      A: 1
  db:
    image: mysql
    environment: *env
volumes:
  data:
"""


def judge(
    *changes: tuple[str, str], declared: tuple[tuple[str | int, ...], ...] = ()
) -> str | None:
    """Replace texts that stand once in TEXT, and return what is to be said against that."""
    before = load(TEXT)
    edits = []
    for old, new in changes:
        assert TEXT.count(old) == 1, old
        start = TEXT.index(old)
        edits.append(Edit(before.source, Span(start, start + len(old)), new))
    return objection(before, load(splice(TEXT, edits)), edits, set(declared))


def test_nothing_is_said_against_what_is_declared() -> None:
    assert judge() is None
    assert judge(("mysql", "postgres"), declared=(("services", "db", "image"),)) is None
    assert judge(("mysql", "postgres"), declared=(("services",),)) is None
    assert judge(("  data:\n", "  data:\n  more:\n"), declared=(("volumes", "more"),)) is None


def test_a_key_may_be_renamed() -> None:
    assert judge(("volumes", "volume")) is None
    assert judge(("  db:", "  database:")) is None


def test_lines_may_be_moved_as_they_are() -> None:
    block = '    ports:\n      - "80:80"\n      - "443:443"\n'
    assert judge((block, ""), ("    image: mysql\n", f"    image: mysql\n{block}")) is None


def test_a_key_alone_may_be_moved_and_take_in_what_stands_below_it() -> None:
    before = load("services:\n  web:\n    image: x\n  volumes:\n  data: {driver: local}\n")
    start = before.text.index("  volumes")
    edit = Edit(before.source, Span(start, start + 2), "")
    after = load(splice(before.text, [edit]))
    assert objection(before, after, [edit], {("services", "volumes")}) is None


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ([("mysql", "postgres")], "A value would be lost or made up."),
        ([("  data:\n", "  data:\n  more: 1\n")], "A value would be lost or made up."),
        ([('      - "80:80"\n', "")], "A value would be lost or made up."),
        ([("  # pinned later", "")], "A comment would be lost."),
        ([("# the shop\n", "# the shop\n# more\n")], "A comment would be lost."),
        ([("mysql", "[mysql")], "The file could not be read any more."),
        # What is edited is a quote, and what changes by it stands elsewhere.
        ([('"443:443"', "|\n        443")], "A value would be lost or made up."),
    ],
)
def test_what_else_changes_is_said(changes: list[tuple[str, str]], reason: str) -> None:
    assert judge(*changes) == reason


def test_a_value_nobody_touches_stays_where_it_is() -> None:
    # The line above is edited, and the one below it comes to stand in another place.
    before = load("a:\n  b: 1\n  c: 2\n")
    edit = Edit(before.source, Span(4, 5), "  b")
    assert objection(before, load(splice(before.text, [edit])), [edit], {("a", "b")}) is not None


def test_an_item_may_move_up_when_the_one_before_it_goes() -> None:
    assert judge(('      - "80:80"\n', ""), declared=(("services", "web", "ports", 0),)) is None


def test_an_alias_stays_one() -> None:
    assert judge(("*env", "{A: 1}")) == "A value would be lost or made up."


def test_behind_a_syntax_error_comments_are_counted_by_their_signs() -> None:
    before = load("a: [\n# here\n")
    assert not before.is_complete
    keep = Edit(before.source, Span(3, 4), "1")
    assert objection(before, load("a: 1\n# here\n"), [keep], {()}) is None
    lose = Edit(before.source, Span(3, 12), "1\n")
    assert objection(before, load("a: 1\n"), [lose], {()}) == "A comment would be lost."


def test_a_comment_that_is_spoken_of_may_go_and_no_other() -> None:
    before = load(TEXT)
    start = TEXT.index("  # pinned later")
    edit = Edit(before.source, Span(start, start + 16), "")
    after = load(splice(TEXT, [edit]))
    spoken_of = Span(start + 2, start + 16)
    assert objection(before, after, [edit], set(), [spoken_of]) is None
    assert objection(before, after, [edit], set(), [Span(0, 5)]) == "A comment would be lost."


def test_what_could_not_be_read_can_be_read_further() -> None:
    before = load("a: [1\nb: 'x\n")
    close = Edit(before.source, Span(5, 5), "]")
    assert objection(before, load("a: [1]\nb: 'x\n"), [close], {()}) is None
    nothing = Edit(before.source, Span(5, 5), " ")
    assert objection(before, load("a: [1 \nb: 'x\n"), [nothing], {()}) == (
        "The file could not be read further than before."
    )
