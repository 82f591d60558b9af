"""Brackets and braces: not closed, closed twice, with a comma missing, or meant as text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from composecheck.finding import Safety, Severity
from composecheck.rule import Category, rule
from composecheck.source import Span
from composecheck.yaml.mistakes.cause import Cause, quoted, shown
from composecheck.yaml.mistakes.lines import Shape, comment_start, flow_end, quote_end

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composecheck.yaml.mistakes.cause import Scene
    from composecheck.yaml.mistakes.lines import Line

_CLOSER = {"[": "]", "{": "}"}
_OPENER = {"]": "[", "}": "{"}
_TEMPLATE = re.compile(r"\{\{|\{%")


@rule("yaml-bracket", Severity.ERROR, Category.COMPOSE)
def bracket(scene: Scene, line: Line) -> Iterator[Cause]:
    """Every bracket and brace needs its partner.

    A list in brackets goes on over the following lines until its `]`, so Compose complains about
    a line below the one where it is missing. Close `[` with `]` and `{` with `}`; a value that
    merely begins with a bracket goes in quotes.

    Bad:

        services:
          web:
            image: nginx
            command: ["nginx", "-t"
            restart: always

    Good:

        services:
          web:
            image: nginx
            command: ["nginx", "-t"]
            restart: always
    """
    yield from _unclosed(scene, line)
    yield from _unopened(scene, line)


def _unclosed(scene: Scene, line: Line) -> Iterator[Cause]:
    text = scene.text
    start = line.value.start
    if start >= line.end or text[start] not in "[{":
        return
    trail = _open_brackets(text, start, line.end)
    if trail is None:
        return
    stack, wrong = trail
    end = _trimmed(text, start, line.end)
    if wrong is not None:
        opening, at = wrong
        right = _CLOSER[text[opening]]
        yield Cause(
            rule="yaml-bracket",
            span=Span(at, at + 1),
            message=f"{shown(text[opening])} is closed with {shown(text[at])}. Compose refuses "
            f"the file.",
            remedy=f"Write {shown(right)} here: {text[start:at]}{right}{text[at + 1 : end]}.",
            changes=((Span(at, at + 1), right),),
            title=f"Write {shown(right)}",
            cost=0.6,
            suggestions=(right,),
        )
        return
    if not stack:
        return
    message = (
        f"{shown(text[stack[-1]])} is opened here and not closed. Compose goes on reading the "
        f"list on "
        "the lines below, and refuses the file."
        if text[stack[-1]] == "["
        else '"{" is opened here and not closed. Compose goes on reading on the lines below, and '
        "refuses the file."
    )
    closers = "".join(_CLOSER[text[opening]] for opening in reversed(stack))
    bare = end == start + 1
    ends = _possible_ends(scene, line, start)
    for rank, (below, stop) in enumerate(reversed(ends) if bare else ends):
        if below is line:
            remedy = f"Close it: {text[start:stop]}{closers}."
        else:
            remedy = f"Write {shown(closers)} after {shown(text[below.content : stop])}."
        yield Cause(
            rule="yaml-bracket",
            span=Span(stack[-1], stack[-1] + 1),
            message=message,
            remedy=remedy,
            changes=((Span(stop, stop), closers),),
            title=f"Write {shown(closers)}",
            # On the lines below, the guess at the end of what was meant is only a guess.
            safety=Safety.SAFE if below is line or rank == 0 else Safety.UNSAFE,
            cost=0.8 + 0.05 * rank,
        )


def _possible_ends(scene: Scene, line: Line, start: int) -> list[tuple[Line, int]]:
    """Return where the bracket at `start` may end: its own line, and those below that are deeper.

    Each with the offset behind what it says, a comma at its end left out.
    """
    text = scene.text
    lines = [line]
    for below in scene.layout.lines[line.number :]:
        written = text[below.content : below.end].strip()
        if not written:
            continue
        if below.indent <= line.indent and written.strip("]}, \t"):
            break
        lines.append(below)
    ends = []
    for below in lines if len(lines) <= 8 else [*lines[:4], *lines[-4:]]:
        stop = _trimmed(text, start if below is line else below.value.start, below.end)
        if stop > start + 1 and text[stop - 1] == ",":
            stop -= 1
        ends.append((below, stop))
    return ends


def _unopened(scene: Scene, line: Line) -> Iterator[Cause]:
    """`command: "a", "b"]` and `command: ["a"]]`."""
    text = scene.text
    start = line.value.start
    end = _trimmed(text, start, line.end)
    if start >= end or text[end - 1] not in "]}":
        return
    last = text[end - 1]
    opener = _OPENER[last]
    if text[start] == opener:
        close, closed = flow_end(text, start)
        if closed and close < end and not text[close:end].strip("]} \t"):
            yield Cause(
                rule="yaml-bracket",
                span=Span(close, end),
                message=f"{shown(text[close:end].strip())} closes nothing: "
                f"{shown(text[start:close])} is "
                "complete. Compose refuses the file.",
                remedy=f"Write {text[start:close]}.",
                changes=((Span(close, end), ""),),
                title=f"Remove {shown(text[close:end].strip())}",
                cost=0.6,
            )
        return
    if start == end - 1:
        yield Cause(
            rule="yaml-bracket",
            span=Span(start, end),
            message=f"{shown(last)} closes something that was never opened. Compose refuses the "
            "file.",
            remedy=f"Write {shown(opener + last)}.",
            changes=((Span(start, start), opener),),
            title=f"Write {shown(opener + last)}",
            cost=0.5,
            suggestions=(opener + last,),
        )
    elif text[start] in "\"'" or ("," in text[start:end] and opener not in text[start:end]):
        yield Cause(
            rule="yaml-bracket",
            span=Span(end - 1, end),
            message=f"{shown(last)} closes something that was never opened. Compose refuses the "
            f"file.",
            remedy=f"Write {opener}{text[start:end]}.",
            changes=((Span(start, start), opener),),
            title=f"Write {shown(opener)} before the value",
            cost=0.8,
        )


def _open_brackets(
    text: str, start: int, end: int
) -> tuple[list[int], tuple[int, int] | None] | None:
    """Return what is open at the end of text[start:end], and the first closer of the wrong kind.

    The offsets of the open brackets; for a wrong closer, the offset of its opener and its own.
    None if a quote is open, which is another matter.
    """
    stack: list[int] = []
    position = start
    fresh = True
    while position < end:
        sign = text[position]
        if sign in "\"'" and fresh:
            close = quote_end(text, position)
            if close is None or close > end:
                return None
            position = close
            continue
        if sign in "[{":
            stack.append(position)
        elif sign in "]}":
            if not stack:
                return [], None
            if _CLOSER[text[stack[-1]]] != sign:
                return stack, (stack[-1], position)
            stack.pop()
            if not stack:
                return [], None
        elif sign == "#" and text[position - 1] in " \t":
            break
        fresh = sign in " \t,[{:"
        position += 1
    return stack, None


def _trimmed(text: str, start: int, end: int) -> int:
    """Return where text[start:end] ends without a comment and blanks."""
    search = start
    if start < end and text[start] in "\"'":
        close = quote_end(text, start)
        search = close if close is not None and close <= end else start
    stop = comment_start(text, search, end)
    while stop > start and text[stop - 1] in " \t":
        stop -= 1
    return stop


@rule("yaml-comma", Severity.ERROR, Category.COMPOSE)
def comma(scene: Scene, line: Line) -> Iterator[Cause]:
    """The items of a list in brackets are separated by commas.

    Without the comma, YAML does not know where one item ends and the next begins.

    Bad:

        services:
          web:
            image: nginx
            command: ["nginx" "-t"]

    Good:

        services:
          web:
            image: nginx
            command: ["nginx", "-t"]
    """
    text = scene.text
    if line.number != scene.problem_line.number and line.number != scene.problem_line.number - 1:
        return
    for match in re.finditer(
        r"(?<=[\"'\]}])(?P<gap>[ \t]*)(?=[\"'\[{\w])", text[line.content : line.end]
    ):
        at = line.content + match.start()
        behind = line.content + match.end()
        if not _in_flow(text, scene, line, at):
            continue
        yield Cause(
            rule="yaml-comma",
            span=Span(max(line.content, at - 1), min(behind + 1, line.end)),
            message=f"A comma is missing before {shown(text[behind : line.value.end])}. Compose "
            f"refuses "
            "the file.",
            remedy="Put a comma between the two.",
            changes=((Span(at, behind), ", "),),
            title="Put a comma between the two",
            safety=Safety.SAFE if behind > at else Safety.UNSAFE,
            cost=1.0,
        )
    for match in re.finditer(
        r",[ \t]*(?=,)|(?<=[\[{])[ \t]*,[ \t]*", text[line.content : line.end]
    ):
        at = line.content + match.start()
        if _in_flow(text, scene, line, at):
            extra = Span(at, line.content + match.end())
            sign = text.index(",", at)
            yield Cause(
                rule="yaml-comma",
                span=Span(sign, sign + 1),
                message="Nothing stands before this comma. Compose misses an item there, and refuses "
                "the file.",
                remedy="Remove the comma.",
                changes=((extra, ""),),
                title="Remove the comma",
                cost=0.6,
            )
    if line.number < scene.problem_line.number and _in_flow(text, scene, line, line.value.end):
        end = line.value.end
        if end > line.content and text[end - 1] not in ",[{":
            yield Cause(
                rule="yaml-comma",
                span=Span(end - 1, end),
                message=f"A comma is missing after {shown(text[line.content : end])}. Compose "
                f"refuses the "
                "file.",
                remedy=f"Write {shown(text[line.content : end] + ',')}.",
                changes=((Span(end, end), ","),),
                title="Put a comma at the end of the line",
                cost=0.9,
            )


def _in_flow(text: str, scene: Scene, line: Line, offset: int) -> bool:
    """Return whether `offset` lies in brackets, as far as the text before it tells."""
    if line.inside is not None:
        return line.inside.shape is Shape.FLOW
    start = line.value.start
    return (
        start < offset
        and text[start] in "[{"
        and text[start:offset].count("[") + text[start:offset].count("{")
        > text[start:offset].count("]") + text[start:offset].count("}")
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
    end = _trimmed(text, start, line.end)
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
            hostname: {{ name }}

    Good:

        services:
          web:
            image: nginx
            hostname: "{{ name }}"
    """
    text = scene.text
    start, end = line.content, line.end
    match = _TEMPLATE.search(text, start, end)
    if match is None:
        return
    stop = _trimmed(text, start, end)
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
