"""Where on the web the page of a rule stands."""

from __future__ import annotations

PAGES: str | None = None
"""The address of the rule pages, with `{rule}` for the rule's name; None as long as they have none.

It is the one place to change when they get one: reports, help and links take it from here.
"""


def rule_page(rule: str) -> str | None:
    """Return the address of the page about the rule of this name; None if there is none."""
    return PAGES and PAGES.format(rule=rule)
