"""Rules on commands that are written as one text: `command`, `entrypoint` and those of hooks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Severity
from composecheck.language.command_lines import Fault, InvalidCommandLine, read_command_line
from composecheck.rule import Category, rule
from composecheck.rules.places import find_at
from composecheck.rules.values import name_at, places_of, values_at
from composecheck.schema.words import REFUSED, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.finding import Finding
    from composecheck.project.project import Project

_AS_LIST = 'or write a list with a shell in it: ["sh", "-c", "…"].'


@rule("command-syntax", Severity.ERROR, Category.COMPOSE)
def command_syntax(project: Project) -> Iterator[Finding]:
    """A command that Compose cannot cut into words.

    Compose cuts a command that is one text at its blanks, and understands quotes and backslashes,
    but it is no shell. Each quote must be closed, and an apostrophe counts as a quote; parentheses
    that do not belong to `$(…)` cannot stand outside quotes. What needs a shell is best written as
    a list with that shell in it.

    Bad:

        services:
          web:
            image: alpine
            command: echo it's me

    Good:

        services:
          web:
            image: alpine
            command: echo "it's me"
    """
    for node, path, _ in values_at(project, places_of("command-line")):
        wrong = read_command_line(node, project.text)
        if isinstance(wrong, InvalidCommandLine):
            clause, remedy = _words(wrong)
            yield find_at(
                project,
                "command-syntax",
                Severity.ERROR,
                node.source,
                node.source.first_line(wrong.span),
                f"{clause}, so that Compose cannot cut {quoted(name_at(path))} into words;"
                f" {REFUSED}.",
                remedy,
            )


def _words(wrong: InvalidCommandLine) -> tuple[str, str]:
    text = quoted(wrong.text)
    match wrong.fault:
        case Fault.UNCLOSED_QUOTE:
            kind = "apostrophe" if wrong.text.startswith("'") else "quote"
            return (
                f"The {kind} that opens {text} is not closed",
                f"Close it; or, if it is part of the text, put a backslash before it; {_AS_LIST}",
            )
        case Fault.UNCLOSED_BACKQUOTE:
            return f"The backquote that opens {text} is not closed", f"Close it; {_AS_LIST}"
        case Fault.UNCLOSED_SUBSTITUTION:
            return f'The ")" is missing behind {text}', f"Write it; {_AS_LIST}"
        case Fault.BACKSLASH_AT_END:
            return "Nothing stands behind the backslash at the end", f"Remove it; {_AS_LIST}"
    return (
        f"A parenthesis {text} stands outside quotes",
        f"Put quotes around the word it belongs to; {_AS_LIST}",
    )


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (command_syntax,)
