"""The effective tree: nodes of the same types, each with its place and its history."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composecheck.project.call import Call
from composecheck.project.files import ComposeFile
from composecheck.project.patterns import Patterns, with_jobs
from composecheck.project.project import load_project
from composecheck.project.reading import child, entries_of, value_of
from composecheck.source import Source
from composecheck.yaml import load
from composecheck.yaml.nodes import Alias, Mapping, Node, Scalar, Sequence, follow
from composecheck.yaml.walk import walk
from tests.project.comparing import absent
from tests.project.loading import FOLDER, load_texts

if TYPE_CHECKING:
    from composecheck.project.project import Project


def _scalar(project: Project, *path: str) -> Scalar:
    found = child(project.root, *path)
    assert isinstance(found, Scalar)
    return found


def _written(node: Node | None) -> str:
    assert node is not None
    return node.source.slice(node.span)


def test_file_without_anything_to_do_keeps_its_own_nodes() -> None:
    project = load_texts("services:\n  a:\n    image: x\n    command: [a, b]\n")
    (stage,) = project.stages
    (root,) = project.files[0].document.roots
    services = entries_of(follow(root))["services"].value
    assert child(stage.root, "services") is services


def test_stage_is_judged_before_long_forms_and_defaults() -> None:
    text = "version: '3'\nservices: {a: {image: 'x:${V-1}', ports: ['80'], cpus: '0.5'}}"
    (stage,) = load_texts(text).stages
    assert value_of(child(stage.root, "version")) == "3"
    service = child(stage.root, "services", "a")
    assert value_of(child(service, "image")) == "x:1"
    assert value_of(child(service, "cpus")) == 0.5
    ports = child(service, "ports")
    assert isinstance(ports, Sequence)
    assert isinstance(ports.items[0], Scalar)


def test_a_stage_for_each_document_of_each_file() -> None:
    project = load_texts(
        "include: [o.yaml]\nservices: {a: {image: x}}\n---\nservices: {a: {command: c}}",
        files={
            "over.yaml": "services: {a: {restart: always}}",
            "o.yaml": "services: {b: {image: y}}",
        },
        files_of_call=("compose.yaml", "over.yaml"),
    )
    assert [(stage.source.name, stage.number) for stage in project.stages] == [
        ("o.yaml", 0),
        ("compose.yaml", 0),
        ("compose.yaml", 1),
        ("over.yaml", 0),
    ]
    last = child(project.stages[-1].root, "services", "a")
    assert list(entries_of(last)) == ["image", "command", "restart"]


def test_no_alias_and_no_merge_key_is_left() -> None:
    project = load_texts(
        """
        x-a: &a {image: x, labels: &l [q]}
        services:
          a: {<<: *a, command: c}
          b: {<<: [*a, {restart: always}], labels: *l}
        """
    )
    assert project.root is not None
    nodes = list(walk(project.root))
    assert not [node for node in nodes if isinstance(node, Alias)]
    assert not [node for node in nodes if isinstance(node, Scalar) and node.text == "<<"]
    service = child(project.root, "services", "b")
    assert set(entries_of(service)) == {"labels", "image", "restart", "networks"}
    assert _written(child(service, "image")) == "x"


def test_cast_text_is_a_number_and_still_knows_its_text() -> None:
    project = load_texts("services: {a: {image: x, scale: '+3', tty: 'Yes', cpus: '.5'}}")
    for key, value in (("scale", 3), ("tty", True), ("cpus", 0.5)):
        scalar = _scalar(project, "services", "a", key)
        assert value_of(scalar) == value
        assert project.text(scalar).shape == _written(scalar).strip("'")


def test_path_is_absolute_and_still_knows_how_it_is_written() -> None:
    project = load_texts("services: {a: {build: './${D-ctx}/../c'}}")
    context = _scalar(project, "services", "a", "build", "context")
    assert context.text == "/proj/c"
    assert project.text(context).shape == "./ctx/../c"
    assert _written(context) == "'./${D-ctx}/../c'"


def test_long_form_knows_its_short_form() -> None:
    project = load_texts("services: {a: {image: x, ports: ['80-81:80-81']}}")
    ports = child(project.root, "services", "a", "ports")
    assert isinstance(ports, Sequence)
    first, second = ports.items
    assert project.written[first] is project.written[second]
    assert _written(project.written[first]) == "'80-81:80-81'"


def test_replaced_values_are_remembered() -> None:
    project = load_texts(
        "services: {a: {image: x, environment: [A=1], ports: ['80:80'], build: ./one}}",
        files={"o.yaml": "services: {a: {image: y, environment: {A: 2}, build: ./two}}"},
        files_of_call=("compose.yaml", "o.yaml"),
    )
    image = child(project.root, "services", "a", "image")
    assert image is not None
    assert (_written(image), _written(project.replaced[image])) == ("y", "x")
    context = child(project.root, "services", "a", "build", "context")
    assert context is not None
    assert (_written(context), _written(project.replaced[context])) == ("./two", "./one")
    environment = child(project.root, "services", "a", "environment")
    assert isinstance(environment, Sequence)
    (variable,) = environment.items
    assert (_written(variable), _written(project.replaced[variable])) == ("A: 2", "A=1")


def test_what_compose_adds_is_implied() -> None:
    project = load_texts("services: {a: {image: x, depends_on: [b], links: [c]}, b: {}, c: {}}")
    dependencies = child(project.root, "services", "a", "depends_on")
    assert isinstance(dependencies, Mapping)
    assert [_written(entry.key) for entry in dependencies.entries] == ["b", "c"]
    assert child(dependencies, "c", "restart") in project.implied
    assert child(dependencies, "b", "condition") in project.implied


def test_environment_of_files_points_into_them() -> None:
    project = load_texts(
        "services: {a: {image: x, env_file: a.env, label_file: a.label, environment: {B: mine}}}",
        files={"a.env": "A=one\nB=two\n", "a.label": "L=three\n"},
    )
    environment = entries_of(project.environments["a"])
    assert {name: _written(entry.value) for name, entry in environment.items()} == {
        "A": "one",
        "B": "mine",
    }
    assert environment["A"].value.source.name == "a.env"
    assert _written(child(project.labels["a"], "L")) == "three"


def test_reset_within_override_means_nothing() -> None:
    project = load_texts(
        "services: {a: {image: x, command: c}}",
        files={"o.yaml": "services: {a: !override {image: !reset y, labels: [!reset z]}}"},
        files_of_call=("compose.yaml", "o.yaml"),
    )
    assert value_of(child(project.root, "services", "a", "image")) == "y"
    assert child(project.root, "services", "a", "command") is None


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("services", "x", "ports", 3, "target"), 1),
        (("services", "x", "command"), 2),
        (("services", "x"), None),
        (("services", "x", "ports", "name", "target"), 1),
        (("volumes", "x", "command"), None),
        ((), None),
    ],
)
def test_patterns(path: tuple[str | int, ...], value: int | None) -> None:
    table = Patterns({"services.*.ports.*.target": 1, "services.*.command": 2})
    assert _value(table, *path) == value


def _value(table: Patterns[int], *path: str | int) -> int | None:
    found = table.at(path)
    return None if found is None else found.here


def test_patterns_with_jobs() -> None:
    table = with_jobs({"services.*.command": 1, "volumes.*": 2}, with_hooks=True)
    assert _value(table, "jobs", "j", "command") == 1
    assert _value(table, "services", "s", "pre_start", 0, "command") == 1
    assert _value(table, "volumes", "v") == 2
    without_hooks = with_jobs({"services.*.command": 1})
    assert _value(without_hooks, "services", "s", "pre_start", 0, "command") is None


def test_text_that_is_no_file() -> None:
    document = load(Source("<stdin>", "services: {a: {build: .}}"))
    call = Call(
        files=(ComposeFile(None, document),), is_here=True, working_folder=FOLDER, read=absent
    )
    project = load_project(call)
    assert (project.name, project.folder) == ("proj", FOLDER)
    assert value_of(child(project.root, "services", "a", "build", "context")) == "/proj"
