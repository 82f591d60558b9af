"""Names of containers and hosts that Docker does not take."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composecheck.rules.host_names import container_name_invalid, hostname_too_long
from tests.rules.accepted import find, fixed, model, service

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("wrong", "meant"),
    [
        ("my shop", "my-shop"),
        ("shop/db", "shop-db"),
        ("_shop", "shop"),
        ("shop!", "shop"),
        ("shop: db", "shop--db"),
    ],
)
def test_a_container_name_that_docker_refuses(wrong: str, meant: str, tmp_path: Path) -> None:
    text = service(f'container_name: "{wrong}"')
    findings = find(container_name_invalid, text, wrong)
    model(text, tmp_path)
    assert fixed(text, findings) == service(f'container_name: "{meant}"')


def test_a_name_with_a_variable_is_wrong_for_what_is_known() -> None:
    (finding,) = find(container_name_invalid, service("container_name: $A shop"), "$A shop")
    assert finding.fix is None


@pytest.mark.parametrize(
    "name", ["shop", "my_shop-1.x", "/shop", "$A", "${A}_db", "$A", "-$A", "x y", "a", "''"]
)
def test_container_names_that_docker_takes_or_compose_refuses(name: str) -> None:
    assert find(container_name_invalid, service(f"container_name: {name}")) == []


@pytest.mark.parametrize("name", ["a" * 65, "ä" * 33, "a" * 65 + "$A"])
def test_a_host_name_that_is_too_long(name: str) -> None:
    assert find(hostname_too_long, service(f"hostname: {name}"), name)[0].fix is None


@pytest.mark.parametrize("name", ["a" * 64, "a" * 60 + "$A", "$A", "a b", "''"])
def test_host_names(name: str) -> None:
    assert find(hostname_too_long, service(f"hostname: {name}")) == []
