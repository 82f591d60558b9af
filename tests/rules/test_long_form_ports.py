"""Ports in the long form: what Compose takes there, and Docker does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composecheck.finding import Safety, Severity
from composecheck.rules.long_form_ports import port_mode, port_out_of_range, port_protocol
from tests.rules.accepted import find, fixed, model, service
from tests.shared_material import requires_compose

if TYPE_CHECKING:
    from pathlib import Path


def port(keys: str) -> str:
    return service(f"ports: [{{{keys}}}]")


@pytest.mark.parametrize(
    ("keys", "characters"),
    [
        ("target: 0", "0"),
        ("target: 70000", "70000"),
        ('target: "70000"', '"70000"'),
        ('target: 80, published: "80800"', "80800"),
        ("target: 80, published: 80800", "80800"),
        ("target: 80, published: -5", "-5"),
        ("target: 80, published: abc", "abc"),
        ('target: 80, published: "8080:80"', "8080:80"),
        ('target: 80, published: "3005-3000"', "3005-3000"),
        ('target: 80, published: " 8080"', " 8080"),
    ],
)
def test_what_no_port_can_be(keys: str, characters: str) -> None:
    (finding,) = find(port_out_of_range, port(keys), characters)
    assert finding.severity is Severity.WARNING
    assert finding.fix is None


@pytest.mark.parametrize(
    "keys",
    [
        "target: 80",
        "target: 65535, published: 65535",
        'target: 80, published: "8080"',
        'target: 80, published: ""',
        "target: 80, published: 0",
        'target: 80, published: "3000-3005"',
        'target: 80, published: "$P"',
        'target: 80, published: "80$P"',
        'target: "$P"',
    ],
)
def test_what_a_port_may_be(keys: str) -> None:
    find(port_out_of_range, port(keys))


def test_the_short_form_is_read_by_compose() -> None:
    find(port_out_of_range, service('ports: ["80800:80", "80:0"]'))


@pytest.mark.parametrize(
    ("keys", "characters", "right"),
    [
        ("target: 53, protocol: upd", "upd", "target: 53, protocol: udp"),
        ('target: 53, protocol: "tpc"', "tpc", 'target: 53, protocol: "tcp"'),
        ("target: 80, protocol: http", "http", None),
        ("target: 80, protocol: tcp/udp", "tcp/udp", None),
    ],
)
def test_unknown_protocols(keys: str, characters: str, right: str | None) -> None:
    findings = find(port_protocol, port(keys), characters)
    if right is None:
        assert findings[0].remedy == 'Write "tcp", "udp" or "sctp".'
    else:
        assert findings[0].fix is not None
        assert findings[0].fix.safety is Safety.UNSAFE
        assert fixed(port(keys), findings) == port(right)


@pytest.mark.parametrize("word", ["tcp", "udp", "sctp", "TCP", "Udp", '""', '"$P"'])
def test_known_protocols(word: str) -> None:
    find(port_protocol, port(f"target: 80, protocol: {word}"))


def test_unknown_modes() -> None:
    text = port("target: 80, mode: hots")
    findings = find(port_mode, text, "hots")
    assert findings[0].severity is Severity.NOTE
    assert fixed(text, findings) == port("target: 80, mode: host")
    find(port_mode, port("target: 80, mode: everywhere"), "everywhere")


@pytest.mark.parametrize("word", ["host", "ingress", '""', '"$M"'])
def test_known_modes(word: str) -> None:
    find(port_mode, port(f"target: 80, mode: {word}"))
    find(port_mode, service("ports: ['80:80']"))


@requires_compose
def test_compose_takes_all_of_it(tmp_path: Path) -> None:
    text = port('target: 70000, published: abc, protocol: upd, mode: hots, host_ip: "127.0.0.1"')
    (taken,) = model(text, tmp_path)["services"]["a"]["ports"]
    assert (taken["target"], taken["published"]) == (70000, "abc")
    assert (taken["protocol"], taken["mode"]) == ("upd", "hots")
