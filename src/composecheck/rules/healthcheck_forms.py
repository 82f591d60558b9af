"""Rules on tests of health in a list, whose words are run as they are, or by a shell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Fix, Safety, Severity
from composecheck.language.healthcheck_tests import Kind
from composecheck.project.reading import entries_of
from composecheck.rule import Category, rule
from composecheck.rules.activity import members
from composecheck.rules.marks import content_span, once, path_at
from composecheck.rules.places import find_at, replacement
from composecheck.rules.untested_images import untested_image
from composecheck.rules.words_of_commands import joined, list_fix, tests_of_health
from composecheck.schema.words import quoted
from composecheck.source import Span
from composecheck.yaml.nodes import Sequence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.finding import Finding
    from composecheck.language.healthcheck_tests import HealthcheckTest
    from composecheck.project.project import Project


@rule("healthcheck-one-word", Severity.WARNING, Category.RUNTIME)
def healthcheck_one_word(project: Project) -> Iterator[Finding]:
    """A test of health is a whole line in one item, behind `CMD`.

    Behind `CMD`, each item is one word, and the first is the program. Docker finds none with the
    name `curl -f http://localhost`, so that the container is never healthy. `CMD-SHELL` lets a
    shell run the line.

    Bad:

        services:
          web:
            image: nginx
            healthcheck:
              test: ["CMD", "curl -f http://localhost"]

    Good:

        services:
          web:
            image: nginx
            healthcheck:
              test: ["CMD-SHELL", "curl -f http://localhost"]
    """
    # Hits in the corpus: none. The source: moby, `daemon/health.go`: behind `CMD`, the words are
    # run as they are.
    yield from once(_whole_tests(project))


def _whole_tests(project: Project) -> Iterator[Finding]:
    for node, test in tests_of_health(project):
        if test.kind is not Kind.COMMAND or not test.words or not isinstance(node, Sequence):
            continue
        first = test.words[0]
        text = first.shape.strip()
        program, _, rest = text.partition(" ")
        if not rest.strip() or "\\" in text:
            continue
        if "/" in program and " -" not in text and "|" not in text and "://" not in text:
            continue  # a path may have blanks in it
        word = node.items[0]
        fix = None
        remedy = "Write each word as an item of its own."
        if len(test.words) == 1:
            remedy = 'Write "CMD-SHELL" for "CMD".'
            fix = _with_shell(project, node)
        yield find_at(
            project,
            "healthcheck-one-word",
            Severity.WARNING,
            word.source,
            node.source.first_line(first.span),
            f'Behind "CMD", each item is one word: {quoted(text)} is taken for the name of a'
            " program, which Docker does not find, so that the container is never healthy.",
            remedy,
            fix=fix,
        )


def _with_shell(project: Project, node: Sequence, *, word: str = "CMD-SHELL") -> Fix | None:
    """Return the fix that writes `word` for the first word of a test."""
    first = node.items[0]
    written = first.source.slice(first.span).strip("'\"")
    start = first.source.text.find(written, first.start)
    span = Span(start, start + len(written))
    fix = replacement(project, first.source, span, written, word, Safety.UNSAFE)
    if fix is None:
        return None
    return Fix(fix.title, fix.safety, fix.edits, (path_at(project, first.source, first.span),))


@rule("healthcheck-shell-words", Severity.WARNING, Category.RUNTIME)
def healthcheck_shell_words(project: Project) -> Iterator[Finding]:
    """A test of health has several words behind `CMD-SHELL`.

    The shell runs the one text behind `CMD-SHELL`, and what follows it are arguments that the text
    does not use: of `["CMD-SHELL", "curl", "-f", "http://localhost"]` it runs `curl` alone, which
    fails every time. Write `CMD`, or all of it as one text.

    Bad:

        services:
          web:
            image: nginx
            healthcheck:
              test: ["CMD-SHELL", "curl", "-f", "http://localhost"]

    Good:

        services:
          web:
            image: nginx
            healthcheck:
              test: ["CMD", "curl", "-f", "http://localhost"]
    """
    # The source beside the corpus: moby, `daemon/health.go`, which runs `/bin/sh -c` and the
    # words.
    yield from once(_shell_words(project))


def _shell_words(project: Project) -> Iterator[Finding]:
    for node, test in tests_of_health(project):
        if test.kind is not Kind.SHELL or not test.is_list or len(test.words) < 2:
            continue
        if not isinstance(node, Sequence):
            continue
        script = test.words[0]
        if not script.is_known or "$" in script.text:
            continue
        needs_shell = any(set(word.shape) & set(" |&;<>$*`") for word in test.words)
        if needs_shell:
            text = joined(test.words)
            fix = text and list_fix(project, node, ["CMD-SHELL", text], "Write it as one text")
            remedy = "Write all of it as one text."
        else:
            fix = _with_shell(project, node, word="CMD")
            remedy = 'Write "CMD" for "CMD-SHELL", or all of it as one text.'
        yield find_at(
            project,
            "healthcheck-shell-words",
            Severity.WARNING,
            node.source,
            test.words[1].span,
            f'The shell runs only the one text behind "CMD-SHELL", here {quoted(script.text)}: what'
            " stands behind that is lost on it.",
            remedy,
            fix=fix or None,
        )


@rule("healthcheck-no-command", Severity.WARNING, Category.RUNTIME)
def healthcheck_no_command(project: Project) -> Iterator[Finding]:
    """A test of health says how it is run, but not what.

    Behind `CMD` or `CMD-SHELL` belongs what Docker shall run in the container. With nothing there,
    the test fails each time, and the container is never healthy. `NONE` alone switches off the test
    that the image has. A `test` that is an empty text is for a shell, to which nothing is always a
    success.

    Bad:

        services:
          web:
            image: nginx
            healthcheck:
              test: ["CMD"]

    Good:

        services:
          web:
            image: nginx
            healthcheck:
              test: ["NONE"]
    """
    # Hits in the corpus: none. The source: moby, `daemon/health.go`: what is run are the words
    # behind the first.
    yield from once(_no_commands(project))


def _no_commands(project: Project) -> Iterator[Finding]:
    for node, test in tests_of_health(project):
        if test.kind not in (Kind.COMMAND, Kind.SHELL):
            continue
        kind = quoted(str(test.kind.value))
        if not test.words:
            assert isinstance(node, Sequence)
            where = node.items[0]
            message = (
                f"Nothing stands behind {kind} that Docker could run: the test fails each time, and"
                " the container is never healthy."
            )
        elif test.kind is Kind.SHELL and _is_blank(test):
            where = node.items[1] if isinstance(node, Sequence) else node
            message = (
                "There is nothing in this test that a shell could run, which succeeds each time:"
                " the container counts as healthy, whatever happens in it."
            )
        else:
            continue
        yield find_at(
            project,
            "healthcheck-no-command",
            Severity.WARNING,
            where.source,
            where.source.first_line(where.span),
            message,
            'Write the command that tests it; or "NONE" to switch the test off.'
            if test.words
            else 'Write the command behind it; or "NONE" to switch the test off.',
        )


def _is_blank(test: HealthcheckTest) -> bool:
    first = test.words[0]
    return len(test.words) == 1 and first.is_known and not first.text.strip()


@rule("healthcheck-no-test", Severity.WARNING, Category.RUNTIME)
def healthcheck_no_test(project: Project) -> Iterator[Finding]:
    """A `healthcheck` says how often the health is tested, but not how, and the image has no test.

    Without `test`, the times only change the test that the image brings. Docker's official images
    bring none: then nothing is tested at all, and the container has no state of health. Add a
    `test`.

    Bad:

        services:
          cache:
            image: redis:8
            healthcheck:
              interval: 10s
              timeout: 3s

    Good:

        services:
          cache:
            image: redis:8
            healthcheck:
              test: ["CMD", "redis-cli", "ping"]
              interval: 10s
              timeout: 3s
    """
    # Hits in the corpus: three. The source: docker/docs, on `HEALTHCHECK` and on `healthcheck`: the
    # test that is not written is that of the image.
    yield from once(_no_test(project))


def _no_test(project: Project) -> Iterator[Finding]:
    for member in members(project):
        check = member.entries.get("healthcheck")
        if check is None:
            continue
        keys = entries_of(check.value)
        if not keys or "test" in keys or "disable" in keys:
            continue
        if not any(key in keys for key in ("interval", "timeout", "retries", "start_period")):
            continue
        image = untested_image(project, member.node)
        if image is not None:
            span = content_span(check.key)
            yield find_at(
                project,
                "healthcheck-no-test",
                Severity.WARNING,
                check.key.source,
                span,
                f'There is no "test" here, and the image {quoted(image)} brings none: Docker tests'
                f" nothing, however often.",
                'Add a "test".',
            )


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (
    healthcheck_one_word,
    healthcheck_shell_words,
    healthcheck_no_command,
    healthcheck_no_test,
)
