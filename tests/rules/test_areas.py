"""Which rules a project is asked about: none that would have found something is left out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from composecheck.project.call import Call
from composecheck.project.files import ComposeFile
from composecheck.project.project import load_project
from composecheck.rules import areas
from composecheck.schema.files import compose_schema
from composecheck.source import Source, decode
from composecheck.yaml import load
from tests.project.loading import load_texts
from tests.shared_material import corpus, probes, requires_shared

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composecheck.project.project import Project

RULES = Path(areas.__file__).parent


def names_of(project: Project) -> set[str]:
    """Return the modules that a project is asked about."""
    return {judge.__module__.rpartition(".")[2] for judge in areas.judges_of(project)}


def test_each_module_with_rules_is_there() -> None:
    with_rules = {
        path.stem for path in RULES.glob("*.py") if "\nRULES: tuple[" in path.read_text("utf-8")
    }
    # What comments silence is no matter of the project.
    assert with_rules - {"ignores"} == set(areas._AREAS)


def test_the_words_are_keys_of_compose_or_marks() -> None:
    schema = json.dumps(compose_schema())
    unknown = [word for word in areas._keys() if f'"{word}": ' not in schema]
    assert not unknown
    assert all(not any(map(str.isalnum, mark)) for mark in areas._marks())


def test_only_what_may_find_something_is_asked() -> None:
    asked = names_of(load_texts("services: {a: {image: x, restart: always}}\n"))
    assert {"services", "restart_values"} <= asked
    assert asked.isdisjoint({"ports", "healthchecks", "aliases", "variables", "versions"})


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("services: {a: {image: x, ports: ['80']}}\n", "ports"),
        ('services: {a: {image: x, "p\\x6frts": ["80"]}}\n', "ports"),
        ("x-a: &key ports\nservices: {a: {image: x, *key : ['80']}}\n", "ports"),
        ("services: {a: {image: x}}\n---\nservices: {a: {ports: ['80']}}\n", "ports"),
        ("services: {a: {image: $X}}\n", "variables"),
    ],
)
def test_words_are_seen_however_they_are_written(text: str, area: str) -> None:
    assert area in names_of(load_texts(text))


def test_words_in_other_files_count() -> None:
    files = {"other.yaml": "services: {b: {image: x, ports: ['80']}}\n"}
    assert "ports" in names_of(load_texts("include: [other.yaml]\n", files=files))
    text = "services: {a: {extends: {file: other.yaml, service: b}}}\n"
    assert "ports" in names_of(load_texts(text, files=files))


def test_where_something_is_wrong_all_are_asked() -> None:
    project = load_texts("services: {a: {image: x, extends: b}}\n")
    assert project.problems
    assert names_of(project) == set(areas._AREAS) - {"versions"}


def projects(step: int) -> Iterator[Project]:
    """Yield every so manyth file of the corpus, and the probes, each in both modes."""
    sources = [Source("compose.yaml", file.text) for file in corpus()[::step]]
    sources += [decode(probe["data"], "compose.yaml") for probe in probes()]
    for source in sources:
        file = ComposeFile(None, load(source))
        for is_here in (False, True):
            call = Call(files=(file,), environment={}, working_folder=RULES, is_here=is_here)
            yield load_project(call)


@requires_shared
def test_nothing_is_missed() -> None:
    missed = set()
    for project in projects(3):
        asked = set(areas.judges_of(project))
        for judge in areas.all_judges():
            # The project is not always one that is judged at all, whatever it is made of.
            if judge not in asked and any(judge(project)):
                missed.add(judge.__module__)
    assert not missed
