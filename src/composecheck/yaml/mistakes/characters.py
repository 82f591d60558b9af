"""Values that begin with a character which YAML keeps for itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from composecheck.finding import Severity
from composecheck.rule import Category, rule
from composecheck.source import Span
from composecheck.yaml.mistakes.cause import Cause, quoted, shown
from composecheck.yaml.mistakes.scan import comment_start, quote_end

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composecheck.yaml.mistakes.cause import Scene
    from composecheck.yaml.mistakes.lines import Line


def value_starts(text: str, line: Line) -> Iterator[Span]:
    """Yield the values on `line` that have no quotes: the whole one, and those in brackets."""
    start = line.value.start
    end = line.value.end
    if start >= end:
        return
    if text[start] not in "[{":
        yield Span(start, end)
        if line.key is not None and line.content < line.key.start:
            yield Span(line.content, end)
        return
    position = start
    while position < end:
        sign = text[position]
        if sign in " \t,[{]}":
            position += 1
            continue
        if sign in "\"'":
            position = quote_end(text, position) or end
            continue
        stop = position
        while stop < end and text[stop] not in ",]}":
            stop += 1
        # The value of a key in braces begins behind its colon.
        colon = re.search(r":[ \t]+", text[position:stop])
        if colon:
            position += colon.end()
        trimmed = len(text[position:stop].rstrip())
        yield Span(position, position + trimmed)
        position = max(stop, position + 1)


def _quote_it(
    rule_name: str, text: str, span: Span, message: str, cost: float, *, title: str = ""
) -> Cause:
    written = text[span.start : span.end]
    return Cause(
        rule=rule_name,
        span=Span(span.start, span.start + 1),
        message=message,
        remedy=f"Put it in quotes: {quoted(written)}.",
        changes=((span, quoted(written)),),
        title=title or f"Put {shown(written)} in quotes",
        cost=cost,
        suggestions=(),
    )


@rule("yaml-reserved-character", Severity.ERROR, Category.COMPOSE)
def reserved_character(scene: Scene, line: Line) -> Iterator[Cause]:
    """A value must not begin with `@`, a backtick, `%`, `,`, `]` or `}`.

    YAML keeps these characters for itself. Put the value in quotes.

    Bad:

        services:
          web:
            image: nginx
            command: @every 5m

    Good:

        services:
          web:
            image: nginx
            command: "@every 5m"
    """
    text = scene.text
    for span in value_starts(text, line):
        sign = text[span.start]
        if sign in "@`%,]}":
            written = text[span.start : span.end]
            yield _quote_it(
                "yaml-reserved-character",
                text,
                span,
                f"{shown(written)} begins with {shown(sign)}, which YAML keeps for itself. "
                f"Compose refuses "
                "the file.",
                0.3 if sign in "@`%" else 1.1,
            )
    # `? name` is YAML's long form of a key; behind a key it is only a question mark.
    if text[line.value.start : line.value.start + 2] == "? " and line.key is not None:
        written = text[line.value.start : line.value.end]
        yield _quote_it(
            "yaml-reserved-character",
            text,
            line.value,
            f'{shown(written)} begins with "?" and a blank, which YAML keeps for itself. Compose '
            f"refuses "
            "the file.",
            0.3,
        )


@rule("yaml-asterisk", Severity.ERROR, Category.COMPOSE)
def asterisk(scene: Scene, line: Line) -> Iterator[Cause]:
    """A value that begins with `*` and is meant as text needs quotes.

    To YAML, `*name` repeats what `&name` marked somewhere above. A pattern such as `*.example.com`
    or a time such as `* * * * *` is neither; put it in quotes.

    Bad:

        services:
          web:
            image: nginx
            domainname: *.example.com

    Good:

        services:
          web:
            image: nginx
            domainname: "*.example.com"
    """
    text = scene.text
    for span in value_starts(text, line):
        if text[span.start] == "*":
            yield asterisk_cause(text, span)


def asterisk_cause(text: str, span: Span) -> Cause:
    """Return what to say of the text at `span`, which begins with an asterisk."""
    written = text[span.start : span.end]
    return _quote_it(
        "yaml-asterisk",
        text,
        span,
        f'{shown(written)} begins with "*", which YAML reads as a repetition of something marked '
        f"with "
        '"&". Compose refuses the file.',
        0.3,
    )


def asterisk_text(text: str, span: Span, name: str) -> Span | None:
    """Return what was written as text and read as the alias `name` at `span`; None if an alias.

    A name of letters, digits, `_` and `-` that ends the value is taken for one that was meant.
    """
    line_end = len(text)
    if match := re.compile(r"[\r\n]").search(text, span.end):
        line_end = match.start()
    end = comment_start(text, span.end, line_end)
    rest = text[span.end : end].rstrip()
    if re.fullmatch(r"[\w-]+", name) and (not rest or rest[0] in ",]}" or rest.lstrip()[0] == ":"):
        return None
    if rest and rest[0] in ",]}":
        return span
    if any(opening in text[text.rfind("\n", 0, span.start) + 1 : span.start] for opening in "[{"):
        stop = re.search(r"[,\]}]", text[span.end : end])
        end = span.end + stop.start() if stop else end
    return Span(span.start, span.end + len(text[span.end : end].rstrip()))


@rule("yaml-ampersand", Severity.ERROR, Category.COMPOSE)
def ampersand(scene: Scene, line: Line) -> Iterator[Cause]:
    """A value that begins with `&` and is meant as text needs quotes.

    To YAML, `&name` gives a name to what follows, so that `*name` can repeat it. Only letters,
    digits, `_` and `-` are safe in such a name, and only one fits a value.

    Bad:

        services:
          web:
            image: nginx
            command: &first &second

    Good:

        services:
          web:
            image: nginx
            command: "&first &second"
    """
    text = scene.text
    for span in _marked(text, line, "&"):
        written = text[span.start : span.end]
        yield _quote_it(
            "yaml-ampersand",
            text,
            span,
            f'{shown(written)} begins with "&", which YAML reads as a name for what follows, to '
            f"be repeated "
            'with "*". Compose refuses the file.',
            0.9,
        )


@rule("yaml-exclamation-mark", Severity.ERROR, Category.COMPOSE)
def exclamation_mark(scene: Scene, line: Line) -> Iterator[Cause]:
    """A value that begins with `!` and is meant as text needs quotes.

    To YAML, a word with `!` before a value says of what type it is, such as Compose's own `!reset`
    and `!override`. Other text that begins with `!` goes in quotes.

    Bad:

        services:
          web:
            image: nginx
            command: !important! run

    Good:

        services:
          web:
            image: nginx
            command: "!important! run"
    """
    text = scene.text
    for span in _marked(text, line, "!"):
        written = text[span.start : span.end]
        yield _quote_it(
            "yaml-exclamation-mark",
            text,
            span,
            f'{shown(written)} begins with "!", which YAML reads as the type of what follows. '
            f"Compose refuses "
            "the file.",
            0.9,
        )


def _marked(text: str, line: Line, sign: str) -> Iterator[Span]:
    for span in value_starts(text, line):
        if text[span.start] == sign:
            yield span
    if line.key is None and line.content < line.value.start and text[line.content] == sign:
        yield Span(line.content, line.value.end)
