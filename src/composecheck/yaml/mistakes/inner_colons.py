"""A colon with a blank behind it, inside a value."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from composecheck.expressions import expression
from composecheck.finding import Safety, Severity
from composecheck.rule import Category, rule
from composecheck.source import Span
from composecheck.yaml.mistakes.cause import Cause, blanks, quoted, shown
from composecheck.yaml.mistakes.known_keys import is_known
from composecheck.yaml.mistakes.lines import Kind
from composecheck.yaml.mistakes.scan import flow_end, quote_end
from composecheck.yaml.mistakes.surroundings import path_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composecheck.yaml.mistakes.cause import Scene
    from composecheck.yaml.mistakes.lines import Line

_NAME = r"[A-Za-z_][\w.-]*"
_INNER_COLON = expression(r":(?=[ \t]|\Z)")
_INNER_ENTRY = expression(rf"(?:{_NAME}|<<):(?:[ \t]|\Z)")
_COMMANDS = frozenset(("command", "entrypoint", "test"))
_FURTHER_KEY = expression(rf"(?P<gap>[ \t]+)(?P<key>{_NAME}):(?=[ \t]|\Z)")
_LAST_KEY = expression(rf"(?P<gap>[ \t]+)(?P<key>{_NAME}):\Z")

# Keys whose value is itself keys and values, or a list: what stands behind them on the same line
# and looks like another key was meant to stand below.
_OPENING_KEYS = frozenset(
    [
        "annotations",
        "args",
        "build",
        "configs",
        "credential_spec",
        "depends_on",
        "deploy",
        "develop",
        "driver_opts",
        "environment",
        "extra_hosts",
        "gpus",
        "healthcheck",
        "labels",
        "limits",
        "logging",
        "models",
        "networks",
        "options",
        "placement",
        "ports",
        "provider",
        "reservations",
        "resources",
        "secrets",
        "services",
        "sysctls",
        "ulimits",
        "volumes",
        "watch",
    ]
)


@rule("yaml-colon-in-value", Severity.ERROR, Category.COMPOSE)
def colon_in_value(scene: Scene, line: Line) -> Iterator[Cause]:
    """A colon with a blank behind it, inside a value, needs quotes around the value.

    To YAML, a colon and a blank make a key; a second one on the same line makes no sense to it,
    and Compose refuses the file. Put the value in quotes. If the second one was meant as a key of
    its own, put it on its own line, indented deeper.

    Bad:

        services:
          web:
            image: nginx
            command: echo ready: yes

    Good:

        services:
          web:
            image: nginx
            command: "echo ready: yes"
    """
    if line.key is None:
        return
    text = scene.text
    start, end = line.value.start, line.value.end
    value = text[start:end]
    if not value or not _INNER_COLON.search(value):
        return
    yield from _key_on_same_line(scene, line)
    if value[0] in "[{":
        close, closed = flow_end(text, start, end)
        if not closed or text[close : close + 1] != ":":
            return  # what stands in brackets is another matter
    key = scene.layout.name(line)
    inner = value.partition(":")[0]
    opening = key.lower() in _OPENING_KEYS or inner == "<<" or value == f"{inner}:"
    if opening and _INNER_ENTRY.match(value) and not line.dashes:
        below = scene.after(line)
        column = line.column + 2
        if below is not None and below.indent > line.column and value != f"{inner}:":
            column = below.indent
        pad = " " * column
        yield Cause(
            rule="yaml-colon-in-value",
            span=Span(start, end),
            message=f"Two keys stand on one line: {shown(key)} and {shown(inner)}. Compose "
            f"cannot tell "
            "which value belongs to which, and refuses the file.",
            remedy=f"Put {shown(value)} on a line of its own below {shown(key)}, indented by "
            f"{column} blanks.",
            changes=((Span(line.key.end + 1, start), f"{scene.line_break}{pad}"),)
            if text[line.key.end] == ":"
            else (),
            title=f"Put {shown(value)} on a line of its own",
            cost=0.5,
        )
        return
    if swallowed := _LAST_KEY.search(value):
        yield from _swallowed_key(scene, line, swallowed)
    below = scene.after(line)
    whole_item = bool(line.dashes) and not (
        below is not None and not below.dashes and below.column == line.column
    )
    if whole_item:
        start = line.content
        value = text[start:end]
    right = _as_quoted(value)
    colon = _INNER_COLON.search(text, line.value.start, end)
    at = line.value.start if colon is None else colon.start()
    yield Cause(
        rule="yaml-colon-in-value",
        span=Span(at, min(at + 1, end)) if not whole_item else Span(at, at + 1),
        message=f"{shown(value)} has a colon with a blank behind it, which YAML reads as the end "
        f"of "
        f"a key. Compose refuses the file.",
        remedy=f"Put it in quotes: {right}.",
        changes=((Span(start, end), right),),
        title=f"Put {shown(value)} in quotes",
        cost=1.0,
    )


def _key_on_same_line(scene: Scene, line: Line) -> Iterator[Cause]:
    """`image: nginx restart: always`, where a line break went missing between two known keys."""
    layout, text = scene.layout, scene.text
    start, end = line.value.start, line.value.end
    path = path_at(layout, line, line.column)
    if line.dashes or path is None or not is_known(layout.name(line), path):
        return
    search = start
    if text[start] in "\"'[{":
        if text[start] in "\"'":
            search = quote_end(text, start, end) or end
        else:
            search, _ = flow_end(text, start, end)
    match = next(
        (one for one in _FURTHER_KEY.finditer(text, search, end) if is_known(one["key"], path)),
        None,
    )
    if match is None or match.start() == start or _has_sibling(scene, line, match["key"]):
        return
    name, written = match["key"], text[match.start("key") : end]
    # In a command, or behind several words, it may be a part of what they say.
    is_sure = search > start or (
        layout.name(line) not in _COMMANDS and not re.search(r"\s", text[start : match.start()])
    )
    yield Cause(
        rule="yaml-colon-in-value",
        span=Span(match.start("key"), match.end("key") + 1),
        message=f"The key {shown(name)} stands behind the value of {shown(layout.name(line))} on "
        "the same line. Compose cannot tell where that ends, and refuses the file.",
        remedy=f"Put {shown(written)} on a line of its own, indented by {blanks(line.column)}.",
        changes=((Span(*match.span("gap")), scene.line_break + " " * line.column),),
        title=f"Put {shown(written)} on a line of its own",
        safety=Safety.SAFE if is_sure else Safety.UNSAFE,
        cost=0.6,
    )


def _has_sibling(scene: Scene, line: Line, name: str) -> bool:
    """Tell whether a key of this name stands beside `line` already."""
    lines = scene.layout.lines
    for row in (reversed(lines[: line.number - 1]), lines[line.number :]):
        for other in row:
            if other.kind is not Kind.CONTENT or other.inside is not None:
                continue
            if other.indent < line.column:
                break
            if other.column == line.column and scene.layout.name(other) == name:
                return True
    return False


def _swallowed_key(scene: Scene, line: Line, match: re.Match[str]) -> Iterator[Cause]:
    """`image: nginx ports:`, where a line break went missing before the last key."""
    start = line.value.start
    columns = dict.fromkeys((line.column, *(column for column, _ in scene.layout.levels(line))))
    name = match["key"]
    for rank, column in enumerate(columns):
        yield Cause(
            rule="yaml-colon-in-value",
            span=Span(start + match.start("key"), start + match.end()),
            message=f"The key {shown(name)} stands behind a value on the same line. Compose cannot "
            "tell where the value ends, and refuses the file.",
            remedy=f"Put {shown(f'{name}:')} on a line of its own, indented by {blanks(column)}.",
            changes=(
                (
                    Span(start + match.start("gap"), start + match.end("gap")),
                    scene.line_break + " " * column,
                ),
            ),
            title=f"Put {shown(f'{name}:')} on a line of its own",
            safety=Safety.UNSAFE,
            cost=0.9 + 0.1 * rank,
        )


def _as_quoted(value: str) -> str:
    """Return `value` in quotes; typographic ones around it are replaced."""
    if value[:1] in "“”„‘’‚«" and value[-1:] in "“”‘’»":
        value = value[1:-1]
    return quoted(value)
