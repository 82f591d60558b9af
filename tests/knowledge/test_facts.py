"""Facts about the world: that the data has the form that rules count on."""

from __future__ import annotations

import pytest

from composecheck.knowledge.capabilities import CAPABILITIES, is_capability
from composecheck.knowledge.images import OFFICIAL, WITHOUT_HEALTHCHECK
from composecheck.knowledge.platforms import (
    ARCHITECTURES,
    COMMON_ARCHITECTURES,
    COMMON_SYSTEMS,
    OTHER_WORDS,
    SYSTEMS,
)
from composecheck.knowledge.signals import SIGNALS, is_signal


def test_there_are_as_many_capabilities_as_linux_has() -> None:
    assert len(CAPABILITIES) == 41


@pytest.mark.parametrize("name", ["ALL", "all", "CHOWN", "chown", "CAP_CHOWN", "cap_chown"])
def test_capabilities(name: str) -> None:
    assert is_capability(name)


@pytest.mark.parametrize("name", ["", "CAP_", "CHOWN ", "CAPCHOWN", "NET_ADMN"])
def test_no_capabilities(name: str) -> None:
    assert not is_capability(name)


@pytest.mark.parametrize("name", ["TERM", "SIGTERM", "sigterm", "9", "64", "SIGRTMIN+15"])
def test_signals(name: str) -> None:
    assert is_signal(name)


@pytest.mark.parametrize("name", ["", "SIG", "0", "65", "-1", "SIGRTMIN+16", "SIG TERM", "٣"])
def test_no_signals(name: str) -> None:
    assert not is_signal(name)


def test_all_names_are_written_as_they_are_looked_for() -> None:
    assert all(name == name.upper() for name in CAPABILITIES | SIGNALS)
    assert all(name == name.lower() for name in SYSTEMS | ARCHITECTURES | WITHOUT_HEALTHCHECK)


def test_what_is_suggested_exists() -> None:
    assert set(COMMON_SYSTEMS) <= SYSTEMS
    assert set(COMMON_ARCHITECTURES) <= ARCHITECTURES
    assert {word.partition("/")[0] for word in OTHER_WORDS.values()} <= ARCHITECTURES
    assert not OTHER_WORDS.keys() & ARCHITECTURES


def test_an_official_image_may_have_its_place_before_it() -> None:
    assert all(prefix == "" or prefix.endswith("/") for prefix in OFFICIAL)
    assert not any("/" in name for name in WITHOUT_HEALTHCHECK)
