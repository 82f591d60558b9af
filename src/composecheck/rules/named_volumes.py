"""Rules on volumes that are defined at the top of a file: taken twice, or not meant."""

from __future__ import annotations

from posixpath import splitext
from typing import TYPE_CHECKING

from composecheck.finding import Severity
from composecheck.project.reading import child, entries_of, is_null, text_of, value_of
from composecheck.rule import Category, rule
from composecheck.rules.marks import once, related
from composecheck.rules.mounted import mounts
from composecheck.rules.paths import as_path
from composecheck.rules.places import find_at, visible
from composecheck.schema.words import quoted
from composecheck.yaml.nodes import Scalar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.finding import Finding
    from composecheck.project.project import Project
    from composecheck.yaml.nodes import Entry


@rule("volume-name-taken", Severity.WARNING, Category.RUNTIME)
def volume_name_taken(project: Project) -> Iterator[Finding]:
    """Two volumes have the same `name`, and so are one.

    Docker knows a volume by its `name` alone. Services that mount the one and services that mount
    the other write into the same folder, over each other's files; and what the second definition
    says is not looked at. Give each a name of its own, or leave `name` out: Compose then makes one
    of the project and the key.

    Bad:

        services:
          shop:
            image: example/db
            volumes:
              - shop:/var/lib/postgresql/data
          wiki:
            image: example/db
            volumes:
              - wiki:/var/lib/postgresql/data
        volumes:
          shop:
            name: shop-data
          wiki:
            name: shop-data

    Good:

        services:
          shop:
            image: example/db
            volumes:
              - shop:/var/lib/postgresql/data
          wiki:
            image: example/db
            volumes:
              - wiki:/var/lib/postgresql/data
        volumes:
          shop:
            name: shop-data
          wiki:
            name: wiki-data
    """
    # Hits in the corpus: none. The source: docker/docs, `name` of a volume.
    yield from once(_taken_names(project))


def _taken_names(project: Project) -> Iterator[Finding]:
    first: dict[str, tuple[str, Scalar]] = {}
    for key, node in project.section("volumes").items():
        name = child(node, "name")
        if not isinstance(name, Scalar) or name in project.implied or not text_of(name):
            continue
        text = project.text(name)
        if not text.is_known or value_of(child(node, "external")) is True:
            continue  # what others make, may have several names here
        before, other = first.setdefault(text.text, (key, name))
        if other is name or (other.source is name.source and other.span == name.span):
            continue
        yield find_at(
            project,
            "volume-name-taken",
            Severity.WARNING,
            text.source,
            visible(project, text.source, text.span),
            f"The volume {quoted(before)} is called {quoted(text.text)}, too: to Docker, both are"
            " one, and what mounts them writes into the same folder.",
            'Give it another name, or remove "name": then Compose makes one.',
            related=(related(other, f"The name of {quoted(before)}."),),
        )


@rule("mount-source-name", Severity.WARNING, Category.RUNTIME)
def mount_source_name(project: Project) -> Iterator[Finding]:
    """What looks like a file of this machine is the name of a volume.

    Without a `./` before it, what stands before the first colon is the name of a volume. As a
    volume of that name is defined, Compose takes it, and the file beside the Compose file is not
    used: Docker puts an empty folder where the container has the file, or does not start it. Write
    `./` before it, and remove the volume.

    Bad:

        services:
          web:
            image: nginx
            volumes:
              - nginx.conf:/etc/nginx/nginx.conf
        volumes:
          nginx.conf:

    Good:

        services:
          web:
            image: nginx
            volumes:
              - ./nginx.conf:/etc/nginx/nginx.conf
    """
    # Hits in the corpus: none. The source: docker/docs, the short form of `volumes`; moby makes a
    # folder of a volume.
    yield from once(_names_like_files(project))


def _names_like_files(project: Project) -> Iterator[Finding]:
    volumes = entries_of(child(project.root, "volumes")) if project.root is not None else {}
    for mount in mounts(project):
        name = mount.source
        if not mount.is_short or mount.kind != "volume" or name is None or not name.is_known:
            continue
        entry = volumes.get(name.text)
        if entry is None or not _is_bare(entry) or not mount.is_certain:
            continue
        path = as_path(name.text, mount.target.text)
        if path is None or splitext(name.text)[1].lower() not in _FILES:
            continue  # `vhost.d` is a folder, and a good name of a volume
        meant = path.suggestions[0]
        yield find_at(
            project,
            "mount-source-name",
            Severity.WARNING,
            name.source,
            visible(project, name.source, name.span),
            f"{quoted(name.text)} is the name of a volume here, and a volume is a folder: the file"
            " of that name is not used.",
            f"If the file is meant, write {quoted(meant)}, and remove the volume.",
            suggestions=path.suggestions,
            related=(related(entry.key, "The volume."),),
        )


_FILES = frozenset(
    {
        ".cfg",
        ".cnf",
        ".conf",
        ".config",
        ".crt",
        ".css",
        ".env",
        ".html",
        ".ini",
        ".js",
        ".json",
        ".key",
        ".lua",
        ".pem",
        ".php",
        ".properties",
        ".py",
        ".sh",
        ".sql",
        ".toml",
        ".ts",
        ".txt",
        ".xml",
        ".yaml",
        ".yml",
    }
)
"""How files end that people mount."""


def _is_bare(entry: Entry) -> bool:
    """Whether nothing is said of a volume that shows that one is meant."""
    return is_null(entry.value) or not entries_of(entry.value).keys() - {"name"}


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (volume_name_taken, mount_source_name)
