"""The dashes of lists: without a blank, on the wrong line, missing, or one too many."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from composecheck.expressions import expression
from composecheck.finding import Safety, Severity
from composecheck.rule import Category, rule
from composecheck.source import Span
from composecheck.yaml.mistakes.cause import Cause, as_value, blanks, shown
from composecheck.yaml.mistakes.known_keys import is_known
from composecheck.yaml.mistakes.lines import Kind
from composecheck.yaml.mistakes.only_items import bare_items, only_item
from composecheck.yaml.mistakes.surroundings import path_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composecheck.yaml.mistakes.cause import Scene
    from composecheck.yaml.mistakes.lines import Line

_JOINED = expression(r"-(?![\s-])(?P<item>.+)")
_PAIR = expression(r"(?P<name>[A-Za-z_][\w.-]*)=(?P<value>.*)")


@rule("yaml-dash-space", Severity.ERROR, Category.COMPOSE)
def dash_space(scene: Scene, line: Line) -> Iterator[Cause]:
    """The dash of a list item must have a blank behind it.

    Without it, `-8080:80` is one word to YAML and not an item of the list. Write `- 8080:80`.

    Bad:

        services:
          web:
            image: nginx
            ports:
              - "8080:80"
              -"8443:443"

    Good:

        services:
          web:
            image: nginx
            ports:
              - "8080:80"
              - "8443:443"
    """
    start, end = line.content, line.value.end
    written = scene.text[start:end]
    match = _JOINED.match(written)
    if match is None:
        return
    item = match["item"]
    yield Cause(
        rule="yaml-dash-space",
        span=Span(start, start + 1),
        message=f"A blank is missing after the dash in {shown(written)}, so Compose does not see "
        f"an "
        "item of a list here, and refuses the file.",
        remedy=f"Write {shown(f'- {item}')}.",
        changes=((Span(start + 1, start + 1), " "),),
        title=f"Put a blank after the dash of {shown(written)}",
        cost=0.5,
        suggestions=("- ",),
    )


@rule("yaml-list-on-key-line", Severity.ERROR, Category.COMPOSE)
def list_on_key_line(scene: Scene, line: Line) -> Iterator[Cause]:
    """A list with dashes begins on the line below its key.

    YAML allows no dash on the line of the key itself. Put each item on a line of its own below
    the key, or write the list in brackets: `ports: ["8080:80"]`.

    Bad:

        services:
          web:
            image: nginx
            ports: - "8080:80"

    Good:

        services:
          web:
            image: nginx
            ports:
              - "8080:80"
    """
    text = scene.text
    start, end = line.value.start, line.value.end
    value = text[start:end]
    if line.key is None or line.colon is None or not re.match(r"-(?:[ \t]|\Z)", value):
        return
    key = scene.layout.name(line)
    below = scene.after(line)
    column = line.column + 2
    if below is not None and below.dashes and below.indent >= line.column:
        column = below.indent
    yield Cause(
        rule="yaml-list-on-key-line",
        span=Span(start, start + 1),
        message=f"The list of {shown(key)} begins on the line of its key. YAML allows a dash "
        f"only at "
        "the start of a line, so Compose refuses the file.",
        remedy=f"Put {shown(value)} on the line below {shown(f'{key}:')}, indented by "
        f"{blanks(column)}.",
        changes=((Span(line.colon + 1, start), scene.line_break + " " * column),),
        title=f"Put {shown(value)} on a line of its own",
        cost=0.4,
    )


@rule("yaml-dash-missing", Severity.ERROR, Category.COMPOSE)
def dash_missing(scene: Scene, line: Line) -> Iterator[Cause]:
    """Every item of a list needs its dash.

    A list has a dash before each of its items, and keys with values have none: YAML allows no
    mixture of the two. Give every line a dash, or none.

    Bad:

        services:
          web:
            image: nginx
            environment:
              - TZ=UTC
              LANG=C

    Good:

        services:
          web:
            image: nginx
            environment:
              - TZ=UTC
              - LANG=C
    """
    if line.dashes:
        return
    above = scene.before(line)
    below = scene.after(line)
    yield from only_item(scene, line)
    yield from bare_items(scene, line)
    if above is not None and above.opens and line.key is None and below and below.dashes:
        above = below  # the first item of the list
    if above is None or not above.dashes:
        return
    column = above.dashes[-1] - above.start
    same = line.column == column
    if line.column < column or line.column > column + 2:
        return
    if line.key is not None and not same:
        return  # a further key of the item above
    text = scene.text
    written = text[line.content : line.value.end]
    item, change = written, Span(line.start, line.content)
    pairs = _PAIR.match(text[above.content : above.value.end])
    changes: tuple[tuple[Span, str], ...] = ((change, " " * column + "- "),)
    if pairs and line.key is not None and line.colon is not None and len(line.value):
        name = scene.layout.name(line)
        value = text[line.value.start : line.value.end].strip("\"'")
        item = f"{name}={value}"
        changes = ((Span(line.start, line.value.end), " " * column + f"- {item}"),)
    # A name in capitals below others, all with a value, is one more of them.
    likely = line.key is None or (pairs is not None and scene.layout.name(line).isupper())
    what = "a key" if line.key is not None else "text"
    yield Cause(
        rule="yaml-dash-missing",
        span=Span(line.content, line.value.end),
        message=f"{shown(written)} stands in a list, but has no dash before it. Compose finds "
        f"{what} "
        "where it expects the next item, and refuses the file.",
        remedy=f"Write {shown(f'- {item}')}, with the dash in line with the others.",
        changes=changes,
        title=f"Write {shown(f'- {item}')}",
        safety=Safety.SAFE if same and line.key is None else Safety.UNSAFE,
        cost=1.2 if likely else 2.2,
        related=((Span(above.dashes[-1], above.dashes[-1] + 1), "Another item of the list."),),
    )


@rule("yaml-dash-extra", Severity.ERROR, Category.COMPOSE)
def dash_extra(scene: Scene, line: Line) -> Iterator[Cause]:
    """A key with its value has no dash before it, where its neighbours have none.

    A dash begins an item of a list. Among keys with values, YAML allows no list items. Remove the
    dash, and write a colon instead of an equals sign; or give every line a dash.

    Bad:

        services:
          web:
            image: nginx
            environment:
              TZ: UTC
              - LANG=C

    Good:

        services:
          web:
            image: nginx
            environment:
              TZ: UTC
              LANG: C
    """
    if not line.dashes:
        return
    text = scene.text
    column = line.dashes[0] - line.start
    neighbour = next(
        (other for at, other in scene.layout.levels(line) if at == column and not other.dashes),
        None,
    )
    if neighbour is None:
        neighbour = _key_below(scene, line, column)
    if neighbour is None or neighbour.key is None:
        return
    written = text[line.dashes[0] : line.value.end]
    item = text[line.content : line.value.end]
    pair = _PAIR.match(item)
    near = scene.layout.name(neighbour)
    message = (
        f"{shown(written)} begins with a dash, as an item of a list does, but stands among keys "
        f"with "
        f"values, such as {shown(near)}. Compose refuses the mixture."
    )
    related = ((Span(neighbour.content, neighbour.value.end), "A key without a dash."),)
    span = Span(line.dashes[0], line.dashes[0] + 1)
    if pair or line.key is not None:
        right = f"{pair['name']}: {as_value(pair['value'])}".rstrip() if pair else item
        yield Cause(
            rule="yaml-dash-extra",
            span=span,
            message=message,
            remedy=f"Write {shown(right)}, without the dash.",
            changes=((Span(line.dashes[0], line.value.end), right),)
            if pair
            else ((Span(line.dashes[0], line.content), ""),),
            title=f"Write {shown(right)}",
            safety=Safety.UNSAFE,
            cost=1.1,
            related=related,
        )
        return
    yield Cause(
        rule="yaml-dash-extra",
        span=span,
        message=message,
        remedy=f"Indent the list under the key that it belongs to, or remove {shown(written)}.",
        # Not offered: it only shows whether this line alone is in the way.
        changes=((Span(line.start, line.end), ""),),
        offered=False,
        cost=2.4,
        related=related,
    )


def _key_below(scene: Scene, line: Line, column: int) -> Line | None:
    """Return the key below the dash of `line`, if that is the only one among keys with values.

    Either there are several of them, or no list may stand there.
    """
    keys: list[Line] = []
    for other in scene.layout.lines[line.number :]:
        if other.kind is Kind.MARKER:
            break
        if other.kind is not Kind.CONTENT or other.inside is not None or other.indent > column:
            continue
        if other.indent < column:
            break
        if other.dashes or other.key is None:
            return None
        keys.append(other)
    path = path_at(scene.layout, line, column)
    if not keys or path is None:
        return None
    is_place_of_keys = all(is_known(scene.layout.name(key), path) for key in keys)
    return keys[0] if len(keys) > 1 or is_place_of_keys else None
