"""Characters that come with text from a web page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composecheck.finding import Safety
from composecheck.rules.pasted_characters import pasted_character
from tests.rules.accepted import environment, find, fixed, service, variables_of
from tests.shared_material import requires_compose

if TYPE_CHECKING:
    from pathlib import Path

FIXED = (
    (environment("A: “b”"), "“b”", environment('A: "b"')),
    (environment("A: ‘b c’"), "‘b c’", environment("A: 'b c'")),
    (environment("A: „b“"), "„b“", environment('A: "b"')),
    (environment("- A=“b c”"), "“b c”", environment("- A=b c")),
    (environment("A: b\u00a0"), "\u00a0", environment("A: b")),
    (environment("A: \u00a0b"), "\u00a0", environment("A: b")),
    (environment("- A=\u00a0b"), "\u00a0", environment("- A=b")),
    (environment("A: b\u200b"), "\u200b", environment("A: b")),
    (service("command: a\u00a0b"), "\u00a0", service("command: a b")),
    (service("command: a\u200bb"), "\u200b", service("command: ab")),
    (service("volumes: ['./a:/b\u00a0']"), "\u00a0", service("volumes: ['./a:/b']")),
    (service("container_name: “b”"), "“b”", service('container_name: "b"')),
)


@pytest.mark.parametrize(("text", "characters", "right"), FIXED)
def test_with_a_fix(text: str, characters: str, right: str) -> None:
    findings = find(pasted_character, text, characters)
    assert findings[0].fix is not None
    assert findings[0].fix.safety is Safety.UNSAFE
    assert fixed(text, findings) == right


@pytest.mark.parametrize(
    ("text", "characters"),
    [
        (service("command: a –b"), "–"),
        (service("command: [a, —bc]"), "—"),
        (service("command: a “b c”"), "“"),
        (service("command: a:\u00a0b"), "\u00a0"),
        (service("command: a\u00a0# b"), "\u00a0"),
        (service("healthcheck: {test: a –b}"), "–"),
        ("x-e: &e\n  A: 1\n" + service("environment:", "  <<: *e", "  B: “c\\”"), "“c\\”"),
    ],
)
def test_without_a_fix(text: str, characters: str) -> None:
    assert find(pasted_character, text, characters)[0].fix is None


@pytest.mark.parametrize(
    "text",
    [
        environment("A: b"),
        environment("A: it’s “so”, she said"),
        environment("A: “b” and c"),
        environment("A: b\u00a0c"),
        environment("A: b – c"),
        environment("- A=Ann’s"),
        environment("A: '“b”'"),
        service("labels: {a: “b c”, d: e\u00a0!}").replace("“b c”", "the “b”"),
        service("command: a – b"),
        service("command: echo it’s"),
        service("volumes: ['./Ann’s:/b']"),
        "x-a: “b”\n" + service(),
    ],
)
def test_in_sentences(text: str) -> None:
    assert find(pasted_character, text) == []


@requires_compose
def test_compose_takes_them_for_letters(tmp_path: Path) -> None:
    text = environment("A: “b”", "B: c\u00a0")
    assert variables_of(text, tmp_path) == {"A": "“b”", "B": "c\u00a0"}
