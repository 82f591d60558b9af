"""Rules on images that only bring a shell, and services that give it nothing to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Severity
from composecheck.project.reading import child, entries_of, text_of
from composecheck.rule import Category, rule
from composecheck.rules.activity import members
from composecheck.rules.claimed_ports import count_of
from composecheck.rules.marks import content_span, once
from composecheck.rules.official_images import image_of, official_name
from composecheck.rules.places import find_at
from composecheck.schema.words import quoted
from composecheck.yaml.merge import effective_entries
from composecheck.yaml.nodes import Mapping, Scalar, Sequence, follow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from composecheck.finding import Finding
    from composecheck.project.project import Project
    from composecheck.rules.activity import Member
    from composecheck.yaml.nodes import Node


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


_NAMES = """
    almalinux alpine amazonlinux archlinux bash busybox centos clojure debian elixir erlang fedora
    gcc golang haskell julia node oraclelinux perl pypy python rockylinux ruby rust ubuntu
"""
_SHELLS_ONLY = frozenset(_NAMES.split())
"""Official images whose command is a shell, or what runs the lines that somebody types."""

_KEEPING = ("command", "entrypoint", "tty", "stdin_open")
"""Keys with which a container goes on, or may."""


def _without_command(project: Project) -> Iterator[Finding]:
    if project.call.is_part:
        return  # another file may bring the command
    bases: set[str] | None = None
    for member in members(project):
        # One that a profile keeps off is rather a tool for `docker compose run`.
        if "profiles" in member.entries or any(key in member.entries for key in _KEEPING):
            continue
        reference = image_of(project, member.node)
        image = None if reference is None else official_name(project, reference)
        if image not in _SHELLS_ONLY or not count_of(member, project) or _only_holds_data(member):
            continue
        bases = _not_run_alone(project) if bases is None else bases
        if member.name in bases:
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


def _not_run_alone(project: Project) -> set[str]:
    """Return the services that others extend, of which they use the volumes, or await the end."""
    found = set()
    for service in project.section("services").values():
        volumes = child(service, "volumes_from")
        for item in volumes.items if isinstance(volumes, Sequence) else ():
            if isinstance(item, Scalar):
                found.add(item.text.partition(":")[0])
        for name, entry in entries_of(child(service, "depends_on")).items():
            if text_of(child(entry.value, "condition")) == "service_completed_successfully":
                found.add(name)
    for file in project.files:
        if "extends" in file.document.key_names:
            found.update(_extended_in(file.document.roots))
    return found


def _extended_in(roots: Iterable[Node]) -> Iterator[str]:
    """Yield the names of services that others extend, in the trees of a file as it is written."""
    for root in roots:
        for service in _written(root, "services"):
            for value in _written(service, "extends"):
                names = [text_of(value), *map(text_of, _written(value, "service"))]
                yield from (name for name in names if name is not None)


def _written(node: Node, key: str) -> Iterator[Node]:
    """Yield the value under `key`, and if that is `services` all values in it."""
    content = follow(node)
    entry = effective_entries(content).get(key) if isinstance(content, Mapping) else None
    value = None if entry is None else follow(entry.value)
    if value is not None and key != "services":
        yield value
    elif isinstance(value, Mapping):
        yield from (entry.value for entry in effective_entries(value).values())


_OF_DATA = frozenset({"container_name", "image", "labels", "networks", "volumes"})


def _only_holds_data(member: Member) -> bool:
    """Whether a service is there for its volumes, as was done before there were named ones."""
    return "volumes" in member.entries and _OF_DATA.issuperset(member.entries)


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (command_missing,)
