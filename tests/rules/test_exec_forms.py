"""Commands and tests of health in a list, whose words are run as they are."""

from __future__ import annotations

import pytest

from composecheck.finding import Safety
from composecheck.rules.exec_forms import command_list_operator, command_one_word
from tests.rules.accepted import find, fixed, service

WHOLE = (
    ('["npm run start"]', "npm run start", '["npm", "run", "start"]'),
    ("[npm run start]", "npm run start", '["npm", "run", "start"]'),
    ("['python3 -m app']", "python3 -m app", "['python3', '-m', 'app']"),
    ('["/usr/bin/python app.py"]', "/usr/bin/python app.py", '["/usr/bin/python", "app.py"]'),
)


@pytest.mark.parametrize(("written", "line", "right"), WHOLE)
@pytest.mark.parametrize("key", ["command", "entrypoint"])
def test_a_whole_line_as_the_first_word(key: str, written: str, line: str, right: str) -> None:
    text = service(f"{key}: {written}")
    findings = find(command_one_word, text, line)
    assert findings[0].fix is not None
    assert findings[0].fix.safety is Safety.UNSAFE
    assert fixed(text, findings) == service(f"{key}: {right}")


@pytest.mark.parametrize(
    ("lines", "first"),
    [
        (("command:", "  - npm run start"), "npm run start"),
        (('command: ["npm install", "npm start"]',), "npm install"),
        (('command: ["npm install && npm start"]',), "npm install && npm start"),
        (('command: ["npm run $A"]',), "npm run $A"),
        (("command: [\"sh -c 'a b'\"]",), "sh -c 'a b'"),
    ],
)
def test_a_whole_line_that_we_do_not_cut(lines: tuple[str, ...], first: str) -> None:
    assert find(command_one_word, service(*lines), first)[0].fix is None


@pytest.mark.parametrize(
    "lines",
    [
        ('command: ["npm", "run start"]',),
        ('command: ["npm"]',),
        ('command: ["--flag value"]',),
        ('command: ["redpanda start", "--smp 1"]',),
        ('command: ["my program x"]',),
        ("entrypoint: [sh, -c]", 'command: ["npm run start"]'),
        ("entrypoint: /run.sh", 'command: ["npm run start"]'),
        ("command: npm run start",),
        ("command: [$A]",),
        ("command: []",),
        ("command:", "  - |", "    npm ci", "    npm start"),
    ],
)
def test_a_first_word_that_may_be_one(lines: tuple[str, ...]) -> None:
    assert find(command_one_word, service(*lines)) == []


OPERATORS = (
    ("command: [npm, ci, '&&', npm, start]", "&&", 'command: ["sh", "-c", "npm ci && npm start"]'),
    ('command: ["a", "|", "b"]', "|", 'command: ["sh", "-c", "a | b"]'),
    (
        'healthcheck: {test: ["CMD", "curl", "-f", "http://x", "||", "exit", "1"]}',
        "||",
        'healthcheck: {test: ["CMD-SHELL", "curl -f http://x || exit 1"]}',
    ),
)


@pytest.mark.parametrize(("line", "operator", "right"), OPERATORS)
def test_a_sign_for_a_shell_among_the_words(line: str, operator: str, right: str) -> None:
    text = service(line)
    findings = find(command_list_operator, text, operator)
    assert fixed(text, findings) == service(right)


@pytest.mark.parametrize(
    "line",
    [
        "command: [npm, ci, '&&', 'echo a b']",
        "command: [npm, ci, '&&', $A]",
        'command: ["a", "||", "b?c"]',
        "healthcheck: {test: [CMD, a, '||', 'b c']}",
    ],
)
def test_a_sign_beside_words_that_need_quotes_has_no_fix(line: str) -> None:
    operator = "&&" if "&&" in line else "||"
    assert find(command_list_operator, service(line), operator)[0].fix is None


@pytest.mark.parametrize(
    "line",
    [
        "command: [sh, -c, 'a && b']",
        "command: [sh, -c, a, '&&', b]",
        "command: [a, '&&b']",
        "command: [test, a, '>', b]",
        "command: [a, '&&', b]\n    entrypoint: [sh, -c]",
        "command: a && b",
        "healthcheck: {test: [CMD-SHELL, 'a || b']}",
        "healthcheck: {test: [CMD, a, b]}",
        "healthcheck: {test: [CMD, sh, -c, 'a || b']}",
        "healthcheck: {test: a || b}",
    ],
)
def test_a_sign_that_a_shell_reads(line: str) -> None:
    assert find(command_list_operator, service(line)) == []
