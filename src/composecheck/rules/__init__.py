"""All the rules there are, whichever stage finds what they are about."""

from __future__ import annotations

import functools
from itertools import chain
from typing import TYPE_CHECKING, Any

from composecheck.rule import describe, loaded_rule
from composecheck.rules.areas import all_judges, judges_of
from composecheck.rules.consequences import without_consequences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.finding import Finding
    from composecheck.project.project import Project
    from composecheck.rule import Rule

__all__ = ["all_rules", "judge_project", "rule_named", "without_consequences"]


def all_rules() -> tuple[Rule, ...]:
    """Return every rule, sorted by name."""
    return tuple(_rules_by_name().values())


@functools.cache
def rule_named(name: str) -> Rule:
    """Return the rule `name`. Raises KeyError if there is none."""
    return loaded_rule(name) or _rules_by_name()[name]


def judge_project(project: Project) -> list[Finding]:
    """Judge what the files of a project add up to; return the findings, rule by rule."""
    found = [finding for judge in judges_of(project) for finding in judge(project)]
    return without_consequences(found, is_here=project.call.is_here)


@functools.cache
def _rules_by_name() -> dict[str, Rule]:
    # Imported here, because a clean file needs none of it.
    from composecheck import schema
    from composecheck.rules import ignores
    from composecheck.yaml import mistakes

    functions: Iterator[Callable[..., Any]] = chain(
        schema.RULES, mistakes.RULES, all_judges(), ignores.RULES
    )
    rules = map(describe, functions)
    return {rule.name: rule for rule in sorted(rules, key=lambda rule: rule.name)}
