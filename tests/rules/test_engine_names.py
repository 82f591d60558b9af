"""Names that Docker takes: capabilities, signals and platforms."""

from __future__ import annotations

import pytest

from composecheck.finding import Safety
from composecheck.rules.engine_names import capability_unknown, platform_unknown, signal_unknown
from tests.rules.accepted import find, fixed, service

CAPABILITIES = (
    ("NET_ADMN", "NET_ADMIN"),
    ("NETADMIN", "NET_ADMIN"),
    ("NET-ADMIN", "NET_ADMIN"),
    ("CAP_NET_ADMN", "CAP_NET_ADMIN"),
    ("sys_ptrac", "SYS_PTRACE"),
    ("SYS_NIECE", "SYS_NICE"),
)


@pytest.mark.parametrize(("written", "meant"), CAPABILITIES)
@pytest.mark.parametrize("key", ["cap_add", "cap_drop"])
def test_a_capability_that_linux_does_not_have(key: str, written: str, meant: str) -> None:
    text = service(f"{key}: [CHOWN, {written}]")
    findings = find(capability_unknown, text, written)
    assert findings[0].suggestions[0] == meant
    assert findings[0].fix is not None
    assert findings[0].fix.safety is Safety.UNSAFE
    assert fixed(text, findings) == service(f"{key}: [CHOWN, {meant}]")


def test_one_that_is_near_to_nothing() -> None:
    (finding,) = find(capability_unknown, service("cap_add: [EVERYTHING]"), "EVERYTHING")
    assert finding.fix is None
    assert "NET_ADMIN" in finding.remedy


@pytest.mark.parametrize(
    "name",
    ["NET_ADMIN", "net_admin", "CAP_NET_ADMIN", "cap_chown", "ALL", "all", "$A", "X$A", "BPF"],
)
def test_capabilities_of_linux(name: str) -> None:
    assert find(capability_unknown, service(f"cap_add: [{name}]")) == []


SIGNALS = (
    ("SIGTREM", "SIGTERM"),
    ("SIGQIUT", "SIGQUIT"),
    ("SIG_TERM", "SIGTERM"),
    ("SIGKIL", "SIGKILL"),
    ("WINCHH", "WINCH"),
)


@pytest.mark.parametrize(("written", "meant"), SIGNALS)
def test_a_signal_that_is_none(written: str, meant: str) -> None:
    text = service(f"stop_signal: {written}")
    findings = find(signal_unknown, text, written)
    assert fixed(text, findings) == service(f"stop_signal: {meant}")


def test_a_number_that_is_no_signal() -> None:
    assert find(signal_unknown, service('stop_signal: "99"'), "99")[0].fix is None


@pytest.mark.parametrize(
    "name", ["SIGTERM", "TERM", "sigint", '"15"', "SIGRTMIN+3", "RTMAX-1", "SIGUSR1", "$A", '""']
)
def test_signals(name: str) -> None:
    assert find(signal_unknown, service(f"stop_signal: {name}")) == []


PLATFORMS = (
    ("linux/amd46", "amd46", "linux/amd64"),
    ("linux/x64", "x64", "linux/amd64"),
    ("linx/arm64", "linx", "linux/arm64"),
    ("linux/arm46/v8", "arm46", "linux/arm64/v8"),
    ("linux/armv7", "armv7", "linux/arm/v7"),
)


@pytest.mark.parametrize(("written", "wrong", "right"), PLATFORMS)
def test_a_platform_that_does_not_exist(written: str, wrong: str, right: str) -> None:
    text = service(f"platform: {written}")
    findings = find(platform_unknown, text, wrong)
    assert fixed(text, findings) == service(f"platform: {right}")


def test_platforms_of_a_build() -> None:
    text = service("build: {context: ., platforms: [linux/amd64, linux/arm65]}")
    find(platform_unknown, text, "arm65")


@pytest.mark.parametrize(
    ("written", "wrong"),
    [("linux/", "linux/"), ("linux amd64", "linux amd64"), ("intel", "intel")],
)
def test_what_is_no_platform(written: str, wrong: str) -> None:
    assert find(platform_unknown, service(f"platform: {written}"), wrong)[0].fix is None


@pytest.mark.parametrize(
    "written",
    [
        "linux/amd64",
        "linux/arm64/v8",
        "linux/arm/v7",
        "linux/x86_64",
        "linux/aarch64",
        "Linux/AMD64",
        "windows/amd64",
        "linux",
        "amd64",
        "wasi/wasm",
        "linux/riscv64",
        "linux/amd64/v3",
        "linux/$A",
        "$A",
        '""',
    ],
)
def test_platforms(written: str) -> None:
    assert find(platform_unknown, service(f"platform: {written}")) == []
