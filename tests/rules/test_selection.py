"""Which rules speak, by the wishes of one place after another."""

from __future__ import annotations

import pytest

from composecheck.rules import all_rules, rule_named
from composecheck.rules.selection import (
    ALL,
    Selection,
    UnknownRule,
    Wish,
    known_names,
    selection,
)

UNKNOWN, OBSOLETE = rule_named("key-unknown"), rule_named("key-obsolete")  # compose, upkeep


def wish(select: str | None = None, extend_select: str = "", ignore: str = "") -> Wish:
    """Make a wish of names with blanks between them."""
    return Wish(
        None if select is None else frozenset(select.split()),
        frozenset(extend_select.split()),
        frozenset(ignore.split()),
    )


@pytest.mark.parametrize(
    ("wishes", "speaks", "is_ignored"),
    [
        ([], True, False),
        ([wish()], True, False),
        ([wish("")], False, False),
        ([wish("key-unknown")], True, False),
        ([wish("compose")], True, False),
        ([wish("all")], True, False),
        ([wish("upkeep")], False, False),
        # What is closer counts, then "ignore".
        ([wish("key-unknown", ignore="compose")], True, False),
        ([wish("compose", ignore="all")], True, False),
        ([wish("all", ignore="compose")], False, True),
        ([wish("compose", ignore="key-unknown")], False, True),
        ([wish("key-unknown", ignore="key-unknown")], False, True),
        ([wish(ignore="all")], False, True),
        ([wish("", extend_select="compose")], True, False),
        # What comes later counts more.
        ([wish(ignore="key-unknown"), wish(extend_select="all")], True, False),
        ([wish("key-unknown"), wish(ignore="all")], False, True),
        ([wish(ignore="key-unknown"), wish("upkeep")], False, False),
        ([wish(ignore="key-unknown"), wish(ignore="upkeep")], False, True),
        ([wish("upkeep"), wish(extend_select="style")], False, False),
    ],
)
def test_of_one_rule(wishes: list[Wish], speaks: bool, is_ignored: bool) -> None:
    chosen = Selection(tuple(wishes))
    assert chosen.keeps(UNKNOWN) is speaks
    assert chosen.ignores(UNKNOWN) is is_ignored


def test_of_names_as_options_have_them() -> None:
    assert selection().keeps(UNKNOWN)
    assert not selection(["upkeep"]).keeps(UNKNOWN)
    assert not selection(ignore=["upkeep"]).keeps(OBSOLETE)
    assert all(selection([ALL]).keeps(rule) for rule in all_rules())
    for names in (["key-unkown"], ["all", "upkep"]):
        with pytest.raises(UnknownRule, match=f'There is no rule "{names[-1]}"'):
            selection(names)
        with pytest.raises(UnknownRule, match=f'There is no rule "{names[-1]}"'):
            selection(ignore=names)


def test_no_rule_has_the_name_of_a_category() -> None:
    assert len(known_names()) == len(set(known_names()))
