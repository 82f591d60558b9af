"""Rules on what an image cannot do without: a command to stay alive, a password to begin with."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from composecheck.finding import Severity
from composecheck.language.command_lines import CommandLine, read_command_line
from composecheck.language.key_values import read_key_values
from composecheck.language.traced import HOLE
from composecheck.project.reading import child, entries_of, text_of, value_of
from composecheck.rule import Category, rule
from composecheck.rules.activity import members
from composecheck.rules.claimed_ports import count_of
from composecheck.rules.marks import content_span, once
from composecheck.rules.official_images import image_of, official_name
from composecheck.rules.places import find_at
from composecheck.schema.words import join_or, quoted
from composecheck.yaml.nodes import Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.finding import Finding
    from composecheck.language.image_references import ImageReference
    from composecheck.project.project import Project
    from composecheck.rules.activity import Member


def _services(project: Project) -> Iterator[tuple[Member, ImageReference, str]]:
    """Yield the services with an official image, and its short name."""
    for member in members(project):
        reference = image_of(project, member.node)
        name = None if reference is None else official_name(project, reference)
        if reference is not None and name is not None:
            yield member, reference, name


@rule("environment-missing", Severity.WARNING, Category.RUNTIME)
def environment_missing(project: Project) -> Iterator[Finding]:
    """A database that lacks the variable without which its image does not begin.

    On their first start, while they have no data yet, the images of PostgreSQL, MySQL and MariaDB
    stop with a message such as "superuser password is not specified" if no variable sets the
    password of the administrator. Set it, as in `POSTGRES_PASSWORD`; or say outright that there
    shall be none.

    Bad:

        services:
          db:
            image: postgres:17
            environment:
              POSTGRES_DB: shop

    Good:

        services:
          db:
            image: postgres:17
            environment:
              POSTGRES_DB: shop
              POSTGRES_PASSWORD: secret
    """
    # The source beside the corpus: docker-library, the `docker-entrypoint.sh` of postgres, mysql
    # and mariadb, which verify it before they make a database.
    yield from once(_without_password(project))


_MYSQL = (
    "ROOT_PASSWORD",
    "ROOT_PASSWORD_FILE",
    "ALLOW_EMPTY_PASSWORD",
    "RANDOM_ROOT_PASSWORD",
)
_NEEDS = {
    "postgres": ("POSTGRES_PASSWORD", "POSTGRES_PASSWORD_FILE", "POSTGRES_HOST_AUTH_METHOD"),
    "mysql": tuple(f"MYSQL_{name}" for name in _MYSQL),
    "mariadb": (
        *(f"MARIADB_{name}" for name in (*_MYSQL, "ALLOW_EMPTY_ROOT_PASSWORD")),
        "MARIADB_ROOT_PASSWORD_HASH",
        "MARIADB_ROOT_PASSWORD_HASH_FILE",
        "MARIADB_MASTER_HOST",  # a replica takes over what its master has
        *(f"MYSQL_{name}" for name in _MYSQL),
    ),
}
"""Of these variables, each image needs one."""

_SERVERS = {
    "postgres": ("postgres",),
    "mysql": ("mysqld",),
    "mariadb": ("mysqld", "mariadbd"),
}
"""Commands before which the images look for the variable."""

_FIRST_STRICT = {9: 0, 10: 12, 11: 7, 12: 2}
"""From which release on an image of PostgreSQL of that version insists on a password."""


def _without_password(project: Project) -> Iterator[Finding]:
    for member, reference, image in _services(project):
        if image not in _NEEDS or not {"env_file", "entrypoint"}.isdisjoint(member.entries):
            continue
        if not _is_strict(image, reference) or not _runs_server(project, member, image):
            continue
        node = member.child("environment")
        pairs = () if node is None else read_key_values(node, project.text)
        names = {pair.key.shape for pair in pairs}
        if any(HOLE in name for name in names) or not names.isdisjoint(_NEEDS[image]):
            continue
        if _has_old_data(project, member):
            continue
        first = _NEEDS[image][0]
        place = member.entries["image"].value
        yield find_at(
            project,
            "environment-missing",
            Severity.WARNING,
            place.source,
            content_span(place),
            f"The image {quoted(image)} stops on its first start, since no variable sets the"
            f" password of the administrator of {quoted(member.name)}.",
            f'Set {quoted(first)} under "environment", or {join_or(map(quoted, _INSTEAD[image]))}.',
        )


_INSTEAD = {
    "postgres": ("POSTGRES_PASSWORD_FILE",),
    "mysql": ("MYSQL_ROOT_PASSWORD_FILE", "MYSQL_RANDOM_ROOT_PASSWORD"),
    "mariadb": ("MARIADB_ROOT_PASSWORD_FILE", "MARIADB_RANDOM_ROOT_PASSWORD"),
}

_VERSION = re.compile(r"([0-9]+)(?:\.([0-9]+))?(?:\.([0-9]+))?")


def _is_strict(image: str, reference: ImageReference) -> bool:
    """Whether this release of an image insists on a password."""
    tag = reference.tag
    if reference.digest is not None or (tag is None and reference.may_have_tag and tag is not None):
        return False
    if tag is None:
        return not reference.may_have_tag
    if not tag.is_known:
        return False
    found = _VERSION.match(tag.text)
    if image != "postgres" or found is None:
        return image != "postgres" or not tag.text[:1].isdigit()
    major, minor = int(found[1]), found[2]
    if major == 9:
        return found[3] is None and minor in ("5", "6")
    return minor is None or int(minor) >= _FIRST_STRICT.get(major, 0)


def _runs_server(project: Project, member: Member, image: str) -> bool:
    """Whether the command of a service, if it has one, is that of the server."""
    node = member.child("command")
    if node is None:
        return True
    line = read_command_line(node, project.text)
    if not isinstance(line, CommandLine):
        return False
    first = line.words[0].shape if line.words else ""
    return not first or first.startswith("-") or first in _SERVERS[image]


def _has_old_data(project: Project, member: Member) -> bool:
    """Whether a volume of the service comes from elsewhere, and may have a database in it."""
    if "volumes_from" in member.entries:
        return True
    mounts = member.child("volumes")
    volumes = project.section("volumes")
    for mount in mounts.items if isinstance(mounts, Sequence) else ():
        source = text_of(child(mount, "source")) or ""
        external = child(volumes.get(source), "external")
        if external is not None and value_of(external) is not False:
            return True
    return False


@rule("command-missing", Severity.WARNING, Category.RUNTIME)
def command_missing(project: Project) -> Iterator[Finding]:
    """A service has an image that only brings a shell, and no command.

    Images such as `ubuntu`, `alpine` or `python` start a shell, or the like, which reads what
    somebody types. A service has no terminal, unless it is given one, so that the shell ends at
    once, and the container with it. Write a `command` that goes on; or `tty: true`, if the
    container shall only be there for `docker compose exec`.

    Bad:

        services:
          tools:
            image: ubuntu:24.04
            working_dir: /work

    Good:

        services:
          tools:
            image: ubuntu:24.04
            working_dir: /work
            command: sleep infinity
    """
    # The source beside the corpus: docker-library, the Dockerfiles of these images, whose command
    # is a shell, or that of a language.
    yield from once(_without_command(project))


_SHELLS_ONLY = frozenset(
    """
    almalinux alpine amazonlinux archlinux bash busybox centos clojure debian elixir erlang fedora
    gcc golang haskell julia node oraclelinux perl pypy python rockylinux ruby rust ubuntu
    """.split()
)
"""Official images whose command is a shell, or what runs the lines that somebody types."""

_KEEPING = ("command", "entrypoint", "tty", "stdin_open", "deploy", "scale", "post_start")
"""Keys with which a container goes on, or may, or is not started at all."""


def _without_command(project: Project) -> Iterator[Finding]:
    lenders = _lenders(project)
    for member, _, image in _services(project):
        # One that a profile keeps off is rather a tool for `docker compose run`.
        if image not in _SHELLS_ONLY or member.profile or member.child("profiles") is not None:
            continue
        if any(key in member.entries for key in _KEEPING) or not count_of(member, project):
            continue
        if member.name in lenders or _only_holds_data(member):
            continue
        place = member.entries["image"].value
        yield find_at(
            project,
            "command-missing",
            Severity.WARNING,
            place.source,
            content_span(place),
            f"The image {quoted(image)} only starts a shell, or the like, which has no terminal"
            f" here: it ends at once, and so does the container of {quoted(member.name)}.",
            'Write a "command" that goes on; or "tty: true" for a container that shall wait.',
        )


def _lenders(project: Project) -> set[str]:
    """Return the services of which others use the volumes, or wait for the end."""
    found = set()
    for service in project.section("services").values():
        volumes = child(service, "volumes_from")
        for item in volumes.items if isinstance(volumes, Sequence) else ():
            if isinstance(item, Scalar):
                found.add(item.text.partition(":")[0])
        for name, entry in entries_of(child(service, "depends_on")).items():
            if text_of(child(entry.value, "condition")) == "service_completed_successfully":
                found.add(name)
    return found


_OF_DATA = frozenset({"container_name", "image", "labels", "networks", "volumes"})


def _only_holds_data(member: Member) -> bool:
    """Whether a service is there for its volumes, as was done before there were named ones."""
    return "volumes" in member.entries and _OF_DATA.issuperset(member.entries)


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (environment_missing, command_missing)
