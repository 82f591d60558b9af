"""Rules on variables of containers and builds: `environment` and `build.args`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from composecheck.expressions import expression
from composecheck.finding import Safety, Severity
from composecheck.language.key_values import (
    Fault,
    InvalidKeyValue,
    read_build_arguments,
    read_environment,
)
from composecheck.rule import Category, rule
from composecheck.rules.marks import once
from composecheck.rules.places import find_at, replacement, scalar_at
from composecheck.rules.values import table_of, values_at
from composecheck.schema.words import REFUSED, quoted
from composecheck.source import Span
from composecheck.yaml.nodes import Style

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.finding import Finding, Fix
    from composecheck.project.project import Project
    from composecheck.yaml.nodes import Node

_ENVIRONMENT, _ARGUMENTS = "environment", "arguments"
_PAIRS = table_of(
    {
        "services.*.environment": _ENVIRONMENT,
        "services.*.develop.watch.*.exec.environment": _ENVIRONMENT,
        "services.*.post_start.*.environment": _ENVIRONMENT,
        "services.*.pre_stop.*.environment": _ENVIRONMENT,
        "services.*.build.args": _ARGUMENTS,
    },
    with_hooks=True,
)


@rule("environment-blank", Severity.ERROR, Category.COMPOSE)
def environment_blank(project: Project) -> Iterator[Finding]:
    """A blank at the end of a variable's name.

    In a list, an item is `NAME=value` without blanks around the `=`. Compose takes a blank before
    it for a part of the name, and refuses the file. One behind it would be part of the value, and
    so would quotes.

    Bad:

        services:
          web:
            image: nginx
            environment:
              - TZ =Europe/Berlin

    Good:

        services:
          web:
            image: nginx
            environment:
              - TZ=Europe/Berlin
    """
    yield from once(_blanks(project))


def _blanks(project: Project) -> Iterator[Finding]:
    for node, _, kind in values_at(project, _PAIRS):
        read = read_environment if kind == _ENVIRONMENT else read_build_arguments
        for wrong in read(node, project.text):
            if not isinstance(wrong, InvalidKeyValue):
                continue
            key = quoted(wrong.key)
            is_blank = wrong.fault is Fault.BLANK_BEHIND_KEY
            yield find_at(
                project,
                "environment-blank",
                Severity.ERROR,
                node.source,
                wrong.span,
                f"A blank stands behind the name {key}; {REFUSED}."
                if is_blank and wrong.key
                else f"There is nothing but a blank where a name belongs; {REFUSED}."
                if is_blank
                else f"Compose mistakes the last letter of this name, {quoted(wrong.text)}, for a"
                f" blank; {REFUSED}.",
                _right(node, wrong)
                if is_blank
                else "Write the variables as keys with values, NAME: value, instead of a list.",
                fix=_without_blanks(project, node, wrong) if is_blank else None,
            )


_QUOTED_VALUE = expression(r"""=[ \t]*(["'])([^"'\r\n]*)\1[ \t]*(?=$|[ \t]#)""", re.MULTILINE)


def _right(node: Node, wrong: InvalidKeyValue) -> str:
    """Say what to write instead of a name with a blank behind it."""
    if _QUOTED_VALUE.match(node.source.text, wrong.span.end):
        return (
            'Write the "=" directly behind the name, and the value directly behind that, without'
            " quotes: here they would be a part of it."
        )
    return 'Write the "=" directly behind the name, and the value directly behind that.'


def _without_blanks(project: Project, node: Node, wrong: InvalidKeyValue) -> Fix | None:
    """Return the fix that joins name, `=` and value."""
    text, span = node.source.text, wrong.span
    end = span.end
    joined = ""
    scalar = scalar_at(project, node.source, span)
    is_plain = scalar is not None and scalar.style is Style.PLAIN
    if is_plain and wrong.key and (match := _QUOTED_VALUE.match(text, end)):
        whole = Span(span.start, match.end())
        value = match.group(2)
        if value == value.strip() and " #" not in value:
            return replacement(
                project,
                node.source,
                whole,
                node.source.slice(whole),
                f"={value}",
                Safety.UNSAFE,
                title="Remove the blanks and the quotes",
            )
    if text[end : end + 1] == "=":
        joined = "="
        end += 1
        while text[end : end + 1] in (" ", "\t"):
            end += 1
        # Blanks alone behind the sign end the value, and YAML has dropped them.
        if text[end : end + 1] in ("", "\r", "\n", "#", "'", '"'):
            end = span.end + 1
    whole = Span(span.start, end)
    written = node.source.slice(whole)
    if written[: len(wrong.text)] != wrong.text or not wrong.key:
        return None
    title = "Remove the blanks" if written.count(" ") > 1 else "Remove the blank"
    return replacement(project, node.source, whole, written, joined, title=title)


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (environment_blank,)
