"""Whose network, processes and memory a container uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composecheck.rules.namespaces import namespace_unknown, network_mode_unknown
from composecheck.rules.shared_networks import network_mode_conflict
from tests.rules.accepted import find, fixed, model, service

if TYPE_CHECKING:
    from pathlib import Path

OTHERS = "  b: {image: x}\nnetworks: {lan: , far: {external: true}, named: {name: other}}\n"


@pytest.mark.parametrize(
    ("key", "wrong", "meant"),
    [
        ("pid", "Host", "host"),
        ("pid", "hots", "host"),
        ("pid", "private", ""),
        ("pid", "b", "service:b"),
        ("pid", "services:b", "service:b"),
        ("ipc", "sharable", "shareable"),
        ("ipc", "b", "service:b"),
        ("ipc", "nothing", ""),
        ("uts", "Host", "host"),
        ("uts", "service:b", ""),
        ("userns_mode", "hosts", "host"),
        ("isolation", "hyper-v", "hyperv"),
        ("isolation", "full", ""),
    ],
)
def test_words_that_mean_nothing(key: str, wrong: str, meant: str, tmp_path: Path) -> None:
    text = service(f"{key}: {wrong}") + OTHERS
    findings = find(namespace_unknown, text, wrong)
    model(text, tmp_path)
    if meant:
        assert fixed(text, findings) == service(f"{key}: {meant}") + OTHERS
    else:
        assert findings[0].fix is None


@pytest.mark.parametrize(
    "line",
    [
        "pid: host",
        "pid: service:b",
        "pid: container:x",
        "pid: $P",
        "ipc: shareable",
        "ipc: none",
        "ipc: private",
        "ipc: 'service:b'",
        "uts: host",
        "uts: ''",
        "userns_mode: host",
        "userns_mode: keep-id",
        "isolation: HyperV",
        "isolation: default",
    ],
)
def test_words(line: str) -> None:
    assert find(namespace_unknown, service(line) + OTHERS) == []


@pytest.mark.parametrize(
    ("wrong", "meant"),
    [
        ("Host", "host"),
        ("hosts", "host"),
        ("brige", "bridge"),
        ("b", "service:b"),
        ("services:b", "service:b"),
        ("lan", ""),
    ],
)
def test_a_network_that_does_not_exist(wrong: str, meant: str, tmp_path: Path) -> None:
    text = service(f"network_mode: {wrong}") + OTHERS
    findings = find(network_mode_unknown, text, wrong)
    model(text, tmp_path)
    if meant:
        assert fixed(text, findings) == service(f"network_mode: {meant}") + OTHERS
    else:
        assert findings[0].fix is None
        assert "networks: [lan]" in findings[0].remedy


@pytest.mark.parametrize(
    "mode",
    ["host", "none", "bridge", "default", "service:b", "container:x", "far", "other", "made", "$M"],
)
def test_networks_that_exist_or_may(mode: str) -> None:
    assert find(network_mode_unknown, service(f"network_mode: {mode}") + OTHERS) == []


@pytest.mark.parametrize(
    ("mode", "line"),
    [
        ("network_mode: service:b", "hostname: a"),
        ("network_mode: service:b", "dns: 1.1.1.1"),
        ("network_mode: service:b", "extra_hosts: ['c:10.0.0.1']"),
        ("network_mode: service:b", "links: [c]"),
        ("network_mode: service:b", "external_links: [c]"),
        ("network_mode: service:b", "expose: ['80']"),
        ("network_mode: container:x", "hostname: a"),
        ("network_mode: host", "links: [c]"),
        ("uts: host", "hostname: a"),
    ],
)
def test_what_does_not_go_together(mode: str, line: str, tmp_path: Path) -> None:
    others = "  b: {image: x}\n  c: {image: x}\n"
    text = service(mode, line) + others
    findings = find(network_mode_conflict, text, line.partition(":")[0])
    model(text, tmp_path)
    assert fixed(text, findings) == service(mode) + others


@pytest.mark.parametrize(
    "lines",
    [
        ("network_mode: host", "hostname: a", "dns: 1.1.1.1", "expose: ['80']"),
        ("network_mode: bridge", "hostname: a", "links: [b]"),
        ("network_mode: none", "hostname: a"),
        ("network_mode: $M", "hostname: a"),
        ("network_mode: service:b", "hostname: ''", "extra_hosts: []"),
        ("network_mode: service:b", "domainname: a"),
        ("uts: $U", "hostname: a"),
        ("hostname: a",),
    ],
)
def test_what_goes_together(lines: tuple[str, ...]) -> None:
    assert find(network_mode_conflict, service(*lines) + "  b: {image: x}\n") == []


def test_no_fix_where_a_comment_would_go() -> None:
    text = service("network_mode: service:b", "hostname: a # so that it is found") + (
        "  b: {image: x}\n"
    )
    assert find(network_mode_conflict, text, "hostname")[0].fix is None
