"""Networks, secrets and configs that are defined for nobody."""

from __future__ import annotations

import pytest

from composecheck.finding import Safety, Severity
from composecheck.rules.unused_definitions import config_unused, network_unused, secret_unused
from tests.rules.accepted import find, fixed, service


@pytest.mark.parametrize(
    "text",
    [
        service("networks: [back]") + "networks:\n  back:\n  front:\n",
        service() + "networks:\n  front:\n    external: true\n",
        service("network_mode: host") + "networks: {front: {name: net}}\n",
        service() + "networks:\n  default: {name: a}\n  front: {}\n",
    ],
)
def test_a_network_that_no_service_is_in(text: str) -> None:
    (finding,) = find(network_unused, text, "front")
    assert finding.severity is Severity.NOTE
    assert finding.path == ("networks", "front")


@pytest.mark.parametrize(
    "text",
    [
        service("networks: [front]") + "networks:\n  front:\n",
        service("networks: {front: {aliases: [x]}}") + "networks:\n  front:\n",
        service("networks: [front]", "profiles: [p]") + "networks:\n  front:\n",
        service("network_mode: front") + "networks:\n  front:\n",
        service("network_mode: net") + "networks:\n  front: {name: net}\n",
        service("build: {context: ., network: net}") + "networks:\n  front: {name: net}\n",
        service() + "networks:\n  default:\n    name: front\n",
        service() + "networks:\n  x-front: {}\n",
        service("networks: [fornt]") + "networks:\n  front:\n",
        service("networks: [$A]") + "networks:\n  front:\n",
        service("networks: {$A: {}}") + "networks:\n  front:\n",
        service("extends: {file: other.yaml, service: a}") + "networks:\n  front:\n",
        service("profiles: [$A]") + "networks:\n  front:\n",
        "include: [other.yaml]\n" + service() + "networks:\n  front:\n",
        "services:\n  a:\n    environment: {A: b}\n  b:\n    tty: true\nnetworks:\n  front:\n",
        "networks:\n  front:\n",
        service("# networks: [front]") + "networks:\n  front:\n",
        service("network: [front]") + "networks:\n  front:\n",
    ],
)
def test_a_network_that_may_be_used(text: str) -> None:
    assert find(network_unused, text) == []


def test_it_can_be_removed_where_others_stay() -> None:
    text = service("networks: [back]") + "networks:\n  back:\n  front:\n    driver: bridge\n"
    findings = find(network_unused, text, "front")
    assert findings[0].fix is not None
    assert findings[0].fix.safety is Safety.UNSAFE
    assert fixed(text, findings) == service("networks: [back]") + "networks:\n  back:\n"
    alone = service() + "networks:\n  front:\n"
    assert find(network_unused, alone, "front")[0].fix is None
    noted = text.replace("bridge", "bridge  # so")
    assert find(network_unused, noted, "front")[0].fix is None


def test_a_secret_that_nobody_may_read() -> None:
    text = service() + "secrets:\n  key:\n    file: ./key\n"
    find(secret_unused, text, "key")


@pytest.mark.parametrize(
    "lines",
    [
        ("secrets: [key]",),
        ("secrets: [{source: key, target: x}]",),
        ("build: {context: ., secrets: [key]}",),
        ("secrets: [$A]",),
        ("secrets: [kye]",),
    ],
)
def test_a_secret_that_may_be_read(lines: tuple[str, ...]) -> None:
    text = service(*lines) + "secrets:\n  key:\n    file: ./key\n"
    assert find(secret_unused, text) == []


def test_a_config_that_nobody_may_read() -> None:
    find(config_unused, service() + "configs:\n  site:\n    file: ./site\n", "site")


@pytest.mark.parametrize(
    "lines",
    [("configs: [site]",), ("credential_spec: {config: site}",), ("configs: [{source: $A}]",)],
)
def test_a_config_that_may_be_read(lines: tuple[str, ...]) -> None:
    text = service(*lines) + "configs:\n  site:\n    file: ./site\n"
    assert find(config_unused, text) == []
