"""Commands that are written for a shell, where there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composecheck.finding import Safety
from composecheck.rules.shell_commands import command_cut_off, command_shell_argument
from tests.rules.accepted import find, fixed, model, service
from tests.shared_material import requires_compose

if TYPE_CHECKING:
    from pathlib import Path

CUT_OFF = (
    ("a && b", "&& b", "sh -c 'a && b'"),
    ("a b; c", "; c", "sh -c 'a b; c'"),
    ("a | tee b", "| tee b", "sh -c 'a | tee b'"),
    ("a || b", "|| b", "sh -c 'a || b'"),
    ("a > /b", "> /b", "sh -c 'a > /b'"),
    ("a 2>/b", "2>/b", "sh -c 'a 2>/b'"),
    ("a < /b", "< /b", "sh -c 'a < /b'"),
    ("it 'is' && b", "&& b", "sh -c \"it 'is' && b\""),
    ('"a && b"', "&& b", "\"sh -c 'a && b'\""),
    ("'a && b'", "&& b", "'sh -c \"a && b\"'"),
    ("a $A && b # c", "&& b", "sh -c 'a $A && b' # c"),
    ("bash -c a && b", "&& b", "bash -c 'a && b'"),
    ("/bin/sh -ec a b && c", "&& c", "/bin/sh -ec 'a b && c'"),
)


@pytest.mark.parametrize(("written", "dropped", "right"), CUT_OFF)
@pytest.mark.parametrize("key", ["command", "entrypoint"])
def test_the_end_that_is_dropped(key: str, written: str, dropped: str, right: str) -> None:
    text = service(f"{key}: {written}")
    findings = find(command_cut_off, text, dropped)
    assert findings[0].path == ("services", "a", key)
    assert findings[0].fix is not None
    assert findings[0].fix.safety is Safety.UNSAFE
    assert fixed(text, findings) == service(f"{key}: {right}")
    assert find(command_cut_off, service(f"{key}: {right}")) == []


@requires_compose
def test_compose_drops_it_and_keeps_what_is_fixed(tmp_path: Path) -> None:
    assert model(service("command: a b && c"), tmp_path)["services"]["a"]["command"] == ["a", "b"]
    right = service("command: sh -c 'a b && c'")
    assert model(right, tmp_path)["services"]["a"]["command"] == ["sh", "-c", "a b && c"]


@pytest.mark.parametrize(
    ("lines", "dropped"),
    [
        (("command: curl http://x/?a=1&b=2",), "&b=2"),
        (("command: a \"b\" 'c' && d",), "&& d"),
        (("command: a `b` && c",), "&& c"),
        (("entrypoint: x", "command: a && b"), "&& b"),
        (("entrypoint: [sh, -c]", "command: a && b"), "&& b"),
        (("command: |", "  a", "  && b"), "&& b"),
        (("command: >", "  a && b", "  # c"), "&& b"),
        (("command: a &&", "  b"), "&&"),
        (("post_start: [{command: a && b}]", "entrypoint: y"), "&& b"),
    ],
)
def test_what_is_dropped_where_the_remedy_is_not_sure(lines: tuple[str, ...], dropped: str) -> None:
    (finding,) = find(command_cut_off, service(*lines), dropped)
    if not lines[0].startswith("post_start"):
        assert finding.fix is None


def test_a_shared_command_has_no_fix() -> None:
    text = "x-c: &c a && b\n" + service("command: *c")
    assert find(command_cut_off, text, "&& b")[0].fix is None


@pytest.mark.parametrize(
    "line",
    [
        "command: a b",
        "command: sh -c 'a && b'",
        'command: bash -c "a; b > c"',
        "command: a 'b|c' d\\;e",
        "command: [a, '&&', b]",
        "command: server &",
        "command: server ;",
        "command: a $A",
        "command:",
        'command: "&& a"',
        "command: []",
        "command: a $$(b && c)",
        'command: "echo \'a && b"',
        "healthcheck: {test: a && b}",
        "labels: {command: a && b}",
    ],
)
def test_nothing_is_dropped(line: str) -> None:
    assert find(command_cut_off, service(line)) == []


ARGUMENTS = (
    ("sh -c npm start", "npm start", "sh -c 'npm start'"),
    ("/bin/bash -c npm run start", "npm run start", "/bin/bash -c 'npm run start'"),
    ("[sh, -c, npm, start]", "npm, start", '[sh, -c, "npm start"]'),
    ('["sh", "-ec", "a", "b"]', '"a", "b"', '["sh", "-ec", "a b"]'),
    ("['bash', '-c', 'a', '&&', 'b']", "'a', '&&', 'b'", "['bash', '-c', 'a && b']"),
)


@pytest.mark.parametrize(("written", "characters", "right"), ARGUMENTS)
def test_a_shell_that_gets_one_word(written: str, characters: str, right: str) -> None:
    text = service(f"command: {written}")
    findings = find(command_shell_argument, text, characters.strip("\"'"))
    assert fixed(text, findings) == service(f"command: {right}")


def test_a_list_over_several_lines_has_no_fix() -> None:
    text = service("command:", "  - sh", "  - -c", "  - npm", "  - start")
    assert find(command_shell_argument, text, "npm")[0].fix is None


@pytest.mark.parametrize(
    "written",
    [
        "[sh, -c, npm start]",
        "[sh, -c, npm start, --, x]",
        "[sh, -c, 'exec \"$$@\"', sh, x]",
        "[sh, -c, $A, b]",
        "[sh, -c, '$$0', b]",
        "[sh, -c, npm]",
        "[sh, script.sh, a, b]",
        "[sh, --, -c, b]",
        "[python, -c, a, b]",
        "sh -c 'npm start' x",
        "sh script.sh a b",
    ],
)
def test_a_shell_that_gets_what_it_needs(written: str) -> None:
    assert find(command_shell_argument, service(f"command: {written}")) == []
