"""How health is tested: read and refused as Compose does it, which is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composecheck.language.healthcheck_tests import (
    Fault,
    HealthcheckTest,
    InvalidHealthcheckTest,
    Kind,
    read_healthcheck_test,
)
from composecheck.yaml.walk import find
from tests.language.batches import corpus_text
from tests.language.services import (
    node,
    open_text,
    published_services,
    services_of_compose,
    standing,
)
from tests.shared_material import ask_compose, requires_shared

if TYPE_CHECKING:
    from pathlib import Path

ACCEPTED: list[tuple[str, Kind | None, list[str]]] = [
    ("curl -f localhost", Kind.SHELL, ["curl -f localhost"]),
    ("''", Kind.SHELL, [""]),
    ("[CMD, curl, -f]", Kind.COMMAND, ["curl", "-f"]),
    ("[CMD-SHELL, curl -f || exit 1]", Kind.SHELL, ["curl -f || exit 1"]),
    ("[NONE]", Kind.NONE, []),
    ("[CMD]", Kind.COMMAND, []),
    ("[]", None, []),
]

REFUSED = [
    ("[curl, -f]", "curl"),
    ("[cmd, curl]", "cmd"),
    ("['', CMD]", ""),
    ("[' CMD', x]", " CMD"),
]


@pytest.mark.parametrize(("text", "kind", "words"), ACCEPTED)
def test_a_test_is_read(text: str, kind: Kind | None, words: list[str]) -> None:
    test = read_healthcheck_test(node(text), open_text)
    assert isinstance(test, HealthcheckTest)
    assert (test.kind, [word.text for word in test.words]) == (kind, words)
    assert test.is_list is text.startswith("[")
    assert test.span.end - test.span.start == len(text.strip("'"))


@pytest.mark.parametrize(("text", "wrong"), REFUSED)
def test_what_is_wrong_is_pointed_at(text: str, wrong: str) -> None:
    test = read_healthcheck_test(node(text), open_text)
    assert isinstance(test, InvalidHealthcheckTest)
    assert (test.fault, test.text) == (Fault.NO_KIND, wrong)
    assert standing(test.span, text) == wrong


@pytest.mark.parametrize(
    ("text", "is_wrong"),
    [("['${K}', x]", False), ("['CMD${K}', x]", False), ("['cmd${K}', x]", True)],
)
def test_what_is_wrong_whatever_the_variables_are(text: str, is_wrong: bool) -> None:
    test = read_healthcheck_test(node(text), open_text)
    assert test is not None
    if isinstance(test, HealthcheckTest):
        assert (test.kind, is_wrong) == (None, False)
    else:
        assert (test.text, is_wrong) == ("cmd${K}", True)


def test_what_is_no_test() -> None:
    assert read_healthcheck_test(node("{a: b}"), open_text) is None
    assert read_healthcheck_test(node("5"), open_text) is None


def test_the_real_program_reads_them_so(tmp_path: Path) -> None:
    lines = [f"healthcheck: {{test: {text}}}" for text, _, _ in ACCEPTED]
    services = services_of_compose(lines, tmp_path)
    made = [service["healthcheck"].get("test", []) for service in services]
    assert made == [[kind.value, *words] if kind else [] for _, kind, words in ACCEPTED]


def test_the_real_program_refuses_them(tmp_path: Path) -> None:
    for text, _ in REFUSED:
        file = f"services: {{a: {{image: x, healthcheck: {{test: {text}}}}}}}\n"
        assert "healthcheck.test must start" in ask_compose(file, tmp_path).stderr


@requires_shared
def test_the_tests_of_real_files() -> None:
    compared = 0
    for file, values, made in published_services():
        healthcheck = values.get("healthcheck")
        entry = healthcheck and find(healthcheck, ("test",))
        if entry is None or "test" not in made["healthcheck"]:
            continue
        test = read_healthcheck_test(entry, corpus_text)
        assert isinstance(test, HealthcheckTest), file
        assert test.kind is not None
        words = [test.kind.value, *(word.text.replace("$", "$$") for word in test.words)]
        assert words == made["healthcheck"]["test"], file
        compared += 1
    assert compared > 100
