"""Entrypoints of images that are taken away by accident."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composecheck.rules.cleared_entrypoints import entrypoint_empty
from tests.rules.accepted import find, fixed, model

if TYPE_CHECKING:
    from pathlib import Path


def db(entrypoint: str, *lines: str, image: str = "postgres:17") -> str:
    """Return a file with a database, its entrypoint and `lines`."""
    return f"services:\n  a:\n    image: {image}\n    {entrypoint}\n" + "".join(
        f"    {line}\n" for line in lines
    )


def test_what_compose_hands_on(tmp_path: Path) -> None:
    for written, handed in (("", None), ('""', []), ("[]", []), ("' '", [])):
        service = model(db(f"entrypoint: {written}"), tmp_path)["services"]["a"]
        assert service["entrypoint"] == handed


@pytest.mark.parametrize(
    ("written", "image"), [('""', "postgres:17"), ("[]", "mysql:8"), ("' '", "wordpress")]
)
def test_an_entrypoint_that_is_needed(written: str, image: str) -> None:
    text = db(f"entrypoint: {written}", "restart: always", image=image)
    findings = find(entrypoint_empty, text, written)
    assert fixed(text, findings) == text.replace(f"    entrypoint: {written}\n", "")


def test_a_variable_that_is_blank_here() -> None:
    text = db("entrypoint: ${START}")
    find(entrypoint_empty, text, "${START}", is_here=True)
    assert find(entrypoint_empty, text) == []


@pytest.mark.parametrize(
    "text",
    [
        db("entrypoint:"),
        db("entrypoint: ~"),
        db("entrypoint: /start.sh"),
        db("entrypoint: ['']"),
        db('entrypoint: ""', "command: psql"),
        db('entrypoint: ""', "build: ."),
        db('entrypoint: ""', image="redis"),
        db('entrypoint: ""', image="example/postgres"),
        db('command: ""'),
    ],
)
def test_an_entrypoint_that_is_not(text: str) -> None:
    assert find(entrypoint_empty, text) == []
