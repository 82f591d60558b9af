"""The command line: what it prints where, and the exit status."""

from __future__ import annotations

import errno
import fcntl
import importlib
import json
import os
import pty
import re
import signal
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path
from typing import Any, NoReturn

import pytest

from composecheck import COMPOSE_VERSION, __version__
from tests.cli_commands import Command

GOOD = "services:\n  db:\n    image: redis\n"
BAD = "services:\n  db:\n    image: redis\n    enviroment:\n      A: b\n"
OLD = f"version: '3'\n{GOOD}"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.delenv("COMPOSECHECK_DEBUG", raising=False)
    return folder


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    return Command(monkeypatch, capsys)


def process(*arguments: str, **options: Any) -> subprocess.Popen[bytes]:
    """Start the command as a process of its own."""
    return subprocess.Popen([sys.executable, "-m", "composecheck", *arguments], **options)


def in_terminal(*arguments: str, width: int = 80, **environment: str) -> tuple[int, str]:
    """Run the command in a terminal; return the exit status and all that the terminal receives."""
    terminal, inside = pty.openpty()
    fcntl.ioctl(inside, termios.TIOCSWINSZ, struct.pack("HHHH", 40, width, 0, 0))
    inherited = {
        name: value
        for name, value in os.environ.items()
        if name not in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES")
    }
    env = {**inherited, "TERM": "xterm-256color", **environment}
    with process(*arguments, stdin=inside, stdout=inside, stderr=inside, env=env) as running:
        os.close(inside)
        received = b""
        while True:
            try:
                piece = os.read(terminal, 4096)
            except OSError:  # so Linux says that nobody has the other end any more
                break
            if not piece:
                break
            received += piece
    os.close(terminal)
    return running.returncode, received.decode()


def test_the_version(command: Command) -> None:
    assert command("--version") == (
        0,
        f"composecheck {__version__} (Docker Compose {COMPOSE_VERSION})\n",
        "",
    )


@pytest.mark.parametrize("arguments", [("--help",), ("-h",), ("check", "--help"), ("rules", "-h")])
def test_help(command: Command, arguments: tuple[str, ...]) -> None:
    status, out, err = command(*arguments)
    assert (status, err) == (0, "")
    assert out.startswith("Usage: composecheck ")


def test_without_arguments_the_help_is_shown(command: Command) -> None:
    status, out, err = command()
    assert status == 2
    assert "check" in out + err
    assert "explain" in out + err


def test_a_file_without_a_command_is_bad_usage_with_the_right_call(
    here: Path, command: Command
) -> None:
    (here / "compose.yaml").write_text(GOOD)
    assert command("compose.yaml") == (
        2,
        "",
        'composecheck: To check a file, write "composecheck check compose.yaml".\n',
    )


def test_nothing_wrong_prints_nothing_into_a_pipe(here: Path, command: Command) -> None:
    (here / "compose.yaml").write_text(GOOD)
    assert command("check") == (0, "", "")


def test_an_error_is_a_line_and_status_1(here: Path, command: Command) -> None:
    (here / "compose.yaml").write_text(BAD)
    status, out, err = command("check")
    assert (status, err) == (1, "")
    assert out.count("\n") == 1
    assert out.startswith("compose.yaml:4:5: error[key-unknown] ")
    assert '"enviroment"' in out
    assert '"environment"' in out


@pytest.mark.parametrize(
    ("text", "fail_on", "expected"),
    [
        (GOOD, "note", 0),
        (OLD, "note", 1),
        (OLD, "warning", 0),
        (OLD, "error", 0),
        (BAD, "note", 1),
        (BAD, "warning", 1),
        (BAD, "error", 1),
    ],
)
def test_fail_on_moves_the_bar(
    here: Path, command: Command, text: str, fail_on: str, expected: int
) -> None:
    (here / "compose.yaml").write_text(text)
    status, out, _ = command("check", "--fail-on", fail_on)
    assert status == expected
    assert bool(out) == (text != GOOD)


def test_all_problems_of_all_files_are_reported_in_one_run(here: Path, command: Command) -> None:
    (here / "b.yaml").write_text(BAD + "    lables: []\n")
    (here / "a.yaml").write_text(BAD)
    status, out, _ = command("check", "b.yaml", "a.yaml")
    places = re.findall(r"^(\S+:\d+:\d+): error\[key-unknown\]", out, re.MULTILINE)
    assert status == 1
    assert places == ["a.yaml:4:5", "b.yaml:4:5", "b.yaml:6:5"]


@pytest.mark.parametrize("paths", [(), ("compose.yaml",), ("a", "compose.yaml"), ("--",)])
def test_options_or_none_the_check_is_the_same(
    here: Path, command: Command, paths: tuple[str, ...]
) -> None:
    (here / "compose.yaml").write_text(BAD)
    assert command("check", *paths) == command("check", "--fail-on", "warning", *paths)


def test_json(here: Path, command: Command) -> None:
    (here / "compose.yaml").write_text(BAD)
    status, out, err = command("check", "--format", "json", "compose.yaml", "nope.yaml")
    report = json.loads(out)
    assert status == 2
    assert [finding["rule"] for finding in report["findings"]] == ["key-unknown"]
    assert report["summary"]["files"] == 1
    assert report["skipped"] == [
        {"file": "nope.yaml", "reason": "There is no such file or folder."}
    ]
    assert err == ('composecheck: "nope.yaml" was not checked. There is no such file or folder.\n')


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ((), {"key-obsolete", "key-unknown"}),
        (("--select", "key-unknown"), {"key-unknown"}),
        (("--select", "upkeep"), {"key-obsolete"}),
        (("--select", "upkeep,key-unknown"), {"key-obsolete", "key-unknown"}),
        (("--select", "upkeep", "--select", "key-unknown"), {"key-obsolete", "key-unknown"}),
        (("--select", " key-unknown , "), {"key-unknown"}),
        (("--select", "security"), set()),
        (("--ignore", "key-unknown"), {"key-obsolete"}),
        (("--ignore", "compose"), {"key-obsolete"}),
        (("--ignore", "compose,upkeep"), set()),
        (("--select", "key-unknown", "--ignore", "compose"), {"key-unknown"}),
        (("--select", "compose", "--ignore", "key-unknown"), set()),
        (("--select", "key-unknown", "--ignore", "key-unknown"), set()),
    ],
)
def test_select_and_ignore(
    here: Path, command: Command, arguments: tuple[str, ...], expected: set[str]
) -> None:
    (here / "compose.yaml").write_text(f"version: '3'\n{BAD}")
    status, out, err = command("check", *arguments)
    assert set(re.findall(r"\[([a-z-]+)\]", out)) == expected
    assert status == ("key-unknown" in expected)
    assert err == ""


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("--select", "key-unknwon"), 'There is no rule "key-unknwon". Is "key-unknown" meant?'),
        (("--ignore", "key-unknown,upkep"), 'There is no rule "upkep". Is "upkeep" meant?'),
        (("--select", "xyz"), 'There is no rule "xyz". "composecheck rules" lists them all.'),
    ],
)
def test_an_unknown_rule_is_bad_usage(
    here: Path, command: Command, arguments: tuple[str, ...], complaint: str
) -> None:
    (here / "compose.yaml").write_text(BAD)
    assert command("check", *arguments) == (2, "", f"composecheck: {complaint}\n")


def test_what_keeps_a_file_from_being_judged_is_said_whatever_is_selected(
    here: Path, command: Command
) -> None:
    (here / "compose.yaml").write_text("services: [\n")
    status, out, _ = command("check", "--select", "key-unknown")
    assert status == 1
    assert out.startswith("compose.yaml:1:")
    assert command("check", "--ignore", "compose") == (0, "", "")


def test_a_missing_file_does_not_hide_the_others(here: Path, command: Command) -> None:
    (here / "compose.yaml").write_text(BAD)
    status, out, err = command("check", "nope/compose.yaml", "compose.yaml")
    assert status == 2
    assert out.startswith("compose.yaml:4:5: error")
    assert err == (
        'composecheck: "nope/compose.yaml" was not checked. There is no such file or folder.\n'
    )


def test_nothing_to_check_is_status_2(here: Path, command: Command) -> None:
    status, out, err = command("check")
    assert (status, out) == (2, "")
    assert err.startswith("composecheck: There is no Compose file")
    (here / "empty").mkdir()
    status, out, err = command("check", "empty")
    assert (status, out) == (2, "")
    assert err.startswith('composecheck: "empty" was not checked. There is no Compose file')


def test_a_file_that_cannot_be_read(here: Path, command: Command) -> None:
    (here / "compose.yaml").symlink_to("docker-compose.yaml")
    (here / "docker-compose.yaml").symlink_to("compose.yaml")
    status, out, err = command("check", "compose.yaml")
    assert (status, out) == (2, "")
    assert err.startswith('composecheck: "compose.yaml" was not checked. It cannot be read: ')
    assert "Traceback" not in err


def test_a_file_that_may_not_be_read(here: Path, command: Command) -> None:
    if os.geteuid() == 0:
        pytest.skip("NOT RUN: root may read every file")
    (here / "compose.yaml").write_text(GOOD)
    (here / "compose.yaml").chmod(0)
    assert command("check") == (
        2,
        "",
        'composecheck: "compose.yaml" was not checked.'
        " It cannot be read: you have no permission for that.\n",
    )


def test_a_file_that_is_no_text_is_an_error_on_its_first_bad_byte(
    here: Path, command: Command
) -> None:
    (here / "picture.png").write_bytes(b"ok: 1\n\x89PNG\r\n\x1a\n\x00\x00")
    status, out, err = command("check", "picture.png")
    assert (status, err) == (1, "")
    assert out.startswith("picture.png:2:1: error[yaml-")


def test_standard_input(here: Path) -> None:
    with process("check", "-", stdin=subprocess.PIPE, stdout=subprocess.PIPE) as running:
        out, _ = running.communicate(BAD.encode())
    assert running.returncode == 1
    assert out.startswith(b"<stdin>:4:5: error[key-unknown]")


@pytest.mark.parametrize("arguments", [(), ("--format", "json"), ("--color", "always")])
def test_a_closed_pipe_is_met_in_silence(here: Path, arguments: tuple[str, ...]) -> None:
    (here / "compose.yaml").write_text(BAD)
    reader, writer = os.pipe()
    os.close(reader)
    with process("check", *arguments, stdout=writer, stderr=subprocess.PIPE) as running:
        os.close(writer)
        _, err = running.communicate()
    assert (running.returncode, err) == (2, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="NOT RUN: there is no /dev/full here")
def test_a_full_disk_is_a_clear_line(here: Path) -> None:
    (here / "compose.yaml").write_text(BAD)
    with (
        Path("/dev/full").open("wb") as full,
        process("check", stdout=full, stderr=subprocess.PIPE) as running,
    ):
        _, err = running.communicate()
    assert running.returncode == 2
    assert err == b"composecheck: The report could not be written: No space left on device.\n"


def test_ctrl_c(here: Path) -> None:
    os.mkfifo(here / "pipe")
    with process(
        "check",
        "pipe",
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # As in a shell, even where the tests run in the background.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    ) as running:
        writer = open_once_it_is_read(here / "pipe", running)
        out, err = interrupt(running)
        os.close(writer)
    assert (running.returncode, out, err) == (130, b"", b"composecheck: Interrupted.\n")


def interrupt(running: subprocess.Popen[bytes]) -> tuple[bytes, bytes]:
    """Press Ctrl-C, and again if that came in the instant before Python began to wait."""
    while True:
        running.send_signal(signal.SIGINT)
        try:
            return running.communicate(timeout=2)
        except subprocess.TimeoutExpired:
            continue


def open_once_it_is_read(pipe: Path, reader: subprocess.Popen[bytes]) -> int:
    """Open a named pipe for writing as soon as `reader` has opened it for reading."""
    while reader.poll() is None:
        try:
            return os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
        except OSError as error:
            if error.errno != errno.ENXIO:
                raise
            time.sleep(0.01)
    raise AssertionError(f"the command ended by itself, with status {reader.returncode}")


def _fail(*_: object, **__: object) -> NoReturn:
    raise KeyError("a\x1bb")


def test_a_mistake_of_ours_is_a_line_that_names_the_file(
    here: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    (here / "compose.yaml").write_text(GOOD)
    monkeypatch.setattr(importlib.import_module("composecheck.stages"), "_judge_file", _fail)
    status, out, err = command("check")
    assert (status, out) == (2, "")
    assert err.startswith('composecheck: "compose.yaml" was not checked. This is a mistake in')
    assert "KeyError: 'a\\x1bb'" in err
    assert "COMPOSECHECK_DEBUG" in err
    assert err.count("\n") == 1
    monkeypatch.setenv("COMPOSECHECK_DEBUG", "1")
    with pytest.raises(KeyError):
        command("check")


def test_a_mistake_of_ours_elsewhere_is_a_line_too(
    here: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    (here / "compose.yaml").write_text(BAD)
    monkeypatch.setattr(importlib.import_module("composecheck.report.lines"), "render", _fail)
    status, out, err = command("check")
    assert (status, out) == (2, "")
    assert err.startswith("composecheck: This is a mistake in composecheck itself (KeyError")
    assert err.count("\n") == 1
    monkeypatch.setenv("COMPOSECHECK_DEBUG", "1")
    with pytest.raises(KeyError):
        command("check")


def test_a_character_set_without_the_characters_is_no_obstacle(here: Path) -> None:
    (here / "compose.yaml").write_text("서비스: {}\n", encoding="utf-8")
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    with process(
        "check", stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    ) as running:
        out, err = running.communicate()
    assert (running.returncode, err) == (1, b"")
    assert rb'"\uc11c\ube44\uc2a4"' in out


def test_on_a_terminal_the_lines_are_shown(here: Path) -> None:
    (here / "compose.yaml").write_text(BAD)
    status, received = in_terminal("check")
    plain = re.sub(r"\x1b\[[0-9;]*m", "", received)
    assert status == 1
    assert " --> compose.yaml:4:5\r\n" in plain
    assert "4 |     enviroment:\r\n  |     ^^^^^^^^^^\r\n" in plain
    assert plain.endswith(
        '\r\n1 error in 1 file; 1 can be fixed.\r\n"composecheck fix" makes the safe fix.\r\n'
    )
    assert "\x1b[1;31menviroment\x1b[0m" in received


def test_colours_can_be_switched_off(here: Path) -> None:
    (here / "compose.yaml").write_text(BAD)
    _, received = in_terminal("check", "--color", "never")
    assert "\x1b" not in received
    assert "^^^^^^^^^^" in received
    _, received = in_terminal("check", NO_COLOR="1")
    assert "\x1b[1;31m" not in received
    assert "^^^^^^^^^^" in received


def test_colours_and_frames_can_be_had_in_a_pipe(here: Path, command: Command) -> None:
    (here / "compose.yaml").write_text(BAD)
    _, out, _ = command("check", "--color", "always")
    assert "\x1b[1;31menviroment\x1b[0m" in out
    _, out, _ = command("check", "--color", "never")
    assert out.startswith("compose.yaml:4:5: error")


def test_a_terminal_is_told_that_nothing_is_wrong(here: Path) -> None:
    (here / "compose.yaml").write_text(GOOD)
    assert in_terminal("check") == (0, "No problems in 1 file.\r\n")


def test_nothing_of_a_file_reaches_the_terminal_raw(here: Path) -> None:
    wicked = "".join(map(chr, (*range(0x20), *range(0x7F, 0xA0), 0x202E, 0x2066, 0x200B)))
    name = "\x1b[2Jcompose\u202e.yaml"
    (here / name).write_bytes(
        f'services: {{db: {{image: "{wicked}[bold]:smile:", enviroment: x}}}}\n'.encode()
        + b"\xff\xfe\n"
    )
    for arguments in (("check", name), ("check", name, "nope\x1b]0;x\x07.yaml")):
        for no_color in ("", "1"):
            _, received = in_terminal(*arguments, NO_COLOR=no_color)
            styled = re.sub(r"\x1b\[[0-9;]*m", "", received).replace("\r\n", "\n")
            assert [c for c in styled if not c.isprintable() and c != "\n"] == []


def test_the_rules_are_listed(command: Command) -> None:
    status, out, err = command("rules")
    assert (status, err) == (0, "")
    (row,) = re.findall(r"^key-unknown +error +compose +\S.*\.$", out, re.MULTILINE)
    assert len(out.splitlines()) == len(set(out.split("\n"))) - 1
    _, listed, _ = command("rules", "--format", "json")
    rules = json.loads(listed)["rules"]
    assert [rule["name"] for rule in rules] == [line.split()[0] for line in out.splitlines()]
    assert row.endswith(next(rule["summary"] for rule in rules if rule["name"] == "key-unknown"))


def test_the_list_of_rules_fits_a_terminal() -> None:
    status, received = in_terminal("rules", width=76)
    assert status == 0
    assert max(map(len, received.split("\r\n"))) <= 76


def test_a_rule_is_explained(command: Command) -> None:
    status, out, err = command("explain", "key-unknown")
    assert (status, err) == (0, "")
    assert out.startswith("key-unknown (error, compose)\n")
    assert "\nBad:\n\n    " in out
    assert "\nGood:\n\n    " in out


def test_an_unknown_rule_is_not_explained(command: Command) -> None:
    assert command("explain", "key-unknow") == (
        2,
        "",
        'composecheck: There is no rule "key-unknow". Is "key-unknown" meant?\n',
    )


def modules_after(*arguments: str) -> set[str]:
    """Return the top-level modules that are loaded when the command has run."""
    code = (
        "import sys\n"
        "from composecheck.cli import main\n"
        "main()\n"
        "print(*{name.partition('.')[0] for name in sys.modules}, file=sys.stderr)\n"
    )
    finished = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True
    )
    return set(finished.stderr.split())


def test_only_what_is_needed_is_imported(here: Path) -> None:
    (here / "compose.yaml").write_text(GOOD)
    (here / "bad.yaml").write_text(BAD)
    assert modules_after("--version").isdisjoint({"jsonschema", "rich", "ruamel"})
    assert modules_after("check").isdisjoint({"jsonschema", "rich", "typer", "pydantic"})
    assert modules_after("check").isdisjoint({"dataclasses", "difflib", "zipfile", "subprocess"})
    assert "ruamel" in modules_after("check")
    assert modules_after("check", "bad.yaml").isdisjoint({"rich"})
    assert "rich" in modules_after("check", "bad.yaml", "--color", "always")
