"""Rules on lengths of time: `interval`, `stop_grace_period` and the like."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Safety, Severity
from composecheck.language.durations import Fault, InvalidDuration, parse_duration
from composecheck.language.traced import Traced
from composecheck.language.values import read_value
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

_EXAMPLES = 'such as "30s", "5m" or "1h30m"'

_UNITS = {
    "ms": ("ms", "msec", "msecs", "milli", "millis", "millisecond", "milliseconds"),
    "s": ("s", "sec", "secs", "second", "seconds"),
    "m": ("m", "min", "mins", "minute", "minutes"),
    "h": ("h", "hr", "hrs", "hour", "hours"),
    "d": ("d", "day", "days"),
    "w": ("w", "week", "weeks"),
}
_MEANT = {word: unit for unit, words in _UNITS.items() for word in words}

_NANOSECONDS_FROM = 1_000_000
"""A number without a unit that is as large as this rather counts nanoseconds, as Docker's API."""


@rule("duration-invalid", Severity.ERROR, Category.COMPOSE)
def duration_invalid(project: Project) -> Iterator[Finding]:
    """A length of time that Compose cannot read.

    Each number needs its unit, without a blank between: `ms`, `s`, `m` (minutes), `h`, `d` or `w`,
    and several can follow each other: `1h30m`.

    Bad:

        services:
          web:
            image: nginx
            stop_grace_period: 30sec

    Good:

        services:
          web:
            image: nginx
            stop_grace_period: 30s
    """
    for node, path, _ in values_at(project, places_of("duration")):
        text = read_value(node, project.text)
        wrong = parse_duration(text) if isinstance(text, Traced) else None
        if isinstance(text, Traced) and isinstance(wrong, InvalidDuration):
            yield _explain(project, node, name_at(path), text, wrong)


def _explain(
    project: Project, node: Node, name: str, text: Traced, wrong: InvalidDuration
) -> Finding:
    source = text.source
    key, part = quoted(name), quoted(wrong.text)
    span = visible(project, source, wrong.span)
    suggestion, safety = "", Safety.SAFE
    variables = blank_variables(project, source, span) if wrong.fault is Fault.EMPTY else ()
    if variables:
        return find_at(
            project,
            "duration-invalid",
            Severity.ERROR,
            source,
            span_of(variables),
            f"{because_blank(project, variables)}, so that {key} has no value; {REFUSED}.",
            give_value(variables, "30s"),
        )
    remedy = f"Write a number and a unit, {_EXAMPLES}."
    match wrong.fault:
        case Fault.EMPTY:
            message = f"{key} is empty, but must be a length of time"
        case Fault.NO_UNIT:
            message = f"{key} must be a length of time, and {part} has no unit"
            if _may_be_seconds(wrong.text):
                # Mostly seconds are meant, but the text does not say so.
                suggestion, safety = f"{wrong.text}s", Safety.UNSAFE
                remedy = f"Write {quoted(suggestion)} if you mean seconds."
        case Fault.UNKNOWN_UNIT:
            message = f"{part} is no unit of time that Compose knows"
            unit = _MEANT.get(wrong.text.strip().lower())
            if unit == wrong.text.strip():
                message = f"A blank stands beside the unit {part} in {key}"
            if unit is not None:
                suggestion = unit
                remedy = f"Write {quoted(unit)} directly behind the number."
            else:
                remedy = 'Write one of the units "ms", "s", "m", "h", "d" and "w".'
        case Fault.TOO_LONG:
            message = f"{part} is longer than Compose can count, which is 292 years"
            remedy = "Write a shorter time."
        case _:
            message = f"{key} must be a length of time, and {part} is none"
    fix = None
    if suggestion:
        fix = replacement(project, source, span, wrong.text, suggestion, safety)
    return find_at(
        project,
        "duration-invalid",
        Severity.ERROR,
        source,
        span,
        f"{message}; {REFUSED}.",
        remedy,
        suggestions=(suggestion,) if suggestion else (),
        fix=fix,
    )


def _may_be_seconds(number: str) -> bool:
    whole = number.lstrip("+-").partition(".")[0]
    return len(whole) < len(str(_NANOSECONDS_FROM)) and number[-1:].isdecimal()


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (duration_invalid,)
