"""Variables of env files that do not get to where they are wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composecheck.finding import Safety, Severity
from composecheck.rules.env_file_variables import env_file_overridden, variable_in_env_file
from tests.rules.accepted import fixed, service, variables_of
from tests.rules.env_folder import find_in

if TYPE_CHECKING:
    from pathlib import Path


def with_file(*lines: str) -> str:
    """Return a file with a service that has `a.env`, and `lines` under `environment`."""
    return service("env_file: a.env", "environment:", *(f"  {line}" for line in lines))


ENV = {"a.env": "A=1\nB=2\n"}


def test_compose_takes_the_value_away(tmp_path: Path) -> None:
    (tmp_path / "a.env").write_text(ENV["a.env"], encoding="utf-8")
    text = with_file("A: ${A}")
    assert variables_of(text, tmp_path) == {"A": "", "B": "2"}


OWN = (
    (("X: y", "A: ${A}"), "${A}", ("X: y",)),
    (("X: y", "A: $A"), "$A", ("X: y",)),
    (('A: "${A}"', "X: y"), "${A}", ("X: y",)),
    (("- X=y", "- A=${A}"), "${A}", ("- X=y",)),
    (('- "A=$A"', "- X=y"), "$A", ("- X=y",)),
)


@pytest.mark.parametrize(("lines", "variable", "left"), OWN)
def test_a_variable_that_is_its_own_value(
    lines: tuple[str, ...], variable: str, left: tuple[str, ...]
) -> None:
    text = with_file(*lines)
    (finding,) = findings = find_in(variable_in_env_file, text, ENV, variable)
    assert "counts more" in finding.message
    assert finding.related[0].source.name == "a.env"
    assert finding.fix is not None
    assert finding.fix.safety is Safety.UNSAFE
    assert fixed(text, findings) == with_file(*left)


def test_the_last_one_is_left() -> None:
    assert find_in(variable_in_env_file, with_file("A: $A"), ENV, "$A")[0].fix is None


@pytest.mark.parametrize(
    ("lines", "variable"),
    [
        ("command: run --user ${A}", "${A}"),
        ("container_name: x-$A", "$A"),
        ("environment: [URL=http://$A/]", "$A"),
        ("ports: ['${A}:80']", "${A}"),
    ],
)
def test_a_variable_that_is_used_elsewhere(lines: str, variable: str) -> None:
    text = service("env_file: a.env", lines)
    (finding,) = find_in(variable_in_env_file, text, ENV, variable)
    assert finding.fix is None
    assert "--env-file" in finding.remedy


def test_one_finding_for_a_variable() -> None:
    text = service("env_file: a.env", "command: x $A", "environment: {X: y, A: $A}")
    (finding,) = find_in(variable_in_env_file, text, ENV, "$A")
    assert "counts more" in finding.message
    assert len(finding.related) == 2


@pytest.mark.parametrize(
    "text",
    [
        with_file("A: ${A:-3}"),
        with_file("A: ${C}"),
        with_file("A: $$A"),
        service("environment: {A: $A}"),
        "services: {a: {image: x, env_file: a.env}, b: {image: x$A}}",
        service("env_file: a.env", "environment: [A]"),
    ],
)
def test_a_variable_that_is_set_or_nowhere(text: str) -> None:
    assert find_in(variable_in_env_file, text, ENV) == []


@pytest.mark.parametrize("options", [{"env_files": ("a.env",)}, {"environment": {"A": "1"}}])
def test_a_variable_that_compose_knows(options: dict[str, object]) -> None:
    assert find_in(variable_in_env_file, with_file("A: $A"), ENV, **options) == []
    files = {**ENV, ".env": "A=1\n"}
    assert find_in(variable_in_env_file, with_file("A: $A"), files) == []


def test_an_empty_value_is_not_missed() -> None:
    assert find_in(variable_in_env_file, with_file("A: $A"), {"a.env": "A=\n"}) == []


def test_a_line_that_no_container_gets() -> None:
    (finding,) = find_in(env_file_overridden, with_file("A: 2", "B: 2"), ENV, "A")
    assert finding.severity is Severity.NOTE
    assert finding.source.name == "a.env"


def test_all_services_must_say_otherwise() -> None:
    one = "a: {image: x, env_file: a.env, environment: {A: 5}}"
    find_in(
        env_file_overridden,
        f"services: {{{one}, b: {{image: x, env_file: a.env, environment: [A=6]}}}}",
        ENV,
        "A",
    )
    for other in ("", "environment: [A=1]", "environment: [A=$C]", "environment: [A]"):
        text = f"services: {{{one}, b: {{image: x, env_file: a.env, {other}}}}}"
        assert find_in(env_file_overridden, text, ENV) == []


@pytest.mark.parametrize(
    ("text", "files"),
    [
        (with_file("A: 1"), ENV),
        (with_file("C: 1"), ENV),
        (with_file("A: $C"), ENV),
        (service("env_file: .env", "environment: {A: 5}"), {".env": "A=1\n"}),
        (with_file("A: 5"), {"a.env": "A\n"}),
        (with_file("A: 5"), {"a.env": "A=$C\n"}),
        (
            "services: {a: {image: x, env_file: a.env, environment: {A: 5},"
            " extends: {file: https://x.example/y.git, service: b}}}",
            ENV,
        ),
    ],
)
def test_a_line_that_counts_somewhere(text: str, files: dict[str, str]) -> None:
    assert find_in(env_file_overridden, text, files) == []
