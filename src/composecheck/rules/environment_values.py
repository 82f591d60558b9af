"""Rules on what is in a variable: values that reach the container otherwise than written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Edit, Fix, Safety, Severity
from composecheck.project.reading import child, text_of
from composecheck.rule import Category, rule
from composecheck.rules.given_variables import (
    ENVIRONMENT,
    holds_options,
    listed_pairs,
)
from composecheck.rules.marks import may_edit, once
from composecheck.rules.places import enclosing, find_at, scalar_at
from composecheck.schema.words import quoted
from composecheck.source import Span
from composecheck.yaml.nodes import Mapping, Sequence, Style

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.finding import Finding
    from composecheck.language.traced import Traced
    from composecheck.project.project import Project
    from composecheck.rules.given_variables import Given
    from composecheck.source import Source

_QUOTES = ("'", '"')


@rule("environment-leading-blank", Severity.WARNING, Category.RUNTIME)
def environment_leading_blank(project: Project) -> Iterator[Finding]:
    """A blank between the `=` and the value of a variable in a list.

    In a list, each item is one text, and everything behind the `=` is the value: Compose hands the
    blank on. A database is then named ` shop`, a password has a blank before it that nobody types,
    and `true` is not true. Write the value directly behind the `=`. The same goes for labels and
    for the arguments of a build.

    Bad:

        services:
          db:
            image: example/db
            environment:
              - MYSQL_DATABASE= shop

    Good:

        services:
          db:
            image: example/db
            environment:
              - MYSQL_DATABASE=shop
    """
    # Hits in the corpus: three. The source: compose-go, `types/mapping.go`, cuts at the "=" only.
    yield from once(_leading_blanks(project))


def _leading_blanks(project: Project) -> Iterator[Finding]:
    for given, pair in listed_pairs(project):
        value = pair.value
        if value is None or not value.startswith((" ", "\t")):
            continue
        rest = value.lstrip(" \t")
        if not len(rest):
            continue  # somebody has put it in quotes, and means it
        name = quoted(pair.key.text)
        blanks = value[: len(value) - len(rest)]
        inner = _between_quotes(rest)
        shown = _shown(rest if inner is None else inner, pair.key)
        what = "blank" if len(blanks) == 1 else "blanks"
        is_quoted = inner is not None
        message = (
            f'The {what} behind the "=" and the quotes are a part of the value of {name}:'
            f" {given.gets} them as well."
            if is_quoted
            else f'The {what} behind the "=" {"is" if what == "blank" else "are"} a part of the'
            f" value of {name}: {given.gets} {'it' if what == 'blank' else 'them'} as well."
        )
        yield find_at(
            project,
            "environment-leading-blank",
            Severity.WARNING,
            value.source,
            value.source.first_line(value.span),
            message,
            f'Write the value directly behind the "="{shown}.',
            fix=_removing(
                project,
                value.source,
                [blanks, *_quotes_of(rest, inner)],
                rest if inner is None else inner,
                "Remove the blank" if inner is None else "Remove the blank and the quotes",
            ),
        )


def _shown(value: Traced, key: Traced) -> str:
    text = value.source.slice(value.span)
    return f": {quoted(f'{key.text}={text}')}" if len(text) <= _LONGEST_SHOWN else ""


_LONGEST_SHOWN = 40


@rule("environment-quotes", Severity.WARNING, Category.RUNTIME)
def environment_quotes(project: Project) -> Iterator[Finding]:
    """Quotes around the value of a variable in a list.

    In a list, each item is one text. To YAML, quotes within it are characters like any others, so
    that `- NAME="value"` gives the container the quotes as well; a shell and an env file would take
    them away. Programs then look for a file or a host with quotes in its name. Leave them out:
    blanks need none. Where YAML needs quotes, they go around all of it: `- "NAME=value"`.

    Bad:

        services:
          web:
            image: nginx
            environment:
              - TZ="Europe/Berlin"

    Good:

        services:
          web:
            image: nginx
            environment:
              - TZ=Europe/Berlin
    """
    # The source beside the corpus: docker/compose, issue 2854.
    yield from once(_quotes(project))


def _quotes(project: Project) -> Iterator[Finding]:
    for given, pair in listed_pairs(project):
        value = pair.value
        inner = None if value is None else _between_quotes(value)
        if value is None or inner is None or _may_need_quotes(project, given, pair.key.text):
            continue
        item = scalar_at(project, value.source, value.span)
        if item is None or item.style is not Style.PLAIN:
            continue  # who puts quotes around quotes, means them
        yield find_at(
            project,
            "environment-quotes",
            Severity.WARNING,
            value.source,
            value.span,
            f"In a list, the quotes are a part of the value: {given.gets}"
            f" {quoted(pair.key.text)} with them.",
            f"Leave them out{_shown(inner, pair.key)}."
            if len(inner)
            else f'Leave them out: "{pair.key.text}=" sets it to nothing.',
            fix=_removing(
                project, value.source, _quotes_of(value, inner), inner, "Remove the quotes"
            ),
        )


def _may_need_quotes(project: Project, given: Given, name: str) -> bool:
    """Whether the program in the container reads such a value as a part of its configuration."""
    # pgAdmin makes a line of Python of each variable of its own.
    if holds_options(name) or name.startswith("PGADMIN_CONFIG_"):
        return True
    # Caddy puts variables into its file before it cuts that into words.
    service = child(project.root, *map(str, given.path[:2])) if given.kind == ENVIRONMENT else None
    return "caddy" in (text_of(child(service, "image")) or "")


def _between_quotes(value: Traced) -> Traced | None:
    """Return what stands between the quotes around a value; None if there are none."""
    if len(value) < 2 or value.shape[0] not in _QUOTES or value.shape[-1] != value.shape[0]:
        return None
    inner = value[1:-1]
    return None if value.shape[0] in inner.shape or "\\" in inner.shape else inner


def _quotes_of(value: Traced, inner: Traced | None) -> list[Traced]:
    return [] if inner is None else [value[:1], value[-1:]]


def _removing(
    project: Project, source: Source, parts: list[Traced], left: Traced, title: str
) -> Fix | None:
    """Return the fix that removes `parts` of an item, so that `left` is the value."""
    spans = [part.span for part in parts]
    item = scalar_at(project, source, Span(spans[0].start, spans[-1].end))
    if item is None or not may_edit(project, source, item.span):
        return None
    if any(source.slice(part.span) != part.shape for part in parts):
        return None  # it is written with escapes, or comes from a variable
    way = enclosing(project, source, item.span)
    is_flow = any(isinstance(node, Mapping | Sequence) and node.is_flow for node in way)
    text = source.slice(left.span)
    if item.style is not Style.PLAIN:
        if any(quote in parts[-1].shape for quote in _QUOTES):
            return None
    elif (
        text != text.strip()
        or "\n" in text
        or " #" in text
        or ": " in text
        or text.endswith(":")
        or (is_flow and set(",[]{}") & set(text))
    ):
        return None
    return Fix(title, Safety.UNSAFE, tuple(Edit(source, span, "") for span in spans))


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (
    environment_leading_blank,
    environment_quotes,
)
