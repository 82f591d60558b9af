"""What is said of how mounts are written, and that Docker Compose v5.6.1 agrees."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.rules.value_rules import Row, assert_fine, assert_row, assert_unknown, find, service

if TYPE_CHECKING:
    from pathlib import Path

REFUSED: tuple[Row, ...] = (
    ("volumes:\n  - ./a:/b:ro:z", "volume-syntax", ":z", "volumes:\n  - ./a:/b:ro,z"),
    ('volumes:\n  - "/a:/b:ro:/x:y"', "volume-syntax", ":/x:y", None),
    ('volumes:\n  - ":/b"', "volume-syntax", ":", None),
    ('volumes:\n  - "./a:"', "volume-syntax", ":", None),
    ('volumes:\n  - "aa::/b"', "volume-syntax", ":", None),
    ('volumes:\n  - ""', "volume-syntax", '""', None),
    ("volumes:\n  - ${D}:/b", "volume-syntax", "${D}", None),
    ('volumes:\n  - "./a:${D}"', "volume-syntax", "${D}", None),
    ('volumes:\n  - "${D}"', "volume-syntax", "${D}", None),
    ('volumes:\n  - "${A}:${B}:ro"', "volume-syntax", "${A}", None),
    ('volumes:\n  - "$${HOME:/a"', "volume-syntax", "$${HOME:/a", None),
    (
        "volumes:\n  - {type: bind, target: /x}",
        "volume-incomplete",
        "{type: bind, target: /x}",
        None,
    ),
    ("volumes:\n  - {type: bind, source: .}", "volume-incomplete", "{type: bind, source: .}", None),
    ("volumes:\n  - type: volume\n    source: v", "volume-incomplete", "type: volume", None),
    (
        'volumes:\n  - {type: tmpfs, target: /x, tmpfs: {mode: "01777"}}',
        "tmpfs-mode",
        "01777",
        "volumes:\n  - {type: tmpfs, target: /x, tmpfs: {mode: 01777}}",
    ),
    ('volumes:\n  - {type: tmpfs, target: /x, tmpfs: {mode: "1777"}}', "tmpfs-mode", "1777", None),
    ("volumes:\n  - {type: tmpfs, target: /x, tmpfs: {mode: -1}}", "tmpfs-mode", "-1", None),
    (
        "volumes:\n  - {type: tmpfs, target: /x, tmpfs: {size: 5mg}}",
        "byte-size-invalid",
        "mg",
        None,
    ),
    (
        'volumes:\n  - {type: bind, source: ., target: /x, bind: {create_host_path: "1"}}',
        "boolean-invalid",
        "1",
        'volumes:\n  - {type: bind, source: ., target: /x, bind: {create_host_path: "true"}}',
    ),
)

ACCEPTED: tuple[str, ...] = (
    "volumes:\n  - /a",
    "volumes:\n  - ./a:/b:ro,z",
    "volumes:\n  - v:/a",
    'volumes:\n  - "C:\\\\a:/b"',
    "volumes:\n  - ./a:/b:any",
    'volumes:\n  - {type: bind, source: "", target: /x}',
    "volumes:\n  - {type: tmpfs, target: /x, tmpfs: {mode: 01777, size: 5m}}",
)

UNKNOWN: tuple[str, ...] = (
    "volumes:\n  - ${D}:/b",
    'volumes:\n  - "${A}:${B}:ro:x"',
    'volumes:\n  - "${D}"',
    'volumes:\n  - {type: "${T}", target: /x}',
)


@pytest.mark.parametrize("row", REFUSED, ids=lambda row: row[0])
def test_refused(row: Row, tmp_path: Path) -> None:
    assert_row(row, tmp_path)


@pytest.mark.parametrize("lines", ACCEPTED)
def test_accepted(lines: str, tmp_path: Path) -> None:
    assert_fine(lines, tmp_path)


@pytest.mark.parametrize("lines", UNKNOWN)
def test_what_depends_on_a_variable_is_not_refused(lines: str) -> None:
    assert_unknown(lines)


def test_a_variable_that_is_blamed_is_not_told_of_again() -> None:
    (finding,) = find(service('volumes: ["${D}:/b"]'))
    assert finding.text == (
        '"D" is not set, so that a part is missing in "${D}:/b"; Compose refuses the file. Set "D"'
        ' in a ".env" file beside the Compose file, or write a default, such as "${D:-./data}".'
    )


def test_a_variable_that_is_set_to_nothing_is_blamed() -> None:
    (finding,) = find(service('volumes: ["${D}:/b"]'), environment={"D": ""})
    assert finding.message.startswith('"D" is empty, so that ')
