"""`composecheck fix`: what it writes where, and the exit status."""

from __future__ import annotations

import importlib
import re
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.cli_commands import Command

if TYPE_CHECKING:
    from pathlib import Path

BAD = "version: '3'\r\nservices:\r\n  db:\r\n    image: redis\r\n    enviroment: {}\r\n"
GOOD = "services:\r\n  db:\r\n    image: redis\r\n    environment: {}\r\n"
GUESS = "services:\n  db:\n    image: redis\n    volumes:\n      - data:/data\n"


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    return Command(monkeypatch, capsys)


@pytest.fixture(autouse=True)
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "compose.yaml"
    file.write_bytes(BAD.encode())
    return file


@pytest.mark.parametrize("arguments", [[], ["."], ["compose.yaml"], ["-f", "compose.yaml"]])
def test_safe_fixes_are_written_and_told(
    file: Path, command: Command, arguments: list[str]
) -> None:
    status, out, err = command("fix", *arguments)
    assert (status, err) == (0, "")
    assert out.splitlines() == [
        'compose.yaml:5:5: fixed[key-unknown] Write "environment" instead of "enviroment".',
        'compose.yaml:1:1: fixed[key-obsolete] Delete "version".',
    ]
    assert file.read_bytes() == GOOD.encode()
    assert command("fix", *arguments) == (0, "", "")


def test_what_remains_is_reported_as_check_does(file: Path, command: Command) -> None:
    file.write_text(GUESS, encoding="utf-8")
    status, out, err = command("fix")
    assert (status, err) == (1, "")
    assert out == command("check")[1]
    assert file.read_text(encoding="utf-8") == GUESS
    status, out, _ = command("fix", "--unsafe")
    assert status == 0
    assert re.match(r"compose\.yaml:\d+:\d+: fixed\[volume-undefined\] Define .*\n$", out)
    assert file.read_text(encoding="utf-8") == f"{GUESS}\nvolumes:\n  data:\n"


def test_a_diff_shows_what_would_change_and_writes_nothing(file: Path, command: Command) -> None:
    status, out, err = command("fix", "--diff")
    assert (status, err) == (1, "")
    assert file.read_bytes() == BAD.encode()
    patched = subprocess.run(
        ["git", "apply", "-p0", "-"], input=out.encode(), cwd=file.parent, check=False
    )
    assert patched.returncode == 0
    assert file.read_bytes() == GOOD.encode()
    assert command("fix", "--diff") == (0, "", "")


def test_a_diff_at_the_end_of_a_file_without_a_line_end(file: Path, command: Command) -> None:
    file.write_bytes(BAD.rstrip().encode())
    _, out, _ = command("fix", "--diff")
    assert out.count("\\ No newline at end of file\n") == 2


def test_a_diff_has_colours_where_somebody_asks_for_them(command: Command) -> None:
    _, out, _ = command("fix", "--diff", "--color", "always")
    assert "\x1b[32m+    environment: {}" in out


def test_only_what_is_selected_is_fixed(file: Path, command: Command) -> None:
    command("fix", "--select", "key-obsolete")
    assert file.read_bytes() == BAD.replace("version: '3'\r\n", "").encode()
    command("fix", "--ignore", "key-unknown")
    assert b"enviroment" in file.read_bytes()


def test_standard_input_is_fixed_to_standard_output(command: Command) -> None:
    status, out, err = command("fix", "-", stdin=BAD.encode())
    assert (status, out, err) == (0, GOOD, "")
    status, out, err = command("fix", "-", stdin=GUESS.encode())
    assert (status, out) == (1, GUESS)
    assert err.startswith("<stdin>:5:9: error[volume-undefined] ")
    status, out, err = command("fix", "-", "--diff", stdin=BAD.encode())
    assert status == 1
    assert out.startswith("--- <stdin>\n+++ <stdin>\n")


def test_standard_input_is_fixed_alone(command: Command) -> None:
    status, _, err = command("fix", "-", "compose.yaml", stdin=b"")
    assert status == 2
    assert err == ('composecheck: Nothing else can be fixed together with standard input ("-").\n')


def test_a_file_that_cannot_be_written_is_a_complaint(
    file: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def denied(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("composecheck.writing.replace_file", denied)
    status, out, err = command("fix")
    assert (status, out) == (2, "")
    assert err == (
        'composecheck: "compose.yaml" was not fixed: it cannot be written (Permission denied).\n'
    )
    assert file.read_bytes() == BAD.encode()


def test_a_file_that_changes_meanwhile_is_left_alone(
    file: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = importlib.import_module("composecheck.fix")
    original = module.fix_asked

    def and_then_somebody_edits(*paths: object, **options: object) -> object:
        report: object = original(*paths, **options)
        file.write_text("services: {}\n", encoding="utf-8")
        return report

    monkeypatch.setattr(module, "fix_asked", and_then_somebody_edits)
    status, _, err = command("fix")
    assert status == 2
    assert "it has changed since it was read" in err
    assert file.read_text(encoding="utf-8") == "services: {}\n"


def test_a_fix_that_was_dropped_is_named(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("composecheck.fixing.objection", lambda *_: "It bites.")
    status, _, err = command("fix")
    assert status == 1
    assert (
        "composecheck: A fix for key-unknown in compose.yaml:5:5 was not made. It bites."
        " Please report this to the makers of composecheck.\n"
    ) in err


def test_what_cannot_be_found_is_a_complaint(command: Command) -> None:
    status, out, err = command("fix", "compse.yaml")
    assert (status, out) == (2, "")
    assert 'Is "compose.yaml" meant?' in err
