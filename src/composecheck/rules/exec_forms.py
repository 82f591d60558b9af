"""Rules on commands and tests of health in a list, whose words are run as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Severity
from composecheck.language.healthcheck_tests import (
    Kind,
)
from composecheck.rule import Category, rule
from composecheck.rules.marks import once
from composecheck.rules.places import find_at
from composecheck.rules.values import name_at
from composecheck.rules.words_of_commands import (
    OPERATORS,
    PROGRAMS,
    commands,
    entrypoint_of,
    is_shell,
    joined,
    list_fix,
    tests_of_health,
)
from composecheck.schema.words import quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.finding import Finding
    from composecheck.language.traced import Traced
    from composecheck.project.project import Project
    from composecheck.yaml.nodes import Node


@rule("command-one-word", Severity.WARNING, Category.RUNTIME)
def command_one_word(project: Project) -> Iterator[Finding]:
    """The first word of a command in a list is a whole line.

    Each item of the list is one word, and the first is the program. Of `["npm run start"]`, Docker
    looks for a program with the name `npm run start`, finds none, and the container does not start.
    Write each word as an item of its own, or the line without a list.

    Bad:

        services:
          web:
            build: .
            command: ["npm run start"]

    Good:

        services:
          web:
            build: .
            command: ["npm", "run", "start"]
    """
    # Hits in the corpus: none. The source: docker/docs, the pages on `command` and on the exec form
    # of `CMD`: each item of the list is one word.
    yield from once(_whole_lines(project))


def _whole_lines(project: Project) -> Iterator[Finding]:
    for command in commands(project):
        node, path, line = command.node, command.path, command.line
        if not line.is_list:
            continue
        first = line.words[0]
        text = first.shape.strip()
        if "\n" in text or not _is_line(text):
            continue
        entrypoint = entrypoint_of(project, path)
        if entrypoint is not None:
            continue  # the words are arguments of that
        name = name_at(path)
        parts = text.split()
        fix = None
        if len(line.words) == 1 and first.is_known and _is_simple(text):
            fix = list_fix(project, node, parts, "Write each word as an item")
        yield find_at(
            project,
            "command-one-word",
            Severity.WARNING,
            node.source,
            node.source.first_line(first.span),
            f"In a list, each item is one word: {quoted(text)} is taken for the name of a program,"
            " which Docker does not find.",
            f"Write each word as an item of its own, or {quoted(name)} without a list."
            if len(line.words) == 1
            else 'Write each word as an item of its own; what needs a shell, as ["sh", "-c", "…"].',
            fix=fix,
        )


def _is_line(text: str) -> bool:
    """Whether a word is rather a line: a known program, and something behind it."""
    program, _, rest = text.partition(" ")
    return bool(rest.strip()) and program.rpartition("/")[2] in PROGRAMS


def _is_simple(text: str) -> bool:
    """Tell whether a line is cut into its words at the blanks alone."""
    return not set(text) & set("'\"\\`$&|;<>()*?#\n")


@rule("command-list-operator", Severity.WARNING, Category.RUNTIME)
def command_list_operator(project: Project) -> Iterator[Finding]:
    """A sign that only a shell understands is a word of a command in a list.

    The words of a list are run as they are, by no shell: the program gets `&&`, `||`, `|` or `>`
    as an argument, and all that stands behind it. Let a shell run it: `["sh", "-c", "…"]`. In a
    test of health, `["CMD-SHELL", "…"]` does that.

    Bad:

        services:
          web:
            image: nginx
            healthcheck:
              test: ["CMD", "curl", "-f", "http://localhost", "||", "exit", "1"]

    Good:

        services:
          web:
            image: nginx
            healthcheck:
              test: ["CMD-SHELL", "curl -f http://localhost || exit 1"]
    """
    # Hits in the corpus: one. The source: docker/docs, on the exec form of `CMD`: no shell
    # runs it.
    yield from once(_operators(project))


def _operators(project: Project) -> Iterator[Finding]:
    for command in commands(project):
        node, path, line = command.node, command.path, command.line
        if not line.is_list or len(line.words) < 3:
            continue
        entrypoint = entrypoint_of(project, path)
        is_free = entrypoint is None or not is_shell(entrypoint.words)
        operator = _operator_among(line.words)
        if operator is not None and is_free and not is_shell(line.words):
            text = joined(line.words)
            items = None if text is None or entrypoint is not None else ["sh", "-c", text]
            yield _operator_found(
                project, node, line.words[0], operator, items, '["sh", "-c", "…"]'
            )
    for node, test in tests_of_health(project):
        if test.kind is Kind.COMMAND and test.is_list and len(test.words) > 2:
            operator = _operator_among(test.words)
            if operator is not None and not is_shell(test.words):
                text = joined(test.words)
                items = None if text is None else ["CMD-SHELL", text]
                yield _operator_found(
                    project, node, test.words[0], operator, items, '["CMD-SHELL", "…"]'
                )


def _operator_among(words: tuple[Traced, ...]) -> Traced | None:
    return next((word for word in words[1:] if word.is_known and word.text in _CERTAIN), None)


_CERTAIN = OPERATORS - {"&", "<", ">"}
"""A lone `>` may be a part of an expression that a program reads."""


def _operator_found(
    project: Project,
    node: Node,
    program: Traced,
    operator: Traced,
    items: list[str] | None,
    form: str,
) -> Finding:
    fix = None if items is None else list_fix(project, node, items, "Let a shell run it")
    return find_at(
        project,
        "command-list-operator",
        Severity.WARNING,
        node.source,
        operator.span,
        f"No shell runs this list: {quoted(program.shape)} gets {quoted(operator.text)} and all"
        " that stands behind it as arguments.",
        f"Let a shell run it, as one text: {form}.",
        fix=fix,
    )


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (
    command_one_word,
    command_list_operator,
)
