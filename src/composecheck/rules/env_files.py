"""Rules on env files: `.env`, and those of `env_file` and `label_file`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Related, Severity
from composecheck.language.assignments import Fault, InvalidAssignment
from composecheck.language.traced import HOLE
from composecheck.language.variables import InvalidVariable, MissingVariable
from composecheck.nearest import only_slip
from composecheck.project.problem import Fault as Trouble
from composecheck.project.reading import child, text_of, value_of
from composecheck.project.service_files import FORMATS
from composecheck.rule import Category, rule
from composecheck.rules.activity import members
from composecheck.rules.marks import content_span, once, path_at
from composecheck.rules.places import enclosing, find_at, replacement
from composecheck.rules.variables import find_invalid, find_missing
from composecheck.schema.words import quoted
from composecheck.yaml.merge import effective_entries
from composecheck.yaml.nodes import Mapping, Sequence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.finding import Finding
    from composecheck.project.problem import Problem
    from composecheck.project.project import Project


@rule("env-file-absent", Severity.ERROR, Category.COMPOSE)
def env_file_absent(project: Project) -> Iterator[Finding]:
    """An env file or label file that does not exist here, or cannot be read.

    Compose refuses the project without it. Such a file often holds passwords and is not kept
    beside the others: create it, perhaps from an example; or, if the project can do without, write
    `required: false` in the long form of `env_file`. Where the file is not checked where it runs,
    this is a note.

    Bad:

        services:
          web:
            image: nginx
            env_file: web.env

    Good:

        services:
          web:
            image: nginx
            env_file:
              - path: web.env
                required: false
    """
    groups: dict[tuple[Trouble, str], list[Problem]] = {}
    for problem in project.problems:
        if problem.fault in (Trouble.ENV_FILE_ABSENT, Trouble.ENV_FILE_UNREADABLE):
            groups.setdefault((problem.fault, problem.name), []).append(problem)
    for (fault, name), problems in groups.items():
        places = [
            (problem.source, problem.span)
            for problem in problems
            if problem.source is not None and problem.span is not None
        ]
        if not places:
            continue  # named on the command line: there is nothing in a file to point at
        (source, span), *others = places
        is_of_service = any(_is_optional(project, problem) for problem in problems)
        if fault is Trouble.ENV_FILE_ABSENT:
            remedy = "Create it, or correct its name."
            if is_of_service:
                remedy = (
                    "Create it, or correct its name; or write it in the long form, with"
                    ' "required: false", if the service can do without.'
                )
            clause = f"{quoted(name)} is not there"
        else:
            is_folder = isinstance(problems[0].payload, IsADirectoryError)
            clause = f"{quoted(name)} {'is a folder' if is_folder else 'cannot be read'}"
            remedy = "Write the name of a file." if is_folder else "See to it that it may be read."
        yield find_at(
            project,
            "env-file-absent",
            Severity.ERROR if project.call.is_here else Severity.NOTE,
            source,
            span,
            f"{clause}; Compose refuses the project."
            if project.call.is_here
            else f"{clause}; where it stays so, Compose refuses the project.",
            remedy,
            related=tuple(Related(*place, "It is named here as well.") for place in others),
        )


def _is_optional(project: Project, problem: Problem) -> bool:
    """Whether it is about an `env_file` of a service, which may say that it need not be there."""
    if problem.source is None or problem.span is None:
        return False
    path = path_at(project, problem.source, problem.span)
    return "env_file" in path and path[0] != "include"


@rule("env-file-format", Severity.ERROR, Category.COMPOSE)
def env_file_format(project: Project) -> Iterator[Finding]:
    """A format of an env file that Compose does not know.

    There is one beside the usual: `raw` takes each value as it stands, with quotes and dollars.

    Bad:

        services:
          web:
            image: nginx
            env_file:
              - path: /dev/null
                format: plain

    Good:

        services:
          web:
            image: nginx
            env_file:
              - path: /dev/null
                format: raw
    """
    for problem in project.problems:
        source, span = problem.source, problem.span
        if problem.fault is not Trouble.ENV_FILE_FORMAT or source is None or span is None:
            continue
        written = problem.name
        if HOLE in written:
            continue
        suggestion = only_slip(written, FORMATS[1:]) or ""
        yield find_at(
            project,
            "env-file-format",
            _severity_of_format(project, problem),
            source,
            span,
            f"{quoted(written)} is no format of an env file that Compose knows; it refuses the"
            " project when it reads the file.",
            'Write "raw" to take the values as they stand, or remove "format".',
            suggestions=("raw",),
            fix=replacement(project, source, span, written, suggestion) if suggestion else None,
        )
    yield from once(_formats_of_waiting(project))


def _formats_of_waiting(project: Project) -> Iterator[Finding]:
    """Yield the wrong formats in services that a profile keeps off, whose files are not read."""
    for member in members(project):
        files = member.child("env_file")
        for item in files.items if isinstance(files, Sequence) and member.profile else ():
            node = child(item, "format")
            written = text_of(node) if node is not None else None
            if node is None or written is None or HOLE in written or written in FORMATS:
                continue
            if value_of(child(item, "required")) is False:
                continue  # the file may be absent
            yield find_at(
                project,
                "env-file-format",
                Severity.WARNING,
                node.source,
                content_span(node),
                f"{quoted(written)} is no format of an env file that Compose knows;"
                f" {member.refused}.",
                'Write "raw" to take the values as they stand, or remove "format".',
                suggestions=("raw",),
            )


def _severity_of_format(project: Project, problem: Problem) -> Severity:
    """Return how bad it is: Compose looks at the format once it has found the file.

    Where the question is what Compose does here, there is a problem only if it has.
    """
    if project.call.is_here:
        return Severity.ERROR
    assert problem.source is not None
    assert problem.span is not None
    way = enclosing(project, problem.source, problem.span)
    item = next((node for node in reversed(way) if isinstance(node, Mapping)), None)
    required = effective_entries(item).get("required") if item is not None else None
    if required is None or value_of(required.value) is True:
        return Severity.ERROR
    return Severity.WARNING


@rule("env-file-syntax", Severity.ERROR, Category.COMPOSE)
def env_file_syntax(project: Project) -> Iterator[Finding]:
    """A line of an env file that Compose cannot read.

    A line is `NAME=value`, perhaps with `export ` before it. A name has letters, digits, `_`, `.`,
    `-`, `[` and `]` in it, and no blanks. A value in quotes may go on over several lines, to the
    next quote. Compose reads the file `.env` beside the Compose file even if nothing uses it.

    In the example, the file that is named is no env file at all.

    Bad:

        services:
          web:
            image: nginx
            env_file:
              - compose.yaml

    Good:

        services:
          web:
            image: nginx
    """
    yield from _syntax(project)


def _syntax(project: Project) -> Iterator[Finding]:
    missing: dict[str, list[Problem]] = {}
    known = set()
    for problem in project.problems:
        source, wrong = problem.source, problem.payload
        if problem.fault is not Trouble.ENV_FILE_INVALID or source is None:
            continue
        # Each service reads its files anew.
        place = (source.name, problem.span)
        if place in known:
            continue
        known.add(place)
        if isinstance(wrong, InvalidAssignment):
            clause, remedy = _words(wrong)
            yield find_at(
                project,
                "env-file-syntax",
                Severity.ERROR,
                source,
                wrong.span,
                f"{clause}; Compose refuses the project.",
                remedy,
            )
        elif isinstance(wrong, InvalidVariable):
            yield find_invalid(project, "env-file-syntax", wrong, source, may_be=problem.may_be)
        elif isinstance(wrong, MissingVariable):
            missing.setdefault(wrong.variable.name, []).append(problem)
    for problems in missing.values():
        payload = problems[0].payload
        assert isinstance(payload, MissingVariable)
        places = [
            (problem.source, problem.payload.variable.span)
            for problem in problems
            if problem.source is not None and isinstance(problem.payload, MissingVariable)
        ]
        is_certain = any(not problem.may_be for problem in problems)
        yield find_missing(project, "env-file-syntax", payload, places, is_certain=is_certain)


def _words(wrong: InvalidAssignment) -> tuple[str, str]:
    text, key = quoted(wrong.text), quoted(wrong.key)
    match wrong.fault:
        case Fault.SPACE_IN_KEY:
            return (
                f"The name {key} has a blank in it",
                "Write NAME=value; a note begins with #.",
            )
        case Fault.CHARACTER_IN_KEY:
            return (
                f"{text} cannot stand in a name of a variable, as it does in {key}",
                "Write NAME=value; a note begins with #, and a value of several lines stands in"
                " quotes.",
            )
        case Fault.UNCLOSED_QUOTE:
            return f"The quote that opens {text} is not closed", "Close it, or remove it."
        case Fault.NO_KEY:
            return f"No name stands in {text}", "Write NAME=value, or delete the line."
        case Fault.NOT_TEXT:
            return "There are bytes here that are no text", "Save the file as UTF-8."
    return "This line is longer than Compose reads, which is 65535 bytes", "Shorten it."


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (
    env_file_absent,
    env_file_format,
    env_file_syntax,
)
