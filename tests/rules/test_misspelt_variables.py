"""Variables whose name the `.env` file spells otherwise."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING, Any

import pytest

from composecheck.finding import Safety
from composecheck.rules.misspelt_variables import variable_misspelt
from tests.rules.accepted import environment, find, fixed, service
from tests.rules.fitting import FOLDER

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from composecheck.finding import Finding


def reading(env: str) -> Callable[[Path], bytes]:
    """Return what reads files where there is but a `.env`."""

    def read(path: Path) -> bytes:
        if path == FOLDER / ".env":
            return env.encode()
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))

    return read


def misspelt(text: str, env: str, *characters: str, **options: Any) -> list[Finding]:
    return find(variable_misspelt, text, *characters, read=reading(env), **options)


@pytest.mark.parametrize("is_here", [False, True])
def test_a_name_that_the_env_file_spells_otherwise(is_here: bool) -> None:
    text = environment("A: ${DB_PASWORD}", "B: x$DB_PASWORD", "C: ${DB_USER}")
    findings = misspelt(text, "DB_PASSWORD=a\nDB_USER=b\n", "DB_PASWORD", is_here=is_here)
    assert findings[0].suggestions == ("DB_PASSWORD",)
    assert len(findings[0].related) == 1
    assert findings[0].fix is not None
    assert findings[0].fix.safety is Safety.UNSAFE
    assert findings[0].fix.changes == (("services", "a", "environment", "B"),)
    assert fixed(text, findings) == text.replace("PASWORD", "PASSWORD")


@pytest.mark.parametrize(
    ("value", "env"),
    [
        ("${DB_HOST_1}", "DB_HOST_2=a\n"),
        ("${DB_PASWORD}", "DB_USER=a\n"),
        ("${DB_PASWORD:-}", "DB_PASSWORD=a\n"),
        ("${DB_PASWORD}${DB_PASSWORD}", "DB_PASSWORD=a\n"),
        ("${DB_PASWORD}", "DB_PASWORD=a\nDB_PASSWORD=b\n"),
        ("${DB_PASWORD}", ""),
        ("${DB_NAMES}", "DB_NAMED=a\nDB_NAME=b\n"),
        ("$$DB_PASWORD", "DB_PASSWORD=a\n"),
    ],
)
def test_a_name_that_may_be_meant(value: str, env: str) -> None:
    assert misspelt(environment(f'A: "{value}"'), env) == []


def test_what_the_shell_sets_is_not_in_the_env_file() -> None:
    text = environment("A: ${DB_PASWORD}")
    assert misspelt(text, "A=b\n", environment={"DB_PASSWORD": "c"}) == []


def test_a_shared_name_has_no_fix() -> None:
    text = "x-e: &e\n  A: ${DB_PASWORD}\n" + service("environment: *e")
    assert misspelt(text, "DB_PASSWORD=a\n", "DB_PASWORD")[0].fix is None
