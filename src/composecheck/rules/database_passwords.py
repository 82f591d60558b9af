"""Rules on databases whose images do not begin without a password."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.expressions import expression
from composecheck.finding import Severity
from composecheck.language.command_lines import CommandLine, read_command_line
from composecheck.language.key_values import read_key_values
from composecheck.language.traced import HOLE
from composecheck.project.reading import child, text_of, value_of
from composecheck.rule import Category, rule
from composecheck.rules.activity import members
from composecheck.rules.marks import content_span, once
from composecheck.rules.official_images import image_of, official_name
from composecheck.rules.places import find_at
from composecheck.schema.words import join_or, quoted
from composecheck.yaml.nodes import Sequence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.finding import Finding
    from composecheck.language.image_references import ImageReference
    from composecheck.project.project import Project
    from composecheck.rules.activity import Member


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
    if project.call.is_part:
        return  # another file may bring the variables
    for member in members(project):
        reference = image_of(project, member.node)
        image = None if reference is None else official_name(project, reference)
        if reference is None or image is None or image not in _NEEDS:
            continue
        if not {"env_file", "entrypoint"}.isdisjoint(member.entries):
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

_VERSION = expression(r"([0-9]+)(?:\.([0-9]+))?(?:\.([0-9]+))?")


def _is_strict(image: str, reference: ImageReference) -> bool:
    """Whether this release of an image insists on a password."""
    tag = reference.tag
    if reference.digest is not None or (tag is None and reference.may_have_tag):
        return False
    if tag is None:
        return True
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


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (environment_missing,)
