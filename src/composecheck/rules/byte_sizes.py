"""Rules on numbers of bytes: `mem_limit`, `shm_size` and the like."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Severity
from composecheck.language.byte_sizes import Fault, InvalidByteSize, read_byte_size
from composecheck.rule import Category, rule
from composecheck.rules.places import find_at, replacement, visible
from composecheck.rules.values import (
    because_blank,
    blank_variables,
    give_value,
    name_at,
    places_of,
    span_of,
    values_at,
)
from composecheck.schema.words import REFUSED, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.finding import Finding
    from composecheck.project.project import Project
    from composecheck.yaml.nodes import Node

_UNITS = {
    "b": ("byte", "bytes"),
    "k": ("ki", "kilo", "kilobyte", "kilobytes", "kbyte", "kbytes", "kibibytes"),
    "m": ("mi", "meg", "megs", "mega", "megabyte", "megabytes", "mbyte", "mbytes", "mebibytes"),
    "g": ("gi", "gig", "gigs", "giga", "gigabyte", "gigabytes", "gbyte", "gbytes", "gibibytes"),
    "t": ("ti", "tera", "terabyte", "terabytes", "tbyte", "tbytes", "tebibytes"),
}
_MEANT = {word: unit for unit, words in _UNITS.items() for word in words}


@rule("byte-size-invalid", Severity.ERROR, Category.COMPOSE)
def byte_size_invalid(project: Project) -> Iterator[Finding]:
    """A number of bytes that Compose cannot read.

    Behind the number may stand `b`, `k`, `m`, `g`, `t` or `p`, in small or capital letters, with
    `b` or `ib` behind it or not; all of them count by 1024. The `Mi` of Kubernetes is written `m`
    or `MiB` here.

    Bad:

        services:
          db:
            image: example/db
            shm_size: 512megs

    Good:

        services:
          db:
            image: example/db
            shm_size: 512m
    """
    for node, path, _ in values_at(project, places_of("byte-size")):
        wrong = read_byte_size(node, project.text)
        if isinstance(wrong, InvalidByteSize):
            yield _explain(project, node, name_at(path), wrong)


def _explain(project: Project, node: Node, name: str, wrong: InvalidByteSize) -> Finding:
    source, key, part = node.source, quoted(name), quoted(wrong.text)
    span = visible(project, source, wrong.span)
    variables = blank_variables(project, source, span) if wrong.fault is Fault.EMPTY else ()
    suggestion = ""
    remedy = 'Write a number and a unit, such as "512m" or "1g".'
    match wrong.fault:
        case Fault.EMPTY if variables:
            span = span_of(variables)
            message = f"{because_blank(project, variables)}, so that {key} has no value"
            remedy = give_value(variables, "512m")
        case Fault.EMPTY:
            message = f"{key} is empty, but must be a number of bytes"
        case Fault.UNKNOWN_UNIT:
            message = f"{part} is no unit of bytes that Compose knows"
            suggestion = _MEANT.get(wrong.text.strip().lower(), "")
            remedy = (
                f"Write {quoted(suggestion)} behind the number."
                if suggestion
                else 'Write one of the units "k", "m", "g" and "t", which count by 1024.'
            )
        case Fault.NEGATIVE:
            message = f"{key} must be a number of bytes, and {part} is below zero"
        case _:
            message = f"{key} must be a number of bytes, and {part} is none"
            suggestion = _without_comma(wrong.text)
            remedy = f"Write {quoted(suggestion)}." if suggestion else remedy
    fix = replacement(project, source, span, wrong.text, suggestion) if suggestion else None
    return find_at(
        project,
        "byte-size-invalid",
        Severity.ERROR,
        source,
        span,
        f"{message}; {REFUSED}.",
        remedy,
        suggestions=(suggestion,) if suggestion else (),
        fix=fix,
    )


def _without_comma(number: str) -> str:
    """Return a number with a decimal comma with a point instead; nothing for anything else."""
    whole, comma, fraction = number.strip().partition(",")
    is_fraction = bool(comma) and fraction.isdecimal() and len(fraction) < 3
    return f"{whole}.{fraction}" if is_fraction and (whole.isdecimal() or not whole) else ""


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (byte_size_invalid,)
