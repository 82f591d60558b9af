"""Rules on what a build is given: `additional_contexts` and `ssh`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Severity
from composecheck.language.build_contexts import (
    Fault,
    InvalidAdditionalContext,
    read_additional_contexts,
)
from composecheck.project.problem import Fault as Trouble
from composecheck.rule import Category, rule
from composecheck.rules.marks import once
from composecheck.rules.places import find_at
from composecheck.rules.values import table_of, values_at
from composecheck.schema.words import REFUSED, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.finding import Finding
    from composecheck.project.project import Project
    from composecheck.source import Source, Span

_CONTEXTS = table_of({"services.*.build.additional_contexts": ""})


@rule("build-context-invalid", Severity.ERROR, Category.COMPOSE)
def build_context_invalid(project: Project) -> Iterator[Finding]:
    """An additional context of a build that lacks its name or its value.

    In a list each is `name=context`; as keys with values, each value is text.

    Bad:

        services:
          web:
            build:
              context: .
              additional_contexts:
                - ../shared

    Good:

        services:
          web:
            build:
              context: .
              additional_contexts:
                - shared=../shared
    """
    yield from once(_contexts(project))


def _contexts(project: Project) -> Iterator[Finding]:
    for problem in project.problems:
        is_context = problem.name == "additional_contexts" and problem.fault is Trouble.SHORT_SYNTAX
        if is_context and problem.source is not None and problem.span is not None:
            written = problem.source.slice(problem.span).strip("\"'")
            yield find_at(
                project,
                "build-context-invalid",
                Severity.ERROR,
                problem.source,
                problem.span,
                f"{quoted(written)} has no name: an additional context is written name=context;"
                f" {REFUSED}.",
                f"Write the name that the Dockerfile uses before it: {quoted(f'name={written}')}.",
            )
    for source, span, text in _no_texts(project):
        yield find_at(
            project,
            "build-context-invalid",
            Severity.ERROR,
            source,
            span,
            f"An additional context must be text, and {quoted(text)} is none; {REFUSED}.",
            'Write a path or an address, such as "../shared".',
        )


def _no_texts(project: Project) -> Iterator[tuple[Source, Span, str]]:
    for node, _, _ in values_at(project, _CONTEXTS):
        for wrong in read_additional_contexts(node, project.text):
            if isinstance(wrong, InvalidAdditionalContext) and wrong.fault is Fault.NO_TEXT:
                yield node.source, wrong.span, wrong.text
    # In another service of a file to extend from, or in what is included.
    for problem in project.problems:
        source, span = problem.source, problem.span
        is_context = "additional_contexts" in problem.path[-2:-1]
        if problem.fault is not Trouble.WRONG_KIND or not is_context:
            continue
        if source is not None and span is not None and problem.name not in ("list", "mapping"):
            yield source, span, source.slice(span)


@rule("build-ssh-invalid", Severity.ERROR, Category.COMPOSE)
def build_ssh_invalid(project: Project) -> Iterator[Finding]:
    """A key for a build, in a list, that lacks its path.

    An item is `default`, which stands for the agent that runs on this machine, or `name=path` with
    the path of a key or of a socket.

    Bad:

        services:
          web:
            build:
              context: .
              ssh:
                - github

    Good:

        services:
          web:
            build:
              context: .
              ssh:
                - github=~/.ssh/id_ed25519
    """
    for problem in project.problems:
        is_key = problem.name == "ssh" and problem.fault is Trouble.SHORT_SYNTAX
        if is_key and problem.source is not None and problem.span is not None:
            written = problem.source.slice(problem.span).strip("\"'")
            yield find_at(
                project,
                "build-ssh-invalid",
                Severity.ERROR,
                problem.source,
                problem.span,
                f"The key {quoted(written)} has no path; {REFUSED}.",
                f"Write its path behind it, as in {quoted(f'{written}=~/.ssh/id_ed25519')}; or"
                ' write "default" for the agent of this machine.',
            )


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (build_context_invalid, build_ssh_invalid)
