"""Rules on how the health of a container is tested."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Edit, Fix, Safety, Severity
from composecheck.language.healthcheck_tests import (
    InvalidHealthcheckTest,
    Kind,
    read_healthcheck_test,
)
from composecheck.nearest import only_slip
from composecheck.rule import Category, rule
from composecheck.rules.activity import members
from composecheck.rules.marks import may_edit, once
from composecheck.rules.places import enclosing, find_at, replacement
from composecheck.schema.words import quoted
from composecheck.source import Span
from composecheck.yaml.nodes import Sequence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.finding import Finding
    from composecheck.project.project import Project
    from composecheck.source import Source

_OTHER_WORDS = {"SHELL": "CMD-SHELL", "CMDSHELL": "CMD-SHELL", "COMMAND": "CMD", "DISABLE": "NONE"}


@rule("healthcheck-test", Severity.ERROR, Category.COMPOSE)
def healthcheck_test(project: Project) -> Iterator[Finding]:
    """A test of health as a list that does not say how it is run.

    The first word of the list must be `CMD`, for a command whose words follow; or `CMD-SHELL`, for
    one text that a shell runs; or `NONE`, to switch off the test that the image has.

    Bad:

        services:
          web:
            image: nginx
            healthcheck:
              test: ["curl", "-f", "http://localhost"]

    Good:

        services:
          web:
            image: nginx
            healthcheck:
              test: ["CMD", "curl", "-f", "http://localhost"]
    """
    yield from once(_tests(project))


def _tests(project: Project) -> Iterator[Finding]:
    # Of jobs, Compose does not look at it (measured).
    for member in members(project):
        node = member.child("healthcheck", "test")
        wrong = read_healthcheck_test(node, project.text) if node is not None else None
        if not isinstance(node, Sequence) or not isinstance(wrong, InvalidHealthcheckTest):
            continue
        first = node.items[0]
        suggestion = _meant(wrong.text)
        if suggestion:
            fix = replacement(project, node.source, wrong.span, wrong.text, suggestion)
            remedy = f"Write {quoted(suggestion)}."
        else:
            word = _missing_word(node, wrong.text)
            fix = _insert(project, node.source, first.span, word)
            remedy = f"Write {quoted(word)} before it."
        yield find_at(
            project,
            "healthcheck-test",
            member.severity,
            node.source,
            wrong.span if len(wrong.span) else first.span,
            f'The list under "test" must begin with "CMD", "CMD-SHELL" or "NONE", not with'
            f" {quoted(wrong.text)}; {member.refused}.",
            remedy,
            suggestions=(suggestion,) if suggestion else (),
            fix=fix,
        )


def _meant(written: str) -> str:
    """Return the word that somebody has written in another way; nothing if it is a command."""
    word = written.strip().upper().replace("_", "-")
    kinds = [str(kind.value) for kind in Kind]
    if word in kinds:
        return word
    other = _OTHER_WORDS.get(word.replace("-", ""))
    return other or only_slip(word, kinds[1:]) or ""


def _missing_word(node: Sequence, first: str) -> str:
    is_one_text = len(node.items) == 1 and any(mark in first for mark in " |&;$")
    return str((Kind.SHELL if is_one_text else Kind.COMMAND).value)


def _insert(project: Project, source: Source, item: Span, word: str) -> Fix | None:
    """Return the fix that writes `word` as an item before the first one, which is at `item`."""
    way = enclosing(project, source, item)
    lists = [node for node in way if isinstance(node, Sequence)]
    if not lists or not may_edit(project, source, item):
        return None
    title = f"Write {quoted(word)} as the first word"
    quote = source.text[item.start : item.start + 1]
    text = f"{quote}{word}{quote}" if quote in ("'", '"') else word
    start = Span(item.start, item.start)
    if lists[-1].is_flow:
        return Fix(title, Safety.SAFE, (Edit(source, start, f"{text}, "),))
    # The dash of the item stands before it on its line.
    line = source.line_span(source.position(item.start).line)
    before = source.text[line.start : item.start]
    if before.strip() != "-":
        return None
    line_break = "\r\n" if source.text[line.end : line.end + 2] == "\r\n" else "\n"
    return Fix(title, Safety.SAFE, (Edit(source, start, f"{text}{line_break}{before}"),))


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (healthcheck_test,)
