"""Ports without quotes that other programs read as one number."""

from __future__ import annotations

import re

import pytest

from composecheck.finding import Safety, Severity
from composecheck.rules.unquoted_ports import port_unquoted
from tests.rules.accepted import find, fixed, service
from tests.rules.fixing import fixed_text

SEXAGESIMAL = re.compile(r"[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+")
"""Whole numbers to the base 60, as the type `int` of YAML 1.1 has them."""


@pytest.mark.parametrize(
    ("port", "number"),
    [("22:22", "1342"), ("2222:22", "133342"), ("8025:25", "481525"), ("53:53", "3233")],
)
def test_a_pair_that_is_one_number(port: str, number: str) -> None:
    assert SEXAGESIMAL.fullmatch(port)
    text = service("ports:", "  - '80:80'", f"  - {port}  # why")
    findings = find(port_unquoted, text, port)
    assert findings[0].severity is Severity.NOTE
    assert f"the number {number} " in findings[0].message
    assert findings[0].fix is not None
    assert findings[0].fix.safety is Safety.SAFE
    assert fixed(text, findings) == text.replace(f"- {port}", f'- "{port}"')


@pytest.mark.parametrize(
    "port",
    ["80:80", "8080:60", "22:022", "022:22", "0:22", "22", "22:22/tcp", "22-23:22-23", "+22:22"],
)
def test_a_pair_that_is_no_number_to_others(port: str) -> None:
    if port != "+22:22":  # it is one, but nobody writes it
        assert not SEXAGESIMAL.fullmatch(port)
    find(port_unquoted, service(f"ports: [{port}]"))


@pytest.mark.parametrize(
    "lines",
    [
        ("ports: ['22:22', \"23:23\"]",),
        ("ports: [{target: 22, published: 22}]",),
        ("ports: ['${P}:22', '127.0.0.1:22:22']",),
        ("ports: [$P:22]",),
        ("labels: [22:22]",),
        ("ports: [!!str 22:22]",),
    ],
)
def test_what_is_quoted_or_no_pair(lines: tuple[str, ...]) -> None:
    find(port_unquoted, service(*lines))


def test_what_stands_at_an_anchor_is_fixed_there() -> None:
    text = "x-p: &p [22:22]\n" + service("ports: *p")
    find(port_unquoted, text, "22:22")
    assert fixed_text(text) == text.replace("22:22", '"22:22"')
