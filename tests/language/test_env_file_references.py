"""Which env files a service has: read and refused as Compose does it, which is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composecheck.language.env_file_references import (
    Format,
    UnknownFormat,
    read_env_file_references,
)
from composecheck.source import Span
from tests.language.services import ask_about_services, node, open_text, standing

if TYPE_CHECKING:
    from pathlib import Path

# What is written: path, whether it is required, format.
ROWS: list[tuple[str, list[tuple[str, bool | None, Format | UnknownFormat | None]]]] = [
    (".env", [(".env", True, Format.USUAL)]),
    ("[a.env, b.env]", [("a.env", True, Format.USUAL), ("b.env", True, Format.USUAL)]),
    ("[{path: a.env}]", [("a.env", True, Format.USUAL)]),
    ("[{path: a.env, required: false}]", [("a.env", False, Format.USUAL)]),
    ("[{path: a.env, required: 'no', format: raw}]", [("a.env", False, Format.RAW)]),
    ("[{path: a.env, format: .env}]", [("a.env", True, Format.USUAL)]),
    ("[{path: a.env, format: ''}]", [("a.env", True, Format.USUAL)]),
    ("[{path: a.env, format: foo}]", [("a.env", True, UnknownFormat(Span(23, 26), "foo"))]),
    ("[{path: a.env, format: '${F}'}]", [("a.env", True, None)]),
    ("[{path: a.env, format: 'x${F}'}]", [("a.env", True, UnknownFormat(Span(24, 29), "x${F}"))]),
    ("[{path: a.env, format: 5, required: '${R}'}]", [("a.env", None, None)]),
    ("['${DIR}/a.env', 5]", [("${DIR}/a.env", True, Format.USUAL)]),
]


@pytest.mark.parametrize(("text", "rows"), ROWS)
def test_references_are_read(
    text: str, rows: list[tuple[str, bool | None, Format | UnknownFormat | None]]
) -> None:
    made = []
    for reference in read_env_file_references(node(text), open_text):
        assert reference.path is not None
        path = standing(reference.path.span, text)
        made.append((path, reference.is_required, reference.format))
        assert reference.is_long is ("path" in text)
    assert made == rows


def test_a_path_may_be_missing() -> None:
    (reference,) = read_env_file_references(node("[{required: true}]"), open_text)
    assert reference.path is None
    assert read_env_file_references(node("{path: a}"), open_text) != ()


def test_the_real_program_reads_them_so(tmp_path: Path) -> None:
    (tmp_path / "a.env").write_text('A="$$1"\n', encoding="utf-8")

    def answer(text: str) -> tuple[int, str]:
        made = ask_about_services([f"env_file: {text}"], tmp_path)
        return made.returncode, made.stderr

    assert answer("[{path: a.env, required: 'no', format: raw}, {path: a.env, format: ''}]")[0] == 0
    assert answer("[{path: absent.env, required: 'no', format: foo}]")[0] == 0
    assert 'unsupported env_file format "foo"' in answer("[{path: a.env, format: foo}]")[1]
    assert "not found" in answer("[{path: absent.env, format: foo}]")[1]
