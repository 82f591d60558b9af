"""What every service must have, and builds that make no sense."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composecheck.finding import Severity
from composecheck.rules.services import (
    RULES,
    build_context_not_built,
    build_dockerfile_twice,
    build_platform_missing,
    service_no_image,
)
from tests.rules.fitting import assert_accepted, assert_refused, judge, marked

if TYPE_CHECKING:
    from pathlib import Path

    from tests.rules.fitting import Rule

BASE = ", b: {image: y}, c: {build: ., profiles: [p]}, d: {provider: {type: z}}}"


def _built(keys: str, more: str = "") -> str:
    return f"services: {{a: {{build: {{context: ., {keys}}}{more}}}{BASE}"


REFUSED: tuple[tuple[Rule, str, str], ...] = (
    (service_no_image, "services: {web: {ports: ['80']}}", "web"),
    (service_no_image, "services: {a: {image: x}, 'web': {}}", "web"),
    (service_no_image, "services: {x-a: {command: b}}", "x-a"),
    (service_no_image, "services: {a: {image: ''}}", "''"),
    (service_no_image, 'services:\n  a:\n    image: "${V}"\n', "${V}"),
    (build_dockerfile_twice, _built("dockerfile: D, dockerfile_inline: F"), "dockerfile_inline"),
    (
        build_platform_missing,
        _built("platforms: [linux/amd64]", ", platform: linux/arm64"),
        "linux/arm64",
    ),
    (
        build_platform_missing,
        _built("platforms: [Linux/arm64]", ", platform: linux/arm64"),
        "linux/arm64",
    ),
    (build_context_not_built, _built("additional_contexts: {k: 'service:b'}"), "b"),
    (build_context_not_built, _built("additional_contexts: ['k=service:d']"), "d"),
)

ACCEPTED = (
    "services: {a: {image: x}}",
    "services: {a: {build: ''}}",
    "services: {a: {build: {}, image: ''}}",
    "services: {a: {provider: {type: x}}}",
    "services: {a: {ports: ['80'], profiles: [p]}}",
    "services: {a: {extends: b}, b: {image: x}}",
    "x-b: &b {image: x}\nservices: {a: {<<: *b}}",
    "jobs: {j: {triggers: {manual: true}}}\nservices: {a: {image: x}}",
    "networks: {n: }",
    _built("dockerfile: '', dockerfile_inline: F"),
    _built("dockerfile: D, dockerfile_inline: ''"),
    _built("platforms: [linux/amd64]"),
    _built("platforms: []", ", platform: linux/arm64"),
    _built("platforms: [linux/amd64]", ", platform: ''"),
    _built("additional_contexts: {k: 'service:c', l: 'docker-image://q', m: ./b}"),
    _built("additional_contexts: {k: 'service:a'}"),
)


@pytest.mark.parametrize(("rule", "text", "characters"), REFUSED, ids=[row[1] for row in REFUSED])
def test_what_compose_refuses(rule: Rule, text: str, characters: str, tmp_path: Path) -> None:
    assert_refused(rule, text, characters, tmp_path)
    assert not [other for other in RULES if other is not rule and judge(other, text)]


@pytest.mark.parametrize("text", ACCEPTED)
def test_what_compose_accepts(text: str, tmp_path: Path) -> None:
    for rule in RULES:
        assert_accepted(rule, text, tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        "services: {a: {image: $V}}",
        "services: {a: {image: '${V:-}'}}",
        "services: {a: {ports: ['80'], profiles: [$V]}}",
        "services: {a: {extends: {file: f, service: b}}}",
        "include: [f]\nservices: {a: {ports: ['80']}}",
        # What is missing is there under another name, or on another level.
        "services: {a: {imge: x}}",
        "services: {a: {container: {image: x}}}",
        "services: {a: {image: x}, volumes: {data: }}",
        "service: {b: {image: x}}\nservices: {a: {ports: ['80']}}",
        _built("dockerfile: $V, dockerfile_inline: F"),
        _built("platforms: [$V]", ", platform: linux/arm64"),
        _built("platforms: [linux/amd64]", ", platform: $V"),
        _built("additional_contexts: {k: 'service:$V', l: '${V}service:b'}"),
    ],
)
def test_silent_where_it_is_unknown_or_follows_from_something_else(text: str) -> None:
    assert not [f.text for rule in RULES for f in judge(rule, text, is_here=False)]


def test_all_are_found_in_one_run() -> None:
    text = "services: {a: {image: x}, b: {tty: true}, c: {}, d: {image: y}, e: {image: z}}"
    findings = judge(service_no_image, text)
    assert marked(findings) == ["b", "c"]
    assert findings[0].path == ("services", "b")


def test_with_a_profile_off_it_is_a_warning_that_names_it() -> None:
    (finding,) = judge(service_no_image, "services: {a: {command: x, profiles: [p]}}")
    assert finding.severity is Severity.WARNING
    assert '"--profile p"' in finding.message


def test_section_as_a_service_of_which_nothing_else_is_wrong() -> None:
    text = "services:\n  web: {image: x}\n  volumes: {}\n"
    (finding,) = judge(service_no_image, text)
    assert marked([finding]) == ["volumes"]
    assert 'as far to the left as "services"' in finding.remedy
    assert judge(service_no_image, text.replace("{}", "{data: {}}")) == []
    assert judge(service_no_image, f"include: [oci://registry/other]\n{text}") == []
