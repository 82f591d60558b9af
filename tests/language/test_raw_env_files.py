"""Env files in the format `raw`: read and refused as Compose does it, which is asked."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pytest

from composecheck.language.assignments import Assignment, EnvFile, Fault, InvalidAssignment
from composecheck.language.env_files import decode_env_file
from composecheck.language.raw_env_files import read_raw_env_file
from composecheck.source import Source, Span
from tests.language.services import standing
from tests.shared_material import docker_compose

if TYPE_CHECKING:
    from pathlib import Path

ENVIRONMENT = {"S": "shell", "E": ""}

FILES: list[tuple[str, dict[str, str]]] = [
    ("", {}),
    ("K=v\nL=w", {"K": "v", "L": "w"}),
    ("K=v\r\nL= w \r\n", {"K": "v", "L": " w "}),
    ("K=v\rx\n", {"K": "v\rx"}),
    ("K=\"v\" 'w' # c\n", {"K": "\"v\" 'w' # c"}),
    ("K=$S ${S} $$\n", {"K": "$S ${S} $$"}),
    ("K=a=b\n", {"K": "a=b"}),
    ("K=\n", {"K": ""}),
    ("\n  # c\n\u3000K=v\n", {"K": "v"}),
    ("K=1\nK=2\n", {"K": "2"}),
    ("S\nE\nU\n", {"S": "shell", "E": ""}),
    ("S", {"S": "shell"}),
    ("a@b{}=v\n", {"a@b{}": "v"}),
    ("K:L=v\n", {"K:L": "v"}),
    ("K=" + "x" * 65533, {"K": "x" * 65533}),
    ("K=" + "x" * 65533 + "\n", {"K": "x" * 65533}),
]

REFUSED: list[tuple[bytes, str, Fault, str]] = [
    (b"K=1\nD E=2\n", "D E", Fault.SPACE_IN_KEY, "D E"),
    (b"  K =1\n", "K ", Fault.SPACE_IN_KEY, "K "),
    (b"K\t=1\n", "K\t", Fault.SPACE_IN_KEY, "K\t"),
    (b"export K=1\n", "export K", Fault.SPACE_IN_KEY, "export K"),
    (b"K \n", "K ", Fault.SPACE_IN_KEY, "K "),
    (b"K=1\n =x\n", "=x", Fault.NO_KEY, ""),
    (b"K=a\xff\n", "\udcff", Fault.NOT_TEXT, ""),
    (b"#\xff\n", "\udcff", Fault.NOT_TEXT, ""),
    (b"K=" + b"x" * 65534, "K=" + "x" * 65534, Fault.TOO_LONG, ""),
    (b"K=" + "\u65e5".encode() * 21845, "K=" + "\u65e5" * 21845, Fault.TOO_LONG, ""),
    (b"K=" + b"x" * 65533 + b"\r\n", "K=" + "x" * 65533 + "\r", Fault.TOO_LONG, ""),
]

WORDS = {
    Fault.SPACE_IN_KEY: "contains whitespaces",
    Fault.NO_KEY: "no variable name on line",
    Fault.NOT_TEXT: "invalid utf8 bytes",
    Fault.TOO_LONG: "token too long",
}


def read(data: bytes) -> EnvFile:
    """Read a file as Compose would here."""
    return read_raw_env_file(decode_env_file(data, "test"), ENVIRONMENT, unset_is_blank=True)


def ask(files: list[bytes], folder: Path) -> subprocess.CompletedProcess[bytes]:
    """Ask the real program about services, each with one of `files`."""
    services = "".join(
        f"  s{index}: {{image: x, env_file: [{{path: {index}.env, format: raw}}]}}\n"
        for index in range(len(files))
    )
    (folder / "compose.yaml").write_text(f"name: p\nservices:\n{services}", encoding="utf-8")
    for index, data in enumerate(files):
        (folder / f"{index}.env").write_bytes(data)
    return subprocess.run(
        [docker_compose(), "-f", "compose.yaml", "config", "--format", "json"],
        cwd=folder,
        env=ENVIRONMENT,
        capture_output=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(("text", "values"), FILES)
def test_a_file_is_read(text: str, values: dict[str, str]) -> None:
    file = read(text.encode())
    assert file.refused == ()
    assert {key: value.text for key, value in file.values.items()} == values


@pytest.mark.parametrize(("data", "wrong", "fault", "key"), REFUSED)
def test_what_is_wrong_is_pointed_at(data: bytes, wrong: str, fault: Fault, key: str) -> None:
    file = read(data)
    (refused,) = file.refused
    assert isinstance(refused, InvalidAssignment)
    assert (refused.text, refused.fault, refused.key) == (wrong, fault, key)
    assert file.source.slice(refused.span) == wrong


def test_each_part_knows_its_place() -> None:
    text = "# c\n  K=a b\n S\n"
    first, second = read(text.encode()).assignments
    assert standing(first.key_span, text) == "K"
    assert standing(first.value_span, text) == "a b"
    assert first.value is not None
    assert first.value.span == first.value_span
    assert (second.is_inherited, standing(second.key_span, text)) == (True, "S")


def test_a_key_alone_may_be_set_elsewhere() -> None:
    source = Source("test", "U\nK\n")
    unset, set_ = read_raw_env_file(source, {"K": None}, unset_is_blank=True).assignments
    assert unset == Assignment("U", Span(0, 1), None, Span(1, 1), is_inherited=True)
    assert set_.value is not None
    assert not set_.value.is_known
    (unset, _) = read_raw_env_file(source, {}, unset_is_blank=False).assignments
    assert unset.value is not None
    assert [part.variable for part in unset.value.unknowns] == ["U"]


def test_the_real_program_reads_them_so(tmp_path: Path) -> None:
    answer = ask([text.encode() for text, _ in FILES], tmp_path)
    assert answer.returncode == 0, answer.stderr
    services = json.loads(answer.stdout.decode())["services"]
    for index, (text, values) in enumerate(FILES):
        made = services[f"s{index}"].get("environment", {})
        doubled = {key: value.replace("$", "$$") for key, value in values.items()}
        assert made == doubled, text


def test_the_real_program_refuses_them(tmp_path: Path) -> None:
    for data, _, fault, _ in REFUSED:
        answer = ask([data], tmp_path)
        assert answer.returncode == 1, data
        assert WORDS[fault] in answer.stderr.decode("utf-8", "replace"), data
