"""Images that several services build under one name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composecheck.rules.shared_images import image_built_twice
from tests.rules.accepted import find, model

if TYPE_CHECKING:
    from pathlib import Path


def two(one: str, other: str, *, image: str = "app", more: str = "") -> str:
    return (
        f"services:\n  a: {{image: app, build: {one}{more}}}\n"
        f"  b: {{image: '{image}', build: {other}{more.replace('p', 'q', 2)}}}\n"
    )


@pytest.mark.parametrize(
    ("one", "other", "what"),
    [
        ("./a", "./b", "context"),
        (".", "{context: ., dockerfile: Other}", "dockerfile"),
        ("{context: ., target: a}", "{context: ., target: b}", "target"),
        ("{context: ., args: {A: 1}}", "{context: ., args: [A=2]}", "args"),
        ("{context: ., dockerfile_inline: FROM a}", "{context: ., dockerfile_inline: FROM b}", ""),
    ],
)
@pytest.mark.parametrize("image", ["app", "app:latest"])
def test_different_images_of_one_name(
    one: str, other: str, what: str, image: str, tmp_path: Path
) -> None:
    text = two(one, other, image=image)
    (finding,) = find(image_built_twice, text, image)
    assert what in finding.message
    assert len(finding.related) == 1
    model(text, tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        two(".", "./"),
        two(".", "{context: ., dockerfile: Dockerfile}"),
        two(".", "{context: ., dockerfile: ./Dockerfile, args: {}}"),
        two("{context: ., args: {A: 1}}", "{context: ., args: ['A=1']}"),
        two("./a", "$B"),
        two("{context: ., target: a}", "{context: ., target: $T}"),
        two("{context: ., args: {A: 1}}", "{context: ., args: [A]}"),
        two("./a", "./b", image="app:1"),
        two("./a", "./b", image="$APP"),
        two("./a", "./b", image="registry:5000/app"),
        "services:\n  a: {image: app, build: .}\n  b: {image: app}\n",
        "services:\n  a: {build: ./a}\n  b: {build: ./b}\n",
        "services:\n  a: {image: app, build: ./a, profiles: [p]}\n"
        "  b: {image: app, build: ./b, profiles: [q]}\n",
    ],
)
def test_the_same_image_or_another_name(text: str) -> None:
    assert find(image_built_twice, text) == []
