"""Names of what a project declares: taken as Compose takes them, which is asked."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from composecheck.language.names import (
    is_container_name,
    is_profile_name,
    is_resource_name,
    read_names,
)
from tests.language.services import accepted_by_compose, node, open_text, standing
from tests.shared_material import ask_compose

if TYPE_CHECKING:
    from pathlib import Path

NAMES = ["a", "A", "-a", ".a", "_a", "x-foo", "a.b_c-1", "1"]
NO_NAMES = ["a b", "a/b", "\u00e9", "", "a:b", "a\n"]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_one(name: str) -> None:
    assert is_resource_name(name)


@pytest.mark.parametrize("name", NO_NAMES)
def test_what_is_no_name(name: str) -> None:
    assert not is_resource_name(name)


@pytest.mark.parametrize(
    ("name", "is_one"),
    [("web", True), ("a.b_c-1", True), ("a", False), ("-web", False), ("ok name!", False)],
)
def test_names_of_containers(name: str, is_one: bool) -> None:
    assert is_container_name(name) is is_one


@pytest.mark.parametrize(
    ("name", "is_one"), [("dev", True), ("d", True), ("a b", False), ("", False), ("-d", False)]
)
def test_names_of_profiles(name: str, is_one: bool) -> None:
    assert is_profile_name(name) is is_one


def test_lists_of_names() -> None:
    text = "[dev, '${P}', 5, [a]]"
    names = read_names(node(text), open_text)
    assert [standing(name.span, text) for name in names] == ["dev", "${P}"]
    (name,) = read_names(node("dev"), open_text)
    assert name.text == "dev"
    assert read_names(node("{a: b}"), open_text) == ()


def test_the_real_program_takes_them(tmp_path: Path) -> None:
    services = "".join(f"  {json.dumps(name)}: {{image: x}}\n" for name in NAMES)
    volumes = "".join(f"  {json.dumps(name)}:\n" for name in NAMES)
    text = f"services:\n{services}volumes:\n{volumes}"
    assert ask_compose(text, tmp_path).returncode == 0
    for name in NO_NAMES:
        text = f"services:\n  {json.dumps(name)}: {{image: x}}\n"
        assert ask_compose(text, tmp_path).returncode == 1, name


def test_the_real_program_takes_other_names_of_containers(tmp_path: Path) -> None:
    lines = [f"container_name: {name}" for name in ("web", "ok name!", "a")]
    assert accepted_by_compose(lines, tmp_path) == lines[:2]
