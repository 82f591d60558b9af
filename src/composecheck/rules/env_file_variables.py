"""Rules on variables of env files that do not get to where they are wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Fix, Related, Safety, Severity
from composecheck.language.key_values import read_key_values
from composecheck.project.reading import child
from composecheck.rule import Category, rule
from composecheck.rules.env_contents import env_contents
from composecheck.rules.marks import document_of, is_shared, path_at
from composecheck.rules.places import enclosing, find_at
from composecheck.schema.words import join_and, quoted
from composecheck.yaml.nodes import Mapping, Sequence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.finding import Finding
    from composecheck.language.assignments import Assignment
    from composecheck.language.key_values import KeyValue
    from composecheck.project.problem import Unset
    from composecheck.project.project import Project
    from composecheck.rules.env_contents import EnvContent


@rule("variable-in-env-file", Severity.WARNING, Category.RUNTIME)
def variable_in_env_file(project: Project) -> Iterator[Finding]:
    """A variable of a service's env file that is used in the Compose file.

    An `env_file` gives variables to the container. Compose does not look there when it replaces
    `${NAME}` in the Compose file: it knows those of the shell, and of the file `.env` beside it. So
    nothing is put there; and `NAME: ${NAME}` under `environment` even takes the value away, since
    what is empty there counts more than the file. The container has the variable from the file,
    without another word. For what Compose itself needs, write the value into `.env`, or name the
    file with `--env-file`.

    Bad:

        # shop.env: DB_PASSWORD=correct-horse
        services:
          shop:
            image: example/shop
            env_file: shop.env
            environment:
              LOG_LEVEL: info
              DB_PASSWORD: ${DB_PASSWORD}

    Good:

        # shop.env: DB_PASSWORD=correct-horse
        services:
          shop:
            image: example/shop
            env_file: shop.env
            environment:
              LOG_LEVEL: info
    """
    # The corpus has no env files. The source: docker/compose, issues 1171, 10590 and 11015, where
    # maintainers tell the two apart; measured.
    if not project.unset:
        return
    contents = [content for content in env_contents(project) if content.services]
    groups: dict[tuple[str, int], list[Unset]] = {}
    for use in project.unset if contents else ():
        if len(use.path) > 2 and use.path[0] == "services":
            content = _file_with(contents, str(use.path[1]), use.variable.name)
            if content is not None:
                groups.setdefault((use.variable.name, contents.index(content)), []).append(use)
    for (name, index), uses in groups.items():
        yield _unseen(project, name, contents[index], uses)


def _file_with(contents: list[EnvContent], service: str, name: str) -> EnvContent | None:
    for content in contents:
        assignment = content.last.get(name) if service in content.services else None
        if assignment is not None and assignment.value is not None and len(assignment.value):
            return content
    return None


def _unseen(project: Project, name: str, content: EnvContent, uses: list[Unset]) -> Finding:
    first, *others = uses
    file = quoted(content.file.source.name)
    written = first.source.slice(first.variable.span)
    # The first that takes the value away is the worst.
    lost = next((use for use in uses if _is_own_value(use)), None)
    message = (
        f"{quoted(name)} is set in {file}, which is for the container alone: Compose does not look"
        f" there for {quoted(written)}, and puts nothing in its place."
    )
    remedy = f'Set it in ".env" beside the Compose file as well, or name {file} with "--env-file".'
    if lost is not None:
        first, others = lost, [use for use in uses if use is not lost]
        message += f" An empty {quoted(name)} then counts more than that of the file."
        remedy = f"Remove this line: the container gets {quoted(name)} from {file}."
    assignment = content.last[name]
    return find_at(
        project,
        "variable-in-env-file",
        Severity.WARNING,
        first.source,
        first.variable.span,
        message,
        remedy,
        related=(
            Related(content.file.source, assignment.key_span, "It is set here."),
            *(Related(use.source, use.variable.span, "It is used here as well.") for use in others),
        ),
        fix=_removing(project, first) if lost is not None and not others else None,
    )


def _is_own_value(use: Unset) -> bool:
    """Whether a use is all of the value of the variable of the same name: `NAME: ${NAME}`."""
    path, name = use.path, use.variable.name
    if len(path) < 4 or path[2] != "environment" or use.variable.operator is not None:
        return False
    text, start, end = use.source.text, use.variable.span.start, use.variable.span.end
    if isinstance(path[3], str):
        is_key = path[3] == name
        before = text[:start].rstrip("'\"").rstrip(" ")
        return is_key and before.endswith(":") and text[end : end + 1] in _BEHIND
    before = text[:start].rstrip("'\"")
    return before.endswith(f"{name}=") and text[end : end + 1] in _BEHIND


_BEHIND = ("", "\n", "\r", " ", "'", '"', ",", "}")


def _removing(project: Project, use: Unset) -> Fix | None:
    """Return the fix that removes a variable from `environment`, if others are left there."""
    source, span = use.source, use.variable.span
    document = document_of(project, source)
    way = enclosing(project, source, span)
    owner = way[-2] if len(way) > 1 else None
    if document is None or is_shared(project, source, span):
        return None
    if not isinstance(owner, Mapping | Sequence):
        return None
    if len(owner.entries if isinstance(owner, Mapping) else owner.items) < 2:
        return None
    # Imported here: hardly any file needs it.
    from composecheck.yaml.editing import CannotEdit, deleting

    try:
        edits = deleting(document, path_at(project, source, span)).edits
    except (CannotEdit, LookupError):
        return None
    if any("#" in edit.source.slice(edit.span) for edit in edits):
        return None
    return Fix(f"Remove {quoted(use.variable.name)}", Safety.UNSAFE, edits)


@rule("env-file-overridden", Severity.NOTE, Category.UPKEEP)
def env_file_overridden(project: Project) -> Iterator[Finding]:
    """A line of an env file that no container gets, since `environment` says otherwise.

    What stands under `environment` counts more than what is in an `env_file`. If all services that
    have the file set the variable themselves, to another value, the line in it has no effect, and
    whoever changes it wonders why. Remove one of the two.

    Bad:

        # shop.env: LOG_LEVEL=debug
        # shop.env: DB_HOST=db
        services:
          shop:
            image: example/shop
            env_file: shop.env
            environment:
              LOG_LEVEL: info

    Good:

        # shop.env: DB_HOST=db
        services:
          shop:
            image: example/shop
            env_file: shop.env
            environment:
              LOG_LEVEL: info
    """
    # The corpus has no env files. The source: Docker's reference on the precedence of variables:
    # `environment` is before `env_file`; measured.
    for content in env_contents(project):
        # From the `.env`, Compose also takes what it puts into the Compose files.
        if content.is_own or not content.services or project.is_open:
            continue
        if not project.partial_services.isdisjoint(content.services):
            continue
        tables = [_environment(project, name) for name in content.services]
        for assignment in content.last.values():
            pairs = [table.get(assignment.key) for table in tables]
            if all(_differs(pair, assignment) for pair in pairs):
                yield _overridden(project, content, assignment, [pair for pair in pairs if pair])


def _environment(project: Project, service: str) -> dict[str, KeyValue]:
    node = child(project.root, "services", service, "environment")
    pairs = () if node is None else read_key_values(node, project.text)
    return {pair.key.text: pair for pair in pairs if pair.key.is_known}


def _differs(pair: KeyValue | None, assignment: Assignment) -> bool:
    """Whether `environment` certainly gives the variable another value."""
    mine, theirs = None if pair is None else pair.value, assignment.value
    if mine is None or theirs is None or assignment.is_inherited:
        return False
    return mine.is_known and theirs.is_known and mine.text != theirs.text


def _overridden(
    project: Project, content: EnvContent, assignment: Assignment, pairs: list[KeyValue]
) -> Finding:
    names = join_and(map(quoted, content.services))
    return find_at(
        project,
        "env-file-overridden",
        Severity.NOTE,
        content.file.source,
        assignment.key_span,
        f"No container gets {quoted(assignment.key)} from here: {names}"
        f' {"sets" if len(content.services) == 1 else "set"} it under "environment", to another'
        " value, and that counts more.",
        "Remove one of the two.",
        related=tuple(
            Related(pair.key.source, pair.key.span, "This value counts.") for pair in pairs
        ),
    )


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (variable_in_env_file, env_file_overridden)
