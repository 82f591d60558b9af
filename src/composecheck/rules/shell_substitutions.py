"""Rules on commands in values, which only a shell would run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.expressions import expression
from composecheck.finding import Severity
from composecheck.rule import Category, rule
from composecheck.rules.env_contents import env_contents
from composecheck.rules.given_variables import LABELS, given_variables, holds_options
from composecheck.rules.marks import once
from composecheck.rules.places import find_at
from composecheck.schema.words import quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.finding import Finding
    from composecheck.language.traced import Traced
    from composecheck.project.project import Project


@rule("environment-shell", Severity.WARNING, Category.RUNTIME)
def environment_shell(project: Project) -> Iterator[Finding]:
    """A command in the value of a variable, which only a shell would run.

    In a shell, `$(date)` and a command between backquotes stand for what the command prints. There
    is no shell where Compose reads a value, in the Compose file and in an env file: the container,
    or the build, gets the characters as they stand. Run the command before: put what it prints into
    a variable, as in `VERSION=$(git describe) docker compose up`, and write `${VERSION}`.

    Bad:

        services:
          web:
            build:
              context: .
              args:
                VERSION: $(git describe)

    Good:

        services:
          web:
            build:
              context: .
              args:
                VERSION: ${VERSION:-unknown}
    """
    # Hits in the corpus: none. The source: docker/compose, issues 4081 and 8973, of people who
    # wanted that for the hash of a commit; measured.
    yield from once(_commands(project))


_COMMAND = expression(r"\$\([a-z][\w./-]*(?:[ \t][^()]*)?\)|^`[a-z][^`]*`$")
_FOR_SHELLS = frozenset({"PS1", "PROMPT", "PROMPT_COMMAND"})


def _commands(project: Project) -> Iterator[Finding]:
    for given in given_variables(project):
        for pair in given.pairs if given.kind != LABELS else ():
            if pair.value is not None:
                yield from _in_value(project, pair.key.shape, pair.value, given.gets)
    for content in env_contents(project):
        gets = "Compose takes" if content.is_own else "the container gets"
        for assignment in content.file.assignments:
            # In single quotes, it would stay as it is for a shell, too.
            if assignment.value is not None and assignment.quote != "'":
                yield from _in_value(project, assignment.key, assignment.value, gets)


def _in_value(project: Project, name: str, value: Traced, gets: str) -> Iterator[Finding]:
    if "$(" not in value.shape and "`" not in value.shape:
        return
    match = _COMMAND.search(value.shape)
    if match is None or holds_options(name) or name in _FOR_SHELLS:
        return
    command = value[match.start() : match.end()]
    if command.source.slice(command.span).startswith("$$"):
        return  # it is kept for something in the container
    yield find_at(
        project,
        "environment-shell",
        Severity.WARNING,
        command.source,
        command.source.first_line(command.span),
        f"No shell runs {quoted(match[0])} here: {gets} it as it stands, for {quoted(name)}.",
        "Run it before, and put what it prints into a variable; or let the container run it when it"
        " starts.",
    )


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (environment_shell,)
