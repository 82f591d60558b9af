"""Rules on the names of containers and hosts that Docker does not take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Safety, Severity
from composecheck.language.names import is_container_name
from composecheck.language.traced import HOLE
from composecheck.project.reading import text_of
from composecheck.rule import Category, rule
from composecheck.rules.marks import once
from composecheck.rules.places import find_at, replacement, visible
from composecheck.rules.values import table_of, values_at
from composecheck.schema.words import join_and, quoted
from composecheck.yaml.nodes import Scalar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.finding import Finding
    from composecheck.project.project import Project

_NAMES = table_of({"services.*.container_name": ""})
_HOSTS = table_of({"services.*.hostname": ""})


@rule("container-name-invalid", Severity.WARNING, Category.RUNTIME)
def container_name_invalid(project: Project) -> Iterator[Finding]:
    """A `container_name` that Docker does not take.

    It is made of letters, digits, `_`, `.` and `-`, and begins with a letter or a digit. Compose is
    content if a part of it is so; Docker then says that the container name is invalid, and does not
    create the container.

    Bad:

        services:
          web:
            image: nginx
            container_name: my shop

    Good:

        services:
          web:
            image: nginx
            container_name: my-shop
    """
    # Hits in the corpus: none. The source: moby, `daemon/names.go` ("Invalid
    # container name"); what Compose takes is measured.
    yield from once(_container_names(project))


def _container_names(project: Project) -> Iterator[Finding]:
    for node, _, _ in values_at(project, _NAMES):
        if not isinstance(node, Scalar) or text_of(node) is None:
            continue
        text = project.text(node)
        name = text.shape.removeprefix("/")  # Docker adds one
        wrong = [letter for letter in dict.fromkeys(name) if not _fits(letter)]
        # With an unknown part, it is wrong in any case for the letters that are there.
        if not wrong and (not text.is_known or is_container_name(name)):
            continue
        if not any(is_container_name(name[at : at + 2]) for at in range(len(name))):
            continue  # no part of it fits, so that Compose itself refuses it
        meant = ""
        if text.is_known:
            letters = [letter if _fits(letter) else "-" for letter in name.strip()]
            meant = "".join(letters).strip("-_.")
        why = "The name of a container begins with a letter or a digit"
        if wrong:
            shown = join_and(map(_shown, wrong[:3]))
            why = f"{shown[0].upper()}{shown[1:]} cannot stand in the name of a container"
        is_good = is_container_name(meant)
        yield find_at(
            project,
            "container-name-invalid",
            Severity.WARNING,
            text.source,
            visible(project, text.source, text.span),
            f"{why}: Docker does not create the container.",
            f"Write {quoted(meant)}." if is_good else "Write letters, digits, dots and dashes.",
            suggestions=(meant,) if is_good else (),
            fix=replacement(project, text.source, text.span, text.text, meant, Safety.UNSAFE)
            if is_good
            else None,
        )


def _fits(letter: str) -> bool:
    return letter == HOLE or (letter.isascii() and (letter.isalnum() or letter in "_.-"))


def _shown(letter: str) -> str:
    return "a blank" if letter.isspace() else quoted(letter)


@rule("hostname-too-long", Severity.WARNING, Category.RUNTIME)
def hostname_too_long(project: Project) -> Iterator[Finding]:
    """A `hostname` of more than 64 characters.

    Linux keeps no longer ones. Compose takes it, and Docker does not create the container, or does
    not start it. For a long name under which other containers find this one, write it under
    `aliases` of a network.

    Bad:

        services:
          web:
            image: nginx
            hostname: the-web-server-of-the-shop-that-sells-everything-one-could-ever-need.example

    Good:

        services:
          web:
            image: nginx
            hostname: shop.example
    """
    # Hits in the corpus: none. The source: moby, `daemon/daemon_unix.go` ("hostname … is too long
    # (maximum 64 bytes)"); before, `sethostname(2)` failed.
    yield from once(_host_names(project))


def _host_names(project: Project) -> Iterator[Finding]:
    for node, _, _ in values_at(project, _HOSTS):
        if not isinstance(node, Scalar) or text_of(node) is None:
            continue
        text = project.text(node)
        length = len(text.shape.replace(HOLE, "").encode())
        if length <= _LONGEST:
            continue
        yield find_at(
            project,
            "hostname-too-long",
            Severity.WARNING,
            text.source,
            visible(project, text.source, text.span),
            f"This name has {length} characters, and Linux keeps no more than {_LONGEST} of the"
            " name of a host: Docker does not start the container.",
            'Write a shorter one; for longer names, there are "aliases" of a network.',
        )


_LONGEST = 64

RULES: tuple[Callable[..., Iterator[Finding]], ...] = (container_name_invalid, hostname_too_long)
