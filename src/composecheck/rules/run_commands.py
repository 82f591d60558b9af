"""What the commands of services run: one command, or those that a shell runs in turn."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from composecheck.expressions import expression
from composecheck.language.command_lines import (
    CommandLine,
    parse_command_line,
    read_command_line,
)
from composecheck.rules.activity import members
from composecheck.rules.words_of_commands import is_shell
from composecheck.yaml.nodes import Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composecheck.language.traced import Traced
    from composecheck.project.project import Project
    from composecheck.rules.activity import Member
    from composecheck.yaml.nodes import Node

Words = tuple["Traced", ...]

_PREFIXES = (
    ("exec",),
    ("python", "-m"),
    ("python3", "-m"),
    ("poetry", "run"),
    ("pipenv", "run"),
    ("uv", "run"),
    ("bundle", "exec"),
    ("npx",),
)
"""What may stand before a command without changing what it does."""

_BETWEEN = expression(r"&&|\|\||[;\n]")


def run_commands(project: Project, wanted: re.Pattern[str]) -> Iterator[tuple[Member, list[Words]]]:
    """Yield the commands of services in which `wanted` is: of a shell, each of its commands."""
    for member in members(project):
        node = member.child("command")
        if node is None or not wanted.search(_text_of(node)):
            continue
        line = read_command_line(node, project.text)
        if not isinstance(line, CommandLine) or line.dropped is not None or not line.words:
            continue
        entrypoint = member.child("entrypoint")
        words = line.words
        if entrypoint is not None:
            before = read_command_line(entrypoint, project.text)
            if not isinstance(before, CommandLine) or not before.words:
                continue
            words = (*before.words, *words)
        yield member, list(_commands_in(words))


def _text_of(node: Node) -> str:
    if isinstance(node, Sequence):
        return " ".join(item.text for item in node.items if isinstance(item, Scalar))
    return node.text if isinstance(node, Scalar) else ""


def _commands_in(words: Words) -> Iterator[Words]:
    """Yield the one command that `words` are, or those that a shell runs one after the other.

    One that is not understood has no words.
    """
    if not is_shell(words):
        yield _without_prefix(words)
        return
    option = next(
        (at for at, word in enumerate(words[1:4], 1) if re.fullmatch("-[a-z]*c", word.shape)), None
    )
    if option is None or option + 1 >= len(words):
        return
    script, start = words[option + 1], 0
    for match in _BETWEEN.finditer(script.shape + "\n"):
        read = parse_command_line(script[start : match.start()])
        start = match.end()
        if not isinstance(read, CommandLine) or read.dropped is not None:
            yield ()  # a quote with a sign in it, a pipe, or something in the background
        elif read.words:
            yield _without_prefix(read.words)


def _without_prefix(words: Words) -> Words:
    while words:
        prefix = next(
            (
                prefix
                for prefix in _PREFIXES
                if tuple(word.shape for word in words[: len(prefix)]) == prefix
            ),
            None,
        )
        if prefix is None:
            return words
        words = words[len(prefix) :]
    return words
