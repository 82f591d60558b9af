"""A rule's docstring is its documentation."""

from __future__ import annotations

import pytest

from composecheck.finding import Severity
from composecheck.rule import Category, describe, rule


@rule("area-slip", Severity.WARNING, Category.RUNTIME)
def documented() -> None:
    """Something is wrong,
    over two lines.

    It bites at night.

    And by day.

    Bad:

        services:
          a: |

            b

    Good:

        services: {}
    """


def test_a_rule_is_read_from_its_docstring() -> None:
    described = describe(documented)
    assert described.name == "area-slip"
    assert described.severity is Severity.WARNING
    assert described.category is Category.RUNTIME
    assert described.summary == "Something is wrong, over two lines."
    assert described.explanation == "It bites at night.\n\nAnd by day."
    assert described.bad == "services:\n  a: |\n\n    b\n"
    assert described.good == "services: {}\n"


def test_marking_leaves_the_function_as_it_is() -> None:
    @rule("area-sum", Severity.NOTE, Category.STYLE)
    def add(a: int, b: int) -> int:
        return a + b

    assert add(1, 2) == 3
    with pytest.raises(ValueError, match="'area-sum' must explain"):
        describe(add)


DOCSTRINGS = [
    "",
    "Only a summary.",
    "A summary.\n\nBad:\n\n    a\n\nGood:\n\n    b\n",
    "A summary.\n\nWhy.\n\nBad:\n\n    a\n",
    "A summary.\n\nWhy.\n\nGood:\n\n    b\n",
]


@pytest.mark.parametrize("docstring", DOCSTRINGS)
def test_a_rule_must_explain_itself(docstring: str) -> None:
    @rule("area-slip", Severity.ERROR, Category.COMPOSE)
    def undocumented() -> None:
        pass

    undocumented.__doc__ = docstring
    with pytest.raises(ValueError, match="'area-slip' must explain, and show"):
        describe(undocumented)


def test_opinions_are_off_by_default() -> None:
    on = {category.value for category in Category if category.on_by_default}
    assert on == {"compose", "runtime", "upkeep"}
