"""Text right below a key that takes a list, where a list with one item was meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Safety
from composecheck.source import Span
from composecheck.yaml.mistakes.cause import Cause, shown
from composecheck.yaml.mistakes.known_keys import is_known
from composecheck.yaml.mistakes.surroundings import opens, path_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composecheck.yaml.mistakes.cause import Scene
    from composecheck.yaml.mistakes.lines import Line

_LISTS = frozenset(
    (
        "cap_add",
        "cap_drop",
        "device_cgroup_rules",
        "devices",
        "expose",
        "external_links",
        "group_add",
        "ports",
        "profiles",
        "security_opt",
        "volumes",
        "volumes_from",
    )
)
"""Keys of a service whose value is nothing but a list."""


_LISTS_OF_NAMES = frozenset(
    ("configs", "depends_on", "dns", "dns_search", "env_file", "links", "networks", "secrets")
)
"""Keys of a service whose value is a list most often."""


def bare_items(scene: Scene, line: Line) -> Iterator[Cause]:
    """Find lines of text below the key of a list, none with a dash, one with a comment behind it.

    Without the comment, YAML would read them as one text. A case of the rule yaml-dash-missing.
    """
    layout = scene.layout
    rows = [line]
    above = scene.before(line)
    while above is not None and _is_bare(above, line):
        rows.insert(0, above)
        above = scene.before(above)
    if above is None or len(rows) < 2 or not opens(layout, above) or above.dashes:
        return
    below = scene.after(line)
    while below is not None and _is_bare(below, line):
        rows.append(below)
        below = scene.after(below)
    name = layout.name(above)
    if name not in _LISTS | _LISTS_OF_NAMES or above.column >= line.indent:
        return
    if not is_known(name, path_at(layout, above, above.column) or ()):
        return
    written = scene.text[line.content : line.value.end]
    yield Cause(
        rule="yaml-dash-missing",
        span=Span(line.content, line.value.end),
        message=f"{shown(written)} stands below {shown(name)}, which takes a list, but has no dash"
        " before it, and neither has the line above it. Compose cannot tell where one ends and the"
        " next begins, and refuses the file.",
        remedy=f"Write {shown(f'- {written}')}, and a dash before the others as well.",
        changes=tuple((Span(row.content, row.content), "- ") for row in rows),
        title='Write "- " before each line',
        safety=Safety.UNSAFE,
        cost=1.0,
    )


def _is_bare(row: Line, line: Line) -> bool:
    return row.key is None and not row.dashes and row.inside is None and row.indent == line.indent


def only_item(scene: Scene, line: Line) -> Iterator[Cause]:
    """Find text as far left as the key of a list above it. A case of the rule yaml-dash-missing."""
    above = scene.before(line)
    if above is None or not _is_only_item(scene, line, above):
        return
    written = scene.text[line.content : line.value.end]
    yield Cause(
        rule="yaml-dash-missing",
        span=Span(line.content, line.value.end),
        message=f"{shown(written)} stands below {shown(scene.layout.name(above))}, which takes a "
        "list, but has no dash before it. Compose expects a key here, and refuses the file.",
        remedy=f"Write {shown(f'- {written}')}.",
        changes=((Span(line.content, line.content), "- "),),
        title=f"Write {shown(f'- {written}')}",
        cost=1.0,
        suggestions=("- ",),
    )


def _is_only_item(scene: Scene, line: Line, above: Line) -> bool:
    layout = scene.layout
    below = scene.after(line)
    return (
        line.key is None
        and line.inside is None
        and opens(layout, above)
        and not above.dashes
        and above.column == line.column
        and (below is None or (below.indent <= line.indent and not below.dashes))
        and layout.name(above) in _LISTS
        and is_known(layout.name(above), path_at(layout, above, above.column) or ())
    )
