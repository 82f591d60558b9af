"""Rules on how often and how long health is tested, and on what is written for nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Related, Safety, Severity
from composecheck.language.durations import NANOSECONDS, Duration, parse_duration
from composecheck.language.traced import Traced
from composecheck.language.values import read_value
from composecheck.project.reading import entries_of, value_of
from composecheck.rule import Category, rule
from composecheck.rules.activity import members
from composecheck.rules.marks import content_span, once, path_at
from composecheck.rules.places import find_at, replacement
from composecheck.schema.words import join_and, quoted
from composecheck.yaml.nodes import Mapping

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from collections.abc import Mapping as Table

    from composecheck.finding import Finding, Path
    from composecheck.project.project import Project
    from composecheck.rules.activity import Member
    from composecheck.yaml.nodes import Entry, Node

_SHORTEST = NANOSECONDS["ms"]
_TIMES = ("interval", "timeout", "start_period", "start_interval")


def _checks(project: Project) -> Iterator[tuple[Member, Table[str, Entry]]]:
    """Yield the services with a `healthcheck`, and the keys and values of that."""
    for member in members(project):
        check = member.entries.get("healthcheck")
        if check is not None and isinstance(check.value, Mapping):
            yield member, entries_of(check.value)


def _duration(project: Project, node: Node) -> Duration | None:
    text = read_value(node, project.text)
    read = parse_duration(text) if isinstance(text, Traced) else None
    return read if isinstance(read, Duration) else None


@rule("healthcheck-time", Severity.WARNING, Category.RUNTIME)
def healthcheck_time(project: Project) -> Iterator[Finding]:
    """A time of a `healthcheck` that is below zero, or shorter than a millisecond.

    Compose hands it on, and Docker then refuses to create the container: each of these times is
    nothing at all, or at least one millisecond.

    Bad:

        services:
          web:
            image: nginx
            healthcheck:
              test: ["CMD", "curl", "-f", "http://localhost"]
              interval: -30s

    Good:

        services:
          web:
            image: nginx
            healthcheck:
              test: ["CMD", "curl", "-f", "http://localhost"]
              interval: 30s
    """
    # Hits in the corpus: none. The source: moby, `validateHealthCheck` in `daemon/container.go`;
    # and Docker's API, on HealthConfig: "0 or at least 1000000 (1 ms)".
    yield from once(_impossible_times(project))


def _impossible_times(project: Project) -> Iterator[Finding]:
    for _, keys in _checks(project):
        for name in _TIMES:
            entry = keys.get(name)
            length = None if entry is None else _duration(project, entry.value)
            if entry is None or length is None or length.nanoseconds == 0:
                continue
            if length.nanoseconds >= _SHORTEST:
                continue
            source, span = entry.value.source, length.span
            written = source.slice(span)
            is_negative = length.nanoseconds < 0
            fix = None
            if is_negative and -length.nanoseconds >= _SHORTEST:
                fix = replacement(
                    project,
                    source,
                    span,
                    written,
                    written.removeprefix("-"),
                    Safety.UNSAFE,
                    title='Remove the "-"',
                )
            yield find_at(
                project,
                "healthcheck-time",
                Severity.WARNING,
                source,
                span,
                f"{quoted(written)} is {'below zero' if is_negative else 'less than a millisecond'}"
                f": Docker refuses it as {quoted(name)}, and does not create the container.",
                'Write a time such as "30s".',
                fix=fix,
            )


_DEFAULTS = {"interval": "30s", "timeout": "30s", "retries": "3", "start_interval": "5s"}
"""What Docker takes where nothing is set."""


@rule("healthcheck-zero", Severity.WARNING, Category.RUNTIME)
def healthcheck_zero(project: Project) -> Iterator[Finding]:
    """A zero in a `healthcheck` that Docker takes for nothing.

    To Docker, 0 means that nothing is set: it takes what the image says, or else its own, which are
    3 `retries`, an `interval` and a `timeout` of 30 seconds, and a `start_interval` of 5. So
    `retries: 0` does not mean that the first failure counts: that is `retries: 1`. Write the
    number you mean; to switch the test off, write `disable: true`.

    Bad:

        services:
          web:
            image: nginx
            healthcheck:
              test: ["CMD", "curl", "-f", "http://localhost"]
              retries: 0

    Good:

        services:
          web:
            image: nginx
            healthcheck:
              test: ["CMD", "curl", "-f", "http://localhost"]
              retries: 1
    """
    # Hits in the corpus: four. The source: Docker's API, on HealthConfig: "0 means inherit"; and
    # moby, `daemon/health.go`, which then takes its own numbers.
    yield from once(_zeros(project))


def _zeros(project: Project) -> Iterator[Finding]:
    for _, keys in _checks(project):
        for name, instead in _DEFAULTS.items():
            entry = keys.get(name)
            if entry is None:
                continue
            if name == "retries":
                is_zero = value_of(entry.value) in (0, "0")
            else:
                length = _duration(project, entry.value)
                is_zero = length is not None and length.nanoseconds == 0
            if not is_zero:
                continue
            source, span = entry.value.source, content_span(entry.value)
            yield find_at(
                project,
                "healthcheck-zero",
                Severity.WARNING,
                source,
                span,
                f"To Docker, {quoted(source.slice(span))} means that {quoted(name)} is not set: it"
                f" takes what the image says, or {quoted(instead)}.",
                'Write "1" if the first failure shall count.'
                if name == "retries"
                else 'Write the time you mean; "disable: true" switches the test off.',
            )


@rule("healthcheck-start-interval", Severity.WARNING, Category.RUNTIME)
def healthcheck_start_interval(project: Project) -> Iterator[Finding]:
    """A `start_interval` without a `start_period`.

    `start_interval` is how often the health is tested while the container starts, and that is as
    long as `start_period` says. Without one, `docker compose up` stops with
    "healthcheck.start_interval requires healthcheck.start_period to be set". Write a
    `start_period`.

    Bad:

        services:
          db:
            image: example/db
            healthcheck:
              test: ["CMD", "db", "ping"]
              start_interval: 1s

    Good:

        services:
          db:
            image: example/db
            healthcheck:
              test: ["CMD", "db", "ping"]
              start_interval: 1s
              start_period: 30s
    """
    # Hits in the corpus: one. The source: docker/compose, the test of `start_interval` under
    # `pkg/e2e`, where `up` ends with status 1; before that, issue 12782.
    yield from once(_lone_start_intervals(project))


def _lone_start_intervals(project: Project) -> Iterator[Finding]:
    for member, keys in _checks(project):
        entry = keys.get("start_interval")
        if entry is None or "start_period" in keys or "disable" in keys:
            continue
        length = _duration(project, entry.value)
        if length is None or length.nanoseconds <= 0 or member.name in project.partial_services:
            continue
        yield find_at(
            project,
            "healthcheck-start-interval",
            Severity.WARNING,
            entry.key.source,
            entry.key.span,
            '"start_interval" counts during the "start_period", and there is none:'
            ' "docker compose up" refuses to create the container.',
            'Write a "start_period" beside it, such as "30s".',
        )


@rule("healthcheck-off", Severity.NOTE, Category.UPKEEP)
def healthcheck_off(project: Project) -> Iterator[Finding]:
    """A `healthcheck` that is switched off, and says yet how to test.

    With `disable: true`, Compose tells Docker to test nothing, whatever `test` and the times beside
    it say: the next reader takes them for what is done. Remove them, or `disable`.

    Bad:

        services:
          web:
            image: nginx
            healthcheck:
              disable: true
              test: ["CMD", "curl", "-f", "http://localhost"]

    Good:

        services:
          web:
            image: nginx
            healthcheck:
              disable: true
    """
    # Hits in the corpus: none. The source: docker/compose, `ToMobyHealthCheck` in
    # `pkg/compose/convert.go`, which puts "NONE" in the place of the test.
    yield from once(_switched_off(project))


def _switched_off(project: Project) -> Iterator[Finding]:
    for _, keys in _checks(project):
        off = keys.get("disable")
        if off is None or value_of(off.value) is not True:
            continue
        # What another file, or a merge key, has brought is switched off on purpose.
        others = [
            entry
            for name, entry in keys.items()
            if name in ("test", "retries", *_TIMES)
            and entry.key.source is off.key.source
            and _path(project, entry) == _path(project, off)
        ]
        if not others:
            continue
        first, *more = sorted(others, key=lambda entry: entry.key.start)
        names = [quoted(entry.key.source.slice(entry.key.span)) for entry in (first, *more)]
        yield find_at(
            project,
            "healthcheck-off",
            Severity.NOTE,
            first.key.source,
            first.key.span,
            f'With "disable: true", nothing is tested: {join_and(names)}'
            f" {'has' if len(names) == 1 else 'have'} no effect.",
            f'Remove {"it" if len(names) == 1 else "them"}, or remove "disable".',
            related=(Related(off.key.source, off.key.span, "It is switched off here."),),
        )


def _path(project: Project, entry: Entry) -> Path:
    """Return where, in its file, the keys stand to which `entry` belongs."""
    return path_at(project, entry.key.source, entry.key.span)[:-1]


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (
    healthcheck_time,
    healthcheck_zero,
    healthcheck_start_interval,
    healthcheck_off,
)
