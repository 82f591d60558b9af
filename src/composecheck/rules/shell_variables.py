"""Rules on variables that are meant for a shell in the container."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from composecheck.finding import Edit, Fix, Safety, Severity
from composecheck.language.command_lines import CommandLine, read_command_line
from composecheck.language.key_values import read_key_values
from composecheck.project.reading import child, text_of
from composecheck.rule import Category, rule
from composecheck.rules.marks import is_shared, path_at
from composecheck.rules.places import find_at, scalar_at
from composecheck.schema.words import quoted
from composecheck.source import Span
from composecheck.yaml.nodes import Sequence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.finding import Finding, Path
    from composecheck.project.problem import Unset
    from composecheck.project.project import Project
    from composecheck.yaml.nodes import Node, Scalar

_COMMANDS = ("command", "entrypoint", "test")
_SHELLS = frozenset({"sh", "bash", "ash", "dash", "zsh"})


@rule("variable-for-shell", Severity.WARNING, Category.RUNTIME)
def variable_for_shell(project: Project) -> Iterator[Finding]:
    """A variable of the container, or of a shell in it, that Compose replaces before.

    Compose puts its own variables in the place of `$NAME` and `${NAME}`, in commands, too, before
    there is a container. What stands under `environment` is known to the container, not to Compose,
    and a variable that the command sets itself is known to nobody yet. Where Compose has none of
    that name, nothing is left in its place. Write `$$NAME`: then the shell in the container gets
    `$NAME`, and puts the value there.

    Bad:

        services:
          db:
            image: postgres
            environment:
              POSTGRES_USER: shop
              POSTGRES_HOST_AUTH_METHOD: trust
            healthcheck:
              test: pg_isready -U $POSTGRES_USER

    Good:

        services:
          db:
            image: postgres
            environment:
              POSTGRES_USER: shop
              POSTGRES_HOST_AUTH_METHOD: trust
            healthcheck:
              test: pg_isready -U $$POSTGRES_USER
    """
    # Hits in the corpus: four. The source: Docker's reference on interpolation, on variables that
    # Compose is not to process; docker/compose, issue 6833, on what `environment` is for.
    by_name: dict[str, list[Unset]] = {}
    for use in project.unset:
        by_name.setdefault(use.variable.name, []).append(use)
    for name, uses in by_name.items():
        # Used elsewhere, it is one of Compose's own, and set where the project runs.
        if all(_is_command(use.path) for use in uses):
            by_text: dict[tuple[int, int], list[Unset]] = {}
            for use in uses:
                scalar = scalar_at(project, use.source, use.variable.span)
                if scalar is not None:
                    by_text.setdefault((id(use.source), scalar.start), []).append(use)
            for found in by_text.values():
                yield from _in_text(project, name, found)


def _is_command(path: Path) -> bool:
    return len(path) > 2 and path[0] == "services" and not set(_COMMANDS).isdisjoint(path[2:4])


def _in_text(project: Project, name: str, uses: list[Unset]) -> Iterator[Finding]:
    first = uses[0]
    source, span = first.source, first.variable.span
    path = path_at(project, source, span)
    if not _is_command(path):
        return  # it stands in a fragment that services share
    service = project.section("services").get(str(path[1]))
    scalar = scalar_at(project, source, span)
    if service is None or scalar is None or str(path[1]) in project.partial_services:
        return
    written = quoted(source.slice(span))
    doubled = quoted(f"${source.slice(span)}")
    if _is_set_in(scalar.text, name):
        message = (
            f"{written} is set in this text, but Compose puts a variable of its own in its place"
            " before a shell sees it; none is set here, so that nothing is left."
        )
        has_shell = True
    elif _is_given(project, service, name):
        message = (
            f"{quoted(name)} is set for the container, but Compose replaces {written} before there"
            " is one, by a variable of its own; none is set here, so that nothing is left."
        )
        has_shell = _has_shell(project, service, str(path[2]))
    else:
        return
    yield find_at(
        project,
        "variable-for-shell",
        Severity.WARNING,
        source,
        span,
        message,
        f"Write {doubled}: then the shell in the container puts the value there."
        if has_shell
        else "Write the value itself, since there is no shell here that would put it there.",
        fix=_doubling(project, scalar, uses) if has_shell else None,
    )


def _is_set_in(text: str, name: str) -> bool:
    """Whether a text for a shell gives the variable a value, and not that of another one."""
    word = re.escape(name)
    if re.search(rf"(?<![\w$]){word}=[\"']?\$\{{?{word}\b", text):
        return False
    return (
        re.search(
            rf"(?:^|[\s;&|(\"'])(?:for\s+{word}\s+in\s|read\s+(?:-\w+\s+|\w+\s+)*{word}\b"
            rf"|(?:export\s+|local\s+)?{word}=)",
            text,
        )
        is not None
    )


def _is_given(project: Project, service: Node, name: str) -> bool:
    """Whether `environment` gives the container the variable, as it stands there."""
    environment = child(service, "environment")
    return environment is not None and any(
        pair.key.equals(name)
        and pair.value is not None
        and pair.value.is_known
        and len(pair.value) > 0
        for pair in read_key_values(environment, project.text)
    )


def _has_shell(project: Project, service: Node, key: str) -> bool:
    """Whether a shell reads the text under `key` of a service."""
    if key == "healthcheck":
        test = child(service, "healthcheck", "test")
        kind = test.items[0] if isinstance(test, Sequence) and test.items else None
        return kind is None or text_of(kind) == "CMD-SHELL" or _is_shell(project, test)
    return _is_shell(project, child(service, "command")) or _is_shell(
        project, child(service, "entrypoint")
    )


def _is_shell(project: Project, node: Node | None) -> bool:
    command = None if node is None else read_command_line(node, project.text)
    if not isinstance(command, CommandLine):
        return False
    words = [word.shape for word in command.words if word.shape not in ("CMD", "exec")]
    has_text = any(word.startswith("-") and word.endswith("c") for word in words[1:])
    return bool(words) and words[0].rpartition("/")[2] in _SHELLS and has_text


def _doubling(project: Project, scalar: Scalar, uses: list[Unset]) -> Fix | None:
    source = scalar.source
    places = [use.variable.span.start for use in uses]
    is_written = all(source.text[place : place + 1] == "$" for place in places)
    if is_shared(project, source, scalar.span) or not is_written:
        return None
    edits = tuple(Edit(source, Span(place, place), "$") for place in dict.fromkeys(places))
    return Fix('Write "$$" for "$"', Safety.UNSAFE, edits)


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (variable_for_shell,)
