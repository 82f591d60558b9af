"""The judge of fixes sees what it is there to see."""

from __future__ import annotations

import pytest

from tests.fixing.comments import Comment, misplaced_comments, take_apart
from tests.fixing.models import differences, model_of
from tests.fixing.oracle import objections

TEXT = """\
# The project.
services:
  web: # in front
    image: nginx # 1 # still the same
    # What is open.
    ports:
      - "80:80" # http
      # and encrypted
      - "443:443"
    environment:
      COLOUR: "#fff" # white
      LINK: a#b
      SCRIPT: |- # text follows
        # no comment
        echo
      # about the next
      OTHER: c
  # at the end
"""


def test_comments_are_found_with_their_lines() -> None:
    apart = take_apart(TEXT)
    assert apart is not None
    assert [(comment.text, comment.line) for comment in apart.comments] == [
        ("# The project.", 0),
        ("# in front", 1),
        ("# 1 # still the same", 2),
        ("# What is open.", 3),
        ("# http", 4),
        ("# and encrypted", 5),
        ("# white", 7),
        ("# text follows", 9),
        ("# about the next", 12),
        ("# at the end", 13),
    ]
    assert apart.code[7] == 'COLOUR: "#fff"'
    assert "# no comment" in apart.code


def test_a_text_whose_scalars_have_no_end_is_not_taken_apart() -> None:
    assert take_apart('a: "b\n') is None
    assert take_apart("a: [ # b\n") is not None
    assert take_apart("# only this") == take_apart("  # only this\n")
    assert take_apart("# only this") is not None
    assert Comment("# only this", 0) in (take_apart("# only this") or pytest.fail()).comments


@pytest.mark.parametrize(
    ("old", "new", "misplaced"),
    [
        ("    image: nginx #", "    image: httpd #", []),
        ("  web: # in front\n", "  # in front\n  web:\n", []),
        (" # http", "", ["# http"]),
        ("# http", "# https", ["# http"]),
        (
            "    # What is open.\n    ports:\n",
            "    ports:\n    # What is open.\n",
            ["# What is open."],
        ),
        (
            ' # http\n      # and encrypted\n      - "443:443"',
            '\n      # and encrypted\n      - "443:443" # http',
            ["# http"],
        ),
        ('      - "80:80" # http\n', "      # http\n", []),
        ("  # at the end\n", "", ["# at the end"]),
    ],
)
def test_a_comment_belongs_to_its_line(old: str, new: str, misplaced: list[str]) -> None:
    assert TEXT.count(old) == 1
    assert misplaced_comments(TEXT, TEXT.replace(old, new)) == misplaced


def test_a_block_may_move_with_its_comments() -> None:
    moved = "services:\n  web:\n    image: a\n    # b\n    restart: no # c\n"
    broken = "services:\n  web:\n    image: a\n# b\nrestart: no # c\n"
    assert misplaced_comments(broken, moved) == []
    astray = moved.replace("    # b\n", "").replace("  web", "  # b\n  web")
    assert misplaced_comments(broken, astray) == ["# b"]


@pytest.mark.parametrize(
    ("before", "after", "declared", "said"),
    [
        ("a: 1\nb: 2\n", "a: 1\nb: 3\n", set(), "lost: b"),
        ("a: 1\nb: 2\n", "a: 1\nb: 3\n", {("b",)}, None),
        ("a: 1\nb: 2\n", "a: 1\n", set(), "lost: b"),
        ("a: 1\n", "a: 1\nb: 2\n", set(), "made up: b"),
        ("a: 1\nb: 2\n", "a: 2\nb: 1\n", set(), "lost: a"),
        ("a: {b: 1}\n", "c: {b: 1}\n", {("a",)}, None),
        ("a: {b: 1}\n", "b: 1\n", set(), None),
        ("a: [1, 2]\n", "a: [2]\n", set(), "lost: a.0"),
        ("a: [1, 1]\n", "a: [1]\n", {("a", 1)}, None),
        ("a: '1'\n", "a: 1\n", set(), "lost: a"),
        ("a: b\n", "a: [\n", {("a",)}, "cannot read it any more"),
        ("a: b\r\n", "a: b\n", set(), "line ends"),
        ("a: b\r\nc: d\r\n", "a: b\r\nc: d", set(), "the last line break"),
        ("a: b # c\n", "a: b\n", {("a",)}, "comment '# c'"),
    ],
)
def test_what_must_not_change(
    before: str, after: str, declared: set[tuple[str, ...]], said: str | None
) -> None:
    found = objections(before, after, declared)
    assert (said is None) is (found == [])
    assert said is None or any(said in objection for objection in found)


def test_what_no_fix_had_to_do_with_is_as_before_the_mistake() -> None:
    sound, broken = "a: b # c\nd: e\n", "a b # c\nd: e\n"
    assert objections(broken, sound, set(), sound=sound, broken_at={("a",)}) == []
    assert objections(broken, "a: b\nd: e\n", set(), sound=sound, broken_at={("a",)})
    assert objections(broken, "a: b # c\nd: f\n", set(), sound=sound, broken_at={("a",)})
    assert objections(broken, "a: x # c\nd: e\n", set(), sound=sound, broken_at={("a",)}) == []


def test_models_of_compose_are_compared() -> None:
    text = "services: {web: {image: nginx, environment: [A=b]}}\n"
    before, after = model_of(text), model_of(text.replace("A=b", "A=c"))
    assert before is not None
    assert after is not None
    assert model_of("services: {web: {imag: nginx}}\n") is None
    assert differences(before, before, ()) == []
    assert differences(before, after, ()) == ["services.web.environment.A"]
    assert differences(before, after, {("services", "web", "environment", 0)}) == []
    assert differences(before, after, {("services", "web", "image")}) != []
