"""What `docker compose watch` does when files change: `develop.watch`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Finding, Severity
from composecheck.project.reading import child, entries_of, text_of
from composecheck.rule import Category, rule
from composecheck.rules.activity import members, refused
from composecheck.rules.marks import content_span, once, path_at
from composecheck.schema.words import quoted
from composecheck.yaml.nodes import Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from composecheck.project.project import Project
    from composecheck.yaml.nodes import Entry, Node

_WITHOUT_TARGET = ("rebuild", "restart")


@rule("watch-target-missing", Severity.ERROR, Category.COMPOSE)
def watch_target_missing(project: Project) -> Iterator[Finding]:
    """A watch rule copies files into the container, and does not say where to.

    All actions but `rebuild` and `restart` copy what has changed, so they need a `target`: a path
    in the container. Compose refuses the project without one.

    Bad:

        services:
          web:
            build: .
            develop:
              watch:
                - action: sync
                  path: ./src

    Good:

        services:
          web:
            build: .
            develop:
              watch:
                - action: sync
                  path: ./src
                  target: /app/src
    """
    yield from once(_targets(project))


def _targets(project: Project) -> Iterator[Finding]:
    for member in members(project):
        for keys in _rules(member.node):
            action, target = keys.get("action"), keys.get("target")
            if action is None or not isinstance(action.value, Scalar):
                continue
            text = project.text(action.value)
            if not text.is_known or text.text in _WITHOUT_TARGET:
                continue
            if target is not None and not _is_empty(target.value, project):
                continue
            yield Finding(
                rule="watch-target-missing",
                severity=member.severity,
                message=f'The action {quoted(text.text)} needs a "target", the path in the'
                f" container to copy to; {member.refused}.",
                source=text.source,
                span=text.span,
                remedy='Add "target" with a path in the container.',
                path=path_at(project, text.source, text.span),
            )


@rule("watch-path-empty", Severity.ERROR, Category.COMPOSE)
def watch_path_empty(project: Project) -> Iterator[Finding]:
    """A watch rule has an empty `path`.

    `path` says which files to watch; `.` is the folder of the project. Compose refuses the project,
    whichever profiles are on.

    Bad:

        services:
          web:
            build: .
            develop:
              watch:
                - action: rebuild
                  path: ""

    Good:

        services:
          web:
            build: .
            develop:
              watch:
                - action: rebuild
                  path: .
    """
    yield from once(found for part in project.parts for found in _paths(part))


def _paths(project: Project) -> Iterator[Finding]:
    for service in project.section("services").values():
        for keys in _rules(service):
            path = keys.get("path")
            if path is None or not _is_empty(path.value, project):
                continue
            node = path.value
            yield Finding(
                rule="watch-path-empty",
                severity=Severity.ERROR,
                message=f'"path" is empty, so that there is nothing to watch; {refused()}.',
                source=node.source,
                span=node.span,
                remedy='Write the path of a file or folder: "." is the folder of the project.',
                path=path_at(project, node.source, content_span(node)),
            )


def _rules(service: Node) -> Iterator[Mapping[str, Entry]]:
    rules = child(service, "develop", "watch")
    for item in rules.items if isinstance(rules, Sequence) else ():
        yield entries_of(item)


def _is_empty(node: Node, project: Project) -> bool:
    return isinstance(node, Scalar) and text_of(node) == "" and project.text(node).equals("")


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (watch_target_missing, watch_path_empty)
