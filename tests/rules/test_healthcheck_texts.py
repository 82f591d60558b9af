"""Tests of health that a shell does not understand, or that need one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composecheck.finding import Safety
from composecheck.rules.healthcheck_forms import healthcheck_no_command
from composecheck.rules.healthcheck_texts import healthcheck_text, healthcheck_variable
from tests.rules.accepted import find, fixed, model, service

if TYPE_CHECKING:
    from pathlib import Path


def check(test: str) -> str:
    """Return a file with a service whose health is tested so."""
    return service("healthcheck:", f"  test: {test}")


TEXTS = (
    ("CMD-SHELL curl -f http://x", "CMD-SHELL", "curl -f http://x"),
    ("CMD curl -f http://x", "CMD", "curl -f http://x"),
    ('"CMD-SHELL  a || exit 1"', "CMD-SHELL", '"a || exit 1"'),
    ("NONE", "NONE", '["NONE"]'),
    ("'NONE'", "NONE", '["NONE"]'),
    ("""'["CMD", "curl", "x"]'""", '["CMD", "curl", "x"]', '["CMD", "curl", "x"]'),
    ("\"['CMD-SHELL', 'a b']\"", "['CMD-SHELL', 'a b']", "['CMD-SHELL', 'a b']"),
)


@pytest.mark.parametrize(("written", "wrong", "right"), TEXTS)
def test_a_text_that_is_written_like_a_list(written: str, wrong: str, right: str) -> None:
    text = check(written)
    findings = find(healthcheck_text, text, wrong)
    assert findings[0].fix is not None
    assert findings[0].fix.safety is Safety.UNSAFE
    assert fixed(text, findings) == check(right)
    assert find(healthcheck_text, check(right)) == []


def test_the_word_is_for_the_shell_to_compose(tmp_path: Path) -> None:
    test = model(check("CMD curl x"), tmp_path)["services"]["a"]["healthcheck"]["test"]
    assert test == ["CMD-SHELL", "CMD curl x"]


@pytest.mark.parametrize(
    "test",
    [
        "curl -f http://x",
        "[CMD-SHELL, curl x]",
        "[NONE]",
        "CMDR --check",
        "echo CMD x",
        "'[ -f /x ]'",
        "$A",
        "${A:-CMD curl}",
        "none",
    ],
)
def test_a_text_for_a_shell(test: str) -> None:
    assert find(healthcheck_text, check(test)) == []


def test_what_is_used_as_something_else_too_is_not_fixed() -> None:
    text = """\
        x-t: &t CMD curl x
        services: {a: {image: x, healthcheck: {test: *t}, labels: {test: *t}}}
        """
    assert find(healthcheck_text, text, "CMD")[0].fix is None


VARIABLES = (
    ("[CMD, pg_isready, -U, $$POSTGRES_USER]", "$$POSTGRES_USER"),
    ('["CMD", "mysqladmin", "ping", "-p$${MYSQL_PASSWORD}"]', "$${MYSQL_PASSWORD}"),
    ("[CMD, a, --user=$$A, --password=$$B]", "$$A"),
)


@pytest.mark.parametrize(("written", "name"), VARIABLES)
def test_a_variable_that_no_shell_replaces(written: str, name: str) -> None:
    find(healthcheck_variable, check(written), name)


@pytest.mark.parametrize(
    "test",
    [
        "[CMD-SHELL, pg_isready -U $$POSTGRES_USER]",
        "pg_isready -U $$POSTGRES_USER",
        "[CMD, sh, -c, 'pg_isready -U $$A']",
        "[CMD, bash, /check.sh, $$A]",
        "[CMD, pg_isready, -U, $A]",
        "[CMD, node, -e, 'console.log(`$${A}`)']",
        "[CMD, perl, -e, 'print $$A;']",
        "[CMD, awk, '{print $$1}']",
        "[CMD, php, $$fp]",
        "[CMD, grep, 'end$$']",
        "[CMD, $$A]",
        "[NONE]",
    ],
)
def test_a_variable_that_something_replaces(test: str) -> None:
    assert find(healthcheck_variable, check(test)) == []


@pytest.mark.parametrize(
    ("test", "where"), [('""', '""'), ("' '", "' '"), ("[CMD-SHELL, '']", "''")]
)
def test_an_empty_text_always_succeeds(test: str, where: str) -> None:
    (finding,) = find(healthcheck_no_command, check(test), where)
    assert "counts as healthy" in finding.message


@pytest.mark.parametrize("test", ["$A", "[CMD-SHELL, $A]", "exit 0", "[CMD-SHELL, '', a]"])
def test_a_text_that_may_test_something(test: str) -> None:
    assert find(healthcheck_no_command, check(test)) == []
