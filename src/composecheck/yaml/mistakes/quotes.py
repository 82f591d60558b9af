"""Quotes: not closed, with something behind them, of the wrong kind, or with a bad escape."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from composecheck.expressions import expression
from composecheck.finding import Safety, Severity
from composecheck.rule import Category, rule
from composecheck.source import Span
from composecheck.yaml.mistakes.cause import Cause, quoted, shown
from composecheck.yaml.mistakes.scan import comment_start, quote_end

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composecheck.yaml.mistakes.cause import Scene
    from composecheck.yaml.mistakes.lines import Line

_OPENING = expression(r"(?:^|(?<=[\s,\[{:-]))[\"']")
_KEY_IN_QUOTE = expression(r"[\"']([A-Za-z_][\w.-]*):(?:[ \t]|\Z)")
# What may follow a backslash, measured with Compose: a single quote may, and unlike YAML says, a
# slash may not.
_ESCAPES = "0abt\tnvfre \"'\\N_LPxuU\r\n"
_CURLY = "“”„‟‘’‚‛«»"
_NAMES = {'"': "double quote", "'": "single quote"}


@rule("yaml-quote", Severity.ERROR, Category.COMPOSE)
def unclosed_quote(scene: Scene, line: Line) -> Iterator[Cause]:
    """A quote that opens must be closed.

    Without its closing quote, a value goes on over the following lines, up to the next quote or
    the end of the file; Compose then complains about some line far below. Close the quote at the
    end of the value, with the same sign that opened it.

    Bad:

        services:
          web:
            image: "nginx
            restart: always

    Good:

        services:
          web:
            image: "nginx"
            restart: always
    """
    text = scene.text
    for offset in _open_quotes(text, line):
        mark = text[offset]
        end = comment_start(text, offset + 1, line.end)
        while end > offset + 1 and text[end - 1] in " \t":
            end -= 1
        written = text[offset:end]
        message = (
            f"The {_NAMES[mark]} before {shown(written[1:])} is not closed on its line. Compose "
            f"takes "
            "everything up to the next one for the same value, and refuses the file."
        )
        flow = text[line.content : offset].count("[") + text[line.content : offset].count("{")
        ends = [end]
        if flow:
            stops = [offset + i for i, sign in enumerate(written) if sign in ",]}" and i > 0]
            ends = [*stops[:3], *([end] if end not in stops else [])]
        if (name := _KEY_IN_QUOTE.match(written)) and not line.dashes:
            right = name.group(1) + written[name.end(1) :]
            yield Cause(
                rule="yaml-quote",
                span=Span(offset, offset + 1),
                message=message,
                remedy=f"Write {right}, without the quote.",
                changes=((Span(offset, offset + 1), ""),),
                title=f"Remove the {_NAMES[mark]}",
                cost=0.6,
            )
        for rank, stop in enumerate(ends):
            inside = text[offset + 1 : stop].rstrip()
            stop = offset + 1 + len(inside)
            other = "'" if mark == '"' else '"'
            if inside.endswith(other) and inside.count(other) % 2:
                right = mark + inside[:-1] + mark
                change = (Span(stop - 1, stop), mark)
            else:
                right = mark + inside + mark
                change = (Span(stop, stop), mark)
            yield Cause(
                rule="yaml-quote",
                span=Span(offset, offset + 1),
                message=message,
                remedy=f"Close it at the end of the value: {right}.",
                changes=(change,),
                title=f"Close the {_NAMES[mark]}",
                cost=0.7 + 0.15 * rank,
            )


def _open_quotes(text: str, line: Line) -> Iterator[int]:
    """Yield the offsets of the quotes on `line` that open a value and are not closed on it."""
    position = line.content
    while match := _OPENING.search(text, position, line.end):
        offset = match.start()
        close = quote_end(text, offset)
        if close is None or close > line.end:
            yield offset
            position = offset + 1
            return
        # `"CMD, "curl"]`: closed, but in the middle of what was meant.
        behind = text[close : close + 1]
        if behind and behind not in " \t\r\n,]}:" and re.search(r",|: ", text[offset:close]):
            yield offset
        position = close


@rule("yaml-after-quote", Severity.ERROR, Category.COMPOSE)
def text_after_quote(scene: Scene, line: Line) -> Iterator[Cause]:
    """Nothing may follow the closing quote of a value.

    A value that begins with a quote ends at the next one. If the quotes belong to the value, put
    the whole of it in quotes of the other kind; if they do not, move the closing one to the end.
    An apostrophe in single quotes is written twice, or the value is put in double quotes.

    Bad:

        services:
          web:
            image: nginx
            command: "nginx" -g "daemon off;"

    Good:

        services:
          web:
            image: nginx
            command: '"nginx" -g "daemon off;"'
    """
    text = scene.text
    start = line.value.start
    if start >= line.end or text[start] not in "\"'":
        return
    close = quote_end(text, start)
    if close is None or close > line.end:
        return
    end = comment_start(text, close, line.end)
    while end > close and text[end - 1] in " \t":
        end -= 1
    rest = text[close:end]
    if not rest.strip() or (rest[0] in "]}" and len(rest) == 1):
        return
    mark = text[start]
    written = text[start:end]
    tail = rest.strip()
    safety = Safety.UNSAFE
    if tail == mark:
        right, safety = text[start:close], Safety.SAFE
    elif rest[0] == ":" and written.endswith(mark):
        right = mark + written.replace(mark, "") + mark
    elif mark == "'" and rest[0].isalnum() and written.endswith("'"):
        right, safety = quoted(written[1:-1]), Safety.SAFE
    elif mark in rest or rest[0] in " \t":
        right = quoted(written)
    else:
        right = mark + text[start + 1 : close - 1] + rest + mark
    first = close + len(rest) - len(rest.lstrip())
    yield Cause(
        rule="yaml-after-quote",
        span=Span(first, end),
        message=f"{shown(tail)} stands behind the closing quote of "
        f"{shown(text[start:close].strip(mark))}. "
        "A value in quotes ends at its closing quote, so Compose refuses the file.",
        remedy=f"Write {right}.",
        changes=((Span(start, end), right),),
        title=f"Write {right}",
        safety=safety,
        cost=1.0,
    )


@rule("yaml-escape", Severity.ERROR, Category.COMPOSE)
def bad_escape(scene: Scene, line: Line) -> Iterator[Cause]:
    r"""In double quotes, a backslash begins an escape, and only some are known.

    `"\n"` is a line break and `"\t"` a tab, but `"\d"` is nothing, and Compose refuses it. Put the
    value in single quotes, where a backslash is just a backslash, or write it twice.

    Bad:

        services:
          web:
            image: nginx
            volumes:
              - "C:\data:/data"

    Good:

        services:
          web:
            image: nginx
            volumes:
              - 'C:\data:/data'
    """
    text = scene.text
    if "escape" not in scene.problem.problem and "decimal" not in scene.problem.problem:
        return
    position = line.content
    while match := _OPENING.search(text, position, line.end):
        start = match.start()
        close = quote_end(text, start) or line.end
        position = max(close, start + 1)
        if text[start] != '"' or close > line.end:
            continue
        inside = text[start + 1 : close - 1]
        found = list(_bad_escapes(inside))
        if not found:
            continue
        here = scene.problem.offset - start - 1
        offset, length = next((one for one in found if one[0] <= here < sum(one)), found[0])
        escape = inside[offset : offset + length]
        plain = False
        if escape == "\\/":
            right = f'"{_without_slashes(inside)}"'
        elif '\\"' not in inside and "'" not in inside:
            right, plain = f"'{inside}'", True
        else:
            right = f'"{_doubled(inside)}"'
        yield Cause(
            rule="yaml-escape",
            span=Span(start + 1 + offset, start + 1 + offset + length),
            message=f"In double quotes a backslash begins an escape, and {shown(escape)} is none "
            "YAML knows. Compose refuses the file.",
            remedy=f"Write {right}{', where a backslash is just a backslash' if plain else ''}.",
            changes=((Span(start, close), right),),
            title=f"Write {right}",
            cost=0.2,
        )


def _bad_escapes(inside: str) -> Iterator[tuple[int, int]]:
    """Yield offset and length of each escape that YAML does not know."""
    digits = {"x": 2, "u": 4, "U": 8}
    for match in re.finditer(r"\\(.)", inside, re.DOTALL):
        sign = match[1]
        if sign not in _ESCAPES or (
            sign in digits
            and not re.match(rf"[0-9A-Fa-f]{{{digits[sign]}}}", inside[match.end() :])
        ):
            yield match.start(), 2


def _without_slashes(inside: str) -> str:
    r"""Return `inside` with `/` for each `\/`, as JSON means it."""
    return re.sub(r"\\(.)", lambda match: "/" if match[1] == "/" else match[0], inside)


def _doubled(inside: str) -> str:
    """Return `inside` with the backslashes doubled that begin no escape."""
    pieces, position = [], 0
    for offset, _ in _bad_escapes(inside):
        pieces.append(inside[position:offset] + "\\")
        position = offset
    return "".join(pieces) + inside[position:]


@rule("yaml-typographic-quote", Severity.ERROR, Category.COMPOSE)
def typographic_quote(scene: Scene, line: Line) -> Iterator[Cause]:
    """Only straight quotes count: `"` and `'`.

    Word processors and web pages turn quotes into “curly” ones. To YAML these are letters like
    any other, so they neither protect a colon in the value nor can be seen in the result. Type
    straight quotes.

    Bad:

        services:
          web:
            image: nginx
            command: “echo ready: yes”

    Good:

        services:
          web:
            image: nginx
            command: "echo ready: yes"
    """
    text = scene.text
    start, end = line.content, line.end
    if not any(sign in text[start:end] for sign in _CURLY):
        return
    written = text[start:end]
    changes = []
    first = None
    for match in re.finditer(rf"[{_CURLY}]", written):
        at = start + match.start()
        first = at if first is None else first
        changes.append((Span(at, at + 1), '"' if match.group() in "“”„‟«»" else "'"))
    assert first is not None
    last = changes[-1][0].end
    right = "".join(
        '"' if sign in "“”„‟«»" else "'" if sign in _CURLY else sign for sign in text[first:last]
    )
    yield Cause(
        rule="yaml-typographic-quote",
        span=Span(first, first + 1),
        message=f"{shown(text[first:last])} is in typographic quotes, which are letters to YAML "
        f"and "
        "hold nothing together. Compose refuses the file.",
        remedy=f"Use straight quotes: {right}.",
        changes=tuple(changes),
        title="Use straight quotes",
        cost=0.3,
    )
