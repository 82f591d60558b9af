"""Keys that only a swarm looks at."""

from __future__ import annotations

import pytest

from composecheck.finding import Severity
from composecheck.rules.swarm_keys import swarm_only_key
from tests.rules.accepted import find, fixed

DEPLOY = {
    "mode": "mode: global",
    "endpoint_mode": "endpoint_mode: dnsrr",
    "labels": "labels: {a: b}",
    "placement": "placement: {constraints: [node.role == manager]}",
    "update_config": "update_config: {parallelism: 1}",
    "rollback_config": "rollback_config: {parallelism: 1}",
}


def project(*lines: str, deploy: str = "", more: str = "") -> str:
    """Return a project of one service; `deploy` stands beside `replicas`."""
    keys = "".join(f"    {line}\n" for line in lines)
    block = f"    deploy:\n      replicas: 1\n{deploy and f'      {deploy}'}\n" if deploy else ""
    return f"services:\n  a:\n{keys}{block}{more}"


@pytest.mark.parametrize("key", DEPLOY)
def test_keys_of_deploy(key: str) -> None:
    text = project("build: .", deploy=DEPLOY[key])
    findings = find(swarm_only_key, text, key)
    assert findings[0].severity is Severity.NOTE
    if key == "labels":
        assert findings[0].fix is None
    else:
        assert fixed(text, findings) == text.replace(f"      {DEPLOY[key]}\n", "")


@pytest.mark.parametrize("section", ["secrets", "configs"])
def test_keys_of_secrets_and_configs(section: str) -> None:
    text = project(
        "build: .",
        f"{section}: [{{source: s, uid: '1', gid: '2', mode: 0400}}]",
        more=f"{section}: {{s: {{file: ./s}}}}\n",
    )
    find(swarm_only_key, text, "uid", "gid", "mode")


@pytest.mark.parametrize(
    "lines",
    [
        ("image: x", "profiles: [p]"),
        ("image: x", "mem_limit: 1g"),
        ("image: x", "platform: linux/amd64"),
        ("image: x", "pull_policy: always"),
    ],
)
def test_what_shows_that_no_swarm_takes_it(lines: tuple[str, ...]) -> None:
    find(swarm_only_key, project(*lines, deploy=DEPLOY["mode"]), "mode")


def test_the_condition_of_a_dependency_shows_it() -> None:
    text = project(
        "image: x",
        "depends_on: {b: {condition: service_started}}",
        deploy=DEPLOY["mode"],
        more="  b: {image: x}\n",
    )
    find(swarm_only_key, text, "mode")


@pytest.mark.parametrize(
    "text",
    [
        project("image: x", deploy=DEPLOY["mode"]),
        project("image: x", "container_name: a", "restart: always", deploy=DEPLOY["mode"]),
        project("image: x", "depends_on: [b]", deploy=DEPLOY["mode"], more="  b: {image: x}\n"),
        project("build: .", deploy="mode: replicated"),
        project("build: .", deploy="update_config: {}"),
        project("build: .", deploy="resources: {limits: {memory: 1g}}"),
        project("build: .", deploy=DEPLOY["mode"], more="networks: {n: {driver: overlay}}\n"),
        project("build: .", deploy=DEPLOY["mode"], more="configs: {c: {external: true}}\n"),
        project(
            "build: .",
            deploy=f"{DEPLOY['mode']}\n      {DEPLOY['placement']}\n      {DEPLOY['labels']}",
        ),
        project("build: ."),
    ],
)
def test_projects_that_may_be_for_a_swarm(text: str) -> None:
    assert find(swarm_only_key, text) == []


def test_a_file_that_is_called_a_stack() -> None:
    text = project("build: .", deploy=DEPLOY["mode"])
    assert find(swarm_only_key, text, name="docker-stack.yml") == []
