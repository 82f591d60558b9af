"""What a rule is: a name, how bad it is, and documentation that is run.

A rule is a function with the decorator `rule`. Its docstring is its documentation: `explain`, the
rule pages and the help in reports are made from it, and a test runs its examples. Its form:

    One or two sentences: what is wrong.

    Why it bites: a paragraph or more, and what to write.

    Bad:

        services: ...

    Good:

        services: ...

A tab in an example is written `⇥`. One that hangs on the setting `target-compose` begins with
a comment that says it: `# target-compose = "2.20"`; one about an env file with comments that say
what stands in that, a line each: `# shop.env: NAME=value`.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Callable

    from composecheck.finding import Severity

_TAB = "⇥"
"""What stands for a tab in an example: Python 3.13 makes blanks of a real one in a docstring."""

_Function = TypeVar("_Function", bound="Callable[..., Any]")


class Category(Enum):
    """Whose question a rule answers."""

    COMPOSE = "compose"
    """What Compose refuses."""
    RUNTIME = "runtime"
    """What bites later."""
    UPKEEP = "upkeep"
    """Leftovers, and traps for the next reader."""
    SECURITY = "security"
    STYLE = "style"

    @property
    def on_by_default(self) -> bool:
        """Whether its rules speak without being asked to: opinions are off until selected."""
        return self not in (Category.SECURITY, Category.STYLE)


class Rule(Struct, frozen=True):
    """A rule's name and documentation. The examples are whole Compose files."""

    name: str
    severity: Severity
    category: Category
    summary: str
    explanation: str
    bad: str
    good: str


def rule(name: str, severity: Severity, category: Category) -> Callable[[_Function], _Function]:
    """Mark a function as the rule `name`; its docstring must have the form described above."""

    def mark(function: _Function) -> _Function:
        function.__dict__["composecheck_rule"] = (name, severity, category)
        _marked[name] = function
        return function

    return mark


_marked: dict[str, Callable[..., Any]] = {}
"""The functions of all rules whose modules are loaded, by the rules' names."""


def loaded_rule(name: str) -> Rule | None:
    """Return the rule `name` if its module is loaded, as it is once the rule has spoken."""
    function = _marked.get(name)
    return None if function is None else describe(function)


def describe(function: Callable[..., Any]) -> Rule:
    """Read the Rule that a marked function documents.

    Raises ValueError if the docstring lacks one of its parts.
    """
    # Imported here, because nobody asks for the documentation while files are checked.
    import inspect

    name, severity, category = function.__dict__["composecheck_rule"]
    text = inspect.getdoc(function) or ""
    prose, bad_mark, examples = text.partition("\nBad:\n")
    bad, good_mark, good = examples.partition("\nGood:\n")
    summary, _, explanation = prose.partition("\n\n")
    if not (summary and explanation.strip() and bad_mark and good_mark):
        raise ValueError(f"the docstring of rule {name!r} must explain, and show Bad: and Good:")
    return Rule(
        name=name,
        severity=severity,
        category=category,
        summary=" ".join(summary.split()),
        explanation=explanation.strip(),
        bad=_unindent(bad),
        good=_unindent(good),
    )


def _unindent(example: str) -> str:
    lines = example.strip("\n").replace(_TAB, "\t").split("\n")
    return "".join(f"{line.removeprefix('    ')}\n" for line in lines)
