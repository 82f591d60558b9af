"""Values of a wrong kind in what never gets into the whole project."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composecheck.project.problem import Fault
from composecheck.project.reading import child
from tests.project.loading import load_texts

if TYPE_CHECKING:
    from composecheck.project.problem import Problem

EXTENDING = "services: {a: {extends: {file: b.yaml, service: base}}}"
BASE = "services: {base: {image: x}, other: {%s}}"

REFUSED = (
    ("build: 5", "5"),
    ("build: [a]", "[a]"),
    ("build: {context: 5}", "5"),
    ("build: {additional_contexts: {a: 5}}", "5"),
    ("build: {secrets: [5]}", "5"),
    ("build: {ssh: [5]}", "5"),
    ("build: {ulimits: {nofile: '5'}}", "'5'"),
    ("configs: {a: 5}", "5"),
    ("depends_on: 5", "5"),
    ("depends_on: [5]", "5"),
    ("depends_on: {a: b}", "b"),
    ("develop: {watch: [{path: 5}]}", "5"),
    ("devices: [5]", "5"),
    ("env_file: 5", "5"),
    ("env_file: [{required: true}]", "{required: true}"),
    ("env_file: [{path: 5}]", "5"),
    ("extends: 5", "5"),
    ("extends: {service: base, file: 5}", "5"),
    ("gpus: 5", "5"),
    ("label_file: [[5]]", "5"),
    ("models: [5]", "5"),
    ("networks: [5]", "5"),
    ("ports: '80'", "'80'"),
    ("ports: '${V}'", "'${V}'"),
    ("ports: [true]", "true"),
    ("pre_start: [{networks: [5]}]", "5"),
    ("secrets: [{source: a, target: 5}]", "5"),
    ("ulimits: {nofile: true}", "true"),
    ("volumes: [5]", "5"),
    ("volumes: [{type: bind, target: /a}]", "{type: bind, target: /a}"),
    ("volumes: [{type: bind, target: /a, source: 5}]", "5"),
)

TAKEN = (
    "image: 5",
    "build: {ulimits: {nofile: 5}, ssh: {a: 5}}",
    "cap_add: {a: b}",
    "configs: [{target: a}]",
    "depends_on: {a: {condition: 5}}",
    "env_file: [5]",
    "gpus: [5]",
    "label_file: [[a]]",
    "networks: 5",
    "ports: [80, '81', {target: 82}]",
    "pre_start: [{build: 5, ports: 5}]",
    "ulimits: {nofile: '${V:-5}'}",
    "volumes: {a: /b}",
)


def slices(text: str, **changes: str) -> list[str]:
    project = load_texts(EXTENDING, files={"b.yaml": text, **changes}, is_here=False)
    return [_slice(problem) for problem in project.problems if problem.fault is Fault.WRONG_KIND]


def _slice(problem: Problem) -> str:
    assert problem.source is not None
    assert problem.span is not None
    return problem.source.slice(problem.span)


@pytest.mark.parametrize(("written", "characters"), REFUSED, ids=[row[0] for row in REFUSED])
def test_kind_in_another_service_of_an_extended_file(written: str, characters: str) -> None:
    assert slices(BASE % written) == [characters]


@pytest.mark.parametrize("written", TAKEN)
def test_kind_that_compose_can_bear(written: str) -> None:
    assert slices(BASE % written) == []


def test_sections_of_an_extended_file() -> None:
    base = BASE % "image: x"
    assert slices(f"{base}\nnetworks: [a]") == ["a"]
    assert slices(f"{base}\nvolumes: {{a: b}}") == ["b"]
    assert slices(f"{base}\nvolumes: {{a: {{driver: local, driver_opts: 5}}}}") == ["5"]
    assert slices(f"{base}\nvolumes: {{a: {{driver: other, driver_opts: 5}}}}") == []
    assert slices(f"{base}\njobs: {{a: {{ports: 5, triggers: {{schedule: [5]}}}}}}") == ["5", "5"]
    assert slices(f"{base}\ninclude: [5]") == ["5"]
    assert slices(f"{base}\nnetworks: {{a: }}\nmodels: 5\nunknown: 5") == []


def test_fraction_is_no_port() -> None:
    files = {"b.yaml": BASE % "ports: [80.5]"}
    (problem,) = load_texts(EXTENDING, files=files).problems
    assert (problem.fault, problem.name, _slice(problem)) == (Fault.SHORT_SYNTAX, "port", "80.5")


def test_undefined_alias_is_of_no_kind() -> None:
    assert slices(BASE % "ports: *nowhere") == []


def test_paths_of_what_is_included_are_judged_whatever_is_laid_over_it() -> None:
    files = {"o.yaml": "services: {a: {image: x, volumes: [{type: bind, target: /a}]}}"}
    text = "include: [o.yaml]\nservices: {a: {volumes: !override []}}"
    (problem,) = load_texts(text, files=files).problems
    assert problem.fault is Fault.WRONG_KIND
    assert _slice(problem) == "{type: bind, target: /a}"
    files = {"o.yaml": "services: {a: {build: {additional_contexts: {b: 5}}}}"}
    text = "include: [o.yaml]\nservices: {a: {image: x, build: !reset }}"
    (problem,) = load_texts(text, files=files).problems
    assert _slice(problem) == "5"


def test_included_projects_are_parts_of_their_own() -> None:
    files = {"o.yaml": "secrets: {key: {}}"}
    project = load_texts("include: [o.yaml]\nsecrets: {key: {file: k}}", files=files)
    whole, part = project.parts
    assert whole is project
    assert part.is_included
    assert child(whole.root, "secrets", "key", "file") is not None
    assert child(part.root, "secrets", "key", "file") is None
    assert load_texts("services: {a: {image: x}}").parts[0].included == ()


def test_empty_section_that_an_included_file_has_too() -> None:
    files = {"o.yaml": "networks: {a: }"}
    (problem,) = load_texts("include: [o.yaml]\nnetworks:\n", files=files).problems
    assert (problem.fault, problem.path, problem.name) == (
        Fault.NOT_MAPPING,
        ("networks",),
        "null",
    )
    assert load_texts("include: [o.yaml]\nvolumes:\n", files=files).problems == ()
