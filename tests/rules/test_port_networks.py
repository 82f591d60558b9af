"""Ports of containers that have no network of their own."""

from __future__ import annotations

import pytest

from composecheck.finding import Safety, Severity
from composecheck.rules.port_networks import port_network_mode
from tests.rules.accepted import find, fixed, service


@pytest.mark.parametrize(
    ("mode", "ports", "words"),
    [
        ("host", '["8080:80"]', "nothing at port 8080"),
        ("host", '["80:80", "8080:80"]', "nothing at port 8080"),
        ("host", '["8080-8081:80-81"]', "nothing at port 8080-8081"),
        ("host", '[{target: 80, published: "8080"}]', "nothing at port 8080"),
        ("service:vpn", '["80"]', "Docker does not start it"),
        ("service:vpn", '["$P:80"]', "Docker does not start it"),
        ("container:vpn", '["80:80"]', "Docker does not start it"),
    ],
)
def test_ports_that_are_lost(mode: str, ports: str, words: str) -> None:
    text = service(f"network_mode: {mode}", f"ports: {ports}")
    (finding,) = find(port_network_mode, text, "ports")
    assert finding.severity is Severity.WARNING
    assert words in finding.message
    assert f'"network_mode: {mode}"' in finding.message
    assert finding.fix is None


def test_ports_that_are_the_same_on_both_sides() -> None:
    rest = ("network_mode: host", "init: true")
    text = service("ports:", "  - '80:80'", "  - '81'", *rest)
    (finding,) = find(port_network_mode, text, "ports")
    assert finding.severity is Severity.NOTE
    assert finding.fix is not None
    assert finding.fix.safety is Safety.UNSAFE
    assert fixed(text, [finding]) == service(*rest)


@pytest.mark.parametrize("port", ["'80:80' # web", "'$P:80'"])
def test_no_fix_where_a_comment_would_go_or_a_variable_decides(port: str) -> None:
    text = service("network_mode: host", "ports:", f"  - {port}")
    (finding,) = find(port_network_mode, text, "ports")
    assert finding.severity is Severity.NOTE
    assert finding.fix is None


def test_no_fix_where_others_have_the_same() -> None:
    text = service("network_mode: host", "ports: ['80:80']").replace("a:", "a: &a", 1)
    (finding,) = find(port_network_mode, text + "  b: *a\n", "ports")
    assert finding.fix is None


@pytest.mark.parametrize(
    "lines",
    [
        ("ports: ['8080:80']",),
        ("network_mode: host",),
        ("network_mode: host", "ports: []"),
        ("network_mode: host", "expose: ['80']"),
        ("network_mode: bridge", "ports: ['8080:80']"),
        ("network_mode: some_network", "ports: ['8080:80']"),
        ("network_mode: $M", "ports: ['8080:80']"),
        ("network_mode: service:$S", "ports: ['8080:80']"),
        ("network_mode: ho${S}", "ports: ['8080:80']"),
    ],
)
def test_ports_that_are_published_or_may_be(lines: tuple[str, ...]) -> None:
    find(port_network_mode, service(*lines))


def test_casaos_reads_the_ports() -> None:
    text = service("network_mode: host", "ports: ['80:80']") + "x-casaos: {main: a}\n"
    find(port_network_mode, text)
    find(port_network_mode, text.replace("80:80", "8080:80"), "ports")


def test_what_two_services_have_is_found_once() -> None:
    text = service("network_mode: host", "ports: ['8080:80']").replace("a:", "a: &a", 1)
    find(port_network_mode, text + "  b:\n    <<: *a\n", "ports")
