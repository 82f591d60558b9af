"""Rules on `logging`: drivers, and names of options, that Docker does not know."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from composecheck.finding import Severity
from composecheck.knowledge import logging_drivers
from composecheck.language.logging_options import read_logging
from composecheck.nearest import nearest, only_slip
from composecheck.rule import Category, rule
from composecheck.rules.marks import once
from composecheck.rules.values import table_of, values_at
from composecheck.rules.wrong_texts import find_text
from composecheck.schema.words import join_or, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.finding import Finding
    from composecheck.language.logging_options import Logging
    from composecheck.project.project import Project

_LOGGING = table_of({"services.*.logging": ""})


@rule("logging-driver-unknown", Severity.WARNING, Category.RUNTIME)
def logging_driver_unknown(project: Project) -> Iterator[Finding]:
    """The name of a logging driver is misspelt.

    Compose takes any name, since a driver may be a plugin. Docker says that no log driver of that
    name is registered, and does not create the container. Only names are reported that come close
    to one of Docker's own drivers, such as `json-file`, `local`, `journald` or `syslog`.

    Bad:

        services:
          web:
            image: nginx
            logging:
              driver: jsonfile

    Good:

        services:
          web:
            image: nginx
            logging:
              driver: json-file
    """
    # Hits in the corpus: none. The source: moby, `daemon/logger/factory.go` ("no log driver named
    # … is registered").
    yield from once(_drivers(project))


def _drivers(project: Project) -> Iterator[Finding]:
    for logging in all_logging(project):
        driver = logging.driver
        if driver is None or not driver.is_known or driver.text in logging_drivers.DRIVERS:
            continue
        name = driver.text
        meant = logging_drivers.OTHER_WORDS.get(name) or only_slip(name, logging_drivers.DRIVERS)
        if not meant:
            continue  # it may be a plugin
        yield find_text(
            project,
            "logging-driver-unknown",
            driver,
            f"Docker has no logging driver {quoted(name)}, and does not create the container.",
            f"Write {quoted(meant)}.",
            (meant,),
        )


@rule("logging-option-unknown", Severity.WARNING, Category.RUNTIME)
def logging_option_unknown(project: Project) -> Iterator[Finding]:
    """An option of a logging driver that the driver does not have.

    Compose hands all options on. Docker says that it does not know the option, and does not create
    the container. `json-file` and `local` take `max-size`, `max-file`, `compress`, `labels`, `env`
    and `tag`, with dashes.

    Bad:

        services:
          web:
            image: nginx
            logging:
              driver: json-file
              options:
                max_size: 10m

    Good:

        services:
          web:
            image: nginx
            logging:
              driver: json-file
              options:
                max-size: 10m
    """
    # Hits in the corpus: none. The source: moby, `ValidateLogOpt` of each driver under
    # `daemon/logger` ("unknown log opt '…' for json-file log driver").
    yield from once(_options(project))


def _options(project: Project) -> Iterator[Finding]:
    for logging in all_logging(project):
        driver = logging.driver
        if driver is not None and not driver.is_known:
            continue
        name = driver.text if driver is not None else ""
        if name and (name not in logging_drivers.DRIVERS or name in logging_drivers.ANY_OPTIONS):
            continue
        taken = logging_drivers.DRIVERS[name] if name else _ALL_OPTIONS
        for option in logging.options:
            key = option.key
            if not key.is_known or not len(key) or key.text in taken or key.text in _OF_ALL:
                continue
            candidates = taken if name else logging_drivers.DRIVERS["json-file"]
            meant = tuple(nearest(key.text, sorted({*candidates, *logging_drivers.COMMON})))
            owners = [
                quoted(other)
                for other, known in logging_drivers.DRIVERS.items()
                if key.text in known
            ]
            if not name and not meant:
                continue  # the driver is the one of the machine, and may be a plugin
            which = f"The logging driver {quoted(name)}" if name else "No logging driver of Docker"
            verb = "does not have" if name else "has"
            remedy = f"It is an option of {join_or(owners)}." if owners else "Remove it."
            yield find_text(
                project,
                "logging-option-unknown",
                key,
                f"{which} {verb} an option {quoted(key.text)}: Docker does not create the"
                " container.",
                f"Write {join_or(map(quoted, meant))}." if meant and not owners else remedy,
                () if owners else meant,
                can_fix=not any(
                    other.key.equals(name) for other in logging.options for name in meant
                ),
            )


_OF_ALL = logging_drivers.COMMON | logging_drivers.CACHE
_ALL_OPTIONS = frozenset(itertools.chain.from_iterable(logging_drivers.DRIVERS.values()))


def all_logging(project: Project) -> Iterator[Logging]:
    """Yield what is written under `logging`, once however many services share it."""
    for node, path, _ in values_at(project, _LOGGING):
        if path[1] in project.partial_services:
            continue  # what it extends may say which driver it is
        logging = read_logging(node, project.text)
        if logging is not None:
            yield logging


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (
    logging_driver_unknown,
    logging_option_unknown,
)
