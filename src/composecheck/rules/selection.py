"""Which rules speak: those that are on by default, or what somebody asked for."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from msgspec import Struct

from composecheck.nearest import nearest
from composecheck.rule import Category
from composecheck.rules import all_rules

if TYPE_CHECKING:
    from collections.abc import Iterable

    from composecheck.rule import Rule

ALL = "all"
"""The name that stands for every rule, opinions included."""


class UnknownRule(ValueError):
    """A name that is neither a rule nor a category. Its text says so, and what may be meant."""


class Wish(Struct, frozen=True):
    """Names of rules and of categories, or `all`, as somebody wrote them in one place.

    `select` says which rules speak, and no others; None leaves that as it is. `extend_select` adds
    to them, `ignore` takes away. Within a wish what is closer counts: a rule that is named weighs
    more than its category, a category more than `all`, and then `ignore` more than the others.
    """

    select: frozenset[str] | None = None
    extend_select: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()


class _Verdict(Enum):
    SPEAKS = auto()
    IGNORED = auto()
    NOT_SELECTED = auto()


class Selection(Struct, frozen=True):
    """Wishes from several places (a settings file, the command line), later ones over earlier.

    Where none of them says anything of a rule, those speak that are on by default.
    """

    wishes: tuple[Wish, ...] = ()

    def keeps(self, rule: Rule) -> bool:
        """Whether `rule` speaks."""
        return self._judge(rule) is _Verdict.SPEAKS

    def ignores(self, rule: Rule) -> bool:
        """Whether `rule` was told to be silent."""
        return self._judge(rule) is _Verdict.IGNORED

    def _judge(self, rule: Rule) -> _Verdict:
        is_on = rule.category.on_by_default
        verdict = _Verdict.SPEAKS if is_on else _Verdict.NOT_SELECTED
        for wish in self.wishes:
            said = _verdict_of(wish, rule)
            if said is not None:
                verdict = said
            elif wish.select is not None:
                verdict = _Verdict.NOT_SELECTED
        return verdict


def _verdict_of(wish: Wish, rule: Rule) -> _Verdict | None:
    """Return what `wish` says of `rule`; None if it does not speak of it."""
    for name in (rule.name, rule.category.value, ALL):
        if name in wish.ignore:
            return _Verdict.IGNORED
        if name in wish.extend_select or (wish.select is not None and name in wish.select):
            return _Verdict.SPEAKS
    return None


def selection(select: Iterable[str] = (), ignore: Iterable[str] = ()) -> Selection:
    """Make a Selection of the names of rules and categories; without `select`, of the default.

    Raises UnknownRule for a name that is neither.
    """
    chosen = Wish(frozenset(select) or None, ignore=frozenset(ignore))
    named = (chosen.select or frozenset()) | chosen.ignore
    if named:
        known = known_names()
        for name in sorted(named.difference(known)):
            raise UnknownRule(unknown_rule(name, known))
    return Selection((chosen,))


def known_names() -> list[str]:
    """Return `all`, the names of all categories, and those of all rules."""
    categories = [category.value for category in Category]
    return [ALL, *categories, *(rule.name for rule in all_rules())]


def unknown_rule(name: str, known: Iterable[str]) -> str:
    """Say that there is no rule `name`, and which of the `known` may be meant."""
    meant = " or ".join(f'"{suggestion}"' for suggestion in nearest(name, known))
    hint = f"Is {meant} meant?" if meant else '"composecheck rules" lists them all.'
    return f'There is no rule "{name}". {hint}'
