"""File systems in memory: paths and their options, and what Compose makes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composecheck.language.tmpfs import parse_tmpfs, read_tmpfs
from composecheck.language.traced import trace
from tests.language.services import (
    blank_text,
    node,
    published_services,
    services_of_compose,
    standing,
    traced,
)
from tests.shared_material import requires_shared

if TYPE_CHECKING:
    from pathlib import Path

TEXTS: list[tuple[str, str, list[tuple[str, str | None]]]] = [
    ("/run", "/run", []),
    ("/run:noexec", "/run", [("noexec", None)]),
    ("/run:size=64m,mode=1777", "/run", [("size", "64m"), ("mode", "1777")]),
    ("/run:", "/run", [("", None)]),
    ("/run:size=", "/run", [("size", "")]),
    ("/run:a=b=c", "/run", [("a", "b=c")]),
    ("/run:x:y", "/run", [("x:y", None)]),
    ("", "", []),
    (":x", "", [("x", None)]),
    ("${RUN}:size=${SIZE}", "${RUN}", [("size", "${SIZE}")]),
]


@pytest.mark.parametrize(("text", "target", "options"), TEXTS)
def test_path_and_options_are_read(
    text: str, target: str, options: list[tuple[str, str | None]]
) -> None:
    mount = parse_tmpfs(traced(text))
    assert standing(mount.target.span, text) == target
    assert [
        (
            standing(option.name.span, text),
            None if option.value is None else standing(option.value.span, text),
        )
        for option in mount.options
    ] == options


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("/run", ["/run"]),
        ('[/run, "/tmp:size=1m"]', ["/run", "/tmp"]),
        ("[/run, 5, ~]", ["/run"]),
        ("[]", []),
        ("~", []),
        ("5", []),
        ("{a: b}", []),
    ],
)
def test_one_or_several(text: str, targets: list[str]) -> None:
    assert [mount.target.text for mount in read_tmpfs(node(text), trace)] == targets


def test_the_real_program_takes_any_text(tmp_path: Path) -> None:
    texts = ["/run", "/run:size=64m,mode=1777", "/run:", "/run:x:y", "", ":x", "run", "a b:=,,"]
    lines = [f'tmpfs: ["{text}"]' for text in texts]
    services = services_of_compose(lines, tmp_path)
    assert [service["tmpfs"] for service in services] == [[text] for text in texts]


@requires_shared
def test_published_files_have_the_mounts_that_compose_sees() -> None:
    compared = 0
    for file, service, made in published_services():
        if "tmpfs" not in service:
            continue
        texts = [mount.text.text for mount in read_tmpfs(service["tmpfs"], blank_text)]
        compared += len(texts)
        assert texts == made.get("tmpfs", []), file
    assert compared > 20
