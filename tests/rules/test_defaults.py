"""What is refused as long as variables that have a default are not set."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from composecheck.finding import Severity, splice
from composecheck.rules import judge_project
from composecheck.rules.defaults import hangs_on_defaults, warn_of_defaults
from composecheck.schema import judge_stages
from tests.project.loading import load_texts

if TYPE_CHECKING:
    from composecheck.finding import Finding


def warnings(text: str) -> list[Finding]:
    """Return the warnings on a text in which every variable has a default.

    As long as none of them is set, that is what Compose refuses here.
    """
    known = load_texts(text, is_here=False)
    here = load_texts(text, is_here=True)
    assert not here.unset
    found = [*judge_stages(known), *judge_project(known)]
    return warn_of_defaults(known, found, [*judge_stages(here), *judge_project(here)])


def told(text: str) -> list[tuple[str, str]]:
    """Return rule and characters of each warning."""
    found = warnings(text)
    assert all(finding.severity is Severity.WARNING for finding in found)
    return [(finding.rule, finding.source.slice(finding.span)) for finding in found]


def service(more: str) -> str:
    return f"services:\n  a:\n    image: x\n    {more}\n"


def test_a_default_that_is_refused() -> None:
    (finding,) = warnings(service('ports: ["${PORT:-80800}:80"]'))

    assert finding.severity is Severity.WARNING
    assert finding.rule == "port-invalid"
    assert finding.source.slice(finding.span) == "80800"
    assert finding.message.startswith(
        'As long as "PORT" is not set, Compose takes its default, "80800". "80800" is no port'
    )


@pytest.mark.parametrize(
    ("more", "rule", "written"),
    [
        ('volumes: ["${DIR:-unbound}:/d"]', "volume-undefined", "unbound"),
        ('volumes: ["${DIR:-${E:-unbound}}:/d"]', "volume-undefined", "unbound"),
        ('cpus: "${CPUS-many}"', "number-invalid", "many"),
        ('network_mode: "service:${S:-b}"', "service-undefined", "b"),
        ('container_name: "${NAME:-}"', "value-pattern", '"${NAME:-}"'),
        ('pull_policy: "${P:-sometimes}"', "value-pattern", "sometimes"),
    ],
)
def test_what_is_refused_keeps_the_name_of_its_rule(more: str, rule: str, written: str) -> None:
    assert told(service(more)) == [(rule, written)]


@pytest.mark.parametrize(
    "more",
    [
        'ports: ["${PORT:-8080}:80"]',
        'volumes: ["${DIR:-./data}:/d"]',
        'environment: ["A=${A:-}"]',
        "hostname: ${NAME:-any thing}",
    ],
)
def test_a_default_that_compose_takes(more: str) -> None:
    assert warnings(service(more)) == []


def test_what_is_refused_anyway_is_no_news() -> None:
    assert warnings(service('ports: ["${PORT:-80}:99999"]')) == []
    assert told(service('ports: ["${PORT:-99999}:80", "99998:80"]')) == [("port-invalid", "99999")]
    assert warnings(service("lables: ['${A:-b}']")) == []


def test_several_variables_are_named_together() -> None:
    text = """\
        services:
          a: {image: x, container_name: "${A:-same}"}
          b: {image: x, container_name: "${B:-same}"}
        """

    (finding,) = warnings(dedent(text))

    assert finding.message.startswith(
        'As long as "A" and "B" are not set, Compose takes their defaults. '
    )


def test_a_default_that_is_empty_or_long_is_not_quoted() -> None:
    (empty,) = warnings(service('container_name: "${NAME:-}"'))
    (long,) = warnings(service(f'pull_policy: "${{P:-{"x" * 60}}}"'))

    assert 'which is empty. "${NAME:-}" is an empty text here' in empty.message
    assert 'As long as "P" is not set, Compose takes its default. "xxx' in long.message


def test_a_fix_changes_nothing_but_the_default() -> None:
    text = service('depends_on: {a: {condition: "${C:-service_healty}"}}')
    typo = next(finding for finding in warnings(text) if finding.rule == "value-not-allowed")
    (undefined,) = warnings(service('volumes: ["${DIR:-unbound}:/d"]'))

    assert typo.fix is not None
    assert splice(text, typo.fix.edits) == text.replace("healty", "healthy")
    assert typo.suggestions == ("service_healthy",)
    # To define the volume is right only as long as the variable is not set.
    assert undefined.fix is None


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ('ports: ["${PORT:-8080}:80"]', True),
        ('ports: ["${PORT}:${P:-80}"]', True),
        ('ports: ["${PORT}:80"]', False),
        ('environment: {A: "${A:-b}"}', False),
        ('environment: ["A=${A:-b}"]', False),
        ('environment: ["${A:-b}=c"]', True),
        ("hostname: ${A:-b}\n    labels: ['a=${A:-b}']", False),
        ("container_name: ${A:+${B:-c}}", False),
        ("container_name: ${A:-${B}}", True),
        ("extends: {file: '${F:-absent.yml}', service: b}", True),
    ],
)
def test_only_what_may_be_refused_is_looked_at_again(more: str, expected: bool) -> None:
    assert hangs_on_defaults(load_texts(service(more), is_here=False)) is expected
