"""The marks of templates (`{{ … }}`), and other text that begins with a bracket."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from composecheck.expressions import expression
from composecheck.finding import Safety, Severity
from composecheck.rule import Category, rule
from composecheck.source import Span
from composecheck.yaml.mistakes.cause import Cause, quoted, shown, to_finding
from composecheck.yaml.mistakes.lines import Kind, Shape, lay_out
from composecheck.yaml.mistakes.scan import flow_end, trimmed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composecheck.finding import Finding
    from composecheck.source import Source
    from composecheck.yaml.mistakes.cause import Scene
    from composecheck.yaml.mistakes.lines import Layout, Line

_TEMPLATE = expression(r"\{\{|\{%|\{#")
_MARK = expression(
    r"\{\{.*?(?:\}\}|$)|\{%.*?(?:%\}|$)|(?<!\$)\{#.*?#\}|<%.*?(?:%>|$)", re.MULTILINE
)


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
    """A file with the marks of a template, such as `{{ … }}`, is no Compose file yet.

    Compose does not fill in templates of Jinja, Helm, Ansible or Ruby. To YAML, a brace at the
    start of a value begins keys with values; and where a mark is read as text, that text is none
    that Compose can use there. Make the Compose file from the template first, and check what comes
    out. If Docker itself is meant to see the braces, as in a name for logs, put the value in
    quotes. The first mark is shown, and nothing else is said of what follows from it.

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
    if line.key is None and not line.dashes and match.start() == line.content:
        yield _line_cause(line, Span(line.content, stop), text[line.content : stop])
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


def _line_cause(line: Line, span: Span, written: str) -> Cause:
    return Cause(
        rule="yaml-template",
        span=span,
        message=f"{shown(written)} is a line of a template, which Compose does not fill in. It "
        "refuses the file.",
        remedy=_FILL_IN,
        changes=((Span(line.start, line.end), ""),),
        offered=False,
        cost=0.5,
    )


_FILL_IN = "Make the Compose file from the template first, and check what comes out."


def find_template(source: Source) -> Finding | None:
    """Return what to say of a file that is no YAML since it has the marks of a template.

    None if it has none that break it: marks in quotes, in comments and in blocks of text do not.
    """
    if _MARK.search(source.text) is None:
        return None
    causes = list(_breaking_marks(source.text, lay_out(source)))
    if not causes:
        return None
    first, *others = causes
    if others:
        first = replace(
            first,
            remedy=_FILL_IN,
            offered=False,
            related=tuple((cause.span, "Here is another mark.") for cause in others),
        )
    return to_finding(source, first)


def _breaking_marks(text: str, layout: Layout) -> Iterator[Cause]:
    """Yield the marks at which nobody can read the file as YAML, one for each line."""
    for line in layout.lines:
        if line.kind is not Kind.CONTENT or (line.inside and line.inside.shape is not Shape.FLOW):
            continue
        stop = trimmed(text, line.value.start, line.end)
        is_in_brackets = line.inside is not None or text[line.value.start : stop][:1] in ("[", "{")
        for match in _MARK.finditer(text, line.content, line.end):
            start, end = match.start(), max(stop, match.end())
            is_text = match.group().startswith("<%")
            if start >= stop:
                break  # in a comment
            if start == line.content and not line.dashes and line.key is None:
                rest = _MARK.sub("", text[line.content : end]).strip()
                if not rest or not is_text:
                    yield _line_cause(line, Span(start, end), text[start:end])
                    break
            elif is_text:
                continue
            elif start in (line.content, line.value.start):
                yield template_cause(Span(start, end), text[start:end])
                break
            elif is_in_brackets and not _is_in_quotes(text[line.value.start : start]):
                cause = template_cause(Span(*match.span()), match.group())
                yield replace(cause, remedy=_FILL_IN, offered=False)
                break


def _is_in_quotes(before: str) -> bool:
    return any(before.count(quote) % 2 for quote in "\"'")


def find_marks(text: str) -> list[Span]:
    """Return where the marks of templates stand in `text`, be it in quotes or not."""
    return [Span(*match.span()) for match in _MARK.finditer(text)]


def template_as_text(source: Source, marks: list[Span]) -> Finding:
    """Return what to say of `marks` that are text to YAML, but none that Compose can use there."""
    first, *others = marks
    return to_finding(
        source,
        Cause(
            rule="yaml-template",
            span=first,
            message=f"{shown(source.slice(first))} is the mark of a template. Compose does not fill"
            " it in: it reads it as text, cannot use that here, and refuses the file.",
            remedy=_FILL_IN,
            related=tuple((mark, "Here is another mark.") for mark in others),
        ),
    )
