"""All the rules there are, whichever stage finds what they are about."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from composecheck.rule import describe

if TYPE_CHECKING:
    from composecheck.rule import Rule

__all__ = ["all_rules", "rule_named"]


def all_rules() -> tuple[Rule, ...]:
    """Return every rule, sorted by name."""
    return tuple(_rules_by_name().values())


def rule_named(name: str) -> Rule:
    """Return the rule `name`. Raises KeyError if there is none."""
    return _rules_by_name()[name]


@functools.cache
def _rules_by_name() -> dict[str, Rule]:
    # Imported here, because a clean file needs none of it.
    from composecheck import schema
    from composecheck.yaml import mistakes

    rules = [describe(function) for function in (*schema.RULES, *mistakes.RULES)]
    return {rule.name: rule for rule in sorted(rules, key=lambda rule: rule.name)}
