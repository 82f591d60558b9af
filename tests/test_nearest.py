"""Which name was meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from composecheck.nearest import is_slip, nearest, only_slip, slips_between

KEYS = (
    "build",
    "command",
    "container_name",
    "depends_on",
    "environment",
    "expose",
    "healthcheck",
    "hostname",
    "image",
    "labels",
    "networks",
    "ports",
    "pre_start",
    "restart",
    "tty",
    "volumes",
    "volumes_from",
    "working_dir",
)
WORDS = st.text("abcdefghijklmnopqrstuvwxyz_", min_size=5, max_size=14)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("enviroment", "environment"),
        ("enviorment", "environment"),
        ("ENVIRONMENT", "environment"),
        ("depends-on", "depends_on"),
        ("dependsOn", "depends_on"),
        ("depends on", "depends_on"),
        ("depend_on", "depends_on"),
        ("container.name", "container_name"),
        ("workingDir", "working_dir"),
        ("health_check", "healthcheck"),
        ("restrat", "restart"),
        ("port", "ports"),
        ("volume", "volumes"),
        ("imagem", "image"),
        ("health", "healthcheck"),
        ("name_container", "container_name"),
        ("TTY", "tty"),
    ],
)
def test_the_nearest_comes_first(written: str, meant: str) -> None:
    assert nearest(written, KEYS)[0] == meant


@pytest.mark.parametrize("written", ["", "-", "x", "wrongField", "cmd", "xtz", "metadata", "a b c"])
def test_what_is_far_from_all_gets_no_suggestion(written: str) -> None:
    assert nearest(written, KEYS) == []


def test_of_two_equally_near_the_more_alike_comes_first() -> None:
    assert nearest("volumes_fro", KEYS) == ["volumes_from"]
    assert nearest("limits", ["limix", "limit"]) == ["limit"]
    assert nearest("portss", ["post_s", "ports"]) == ["ports"]
    assert nearest("driver", ["drives", "rdiver", "drive"]) == ["drive", "drives", "rdiver"]


def test_at_most_three_are_suggested() -> None:
    assert nearest("aaaaa", ["aaaab", "aaaac", "aaaad", "aaaae"]) == ["aaaab", "aaaac", "aaaad"]


def test_no_candidates_no_suggestion() -> None:
    assert nearest("image", []) == []
    assert only_slip("image", []) is None


@pytest.mark.parametrize(
    ("written", "meant", "is_one"),
    [
        ("imge", "image", True),
        ("imagge", "image", True),
        ("iamge", "image", True),
        ("imoge", "image", True),
        ("IMAGE", "image", True),
        ("im-age", "image", True),
        ("mge", "image", False),
        ("enviorment", "environment", True),
        ("envirmnt", "environment", False),
        ("ty", "tty", False),
        ("Tty", "tty", True),
        ("", "", False),
        ("image", "build", False),
    ],
)
def test_a_slip_is_one_letter_or_two_in_long_words(written: str, meant: str, is_one: bool) -> None:
    assert is_slip(written, meant) is is_one


def test_the_only_slip_is_the_nearest_one() -> None:
    assert only_slip("restrat", KEYS) == "restart"  # pre_start is two slips away
    assert only_slip("ports", ["port", "ports"]) == "ports"


def test_two_equally_near_are_no_only_slip() -> None:
    assert only_slip("driven", ["driver", "drives"]) is None
    assert only_slip("cat_s", ["cats", "cast"]) == "cats"


@given(WORDS, st.data())
def test_one_slip_counts_as_one(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(word) - 2))
    slips = (
        word[:at] + word[at + 1 :],
        word[:at] + word[at] + word[at:],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        word[:at] + "ß" + word[at + 1 :],
    )

    for written in slips:
        count = slips_between(word, written, at_most=1)
        assert count == (0 if written == word else 1)


@given(WORDS, WORDS, st.integers(0, 4))
def test_counting_slips_is_the_same_both_ways(one: str, other: str, at_most: int) -> None:
    assert slips_between(one, other, at_most=at_most) == slips_between(other, one, at_most=at_most)
    assert slips_between(one, one, at_most=at_most) == 0


@given(st.text(max_size=20), st.lists(st.text(max_size=12), max_size=8))
def test_any_text_will_do(written: str, candidates: list[str]) -> None:
    found = nearest(written, candidates)

    assert set(found) <= set(candidates)
    assert len(found) == len(set(found))


def test_two_letters_are_enough_for_one_slip() -> None:
    # People call their services `db` and `js`, and write `dp`.
    assert nearest("dp", ["web", "db", "cache"]) == ["db"]
    assert nearest("dp", ["web", "js"]) == []
