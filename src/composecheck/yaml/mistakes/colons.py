"""The colon between a key and its value: missing, without a blank, or an equals sign instead."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from composecheck.expressions import expression
from composecheck.finding import Safety, Severity
from composecheck.rule import Category, rule
from composecheck.source import Span
from composecheck.yaml.mistakes.cause import Cause, as_value, shown
from composecheck.yaml.mistakes.known_keys import is_known, known_keys
from composecheck.yaml.mistakes.surroundings import path_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composecheck.yaml.mistakes.cause import Scene
    from composecheck.yaml.mistakes.lines import Line

_NAME = r"[A-Za-z_][\w.-]*"
_JOINED = expression(rf"(?P<name>{_NAME}|<<|\"[^\"\n]+\"|'[^'\n]+'):(?P<value>(?!//)[^\s].*)")
_TWO_WORDS = expression(rf"(?P<name>{_NAME})(?P<gap>[ \t]+)(?P<value>[^\s:=].*)")
_ONE_WORD = expression(rf"(?:{_NAME}|\"[^\"\n]+\"|'[^'\n]+')\Z")
_EQUALS = expression(rf"(?P<name>{_NAME})(?P<gap>[ \t]*=[ \t]*)(?P<value>.*)", re.DOTALL)


@rule("yaml-colon-space", Severity.ERROR, Category.COMPOSE)
def colon_space(scene: Scene, line: Line) -> Iterator[Cause]:
    """A key's colon must have a blank behind it.

    Without the blank, `image:nginx` is one word to YAML and not a key with a value, so Compose
    does not find the key. It often complains one line later, where the next key begins. Write
    `image: nginx`.

    Bad:

        services:
          web:
            image:nginx
            restart: always

    Good:

        services:
          web:
            image: nginx
            restart: always
    """
    text = scene.text
    written = text[line.value.start : line.value.end]
    if line.key is not None and line.value.start > line.key.start:
        # `version:'2.1' # a: b` has a key only as far as a reader of one line can tell.
        return
    match = _JOINED.match(written)
    if match is None:
        return
    start = line.value.start
    colon = start + match.end("name")
    below = scene.after(line)
    # `- nginx:latest` and `- 80:80` are what people mean; `- name:web` with keys below is not.
    if line.dashes and not (below and not below.dashes and below.column == line.column):
        return
    name, value = match["name"], match["value"]
    path = path_at(scene.layout, line, line.column) or ()
    is_foreign = len(known_keys(path)) > 0 and not is_known(name.strip("\"'"), path)
    yield Cause(
        rule="yaml-colon-space",
        span=Span(start, colon + 1),
        message=f"A blank is missing after the colon in {shown(written)}. Compose reads this as "
        f"one "
        "word without a key, and refuses the file.",
        remedy=f"Write {shown(f'{name}: {value}')}.",
        changes=((Span(colon + 1, colon + 1), " "),),
        title=f"Put a blank after the colon of {shown(name)}",
        cost=1.3 if is_foreign else 0.8,
        suggestions=(f"{name}: ",),
    )


@rule("yaml-colon-missing", Severity.ERROR, Category.COMPOSE)
def colon_missing(scene: Scene, line: Line) -> Iterator[Cause]:
    """A key must be followed by a colon.

    `restart always` is just text to YAML; where keys are expected, Compose refuses it, and mostly
    names the line below. Write `restart: always`. A key whose value stands on the lines below it
    needs its colon too: `ports:`.

    Bad:

        services:
          web:
            image: nginx
            restart always

    Good:

        services:
          web:
            image: nginx
            restart: always
    """
    if line.key is not None:
        return
    start, end = line.value.start, line.value.end
    written = scene.text[start:end]
    below = scene.after(line)
    deeper = below is not None and (
        below.indent > line.indent
        or (below.indent == line.indent and bool(below.dashes) and not line.dashes)
    )
    if line.dashes and not (below and not below.dashes and below.column == line.column):
        return
    if _ONE_WORD.match(written):
        path = path_at(scene.layout, line, line.column) or ()
        if deeper and below is not None and below.indent == line.indent:
            deeper = _may_be_key(scene, line)
        yield Cause(
            rule="yaml-colon-missing",
            span=Span(start, end),
            message=f"{shown(written)} stands where a key is expected, but has no colon. Compose "
            "refuses the file.",
            remedy=f"Write {shown(written.strip(chr(34)) + ':')}."
            if deeper
            else f"Write {shown(f'{written}:')} with its value behind it, or remove the line.",
            changes=((Span(end, end), ":"),),
            title=f"Put a colon after {shown(written)}",
            safety=Safety.SAFE if deeper else Safety.UNSAFE,
            cost=(0.7 if is_known(written, path) else 0.9) if deeper else 2.5,
            offered=deeper,
        )
        return
    match = _TWO_WORDS.match(written)
    if match is None:
        return
    name, value = match["name"], match["value"]
    gap = Span(start + match.start("gap"), start + match.end("gap"))
    right = as_value(value)
    yield Cause(
        rule="yaml-colon-missing",
        span=Span(start, start + len(name)),
        message=f"{shown(name)} has no colon behind it, so {shown(written)} is text where Compose "
        "expects a key with a value. It refuses the file.",
        remedy=f"Write {shown(f'{name}: {right}')}.",
        changes=((gap, ": "), (Span(start + match.start("value"), end), right))
        if right != value
        else ((gap, ": "),),
        title=f"Put a colon after {shown(name)}",
        # Several words may be a sentence that somebody forgot to make a comment.
        safety=Safety.UNSAFE if " " in value.strip("\"'[]{}") else Safety.SAFE,
        cost=1.4,
        suggestions=(f"{name}:",),
    )


def _may_be_key(scene: Scene, line: Line) -> bool:
    """Tell whether `line`, with a list right below it, may be a key and not the first item."""
    path = path_at(scene.layout, line, line.column)
    name = scene.layout.name(line)
    if path is not None and known_keys(path):
        return is_known(name.strip("\"'"), path)
    return name[:1] not in "\"'"


@rule("yaml-equals", Severity.ERROR, Category.COMPOSE)
def equals(scene: Scene, line: Line) -> Iterator[Cause]:
    """A key and its value are joined by a colon, not by an equals sign.

    `image = nginx` is just text to YAML. Only the items of some lists, such as `- TZ=UTC` under
    `environment`, have an equals sign in them. Write `image: nginx`.

    Bad:

        services:
          web:
            image = nginx
            restart: always

    Good:

        services:
          web:
            image: nginx
            restart: always
    """
    if line.dashes:
        return
    start = line.content
    end = line.value.end
    written = scene.text[start:end]
    match = _EQUALS.match(written)
    if match is None or (line.key is not None and line.key.end < start + match.end("gap")):
        return
    above = scene.before(line)
    if above is not None and above.dashes and line.indent >= above.indent:
        return  # an item whose dash is missing: `dash_missing` says so
    name, value = match["name"], match["value"]
    gap = Span(start + match.start("gap"), start + match.end("gap"))
    block = re.fullmatch(r"[|>][+-]?", value)
    right = value if block else as_value(value)
    changes = [(gap, ": " if value else ":")]
    if right != value:
        changes.append((Span(gap.end, end), right))
    yield Cause(
        rule="yaml-equals",
        span=gap if match["gap"].strip() != match["gap"] else Span(gap.start, gap.end),
        message=f"An equals sign stands between {shown(name)} and its value, where YAML wants a "
        "colon. Compose does not see a key here, and refuses the file.",
        remedy=f"Write {shown(f'{name}: {right}'.rstrip())}.",
        changes=tuple(changes),
        title=f'Write a colon after {shown(name)} instead of "="',
        cost=0.6,
        suggestions=(": ",),
    )
