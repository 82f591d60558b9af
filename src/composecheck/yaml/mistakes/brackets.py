"""Brackets and braces: not closed, or closed twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Safety, Severity
from composecheck.rule import Category, rule
from composecheck.source import Span
from composecheck.yaml.mistakes.cause import Cause, shown
from composecheck.yaml.mistakes.scan import flow_end, quote_end, trimmed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composecheck.yaml.mistakes.cause import Change, Scene
    from composecheck.yaml.mistakes.lines import Line

_CLOSER = {"[": "]", "{": "}"}
_OPENER = {"]": "[", "}": "{"}


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
    end = trimmed(text, start, line.end)
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
    if (parenthesis := _parenthesis(text, stack, start, end)) is not None:
        yield parenthesis
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
            changes=(_closed(text, start, stop, closers),),
            title=f"Write {shown(closers)}",
            # On the lines below, the guess at the end of what was meant is only a guess.
            safety=Safety.SAFE if below is line or rank == 0 else Safety.UNSAFE,
            cost=0.8 + 0.05 * rank,
        )


def _parenthesis(text: str, stack: list[int], start: int, end: int) -> Cause | None:
    """Return the cause if a parenthesis stands at the end, which closes nothing: `["a", "b")`."""
    if len(stack) != 1 or text[end - 1] != ")" or end - start < 3:
        return None
    item = text[max(text.rfind(",", start, end), stack[0]) + 1 : end - 1].strip()
    if "(" in item and item[:1] not in "\"'":
        return None
    right = _CLOSER[text[stack[0]]]
    return Cause(
        rule="yaml-bracket",
        span=Span(end - 1, end),
        message=f'{shown(text[stack[0]])} is closed with ")". Compose refuses the file.',
        remedy=f"Write {shown(right)} here: {text[start : end - 1]}{right}.",
        changes=((Span(end - 1, end), right),),
        title=f"Write {shown(right)}",
        cost=0.5,
        suggestions=(right,),
    )


def _closed(text: str, start: int, stop: int, closers: str) -> Change:
    """Return the change that writes `closers` at `stop`.

    With blanks inside the brackets, one that stands there already is the last of them.
    """
    if stop > start + 1 and text[start + 1] == " " == text[stop : stop + 1]:
        stop += 1
    return Span(stop, stop), closers


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
        stop = trimmed(text, start if below is line else below.value.start, below.end)
        if stop > start + 1 and text[stop - 1] == ",":
            stop -= 1
        ends.append((below, stop))
    return ends


def _unopened(scene: Scene, line: Line) -> Iterator[Cause]:
    """`command: "a", "b"]` and `command: ["a"]]`."""
    text = scene.text
    start = line.value.start
    end = trimmed(text, start, line.end)
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
            changes=(_opened(text, start, end, opener),),
            title=f"Write {shown(opener)} before the value",
            cost=0.8,
        )


def _opened(text: str, start: int, end: int, opener: str) -> Change:
    """Return the change that writes `opener` at `start`, with a blank if one stands inside `]`."""
    if text[end - 2] != " ":
        return Span(start, start), opener
    if text[start - 2 : start] == "  ":
        return Span(start - 1, start - 1), opener
    return Span(start, start), opener + " "


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
