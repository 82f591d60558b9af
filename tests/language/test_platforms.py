"""Platforms of images; Compose takes any text, which is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composecheck.language.platforms import Fault, InvalidPlatform, Platform, parse_platform
from tests.language.services import quoted, services_of_compose, standing, traced

if TYPE_CHECKING:
    from pathlib import Path

RIGHT = [
    ("linux/amd64", ["linux", "amd64", None]),
    ("linux/arm64/v8", ["linux", "arm64", "v8"]),
    ("arm64", ["arm64", None, None]),
    ("${P}", ["${P}", None, None]),
    ("linux/${ARCH}", ["linux", "${ARCH}", None]),
]

WRONG = [
    ("", Fault.EMPTY_PART, ""),
    ("linux/", Fault.EMPTY_PART, "linux/"),
    ("linux//v8", Fault.EMPTY_PART, "linux//v8"),
    ("linux amd64", Fault.CHARACTER, "linux amd64"),
    ("linux/amd 64", Fault.CHARACTER, "amd 64"),
    ("linux/a b${X}", Fault.CHARACTER, "a b${X}"),
    ("linux/arm64/v8/x", Fault.TOO_MANY_PARTS, "x"),
    ("a/b/c/d/e", Fault.TOO_MANY_PARTS, "d/e"),
]


@pytest.mark.parametrize(("text", "parts"), RIGHT)
def test_a_platform_is_read(text: str, parts: list[str | None]) -> None:
    platform = parse_platform(traced(text))
    assert isinstance(platform, Platform)
    made = (platform.system, platform.architecture, platform.variant)
    assert [part and standing(part.span, text) for part in made] == parts


@pytest.mark.parametrize(("text", "fault", "wrong"), WRONG)
def test_what_is_wrong_is_pointed_at(text: str, fault: Fault, wrong: str) -> None:
    platform = parse_platform(traced(text))
    assert isinstance(platform, InvalidPlatform)
    assert (platform.fault, platform.text, standing(platform.span, text)) == (fault, wrong, wrong)


def test_the_real_program_takes_them_all(tmp_path: Path) -> None:
    texts = [text for text, _, _ in WRONG if "$" not in text] + ["linux/amd64"]
    services = services_of_compose([f"platform: {quoted(text)}" for text in texts], tmp_path)
    assert [service.get("platform", "") for service in services] == texts
