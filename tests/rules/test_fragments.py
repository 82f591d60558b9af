"""Files that are made to be laid over others."""

from __future__ import annotations

import pytest

from composecheck.finding import Severity
from composecheck.rules.fragments import is_fragment, project_fragment
from composecheck.rules.references import network_undefined
from composecheck.rules.services import service_no_image
from tests.project.loading import load_texts
from tests.rules.fitting import judge, marked, project_of

ONE = "services: {a: {environment: {A: b}}}"
HALF = "services: {a: {environment: {A: b}}, b: {image: x}}"
TWO_OF_FOUR = "services: {a: {tty: true}, b: {tty: true}, c: {image: x}, d: {image: x}}"
TWO_OF_FIVE = (
    "services: {a: {tty: true}, b: {tty: true}, c: {build: .}, d: {build: .}, e: {build: .}}"
)
UMBREL = "services: {app_proxy: {environment: {APP_HOST: web}}, web: {image: x}, db: {image: x}}"
UMBREL_LIST = (
    "services: {app_proxy: {environment: [APP_HOST=web]}, web: {image: x}, db: {image: x}}"
)
NOT_UMBREL = "services: {app_proxy: {environment: {PORT: web}}, web: {image: x}, db: {image: x}}"
WHOLE = "services: {a: {image: x, networks: [n]}}"

CASES = (
    ("compose.yaml", ONE, False),
    ("docker-compose.yml", HALF, False),
    ("stack.yml", ONE, False),
    ("docker-compose.yml", TWO_OF_FOUR, True),
    ("docker-compose.yml", TWO_OF_FIVE, False),
    ("docker-compose.yml", UMBREL, True),
    ("docker-compose.yml", UMBREL_LIST, True),
    ("docker-compose.yml", NOT_UMBREL, False),
    ("docker-compose.prod.yml", ONE, True),
    ("compose-couch.yaml", HALF, True),
    ("compose.prod.yaml", WHOLE, False),
    ("compose.override.yaml", ONE, True),
    ("docker-compose.override.yml", WHOLE, True),
    ("my-override.dev.yaml", HALF, True),
)


@pytest.mark.parametrize(("name", "text", "expected"), CASES)
def test_what_counts_as_a_fragment(name: str, text: str, expected: bool) -> None:
    assert is_fragment(project_of(text, name=name, is_here=False)) is expected
    errors = judge(service_no_image, text, name=name, is_here=False)
    assert bool(errors) == (not expected and text is not WHOLE)


@pytest.mark.parametrize(("name", "text", "expected"), CASES)
def test_compose_refuses_it_here(name: str, text: str, expected: bool) -> None:
    assert not judge(project_fragment, text, name=name)
    if text is not WHOLE:
        assert {f.severity for f in judge(service_no_image, text, name=name)} == {Severity.ERROR}


def test_one_calm_note_for_the_file() -> None:
    (note,) = judge(project_fragment, TWO_OF_FOUR, is_here=False)
    assert note.severity is Severity.NOTE
    assert marked([note]) == ["a"]
    assert [place.source.slice(place.span) for place in note.related] == ["b"]
    assert '"a" and "b" have neither an image nor a build' in note.message


def test_a_platform_is_named() -> None:
    (note,) = judge(project_fragment, UMBREL, is_here=False)
    assert "Umbrel adds what is missing" in note.message
    assert note.remedy == ""


def test_no_note_where_nothing_is_missing() -> None:
    assert not judge(project_fragment, WHOLE, name="compose.override.yaml", is_here=False)
    assert not judge(network_undefined, WHOLE, name="compose.override.yaml", is_here=False)


def test_files_that_are_checked_together_are_no_fragment() -> None:
    project = load_texts(
        TWO_OF_FOUR,
        files={"compose.override.yaml": ONE},
        files_of_call=("compose.yaml", "compose.override.yaml"),
        is_here=False,
    )
    assert not is_fragment(project)
    assert marked(list(service_no_image(project))) == ["a", "b"]
