"""Rules on links between services: what is left of the time before Docker had networks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Edit, Fix, Safety, Severity
from composecheck.project.reading import child, entries_of, text_of
from composecheck.rule import Category, rule
from composecheck.rules.activity import members
from composecheck.rules.marks import content_span, document_of, is_shared, once, path_at
from composecheck.rules.places import enclosing, find_at
from composecheck.rules.removing import removal
from composecheck.schema.words import join_and, quoted
from composecheck.yaml.nodes import Mapping, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.finding import Finding
    from composecheck.project.project import Project
    from composecheck.yaml.nodes import Entry, Node


@rule("links-leftover", Severity.NOTE, Category.UPKEEP)
def links_leftover(project: Project) -> Iterator[Finding]:
    """Links to services that are reached by their names anyway.

    Services in one network reach each other by their names. A link `db` adds nothing to that but
    the order of the start, which `depends_on` says more clearly; links are a leftover of the time
    before Docker had networks. A link that gives another name, `db:database`, does something.

    Bad:

        services:
          web:
            build: .
            links:
              - db
          db:
            image: example/db:17

    Good:

        services:
          web:
            build: .
            depends_on:
              - db
          db:
            image: example/db:17
    """
    yield from once(_links(project))


def _links(project: Project) -> Iterator[Finding]:
    services = project.section("services")
    for member in members(project):
        entry = member.entries.get("links")
        if entry is None or not isinstance(entry.value, Sequence) or not entry.value.items:
            continue
        names = [_linked(item, project) for item in entry.value.items]
        if "network_mode" in member.entries or not all(names):
            continue
        mine = _networks_of(member.node)
        texts = [name for name in names if name]
        others = [services.get(name) for name in texts]
        if any(
            other is None or child(other, "network_mode") or not mine & _networks_of(other)
            for other in others
        ):
            continue
        fix, remedy = _as_dependencies(project, entry, texts)
        span = content_span(entry.key)
        yield find_at(
            project,
            "links-leftover",
            Severity.NOTE,
            entry.key.source,
            span,
            f"{quoted(member.name)} reaches {join_and(map(quoted, dict.fromkeys(texts)))} by name"
            ' without "links", since they share a network.',
            remedy,
            fix=fix,
        )


def _linked(item: Node, project: Project) -> str:
    """Return the service that a link names; nothing if the link gives it another name."""
    if not isinstance(item, Scalar) or text_of(item) is None:
        return ""
    text = project.text(item)
    if not text.is_known:
        return ""
    name, colon, alias = text.text.partition(":")
    return name if not colon or alias == name else ""


def _networks_of(service: Node) -> frozenset[str]:
    node = child(service, "networks")
    return frozenset(entries_of(node)) if node is not None else frozenset({"default"})


def _as_dependencies(project: Project, entry: Entry, texts: list[str]) -> tuple[Fix | None, str]:
    """Return the fix that makes dependencies of links, and the remedy."""
    source, span = entry.key.source, content_span(entry.key)
    document = document_of(project, source)
    way = enclosing(project, source, span) if document is not None else []
    owner = next((node for node in reversed(way) if isinstance(node, Mapping)), None)
    if owner is None:
        return None, 'Write "depends_on" instead.'
    written = entries_of(owner)
    path = path_at(project, source, owner.span)
    here = written.get("links")
    if "depends_on" in written:
        remedy = 'Remove them; what shall be started first, name in "depends_on".'
        names = {name for name in texts if name in _written_names(written["depends_on"].value)}
        if here is None or len(names) < len(set(texts)):
            return None, remedy
        return removal(project, here, (*path, "links"), 'Remove "links"'), "Remove them."
    remedy = 'Write "depends_on" instead.'
    if here is None or source.slice(span) != "links" or is_shared(project, source, owner.span):
        return None, remedy
    is_inherited = any(key in written for key in ("<<", "extends"))
    items = here.value.items if isinstance(here.value, Sequence) else ()
    spelled = [item.text if isinstance(item, Scalar) else ":" for item in items]
    if is_inherited or len(set(spelled)) != len(spelled):
        return None, remedy
    if any(":" in text or "$" in text for text in spelled):
        return None, remedy
    changes = ((*path, "links"), (*path, "depends_on"))
    edits = (Edit(source, span, "depends_on"),)
    return Fix('Write "depends_on"', Safety.UNSAFE, edits, changes), remedy


def _written_names(node: Node) -> set[str]:
    """Return the services that are named in a `depends_on` of a file."""
    if isinstance(node, Sequence):
        return {item.text for item in node.items if isinstance(item, Scalar)}
    return set(entries_of(node))


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (links_leftover,)
