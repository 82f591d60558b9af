"""What is said of ports, and that Docker Compose v5.6.1 agrees."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composecheck.finding import Safety
from tests.rules.fixing import fixed_text
from tests.rules.value_rules import Row, assert_fine, assert_row, assert_unknown, find, service
from tests.shared_material import ask_compose

if TYPE_CHECKING:
    from pathlib import Path

REFUSED: tuple[Row, ...] = (
    ('ports:\n  - "127.0.0.1:80"', "port-invalid", "127.0.0.1", 'ports:\n  - "127.0.0.1:80:80"'),
    (
        'ports:\n  - "127.0.0.1:80/tcp"',
        "port-invalid",
        "127.0.0.1",
        'ports:\n  - "127.0.0.1:80:80/tcp"',
    ),
    (
        'ports:\n  - "localhost:8080:80"',
        "port-invalid",
        "localhost",
        'ports:\n  - "127.0.0.1:8080:80"',
    ),
    ("ports:\n  - localhost:8080:80", "port-invalid", "localhost", "ports:\n  - 127.0.0.1:8080:80"),
    ('ports:\n  - "localhost:80"', "port-invalid", "localhost", 'ports:\n  - "127.0.0.1:80:80"'),
    ('ports:\n  - "::1:80"', "port-invalid", "::1", 'ports:\n  - "::1:80:80"'),
    ('ports:\n  - "*:80:80"', "port-invalid", "*", 'ports:\n  - "0.0.0.0:80:80"'),
    (
        'ports:\n  - "127.000.0.1:80:80"',
        "port-invalid",
        "127.000.0.1",
        'ports:\n  - "127.0.0.1:80:80"',
    ),
    ('ports:\n  - "myhost:80:80"', "port-invalid", "myhost", None),
    ('ports:\n  - "fe80::1%eth0:80:80"', "port-invalid", "fe80::1%eth0", None),
    ('ports:\n  - "127.0.0.1:99999:80"', "port-invalid", "99999", None),
    ('ports:\n  - "70000:80"', "port-invalid", "70000", None),
    ('ports:\n  - "80:3000-3002"', "port-invalid", "80:3000-3002", None),
    ('ports:\n  - "3005-3000"', "port-invalid", "3005-3000", 'ports:\n  - "3000-3005"'),
    ('ports:\n  - "80-"', "port-invalid", "80-", None),
    ('ports:\n  - "8080:"', "port-invalid", "8080:", None),
    ('ports:\n  - "/80"', "port-invalid", "/80", None),
    ('ports:\n  - ""', "port-invalid", '""', None),
    ('ports:\n  - "0"', "port-invalid", "0", None),
    ('ports:\n  - "80:0"', "port-invalid", "0", None),
    ("ports:\n  - xx", "port-invalid", "xx", None),
    ('ports:\n  - "80,81"', "port-invalid", "80,81", None),
    ('ports:\n  - "80/http"', "port-invalid", "http", None),
    ('ports:\n  - "8080/tcp:80"', "port-invalid", "8080/tcp", 'ports:\n  - "8080:80/tcp"'),
    ('ports:\n  - "80 : 80"', "port-invalid", " 80", 'ports:\n  - "80:80"'),
    ('ports:\n  - "80:80/tcp "', "port-invalid", "tcp ", 'ports:\n  - "80:80/tcp"'),
    ("ports:\n  - 080", "port-invalid", "080", 'ports:\n  - "080"'),
    ("ports:\n  - 80.5", "port-invalid", "80.5", None),
    ('ports:\n  - "${P}"', "port-invalid", "${P}", None),
    ('ports:\n  - "${P}:${Q}"', "port-invalid", "${P}:${Q}", None),
    ('ports:\n  - "80:${P}"', "port-invalid", "${P}", None),
    ('ports:\n  - "${P:-x}:80"', "port-invalid", "x", None),
    (
        "ports:\n  - {target: 80, host_ip: localhost}",
        "port-invalid",
        "localhost",
        "ports:\n  - {target: 80, host_ip: 127.0.0.1}",
    ),
    ('ports:\n  - {target: 80, host_ip: ""}', "port-invalid", '""', None),
    ("ports:\n  - {target: -1}", "port-invalid", "-1", None),
    ('ports:\n  - {published: "80"}', "port-no-target", '{published: "80"}', None),
    ("expose: [080]", "expose-invalid", "080", 'expose: ["080"]'),
    ("expose: [80.5]", "expose-invalid", "80.5", None),
)

ACCEPTED: tuple[str, ...] = (
    'ports:\n  - "80"',
    "ports:\n  - 80:80/udp",
    'ports:\n  - "127.0.0.1::80"',
    'ports:\n  - "[::1]:8080:80"',
    'ports:\n  - "3000-3002:4000-4002"',
    'ports:\n  - "3000-3002:80"',
    "ports:\n  - 22:22",
    "ports:\n  - {target: 99999, published: abc, protocol: foo}",
    'expose: [80, "abc", "80-82/udp"]',
)

UNKNOWN: tuple[str, ...] = (
    'ports:\n  - "${P}"',
    'ports:\n  - "${A}:${B}"',
    'ports:\n  - "${P:-x}:80"',
    'ports:\n  - "${A}:80:${B}"',
    'ports:\n  - {target: 80, host_ip: "${A}"}',
    'ports:\n  - {target: "${A}"}',
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
    (finding,) = find(service('ports: ["${P}"]'))
    assert finding.text == (
        '"P" is not set, so that "${P}" is no port; Compose refuses the file. Set "P" in a ".env"'
        ' file beside the Compose file, or write a default, such as "${P:-8080}".'
    )


def test_a_port_that_two_services_have_is_told_once() -> None:
    text = "x-p: &p [xx]\nservices: {a: {image: x, ports: *p}, b: {image: x, ports: *p}}"
    (finding,) = find(text)
    assert finding.path == ("x-p", 0)


def test_a_port_that_an_alias_uses_elsewhere_is_fixed_for_all() -> None:
    text = "services: {a: {image: x, ports: &p ['3-1']}, b: {image: x, ports: *p}}"
    (finding,) = find(text)
    assert finding.path == ("services", "a", "ports", 0)
    assert fixed_text(text) == text.replace("3-1", "1-3")


def test_points_to_the_file_that_set_it() -> None:
    (finding,) = find(
        "services: {a: {image: x, ports: ['80']}}",
        files={"o.yaml": "services: {a: {ports: ['81', xx]}}"},
        files_of_call=("compose.yaml", "o.yaml"),
    )
    assert finding.source.name == "o.yaml"
    assert finding.path == ("services", "a", "ports", 1)


def test_the_address_of_a_job_in_the_long_form_is_not_looked_at(tmp_path: Path) -> None:
    text = (
        f"{service()}jobs:\n  j:\n    image: x\n    triggers: {{manual: true}}\n"
        "    ports: [{target: 80, host_ip: localhost}]\n"
    )
    assert find(text) == []
    assert ask_compose(text, tmp_path).returncode == 0


def test_a_slash_for_a_colon(tmp_path: Path) -> None:
    row = ("ports:\n  - 8080/80", "port-invalid", "80", "ports:\n  - 8080:80")
    assert_row(row, tmp_path)
    (finding,) = find(service(row[0]))
    assert finding.fix is not None
    assert finding.fix.safety is Safety.UNSAFE


def test_a_number_too_many(tmp_path: Path) -> None:
    assert_row(('ports:\n  - "80:80:80:80"', "port-invalid", "80:80", None), tmp_path)
    (finding,) = find(service('ports:\n  - "80:80:80:80"'))
    assert "a number too many" in finding.message
