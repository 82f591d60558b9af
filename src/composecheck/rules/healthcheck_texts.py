"""Rules on tests of health whose text is not what a shell, or the program, gets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.expressions import expression
from composecheck.finding import Edit, Fix, Safety, Severity
from composecheck.language.healthcheck_tests import HealthcheckTest, Kind
from composecheck.rule import Category, rule
from composecheck.rules.marks import content_span, may_edit, once
from composecheck.rules.places import find_at, replacement, scalar_at
from composecheck.rules.words_of_commands import SHELLS, tests_of_health
from composecheck.schema.words import quoted
from composecheck.yaml.nodes import Scalar, Style

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.finding import Finding
    from composecheck.language.traced import Traced
    from composecheck.project.project import Project


@rule("healthcheck-text", Severity.WARNING, Category.RUNTIME)
def healthcheck_text(project: Project) -> Iterator[Finding]:
    """A test of health is one text that begins with `CMD`, `CMD-SHELL` or `NONE`.

    These words say how a list is run. A `test` that is one text is all for the shell: it looks for
    a program with the name `CMD-SHELL`, finds none, and the container is never healthy. Leave the
    word away, or write a list.

    Bad:

        services:
          web:
            image: nginx
            healthcheck:
              test: CMD-SHELL curl -f http://localhost

    Good:

        services:
          web:
            image: nginx
            healthcheck:
              test: curl -f http://localhost
    """
    # The source beside the corpus: compose-go, `types/healthcheck.go`, puts "CMD-SHELL" before each
    # text; measured.
    yield from once(_texts(project))


_KIND = expression(r"(?:CMD-SHELL|CMD)[ \t]+(?=\S)")
_LIST = expression(r"""\[\s*(["']?)(?:CMD-SHELL|CMD|NONE)\1\s*(?:,|\])""")


def _texts(project: Project) -> Iterator[Finding]:
    for node, test in tests_of_health(project):
        if test.is_list or not isinstance(node, Scalar):
            continue
        text = test.words[0]
        kind = _KIND.match(text.shape)
        if kind is not None:
            word = text[: kind.end()]
            name = quoted(word.shape.strip())
            yield _find(
                project,
                text[: len(word.rstrip())],
                f"The shell takes {name} for the name of a program, finds none, and the container"
                f" is never healthy: only in a list does it say how the test is run.",
                f"Leave {name} away, or write a list.",
                replacement(
                    project,
                    word.source,
                    word.span,
                    word.shape,
                    "",
                    Safety.UNSAFE,
                    title=f"Remove {name}",
                ),
            )
        elif text.equals("NONE"):
            yield _find(
                project,
                text,
                'The shell takes "NONE" for the name of a program, finds none, and the container is'
                " never healthy: only in a list does it switch the test off.",
                'Write ["NONE"], or "disable: true" in the place of the test.',
                _as_list(project, text, '["NONE"]'),
            )
        elif _LIST.match(text.shape):
            yield _find(
                project,
                text,
                "The quotes around this list make one text of it: the shell looks for a program"
                ' with a "[" in its name, and the container is never healthy.',
                "Take the quotes around the list away.",
                _as_list(project, text, text.shape),
            )


def _find(
    project: Project, where: Traced, message: str, remedy: str, fix: Fix | None = None
) -> Finding:
    return find_at(
        project,
        "healthcheck-text",
        Severity.WARNING,
        where.source,
        where.source.first_line(where.span),
        message,
        remedy,
        fix=fix,
    )


def _as_list(project: Project, text: Traced, written: str) -> Fix | None:
    """Return the fix that writes a list in the place of a text."""
    scalar = scalar_at(project, text.source, text.span)
    if scalar is None or scalar.properties is not None or scalar.style.is_block:
        return None
    if not text.is_known or text.source.slice(content_span(scalar)) != text.shape:
        return None
    # Within double quotes, those of the list have backslashes before them.
    if scalar.style is Style.DOUBLE_QUOTED and '"' in text.shape:
        return None
    if not may_edit(project, text.source, scalar.span):
        return None
    title = "Make a list of it" if written.startswith('["NONE"]') else "Take the quotes away"
    return Fix(title, Safety.UNSAFE, (Edit(text.source, scalar.span, written),))


@rule("healthcheck-variable", Severity.WARNING, Category.RUNTIME)
def healthcheck_variable(project: Project) -> Iterator[Finding]:
    """A variable of the container in a test of health that no shell runs.

    `$$NAME` leaves `$NAME` for a shell in the container. Behind `CMD` there is none: the words are
    run as they are, and the program gets `$NAME` itself for a user, or for a password. `CMD-SHELL`
    lets a shell run the line, which puts the value there.

    Bad:

        services:
          db:
            image: mariadb
            environment:
              MARIADB_ROOT_PASSWORD: secret
            healthcheck:
              test: ["CMD", "mariadb-admin", "ping", "-p$$MARIADB_ROOT_PASSWORD"]

    Good:

        services:
          db:
            image: mariadb
            environment:
              MARIADB_ROOT_PASSWORD: secret
            healthcheck:
              test: ["CMD-SHELL", "mariadb-admin ping -p$$MARIADB_ROOT_PASSWORD"]
    """
    # Hits in the corpus: one. The source: moby, `daemon/health.go`: behind `CMD`, the words are run
    # as they are; docker/docs, on the exec form, which "doesn't" replace variables.
    yield from once(_variables(project))


_NAME = expression(r"\$(?:\{[A-Z_][A-Z0-9_]*\}|[A-Z_][A-Z0-9_]*)")
_CODE = frozenset(" \t\n'\"`(){};|&<>=")
"""Characters of a word that is code for a program, which may know variables itself."""
_EXPANDING = SHELLS | {"env", "pwsh", "powershell", "cmd", "cmd.exe", "eval", "gosu", "su"}


def _variables(project: Project) -> Iterator[Finding]:
    for node, test in tests_of_health(project):
        if not _is_run_as_it_is(test):
            continue
        program = quoted(test.words[0].shape)
        for word in test.words[1:]:
            match = _NAME.search(word.shape)
            if match is None or _is_code(word.shape):
                continue
            name = word[match.start() : match.end()]
            span = name.span
            # One that came from a variable of Compose is not written here.
            if node.source.slice(span).lstrip("$") != name.shape.lstrip("$"):
                continue
            yield find_at(
                project,
                "healthcheck-variable",
                Severity.WARNING,
                word.source,
                span,
                f'No shell runs what stands behind "CMD": {program} gets {quoted(name.shape)} as it'
                " stands, and no value.",
                'Let a shell run it, as one text: ["CMD-SHELL", "…"].',
            )
            break


def _is_code(word: str) -> bool:
    """Whether a word may be code in some language, but for braces around a name."""
    return not _CODE.isdisjoint(_NAME.sub("", word)) and not word.startswith("--")


def _is_run_as_it_is(test: HealthcheckTest) -> bool:
    if test.kind is not Kind.COMMAND or not test.is_list or len(test.words) < 2:
        return False
    first = test.words[0]
    return first.is_known and first.text.rpartition("/")[2] not in _EXPANDING


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (healthcheck_text, healthcheck_variable)
