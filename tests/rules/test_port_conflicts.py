"""Ports of this machine that more than one container wants."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composecheck.check import check_text
from composecheck.rules.port_conflicts import port_conflict, port_scaled
from tests.project.loading import load_texts
from tests.rules.accepted import find, model
from tests.shared_material import requires_compose

if TYPE_CHECKING:
    from pathlib import Path


def two(one: str, other: str, *, in_one: str = "", in_other: str = "") -> str:
    """Return a file with two services: their `ports`, and what else they have."""
    return (
        f"services:\n  a:\n    image: x\n    ports: {one}\n{in_one}"
        f"  b:\n    image: x\n    ports: {other}\n{in_other}"
    )


CONFLICTS = (
    ('["8080:80"]', '["8080:80"]', "8080"),
    ('["8080:80"]', '["8080:81"]', "8080"),
    ('["8080:80"]', '["127.0.0.1:8080:80"]', "8080"),
    ('["0.0.0.0:8080:80"]', '["127.0.0.1:8080:80"]', "8080"),
    ('["127.0.0.1:8080:80"]', '["127.0.0.1:8080:80"]', "8080"),
    ('["[::1]:8080:80"]', '["[::]:8080:80"]', "8080"),
    ('["8080:80"]', '["8000-8090:8000-8090"]', "8000-8090"),
    ('["8000-8090:8000-8090"]', '["8080:80/tcp"]', "8080"),
    ('["53:53/udp"]', '["53:5353/UDP"]', "53"),
    ('["8080:80"]', '[{target: 80, published: "8080"}]', "8080"),
    ('["8080:80"]', "[{target: 80, published: 8080, protocol: tcp}]", "8080"),
    ('["8080:80"]', '["${X:-1}:1", "8080:80"]', "8080"),
    ("[8080:80]", "[8080:80]", "8080"),
)


@pytest.mark.parametrize(("one", "other", "characters"), CONFLICTS)
def test_two_services_want_one_port(one: str, other: str, characters: str) -> None:
    (finding,) = find(port_conflict, two(one, other), characters)
    assert finding.path[:3] == ("services", "b", "ports")
    (place,) = finding.related
    assert place.message == '"a" publishes it here.'
    assert place.source.slice(place.span) in one


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ('["8080:80"]', '["8081:80"]'),
        ('["53:53/tcp"]', '["53:53/udp"]'),
        ('["127.0.0.1:8080:80"]', '["127.0.0.2:8080:80"]'),
        ('["0.0.0.0:8080:80"]', '["[::]:8080:80"]'),
        ('["8080:80"]', '["[::1]:8080:80"]'),
        ('["80"]', '["80"]'),
        ('["8080:80"]', '["8080-8090:80"]'),
        ('["8080-8090:80"]', '["8080-8090:80"]'),
        ('["8080:80"]', '[{target: 80, published: "8080-8081"}]'),
        ('["127.0.0.1::80"]', '["127.0.0.1::80"]'),
        ('["0:80"]', '["0:80"]'),
        ('["$P:80"]', '["$P:80"]'),
        ('["8080:80"]', '["${A}:8080:80"]'),
        ('["8080:80"]', '["8080:$T"]'),
        ('["8080:80"]', '["8080:80/$P"]'),
        ('["8080:80"]', '[{target: 80, published: "8080", protocol: $P}]'),
        ('["8080:80"]', '[{target: 80, published: "$P"}]'),
    ],
)
def test_two_services_that_do_not_meet(one: str, other: str) -> None:
    find(port_conflict, two(one, other))


SAME = '["8080:80"]'


@pytest.mark.parametrize(
    "keys",
    [
        "network_mode: host",
        "network_mode: none",
        "network_mode: service:a",
        "network_mode: container:z",
        "network_mode: $M",
        "scale: 0",
        "deploy: {replicas: 0}",
        "deploy: {replicas: '$N'}",
        "depends_on: {a: {condition: service_completed_successfully}}",
        "profiles: [$P]",
        "extends: {file: absent.yaml, service: z}",
    ],
)
def test_a_service_that_claims_nothing(keys: str) -> None:
    find(port_conflict, two(SAME, SAME, in_other=f"    {keys}\n"))


def test_a_machine_of_a_swarm_is_one_of_many() -> None:
    port = '[{target: 80, published: "8080", mode: host}]'
    place = "    deploy: {placement: {constraints: [node.labels.%s == 1]}}\n"
    find(port_conflict, two(port, port, in_one=place % "x", in_other=place % "y"))


def test_services_that_are_not_on_together() -> None:
    text = two(SAME, SAME, in_one="    profiles: [p]\n", in_other="    profiles: [q]\n")
    find(port_conflict, text)
    find(port_conflict, text, is_here=True)
    (finding,) = find(port_conflict, text, "8080", is_here=True, profiles=("p", "q"))
    assert "--profile" not in finding.message


@pytest.mark.parametrize(
    ("one", "other", "profile"),
    [("", "q", "q"), ("q", "", "q"), ("p, q", "q", "q"), ("p", "p", "p")],
)
def test_a_profile_brings_them_together(one: str, other: str, profile: str) -> None:
    keys = [f"    profiles: [{names}]\n" if names else "" for names in (one, other)]
    text = two(SAME, SAME, in_one=keys[0], in_other=keys[1])
    (finding,) = find(port_conflict, text, "8080")
    assert f'with "--profile {profile}"' in finding.message


def test_one_service_twice() -> None:
    text = "services:\n  a:\n    image: x\n    ports: ['8080:80', '8080:81']\n"
    (finding,) = find(port_conflict, text, "8080")
    assert "twice" in finding.message
    assert finding.remedy == 'Publish another port of this machine, such as "8081".'
    text = text.replace("8080:81", "127.0.0.1:8080:80")
    (finding,) = find(port_conflict, text, "8080")
    assert finding.remedy == "Remove one of the two."
    # Of two that are the same, Compose takes one.
    find(port_conflict, text.replace("127.0.0.1:8080:80", "8080:80/tcp"))


def test_an_override_adds_to_the_ports() -> None:
    base = "services:\n  a:\n    image: x\n    ports: ['3306:3306']\n"
    text = "services:\n  a:\n    ports: %s['127.0.0.1:3306:3306']\n"
    both = ("compose.yaml", "compose.override.yaml")
    files = {both[1]: text % ""}
    (finding,) = port_conflict(load_texts(base, files=files, files_of_call=both))
    assert finding.source.name == both[1]
    assert '"ports: !override"' in finding.remedy
    files = {both[1]: text % "!override "}
    assert list(port_conflict(load_texts(base, files=files, files_of_call=both))) == []


def test_the_port_that_is_proposed_is_free() -> None:
    text = two('["8080:80", "8081:81"]', SAME)
    (finding,) = find(port_conflict, text, "8080")
    assert '"8082"' in finding.remedy


def test_three_services_are_two_findings() -> None:
    text = two(SAME, SAME) + f"  c:\n    image: x\n    ports: {SAME}\n"
    findings = find(port_conflict, text, "8080", "8080")
    assert {place.message for finding in findings for place in finding.related} == {
        '"a" publishes it here.'
    }


def test_what_is_shared_is_one_place() -> None:
    text = (
        "services:\n  a: &a\n    image: x\n    ports: ['8080:80']\n  b:\n    <<: *a\n  c:\n"
        "    extends: a\n"
    )
    (finding,) = find(port_conflict, text, "8080")
    assert finding.message.startswith('"a" and "b" both get this line')
    assert finding.related == ()
    assert finding.path == ("services", "a", "ports", 0)


def test_what_variables_decide_here() -> None:
    text = two('["${P:-8080}:80"]', SAME)
    find(port_conflict, text)
    find(port_conflict, text, "8080", is_here=True)
    find(port_conflict, text, is_here=True, environment={"P": "8090"})


@requires_compose
def test_compose_takes_the_same_port_twice(tmp_path: Path) -> None:
    services = model(two('["8080:80", "8080:81"]', SAME), tmp_path)["services"]
    assert [port["published"] for port in services["a"]["ports"]] == ["8080", "8080"]


def scaled(ports: str, *keys: str) -> str:
    return f"services:\n  a:\n    image: x\n    ports: {ports}\n" + "".join(
        f"    {key}\n" for key in keys
    )


@pytest.mark.parametrize(
    ("text", "characters", "instead"),
    [
        (scaled('["8080:80"]', "scale: 3"), "8080", '"8080-8082"'),
        (scaled('["8080:80", "81"]', "scale: 2"), "8080", '"8080-8081"'),
        (scaled('["127.0.0.1:8080:80/udp"]', "scale: 2"), "8080", '"8080-8081"'),
        (scaled('["8080-8081:80"]', "scale: 4"), "8080-8081", '"8080-8083"'),
        (scaled('["8080-8081:80-81"]', "scale: 2"), "8080-8081", "only the port"),
        (scaled('["65535:80"]', "scale: 2"), "65535", "only the port"),
        (scaled(SAME, "deploy: {replicas: 2}", "profiles: [p]"), "8080", '"8080-8081"'),
        (scaled(SAME, "deploy: {replicas: 2}", "platform: linux/amd64"), "8080", '"8080-8081"'),
    ],
)
def test_more_containers_than_ports(text: str, characters: str, instead: str) -> None:
    (finding,) = find(port_scaled, text, characters)
    assert instead in finding.remedy
    (place,) = finding.related
    assert place.source.slice(place.span).isdecimal()


@pytest.mark.parametrize(
    "text",
    [
        scaled(SAME),
        scaled(SAME, "scale: 1"),
        scaled(SAME, "scale: 0"),
        scaled(SAME, "scale: $N"),
        scaled('["80"]', "scale: 2"),
        scaled('["8080-8081:80"]', "scale: 2"),
        scaled('["$P:80"]', "scale: 2"),
        scaled(SAME, "scale: 2", "network_mode: host"),
        # It may be for a swarm.
        scaled(SAME, "deploy: {replicas: 2}"),
        scaled(SAME, "deploy: {replicas: 2}", "build: .", "restart: always", "depends_on: [b]"),
        scaled(SAME, "deploy: {replicas: 2, update_config: {parallelism: 1}}", "profiles: [p]"),
    ],
)
def test_enough_ports_or_a_swarm(text: str) -> None:
    find(port_scaled, text)


def test_a_condition_shows_that_compose_runs_it() -> None:
    text = scaled(SAME, "deploy: {replicas: 2}", "depends_on: {b: {condition: service_healthy}}")
    find(port_scaled, text + "  b:\n    image: x\n", "8080")


def test_who_extends_another_is_told_how_to_be_rid_of_its_ports() -> None:
    text = (
        "services:\n  a:\n    image: x\n    ports: ['8080:80']\n"
        "  b:\n    extends: a\n    command: b\n"
    )
    (finding,) = (each for each in check_text(text).findings if each.rule == "port-conflict")
    assert finding.remedy is not None
    assert '"ports: !override"' in finding.remedy
    repaired = text + "    ports: !override ['8081:80']\n"
    assert "port-conflict" not in {each.rule for each in check_text(repaired).findings}
