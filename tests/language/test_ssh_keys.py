"""Keys for builds: read and refused as Compose does it, which is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composecheck.language.ssh_keys import Fault, InvalidSshKey, SshKey, read_ssh_keys
from tests.language.services import (
    accepted_by_compose,
    node,
    open_text,
    services_of_compose,
    standing,
)

if TYPE_CHECKING:
    from pathlib import Path

ACCEPTED: list[tuple[str, list[tuple[str, str | None]]]] = [
    ("[default]", [("default", None)]),
    (
        "[default=~/key, a=b=c, =x, 'd=']",
        [("default", "~/key"), ("a", "b=c"), ("", "x"), ("d", "")],
    ),
    ("{default: , a: b, c: ''}", [("default", None), ("a", "b"), ("c", "")]),
    ("['${A}=b']", [("${A}", "b")]),
]


@pytest.mark.parametrize(("text", "keys"), ACCEPTED)
def test_keys_are_read(text: str, keys: list[tuple[str, str | None]]) -> None:
    made = read_ssh_keys(node(text), open_text)
    rows = []
    for key in made:
        assert isinstance(key, SshKey)
        path = None if key.path is None else standing(key.path.span, text)
        rows.append((standing(key.name.span, text), path))
    assert rows == keys


def test_what_is_wrong_is_pointed_at() -> None:
    text = "[foo, '']"
    keys = read_ssh_keys(node(text), open_text)
    assert [
        (key.fault, key.text, standing(key.span, text))
        for key in keys
        if isinstance(key, InvalidSshKey)
    ] == [(Fault.NO_PATH, "foo", "foo"), (Fault.NO_PATH, "", "")]


def test_what_a_variable_decides_is_left_out() -> None:
    assert read_ssh_keys(node("['${KEY}', 'a${KEY}']"), open_text) == ()


def test_the_real_program_reads_them_so(tmp_path: Path) -> None:
    line = "build: {{context: ., ssh: {}}}"
    lines = [line.format(text) for text, _ in ACCEPTED]
    # It cannot write down keys with a path as JSON, and says no more than that.
    (service,) = services_of_compose(lines[:1], tmp_path)
    assert service["build"]["ssh"] == ["default"]
    assert accepted_by_compose(lines[:1], tmp_path) == lines[:1]
    assert accepted_by_compose([line.format("[foo]"), line.format("['']")], tmp_path) == []
