"""Rules on entrypoints of images that are taken away by accident."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Fix, Safety, Severity
from composecheck.project.reading import text_of
from composecheck.rule import Category, rule
from composecheck.rules.activity import members
from composecheck.rules.marks import once, path_at
from composecheck.rules.official_images import image_of, official_name
from composecheck.rules.places import find_at
from composecheck.rules.removing import removal
from composecheck.schema.words import quoted
from composecheck.yaml.nodes import Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.finding import Finding
    from composecheck.project.project import Project
    from composecheck.yaml.nodes import Entry, Node


@rule("entrypoint-empty", Severity.WARNING, Category.RUNTIME)
def entrypoint_empty(project: Project) -> Iterator[Finding]:
    """An empty `entrypoint` takes away the one that an image cannot do without.

    With nothing behind the colon, the entrypoint of the image stays; but `""` and `[]` are an empty
    one, which replaces it. The images of PostgreSQL, MySQL, WordPress and others prepare themselves
    there: they make the first database, or copy the program, and let go of the rights of root. With
    their command alone, the server refuses to start, or finds nothing. Remove the key.

    Bad:

        services:
          db:
            image: postgres:17
            entrypoint: ""
            environment:
              POSTGRES_PASSWORD: secret

    Good:

        services:
          db:
            image: postgres:17
            environment:
              POSTGRES_PASSWORD: secret
    """
    # Hits in the corpus: none. The source: moby, `merge` in `daemon/commit.go`, where an empty
    # entrypoint counts and none does not; Docker's reference on `entrypoint`; measured.
    yield from once(_empty_entrypoints(project))


_PREPARING = frozenset(
    {"cassandra", "ghost", "mariadb", "mysql", "nextcloud", "postgres", "wordpress", "zookeeper"}
)
"""Official images whose command does not work without their entrypoint."""


def _empty_entrypoints(project: Project) -> Iterator[Finding]:
    for member in members(project):
        entry = member.entries.get("entrypoint")
        if entry is None or "command" in member.entries or not _is_empty(entry.value):
            continue
        reference = image_of(project, member.node)
        image = None if reference is None else official_name(project, reference)
        if image not in _PREPARING:
            continue
        value = entry.value
        yield find_at(
            project,
            "entrypoint-empty",
            Severity.WARNING,
            value.source,
            value.span if len(value.span) else entry.key.span,
            "This empty entrypoint replaces that of the image"
            f" {quoted(image)}, which prepares all that its command needs.",
            'Remove "entrypoint": then that of the image stays.',
            fix=_removing(project, entry),
        )


def _is_empty(node: Node) -> bool:
    """Whether nothing is left of an entrypoint; with no value at all, that of the image stays."""
    if isinstance(node, Sequence):
        return not node.items
    return isinstance(node, Scalar) and text_of(node) is not None and not node.text.strip()


def _removing(project: Project, entry: Entry) -> Fix | None:
    path = path_at(project, entry.key.source, entry.key.span)
    if path[:1] != ("services",):
        return None
    fix = removal(project, entry, path, 'Remove "entrypoint"')
    return None if fix is None else Fix(fix.title, Safety.UNSAFE, fix.edits)


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (entrypoint_empty,)
