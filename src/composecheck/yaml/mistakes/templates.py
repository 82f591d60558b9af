"""The marks of templates (`{{ … }}`), and other text that begins with a bracket."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from composecheck.finding import Safety, Severity
from composecheck.rule import Category, rule
from composecheck.source import Span
from composecheck.yaml.mistakes.cause import Cause, quoted, shown
from composecheck.yaml.mistakes.scan import flow_end, trimmed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composecheck.yaml.mistakes.cause import Scene
    from composecheck.yaml.mistakes.lines import Line

_TEMPLATE = re.compile(r"\{\{|\{%")


@rule("yaml-bracket-text", Severity.ERROR, Category.COMPOSE)
def bracket_text(scene: Scene, line: Line) -> Iterator[Cause]:
    """A value that begins with a bracket and is meant as text needs quotes.

    To YAML, `[` begins a list and `{` keys with values, so whatever follows the closing bracket
    is one thing too many. Put the value in quotes.

    Bad:

        services:
          web:
            image: nginx
            ports:
              - [::1]:8080:80

    Good:

        services:
          web:
            image: nginx
            ports:
              - "[::1]:8080:80"
    """
    text = scene.text
    start = (
        line.content if line.key is not None and text[line.content] in "[{" else line.value.start
    )
    if start >= line.end or text[start] not in "[{" or _TEMPLATE.match(text, start):
        return
    close, closed = flow_end(text, start)
    end = trimmed(text, start, line.end)
    if not closed or close >= end or text[close] in "]}":
        return
    written = text[start:end]
    yield Cause(
        rule="yaml-bracket-text",
        span=Span(start, end),
        message=f"{shown(written)} begins with a bracket, which YAML reads as the start of a "
        f"list or of "
        "keys with values, and then goes on behind it. Compose refuses the file.",
        remedy=f"Put it in quotes: {quoted(written)}.",
        changes=((Span(start, end), quoted(written)),),
        title=f"Put {shown(written)} in quotes",
        cost=1.0,
    )


@rule("yaml-template", Severity.ERROR, Category.COMPOSE)
def template(scene: Scene, line: Line) -> Iterator[Cause]:
    """`{{ … }}` is no YAML: fill the template in first, or put it in quotes.

    Compose does not fill in templates of Jinja, Helm or Ansible; to YAML, a brace at the start of a
    value begins keys with values. If the file is made from a template, check what was made of
    it. If Docker itself is meant to see the braces, as in a name for logs, put the value in quotes.

    Bad:

        services:
          web:
            image: nginx
        x-title: {{ title }}

    Good:

        services:
          web:
            image: nginx
        x-title: "{{ title }}"
    """
    text = scene.text
    start, end = line.content, line.end
    match = _TEMPLATE.search(text, start, end)
    if match is None:
        return
    stop = trimmed(text, start, end)
    bare = line.key is None and not line.dashes
    if bare and match.start() == line.content:
        written = text[line.content : stop]
        yield Cause(
            rule="yaml-template",
            span=Span(line.content, stop),
            message=f"{shown(written)} is a line of a template, which Compose does not fill in. It "
            "refuses the file.",
            remedy="Make the Compose file from the template first, and check what comes out.",
            changes=((Span(line.start, line.end), ""),),
            offered=False,
            cost=0.5,
        )
    elif match.start() == line.value.start and line.value.start < stop:
        yield template_cause(Span(line.value.start, stop), text[line.value.start : stop])


def template_cause(span: Span, written: str) -> Cause:
    """Return what to say of the template `written` at `span`, a value without quotes."""
    return Cause(
        rule="yaml-template",
        span=span,
        message=f"{shown(written)} is the mark of a template. Compose does not fill it in: it "
        f"reads the "
        "braces as keys and values, and refuses the file.",
        remedy=f"Fill the template in before Compose reads the file, or put it in quotes: "
        f"{quoted(written)}.",
        changes=((span, quoted(written)),),
        title=f"Put {shown(written)} in quotes",
        safety=Safety.UNSAFE,
        cost=0.3,
    )
