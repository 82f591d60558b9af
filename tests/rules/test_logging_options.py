"""Logging drivers, their options, and the values of these."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composecheck.knowledge.logging_drivers import DRIVERS
from composecheck.rules.logging_options import logging_driver_unknown, logging_option_unknown
from composecheck.rules.logging_values import logging_option_invalid
from tests.rules.accepted import find, fixed, model, service

if TYPE_CHECKING:
    from pathlib import Path


def logging(driver: str, options: str = "") -> str:
    """Return a service with a logging driver, or none, and options in braces."""
    parts = [f"driver: {driver}"] if driver else []
    parts += [f"options: {{{options}}}"] if options else []
    return service(f"logging: {{{', '.join(parts)}}}")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("jsonfile", "json-file"),
        ("json_file", "json-file"),
        ("json", "json-file"),
        ("Journald", "journald"),
        ("sysloq", "syslog"),
        ("locl", "local"),
    ],
)
def test_a_driver_that_is_misspelt(written: str, meant: str, tmp_path: Path) -> None:
    findings = find(logging_driver_unknown, logging(written), written)
    assert fixed(logging(written), findings) == logging(meant)
    model(logging(written), tmp_path)


@pytest.mark.parametrize("driver", [*DRIVERS, "loki", "grafana/loki-docker-driver", "$D", "x$D"])
def test_drivers_and_plugins(driver: str) -> None:
    assert find(logging_driver_unknown, logging(driver)) == []


@pytest.mark.parametrize(
    ("driver", "option", "meant"),
    [
        ("json-file", "max_size", "max-size"),
        ("json-file", "max-files", "max-file"),
        ("local", "maxsize", "max-size"),
        ("syslog", "syslog-adress", "syslog-address"),
        ("fluentd", "fluentd-addres", "fluentd-address"),
        ("", "max_size", "max-size"),
    ],
)
def test_an_option_that_is_misspelt(driver: str, option: str, meant: str, tmp_path: Path) -> None:
    text = logging(driver, f"{option}: 1")
    findings = find(logging_option_unknown, text, option)
    assert fixed(text, findings) == logging(driver, f"{meant}: 1")
    model(text, tmp_path)


def test_an_option_of_another_driver() -> None:
    (finding,) = find(logging_option_unknown, logging("journald", "max-size: 10m"), "max-size")
    assert '"json-file"' in finding.remedy
    assert finding.fix is None


def test_no_fix_where_the_right_option_is_there_too() -> None:
    text = logging("json-file", "max-size: 10m, max_size: 5m")
    assert find(logging_option_unknown, text, "max_size")[0].fix is None


def test_an_option_that_is_near_to_nothing() -> None:
    (finding,) = find(logging_option_unknown, logging("json-file", "colour: red"), "colour")
    assert finding.remedy == "Remove it."


@pytest.mark.parametrize(
    ("driver", "options"),
    [
        ("json-file", "max-size: 10m, max-file: '3', compress: 'true', tag: x, env: A, labels: b"),
        ("json-file", "mode: non-blocking, max-buffer-size: 4m, cache-disabled: 'true'"),
        ("json-file", "$$X: 1"),
        ("none", "colour: red"),
        ("etwlogs", "colour: red"),
        ("loki", "loki-url: x, max_size: 1"),
        ("$D", "max_size: 1"),
        ("", "loki-url: x"),
        ("", "gelf-address: x"),
        ("gcplogs", "gcp-project: x, tag: y"),
        ("jsonfile", "max_size: 10m"),
    ],
)
def test_options_that_are_taken_or_of_unknown_drivers(driver: str, options: str) -> None:
    if driver == "json-file" and "$" in options:
        assert len(find(logging_option_unknown, logging(driver, options), "$$X")) == 1
    else:
        assert find(logging_option_unknown, logging(driver, options)) == []


@pytest.mark.parametrize(
    ("option", "wrong", "meant"),
    [
        ("max-size", "10 megabytes", "10m"),
        ("max-size", "10x", ""),
        ("max-size", "0", ""),
        ("max-size", "-1", ""),
        ("max-file", "none", ""),
        ("max-file", "0", ""),
        ("max-file", "3.5", ""),
        ("compress", "yes", "true"),
        ("compress", "off", "false"),
        ("compress", "gzip", ""),
        ("mode", "nonblocking", "non-blocking"),
        ("mode", "async", ""),
    ],
)
def test_values_that_cannot_be_read(option: str, wrong: str, meant: str, tmp_path: Path) -> None:
    text = logging("json-file", f"{option}: '{wrong}'")
    findings = find(logging_option_invalid, text, wrong)
    model(text, tmp_path)
    if meant:
        assert fixed(text, findings) == logging("json-file", f"{option}: '{meant}'")
    else:
        assert findings[0].fix is None


@pytest.mark.parametrize(
    ("driver", "options"),
    [
        ("json-file", "max-size: 10m, max-file: 3, compress: true, mode: blocking"),
        ("json-file", "max-size: 10mb, max-file: '1'"),
        ("json-file", "max-size: 1.5g, max-file: $N, compress: $C"),
        ("json-file", "max-size: , max-file: ''"),
        ("local", "max-file: 1, compress: 'false'"),
        ("local", "max-file: 2"),
        ("none", "max-size: nonsense"),
        ("loki", "max-size: nonsense"),
        ("$D", "max-size: nonsense"),
    ],
)
def test_values(driver: str, options: str) -> None:
    assert find(logging_option_invalid, logging(driver, options)) == []


def test_one_file_and_compressed_old_ones() -> None:
    (finding,) = find(logging_option_invalid, logging("local", "max-file: 1"), "1")
    assert "compress" in finding.remedy


def test_what_several_services_share_is_said_once() -> None:
    text = """
        x-logging: &logging {driver: json-file, options: {max_size: 10m}}
        services:
          a: {image: x, logging: *logging}
          b: {image: x, logging: *logging}
        """
    find(logging_option_unknown, text, "max_size")
