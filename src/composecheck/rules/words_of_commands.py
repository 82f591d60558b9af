"""The commands of a project and the words they have: what rules on them share."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from msgspec import Struct

from composecheck.finding import Edit, Fix, Safety
from composecheck.language.command_lines import CommandLine, read_command_line
from composecheck.language.healthcheck_tests import HealthcheckTest, read_healthcheck_test
from composecheck.language.traced import HOLE
from composecheck.project.reading import child
from composecheck.rules.activity import members
from composecheck.rules.marks import may_edit, path_at
from composecheck.rules.places import enclosing
from composecheck.rules.values import places_of, values_at
from composecheck.source import Span
from composecheck.yaml.nodes import Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Sequence as Row

    from composecheck.finding import Path
    from composecheck.language.traced import Traced
    from composecheck.project.project import Project
    from composecheck.yaml.nodes import Node

CUTTING = frozenset(";&|<>")
"""The characters at which Compose stops to read a command, if they are not in quotes."""

SHELLS = frozenset({"sh", "ash", "bash", "dash", "ksh", "zsh"})
OPERATORS = frozenset({"&&", "||", "|", ";", "&", ">", ">>", "<", "2>", "2>&1", "|&"})
"""What has a meaning for a shell alone, as a word of its own."""

_PROGRAMS = """
    ash bash bundle bun bunx cargo celery composer curl dash deno django-admin docker dotnet
    echo flask go gosu gradle gunicorn hypercorn java jupyter mvn next nginx node nodemon npm npx
    pg_isready php pip pip3 pipenv pnpm poetry python python2 python3 rails rake redis-cli
    redis-server ruby sh sleep streamlit tail ts-node uv uvicorn uwsgi wget yarn
"""
PROGRAMS = frozenset(_PROGRAMS.split())
"""Programs whose names begin a line that somebody meant to be run as a whole."""


class Command(Struct, frozen=True, eq=False):
    """A command of the project, a text or a list, with its path in the effective tree."""

    node: Node
    path: Path
    line: CommandLine


# Several rules look at them.
@functools.lru_cache(maxsize=1)
def commands(project: Project) -> tuple[Command, ...]:
    """Return the commands of a project that a rule may have something to say about.

    Left out are those that Compose cannot read, that are empty, or in which nothing is for a shell.
    """
    found = []
    for node, path, _ in values_at(project, places_of("command-line")):
        if path[:1] == ("services",) and path[1] in project.partial_services:
            continue
        if isinstance(node, Scalar) and not (CUTTING & set(node.text) or "sh " in node.text):
            continue
        line = read_command_line(node, project.text)
        if isinstance(line, CommandLine) and (line.words or line.dropped is not None):
            found.append(Command(node, path, line))
    return tuple(found)


def is_shell(words: Row[Traced]) -> bool:
    """Tell whether a command is a shell that is to run a text: `sh -c`, `/bin/bash -euc`."""
    if len(words) < 2 or not words[0].is_known:
        return False
    option = words[1].shape
    name = words[0].text.rpartition("/")[2]
    return name in SHELLS and any(
        word.startswith("-") and not word.startswith("--") and word.endswith("c")
        for word in (option, *(other.shape for other in words[2:4]))
    )


def entrypoint_of(project: Project, path: Path) -> CommandLine | None:
    """Return the `entrypoint` beside the command at `path`, if there is one and it can be read."""
    if path[-1:] != ("command",):
        return None
    node = child(project.root, *map(str, path[:-1]), "entrypoint")
    read = None if node is None else read_command_line(node, project.text)
    return read if isinstance(read, CommandLine) else None


def has_entrypoint(project: Project, path: Path) -> bool:
    """Tell whether an `entrypoint` stands beside the command at `path`."""
    return (
        path[-1:] == ("command",)
        and child(project.root, *map(str, path[:-1]), "entrypoint") is not None
    )


_SHELL_CHARACTERS = frozenset("'\"\\`\n\r")


def joined(words: Row[Traced]) -> str | None:
    """Return words as one line for a shell; None if one of them would need quotes in it."""
    texts = [word.shape for word in words]
    if any(not text or HOLE in text or set(text) & _SHELL_CHARACTERS for text in texts):
        return None
    if any(text not in OPERATORS and set(text) & set(" \t&|;<>()*?#$") for text in texts):
        return None
    return " ".join(texts)


def list_fix(
    project: Project, node: Node, items: Row[str], title: str, first: int = 0
) -> Fix | None:
    """Return the fix that writes `items` for those of the list `node` from number `first` on.

    None where the list goes over several lines or stands elsewhere too, or where characters of it
    would be lost.
    """
    if not isinstance(node, Sequence) or not node.items or first >= len(node.items):
        return None
    source, span = node.source, node.items[first].span
    way = [part for part in enclosing(project, source, span) if isinstance(part, Sequence)]
    if not way or not way[-1].is_flow or len(way[-1].items) != len(node.items):
        return None
    written = way[-1].items
    if any(not isinstance(item, Scalar) or item.properties is not None for item in written):
        return None
    whole = Span(written[first].start, written[-1].end)
    text = source.slice(whole)
    if "\n" in text or "#" in text or "$" in text or not may_edit(project, source, way[-1].span):
        return None
    quote = "'" if text.startswith("'") else '"'
    if any(quote in item or "\\" in item for item in items):
        return None
    new = ", ".join(f"{quote}{item}{quote}" for item in items)
    path = path_at(project, source, way[-1].span)
    return Fix(title, Safety.UNSAFE, (Edit(source, whole, new),), (path,))


@functools.lru_cache(maxsize=1)
def tests_of_health(project: Project) -> tuple[tuple[Node, HealthcheckTest], ...]:
    """Return the tests of health of the services, each as it is written and as it is read."""
    found = []
    for member in members(project):
        if "healthcheck" not in member.entries:
            continue
        node = member.child("healthcheck", "test")
        test = None if node is None else read_healthcheck_test(node, project.text)
        if node is not None and isinstance(test, HealthcheckTest):
            found.append((node, test))
    return tuple(found)
