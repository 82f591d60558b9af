"""The rule on values of the options of logging drivers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Severity
from composecheck.knowledge import logging_drivers
from composecheck.language.byte_sizes import ByteSize, parse_byte_size
from composecheck.nearest import nearest
from composecheck.rule import Category, rule
from composecheck.rules.logging_options import all_logging
from composecheck.rules.marks import once
from composecheck.rules.wrong_texts import find_text
from composecheck.schema.words import join_or, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.finding import Finding
    from composecheck.language.logging_options import Logging
    from composecheck.language.traced import Traced
    from composecheck.project.project import Project


@rule("logging-option-invalid", Severity.WARNING, Category.RUNTIME)
def logging_option_invalid(project: Project) -> Iterator[Finding]:
    """The value of an option of a logging driver is not one that the driver can read.

    `max-size` is a number with a unit (`10m`), `max-file` a whole number from 1, `compress` is
    `"true"` or `"false"`, `mode` is `blocking` or `non-blocking`. Compose hands on whatever stands
    there; Docker then does not start the container.

    Bad:

        services:
          web:
            image: nginx
            logging:
              driver: json-file
              options:
                max-size: 10 megabytes

    Good:

        services:
          web:
            image: nginx
            logging:
              driver: json-file
              options:
                max-size: 10m
    """
    # Hits in the corpus: none. The source: moby, `daemon/logger/jsonfilelog/jsonfilelog.go`,
    # `daemon/logger/local/config.go`, `daemon/logger/factory.go`, `daemon/logger/syslog/syslog.go`.
    yield from once(_values(project))


def _values(project: Project) -> Iterator[Finding]:
    for logging in all_logging(project):
        driver = logging.driver
        if driver is not None and (
            not driver.is_known or driver.text not in logging_drivers.DRIVERS
        ):
            continue
        name = driver.text if driver is not None else ""
        if name in logging_drivers.ANY_OPTIONS:
            continue
        for option in logging.options:
            key, value = option.key, option.value
            if not key.is_known or value is None or not value.is_known or not len(value):
                continue
            check = _CHECKS.get(key.text)
            wrong = check(value) if check is not None else None
            if wrong is None:
                if name == "local" and key.text == "max-file" and int(value.text) == 1:
                    yield from _without_old_files(project, logging, value)
                continue
            remedy, meant = wrong
            yield find_text(
                project,
                "logging-option-invalid",
                value,
                f"{quoted(value.text)} is no value for {quoted(key.text)}: Docker does not start"
                " the container.",
                f"Write {quoted(meant)}." if meant else remedy,
                (meant,) if meant else (),
            )


def _without_old_files(project: Project, logging: Logging, count: Traced) -> Iterator[Finding]:
    """Yield the finding that `local` shall compress old files, and there are none."""
    if any(not option.key.is_known or option.key.equals("compress") for option in logging.options):
        return
    yield find_text(
        project,
        "logging-option-invalid",
        count,
        'The logging driver "local" compresses old files, and with one file only there are none:'
        " Docker does not start the container.",
        f'Write "2" or more, or add {quoted(_KEEP)}.',
    )


_KEEP = "compress: 'false'"

_Wrong = tuple[str, str] | None
"""What to write, as a sentence, and the value that is meant, or nothing."""


def _size(value: Traced) -> _Wrong:
    size = parse_byte_size(value)
    if isinstance(size, ByteSize) and size.bytes > 0:
        return None
    text = value.text.replace(" ", "").lower()
    number = text.rstrip("abcdefghijklmnopqrstuvwxyz")
    unit = next((unit for unit in "kmg" if text[len(number) :] in _UNITS[unit]), "")
    meant = f"{number}{unit}" if unit and number.isdecimal() and int(number) > 0 else ""
    return 'Write a number and a unit, such as "10m".', meant


_UNITS = {
    "k": ("kilobyte", "kilobytes", "kbyte", "kbytes"),
    "m": ("megabyte", "megabytes", "mbyte", "mbytes", "mega"),
    "g": ("gigabyte", "gigabytes", "gbyte", "gbytes", "giga"),
}
"""How people write units out."""


def _count(value: Traced) -> _Wrong:
    text = value.text.removeprefix("+")
    is_number = text.isascii() and text.isdecimal()
    return None if is_number and int(text) > 0 else ('Write a whole number, such as "3".', "")


def _boolean(value: Traced) -> _Wrong:
    text = value.text
    if text in ("1", "t", "T", "TRUE", "true", "True", "0", "f", "F", "FALSE", "false", "False"):
        return None
    meant = {"yes": "true", "on": "true", "y": "true", "no": "false", "off": "false"}
    return 'Write "true" or "false".', meant.get(text.lower(), "")


def _one_of(*values: str) -> Callable[[Traced], _Wrong]:
    def check(value: Traced) -> _Wrong:
        if value.text in values:
            return None
        near = nearest(value.text, values)
        return f"Write {join_or(map(quoted, values))}.", near[0] if near else ""

    return check


_CHECKS: dict[str, Callable[[Traced], _Wrong]] = {
    "max-size": _size,
    "max-file": _count,
    "compress": _boolean,
    "mode": _one_of("blocking", "non-blocking"),
    "syslog-format": _one_of("rfc3164", "rfc5424", "rfc5424micro"),
    "fluentd-async": _boolean,
}


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (logging_option_invalid,)
