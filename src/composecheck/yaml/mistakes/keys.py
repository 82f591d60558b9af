"""Keys that stand twice, or are no text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from composecheck.finding import Edit, Finding, Fix, Related, Safety, Severity
from composecheck.rule import Category, rule
from composecheck.source import Span
from composecheck.yaml.mistakes.cause import quoted, shown, to_finding
from composecheck.yaml.mistakes.templates import template_cause

if TYPE_CHECKING:
    from composecheck.finding import Path
    from composecheck.source import Source


@rule("yaml-duplicate-key", Severity.ERROR, Category.COMPOSE)
def duplicate_key(
    source: Source, key: Span, first: Span, name: str, path: Path, fix: Fix | None = None
) -> Finding:
    """A key stands twice in the same place.

    Nobody can tell which of the two counts, so Compose refuses the file. Put what belongs to both
    below one of them and remove the other, or remove the one that is a leftover.

    Bad:

        services:
          web:
            image: nginx
            ports: ["80:80"]
            ports: ["443:443"]

    Good:

        services:
          web:
            image: nginx
            ports: ["80:80", "443:443"]
    """
    line = source.position(first.start).line
    if name == "<<":
        remedy = 'Write one "<<" with a list behind it: "<<: [*first, *second]".'
    else:
        remedy = "Put everything below one of the two and remove the other."
    owner = f" of {shown(str(path[-2]))}" if len(path) > 1 else ""
    return Finding(
        rule="yaml-duplicate-key",
        severity=Severity.ERROR,
        message=f"The key {shown(name)}{owner} stands here a second time; the first is on line "
        f"{line}. "
        "Compose refuses the file.",
        source=source,
        span=key,
        remedy=remedy,
        path=path,
        related=(Related(source, first, f"The first {shown(name)}."),),
        fix=fix,
    )


@rule("yaml-complex-key", Severity.ERROR, Category.COMPOSE)
def complex_key(source: Source, span: Span, path: Path) -> Finding:
    """A list, or keys with values, stands where a key is expected.

    YAML allows that, Compose does not: a key is text. It mostly happens by accident, when a value
    begins with a brace. Put the value in quotes.

    Bad:

        services:
          web:
            image: nginx
            labels:
              ? [a, b]
              : c

    Good:

        services:
          web:
            image: nginx
            labels:
              "a, b": c
    """
    text = source.text
    if text.startswith("{", span.start) and text[: span.start].rstrip().endswith("{"):
        start = text.rindex("{", 0, span.start)
        line = source.line_span(source.position(start).line)
        end = line.end
        close = text.rfind("}", span.end, line.end)
        comment = re.compile(r"[ \t]#").search(text, max(close, span.end), line.end)
        end = comment.start() if comment else line.end
        end = start + len(text[start:end].rstrip())
        return to_finding(source, template_cause(Span(start, end), text[start:end]), path)
    written = source.slice(span)
    return Finding(
        rule="yaml-complex-key",
        severity=Severity.ERROR,
        message=f"{shown(written)} is a list, or keys with values, but stands where a key is "
        f"expected. "
        "Compose takes only text as a key, and refuses the file.",
        source=source,
        span=span,
        remedy=f"Put it in quotes if it is meant as text: {quoted(' '.join(written.split()))}.",
        path=path,
    )


@rule("yaml-key-type", Severity.ERROR, Category.COMPOSE)
def key_not_text(source: Source, span: Span, text: str, what: str, path: Path) -> Finding:
    """A key that is a number, a date, true, false or nothing needs quotes.

    Compose takes only text as a key. Without quotes, YAML reads `1` as a number and `true` as yes.

    Bad:

        services:
          web:
            image: nginx
            labels:
              1: first

    Good:

        services:
          web:
            image: nginx
            labels:
              "1": first
    """
    written = source.slice(span)
    if not written:
        return Finding(
            rule="yaml-key-type",
            severity=Severity.ERROR,
            message="There is no key before the colon. Compose takes only text as a key, and "
            "refuses the "
            "file.",
            source=source,
            span=span,
            remedy="Write the key before the colon, or remove the line.",
            path=path,
        )
    right = quoted(text)
    return Finding(
        rule="yaml-key-type",
        severity=Severity.ERROR,
        message=f"The key {shown(text)} is {what} to YAML. Compose takes only text as a key, and "
        f"refuses "
        "the file.",
        source=source,
        span=span,
        remedy=f"Put it in quotes: {right}.",
        path=path,
        suggestions=(right,),
        fix=Fix(f"Put {shown(text)} in quotes", Safety.SAFE, (Edit(source, span, right),)),
    )
