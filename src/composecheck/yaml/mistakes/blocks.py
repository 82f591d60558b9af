"""Blocks of text (`|` and `>`): their first line, and their indentation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from composecheck.finding import Severity
from composecheck.rule import Category, rule
from composecheck.source import Span
from composecheck.yaml.mistakes.cause import Cause, blanks, quoted, shown
from composecheck.yaml.mistakes.lines import BLOCK_HEADER, Kind, Shape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composecheck.yaml.mistakes.cause import Scene
    from composecheck.yaml.mistakes.lines import Line


@rule("yaml-block-text", Severity.ERROR, Category.COMPOSE)
def block_text(scene: Scene, line: Line) -> Iterator[Cause]:
    """The text of a block begins on the line below `|` or `>`.

    On the line of `|` or `>` itself, only `+`, `-`, a digit from 1 to 9 and a comment may follow.
    Put the text on the next line, indented deeper than the key. A short value that merely begins
    with `|` or `>` goes in quotes.

    Bad:

        services:
          web:
            image: nginx
            command: | echo ready

    Good:

        services:
          web:
            image: nginx
            command: |
              echo ready
    """
    text = scene.text
    start, end = line.value.start, line.value.end
    if start >= end or text[start] not in "|>" or BLOCK_HEADER.match(text, start):
        return
    value = text[start:end]
    match = re.match(r"[|>][+-]?(?P<gap>[ \t]+)(?P<text>.+)", value)
    if match is None:
        digit = re.fullmatch(r"([|>])([+-]?)0([+-]?)", value)
        right = f"{digit[1]}{digit[2]}{digit[3]}" if digit else quoted(value)
        yield Cause(
            rule="yaml-block-text",
            span=Span(start, end if digit else start + 1),
            message=f"{shown(value)} asks for a block of text with 0 blanks before it, which "
            f"YAML does not "
            "allow. Compose refuses the file."
            if digit
            else f"{shown(value)} begins with {shown(value[0])}, which in YAML begins a block of "
            f"text on the "
            "lines below, and nothing may follow it. Compose refuses the file.",
            remedy=f"Write {shown(right)}." if digit else f"Put it in quotes: {right}.",
            changes=((Span(start, end), right),),
            title=f"Write {right}",
            cost=0.3,
        )
        return
    below = scene.layout.lines[line.number] if line.number < len(scene.layout.lines) else None
    column = line.column + 2
    if below is not None and below.kind is Kind.CONTENT and below.indent > line.column:
        column = below.indent
    words = match["text"]
    gap = Span(start + match.start("gap"), start + match.end("gap"))
    yield Cause(
        rule="yaml-block-text",
        span=Span(start + match.start("text"), end),
        message=f"{shown(words)} stands on the line of {shown(value[0])}. The text of a block "
        f"begins on the "
        "line below, so Compose refuses the file.",
        remedy=f"Put {shown(words)} on the next line, indented by {blanks(column)}.",
        changes=((gap, scene.line_break + " " * column),),
        title=f"Put {shown(words)} on a line of its own",
        cost=0.3,
    )


@rule("yaml-block-indentation", Severity.ERROR, Category.COMPOSE)
def block_indentation(scene: Scene, line: Line) -> Iterator[Cause]:
    """Every line of a block of text is indented at least as far as its first line.

    A block (`|` or `>`) ends at the first line that is indented less than its first one. What
    follows is read as keys and values again, and Compose refuses it if it is none.

    Bad:

        services:
          web:
            image: nginx
            command: |
                echo one
              echo two

    Good:

        services:
          web:
            image: nginx
            command: |
                echo one
                echo two
    """
    layout = scene.layout
    stretches = [one for one in layout.stretches if one.span.start < line.start]
    for stretch in stretches[-1:]:
        if stretch.shape is not Shape.BLOCK:
            continue
        header = layout.line_at(stretch.span.start)
        last = layout.line_at(max(stretch.span.start, stretch.span.end - 1))
        following = layout.after(last)
        if following is None or following.number != line.number:
            continue
        wanted = stretch.indent or header.column + 2
        level = header.column if header.key is not None else header.indent
        if line.indent >= wanted or (line.key is not None and line.indent <= level):
            continue
        strays: list[Line] = []
        for other in layout.lines[line.number - 1 :]:
            if other.kind is not Kind.CONTENT:
                continue
            if other.indent >= wanted or other.indent < min(level, line.indent):
                break
            if strays and (other.key is not None or other.dashes) and other.indent <= level:
                break
            strays.append(other)
        written = scene.text[line.content : line.end].rstrip()
        first = (
            f"its first line by {stretch.indent}" if stretch.indent else "so nothing is left of it"
        )
        for rank, count in enumerate(dict.fromkeys((len(strays), 1))):
            moved = strays[:count]
            least = min(other.indent for other in moved)
            yield Cause(
                rule="yaml-block-indentation",
                span=Span(line.start, line.content)
                if line.indent
                else Span(line.content, line.end),
                message=f"{shown(written)} is indented by {blanks(line.indent)}, so it no longer "
                f"belongs to "
                f"the text of {shown(layout.name(header))} (line {header.number}), "
                + (
                    f"whose first line is indented by {stretch.indent}. "
                    if stretch.indent
                    else f"which must be indented by more than {level}. "
                )
                + "Compose refuses the file.",
                remedy=f"Indent {'it' if count == 1 else f'these {count} lines'} by "
                f"{blanks(wanted)}{'' if count == 1 else ' or more'}.",
                changes=tuple(
                    (Span(other.start, other.start), " " * (wanted - least)) for other in moved
                ),
                title=f"Indent by {blanks(wanted)}",
                # A key that opens something is hardly text.
                cost=0.7 + 0.1 * rank + (1.5 if line.opens else 0),
                related=((Span(header.value.start, header.value.end), first.capitalize() + "."),)
                if stretch.indent
                else (),
            )
