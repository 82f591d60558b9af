"""Tests of health in a list: with too few words, too many, or all in one."""

from __future__ import annotations

import pytest

from composecheck.finding import Safety
from composecheck.rules.healthcheck_forms import (
    healthcheck_no_command,
    healthcheck_no_test,
    healthcheck_one_word,
    healthcheck_shell_words,
)
from tests.rules.accepted import find, fixed, service


def check(test: str) -> str:
    """Return a file with a service whose health is tested so."""
    return service("healthcheck:", f"  test: {test}")


WHOLE = (
    ('["CMD", "curl -f http://x"]', "curl -f http://x", '["CMD-SHELL", "curl -f http://x"]'),
    ("[CMD, pg_isready -U a]", "pg_isready -U a", "[CMD-SHELL, pg_isready -U a]"),
    ("['CMD', 'a || exit 1']", "a || exit 1", "['CMD-SHELL', 'a || exit 1']"),
    ('["CMD", "/bin/curl -f x"]', "/bin/curl -f x", '["CMD-SHELL", "/bin/curl -f x"]'),
)


@pytest.mark.parametrize(("written", "line", "right"), WHOLE)
def test_a_whole_line_behind_cmd(written: str, line: str, right: str) -> None:
    text = check(written)
    findings = find(healthcheck_one_word, text, line)
    assert findings[0].fix is not None
    assert findings[0].fix.safety is Safety.UNSAFE
    assert fixed(text, findings) == check(right)


def test_a_list_over_lines_is_fixed_in_its_first_word() -> None:
    text = service("healthcheck:", "  test:", "    - CMD  # so", "    - curl -f http://x")
    findings = find(healthcheck_one_word, text, "curl -f http://x")
    assert fixed(text, findings) == text.replace("- CMD ", "- CMD-SHELL ")


def test_a_line_with_words_behind_it_has_no_fix() -> None:
    assert find(healthcheck_one_word, check("[CMD, curl -f, http://x]"), "curl -f")[0].fix is None


@pytest.mark.parametrize(
    "test",
    [
        "[CMD, curl, -f, http://x]",
        "[CMD, curl, 'a b']",
        "[CMD-SHELL, curl -f http://x]",
        "curl -f http://x",
        "[CMD, '/opt/my program']",
        "[CMD, pg_isready]",
        "[CMD, $A]",
        "[NONE]",
    ],
)
def test_words_of_their_own(test: str) -> None:
    assert find(healthcheck_one_word, check(test)) == []


SHELL_WORDS = (
    ('["CMD-SHELL", "curl", "-f", "http://x"]', "-f", '["CMD", "curl", "-f", "http://x"]'),
    ("[CMD-SHELL, pg_isready, -U, $A]", "-U", "[CMD, pg_isready, -U, $A]"),
    (
        '["CMD-SHELL", "curl", "x", "||", "exit", "1"]',
        "x",
        '["CMD-SHELL", "curl x || exit 1"]',
    ),
)


@pytest.mark.parametrize(("written", "second", "right"), SHELL_WORDS)
def test_several_words_behind_cmd_shell(written: str, second: str, right: str) -> None:
    text = check(written)
    (finding,) = findings = find(healthcheck_shell_words, text, *_spelled(second, written))
    assert finding.fix is not None
    assert finding.fix.safety is Safety.UNSAFE
    assert fixed(text, findings) == check(right)


def _spelled(word: str, written: str) -> tuple[str]:
    assert word in written
    return (word,)


@pytest.mark.parametrize(
    "test",
    [
        "[CMD-SHELL, curl -f http://x]",
        "[CMD, curl, -f]",
        "[CMD-SHELL, 'test $$0 = a', a]",
        "[CMD-SHELL, $A, b]",
        "[NONE, a, b]",
        "a b",
    ],
)
def test_one_text_for_the_shell(test: str) -> None:
    assert find(healthcheck_shell_words, check(test)) == []


@pytest.mark.parametrize("written", ["[CMD]", '["CMD-SHELL"]'])
def test_nothing_to_run(written: str) -> None:
    (finding,) = find(healthcheck_no_command, check(written), written.strip("[]"))
    assert finding.fix is None


@pytest.mark.parametrize("test", ["[NONE]", "[CMD, a]", "[]", "[$A]", "CMD", "['CMD', '']"])
def test_something_to_run_or_nothing_meant(test: str) -> None:
    assert find(healthcheck_no_command, check(test)) == []


def test_times_without_a_test() -> None:
    text = service("healthcheck:", "  interval: 10s").replace("image: x", "image: redis:8")
    find(healthcheck_no_test, text, "healthcheck")


@pytest.mark.parametrize(
    ("image", "check"),
    [
        ("x", "{interval: 10s}"),
        ("redis", "{interval: 10s, test: [CMD, a]}"),
        ("redis", "{interval: 10s, disable: true}"),
        ("redis", "{}"),
        ("redis/redis-stack", "{interval: 10s}"),
        ("$A", "{interval: 10s}"),
    ],
)
def test_times_beside_a_test_that_may_be_there(image: str, check: str) -> None:
    text = service(f"healthcheck: {check}").replace("image: x", f"image: {image}")
    assert find(healthcheck_no_test, text) == []
