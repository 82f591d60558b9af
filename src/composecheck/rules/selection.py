"""Which rules speak: those that are on by default, or what somebody asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from composecheck.nearest import nearest
from composecheck.rule import Category
from composecheck.rules import all_rules

if TYPE_CHECKING:
    from collections.abc import Iterable

    from composecheck.rule import Rule


class UnknownRule(ValueError):
    """A name that is neither a rule nor a category. Its text says so, and what may be meant."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Names of rules and of categories, as somebody wrote them.

    Without `select`, the rules that are on by default speak. What is closer counts: a rule that is
    named weighs more than its category, and then `ignore` more than `select`.
    """

    select: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()

    def keeps(self, rule: Rule) -> bool:
        """Whether `rule` speaks."""
        if self.ignores(rule):
            return False
        if self.select:
            return rule.name in self.select or rule.category.value in self.select
        return rule.category.on_by_default

    def ignores(self, rule: Rule) -> bool:
        """Whether `rule` was told to be silent."""
        if rule.name in self.ignore:
            return True
        return rule.category.value in self.ignore and rule.name not in self.select


def selection(select: Iterable[str] = (), ignore: Iterable[str] = ()) -> Selection:
    """Make a Selection of the names of rules and categories.

    Raises UnknownRule for a name that is neither.
    """
    chosen = Selection(frozenset(select), frozenset(ignore))
    named = chosen.select | chosen.ignore
    if named:
        known = known_names()
        for name in sorted(named.difference(known)):
            raise UnknownRule(unknown_rule(name, known))
    return chosen


def known_names() -> list[str]:
    """Return the names of all categories and of all rules."""
    return [*(category.value for category in Category), *(rule.name for rule in all_rules())]


def unknown_rule(name: str, known: Iterable[str]) -> str:
    """Say that there is no rule `name`, and which of the `known` may be meant."""
    meant = " or ".join(f'"{suggestion}"' for suggestion in nearest(name, known))
    hint = f"Is {meant} meant?" if meant else '"composecheck rules" lists them all.'
    return f'There is no rule "{name}". {hint}'
