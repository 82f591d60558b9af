"""What a shell may complete on the command line, beside commands and options."""

from __future__ import annotations


def complete_rules(incomplete: str) -> list[str]:
    """Return names of rules and categories that begin as `incomplete` does, behind its last comma.

    What stands before the comma is part of each, since the shell replaces the whole word.
    """
    from composecheck.rules.selection import known_names

    before, comma, begun = incomplete.rpartition(",")
    return [f"{before}{comma}{name}" for name in known_names() if name.startswith(begun)]


def complete_rule(incomplete: str) -> list[str]:
    """Return names of rules that begin as `incomplete` does."""
    from composecheck.rules import all_rules

    return [rule.name for rule in all_rules() if rule.name.startswith(incomplete)]
