"""Rules on how a mount is written: `volumes` of a service, in the short and the long form.

Whether a volume that it names is defined is another module's question.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Safety, Severity
from composecheck.language.long_volumes import read_long_volume
from composecheck.language.traced import trace
from composecheck.language.volumes import Fault, InvalidVolume
from composecheck.project.problem import Fault as Trouble
from composecheck.rule import Category, rule
from composecheck.rules.marks import once
from composecheck.rules.places import find_at, replacement, scalar_at, unquoted, visible
from composecheck.rules.values import (
    because_blank,
    blank_variables,
    give_value,
    places_of,
    values_at,
    written_at,
)
from composecheck.schema.words import REFUSED, quoted
from composecheck.source import Span
from composecheck.yaml.nodes import Mapping

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.finding import Finding
    from composecheck.language.variables import Variable
    from composecheck.project.project import Project
    from composecheck.source import Source

_EXAMPLE = '"./data:/data"'


@rule("volume-syntax", Severity.ERROR, Category.COMPOSE)
def volume_syntax(project: Project) -> Iterator[Finding]:
    """A mount in the short form that Compose cannot read.

    The short form is `source:target:options`: the name of a volume or a path on this machine, then
    the path in the container, then perhaps `ro` and other options, separated by commas. Nothing may
    be missing between, before or behind the colons. Often that happens where a variable has no
    value.

    Bad:

        services:
          db:
            image: example/db
            volumes:
              - ./data:/var/lib/postgresql/data:ro:z

    Good:

        services:
          db:
            image: example/db
            volumes:
              - ./data:/var/lib/postgresql/data:ro,z
    """
    yield from once(_short_volumes(project))


def _short_volumes(project: Project) -> Iterator[Finding]:
    for problem in project.problems:
        source, whole, wrong = problem.source, problem.span, problem.payload
        if source is None or whole is None or not isinstance(wrong, InvalidVolume):
            continue
        variable = _blank(project, source, whole, wrong)
        if variable is not None:
            yield _find_blank(project, source, whole, wrong, variable)
            continue
        scalar = scalar_at(project, source, whole)
        is_last = scalar is not None and wrong.span.end == trace(scalar).span.end
        clause, remedy = _words(wrong, written_at(project, source, whole), is_last=is_last)
        fix = None
        if wrong.fault is Fault.TOO_MANY_SECTIONS:
            # What stands there is a further option, if anything.
            start = Span(wrong.span.start, wrong.span.start + 1)
            if wrong.text.count(":") == 1 and wrong.text[1:].isalpha():
                fix = replacement(
                    project,
                    source,
                    start,
                    ":",
                    ",",
                    Safety.SAFE,
                    title="Write a comma between the options",
                )
        yield find_at(
            project,
            "volume-syntax",
            Severity.ERROR,
            source,
            visible(project, source, wrong.span),
            f"{clause}; {REFUSED}.",
            remedy,
            fix=fix,
        )


def _blank(project: Project, source: Source, whole: Span, wrong: InvalidVolume) -> Variable | None:
    """Return the variable that is to blame for the missing part."""
    variables = blank_variables(project, source, whole)
    if wrong.fault is Fault.EMPTY:
        return variables[0] if variables else None
    if wrong.fault is not Fault.EMPTY_SECTION:
        return None
    # The fault is a colon, and the empty part stands on one of its sides.
    beside = (wrong.span.start, wrong.span.end)
    return next(
        (
            variable
            for variable in variables
            if variable.span.end in beside or variable.span.start in beside
        ),
        None,
    )


def _find_blank(
    project: Project, source: Source, whole: Span, wrong: InvalidVolume, variable: Variable
) -> Finding:
    written = quoted(written_at(project, source, whole))
    is_first = variable.span.end <= wrong.span.start or wrong.fault is Fault.EMPTY
    missing = "nothing is left of" if wrong.fault is Fault.EMPTY else "a part is missing in"
    return find_at(
        project,
        "volume-syntax",
        Severity.ERROR,
        source,
        variable.span,
        f"{because_blank(project, (variable,))}, so that {missing} {written}; {REFUSED}.",
        give_value((variable,), "./data" if is_first else "/data"),
    )


def _words(wrong: InvalidVolume, written: str, *, is_last: bool) -> tuple[str, str]:
    """Return what is wrong and what to write; `is_last` says that nothing is behind `wrong`."""
    text = quoted(wrong.text)
    side = "behind" if is_last else "before"
    match wrong.fault:
        case Fault.EMPTY:
            return "This mount is empty", f"Write one such as {_EXAMPLE}, or delete the line."
        case Fault.EMPTY_SECTION:
            return (
                f"Nothing stands {side} a colon in {quoted(written)}",
                "Write the source before the colon, and the path in the container behind it, as in"
                f" {_EXAMPLE}.",
            )
        case Fault.UNCLOSED:
            return (
                f'The "}}" is missing behind {text}, so that Compose finds no colon in it',
                'Write the "}" before the colon.',
            )
    return (
        f"{text} is one part too many in {quoted(written)}: a mount has a source, a path in the"
        " container, and options",
        'Write several options with commas between them, as in "ro,z".',
    )


@rule("volume-incomplete", Severity.ERROR, Category.COMPOSE)
def volume_incomplete(project: Project) -> Iterator[Finding]:
    """A mount in the long form that lacks a key.

    Every mount needs `target`, the path in the container. One of `type: bind` also needs `source`,
    the path on this machine.

    Bad:

        services:
          db:
            image: example/db
            volumes:
              - type: bind
                target: /docker-entrypoint-initdb.d

    Good:

        services:
          db:
            image: example/db
            volumes:
              - type: bind
                target: /docker-entrypoint-initdb.d
                source: ./init
    """
    yield from once(_incomplete(project))


def _incomplete(project: Project) -> Iterator[Finding]:
    for problem in project.problems:
        source, span = problem.source, problem.span
        if problem.fault is not Trouble.NO_TARGET or "volumes" not in problem.path[-2:]:
            continue
        if source is not None and span is not None:
            yield find_at(
                project,
                "volume-incomplete",
                Severity.ERROR,
                source,
                source.first_line(span),
                f'This mount has no "target", the path in the container; {REFUSED}.',
                'Write it, as in "target: /data".',
            )
    for source, span in _without_source(project):
        yield find_at(
            project,
            "volume-incomplete",
            Severity.ERROR,
            source,
            source.first_line(span),
            'This mount is of type "bind" and has no "source", the path on this machine;'
            f" {REFUSED}.",
            'Write it, as in "source: ./data".',
        )


def _without_source(project: Project) -> Iterator[tuple[Source, Span]]:
    for node, wrong in _long_faults(project):
        if wrong.fault is Fault.NO_SOURCE:
            yield node.source, node.span
    for problem in project.problems:
        source, span = problem.source, problem.span
        if source is None or span is None or "volumes" not in problem.path[-2:-1]:
            continue
        # In another service of a file to extend from, or in what is included.
        if problem.fault is Trouble.WRONG_KIND and problem.name == "mapping":
            yield source, span


def _long_faults(project: Project) -> Iterator[tuple[Mapping, InvalidVolume]]:
    for node, _, _ in values_at(project, places_of("volume-mount")):
        if isinstance(node, Mapping) and node not in project.written:
            wrong = read_long_volume(node, project.text)
            for part in wrong if isinstance(wrong, tuple) else ():
                if isinstance(part, InvalidVolume):
                    yield node, part


@rule("tmpfs-mode", Severity.ERROR, Category.COMPOSE)
def tmpfs_mode(project: Project) -> Iterator[Finding]:
    """The permissions of a mount in memory that are no number.

    Unlike elsewhere, Compose takes no text for `tmpfs.mode`, and so no variable either. Write
    octal digits with a zero before them, without quotes: `01777`.

    Bad:

        services:
          web:
            image: nginx
            volumes:
              - type: tmpfs
                target: /cache
                tmpfs:
                  mode: "01777"

    Good:

        services:
          web:
            image: nginx
            volumes:
              - type: tmpfs
                target: /cache
                tmpfs:
                  mode: 01777
    """
    yield from once(_modes(project))


def _modes(project: Project) -> Iterator[Finding]:
    for node, wrong in _long_faults(project):
        if wrong.fault is Fault.MODE_TEXT:
            is_number = wrong.text.isdecimal() and wrong.text.startswith("0")
            yield find_at(
                project,
                "tmpfs-mode",
                Severity.ERROR,
                node.source,
                wrong.span,
                f'"mode" must be a number here, and {quoted(wrong.text)} is text; {REFUSED}.',
                f"Write {wrong.text} without quotes."
                if is_number
                else "Write octal digits without quotes, such as 01777.",
                fix=unquoted(project, node.source, wrong.span) if is_number else None,
            )
        elif wrong.fault is Fault.MODE_NEGATIVE:
            yield find_at(
                project,
                "tmpfs-mode",
                Severity.ERROR,
                node.source,
                wrong.span,
                f'"mode" cannot be below zero, as {wrong.text} is; {REFUSED}.',
                "Write octal digits, such as 01777.",
            )


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (
    volume_syntax,
    volume_incomplete,
    tmpfs_mode,
)
