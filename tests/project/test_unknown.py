"""What cannot be known stays unknown, and what is known around it stays known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.language.traced import HOLE
from composecheck.project.problem import Fault
from composecheck.project.reading import child, text_of
from composecheck.yaml.nodes import Mapping, Node, Scalar, Sequence
from tests.project.loading import load_texts

if TYPE_CHECKING:
    from composecheck.project.project import Project

TEXT = """
services:
  a:
    image: "x:${TAG}"
    ports: ["${PORT}:80", "81:81", "${P:-82:82}"]
    volumes: ["${DIR}:/d", "./e:${T}", "./f:/f"]
    cpus: "${CPUS:-0.5}"
    privileged: ${PRIVILEGED}
    profiles: ["${PROFILE}"]
    env_file: ["${E}.env"]
    depends_on: ["${D}", b]
    links: ["${L}"]
    network_mode: "service:${S}"
  b:
    image: y
    environment: [BARE, "K=${V}", "${W}=1"]
"""


def _find(project: Project, *path: str | int) -> Node:
    node: Node | None = project.root
    for key in path:
        if isinstance(key, int):
            assert isinstance(node, Sequence)
            node = node.items[key]
        else:
            node = child(node, key)
        assert node is not None
    assert node is not None
    return node


def _text(project: Project, *path: str | int) -> str:
    text = text_of(_find(project, *path))
    assert text is not None
    return text


def test_unset_variable_leaves_a_hole() -> None:
    project = load_texts(TEXT, is_here=False)
    assert not [problem for problem in project.problems if not problem.may_be]
    assert _text(project, "services", "a", "image") == f"x:{HOLE}"
    # Not cast, not refused: it may be a number.
    assert _text(project, "services", "a", "cpus") == HOLE
    assert _text(project, "services", "a", "privileged") == HOLE
    names = {use.variable.name for use in project.unset}
    assert names == {
        "TAG",
        "PORT",
        "DIR",
        "T",
        "PRIVILEGED",
        "PROFILE",
        "E",
        "D",
        "L",
        "S",
        "V",
        "W",
    }


def test_short_form_with_a_hole_stays_short() -> None:
    project = load_texts(TEXT, is_here=False)
    ports = _find(project, "services", "a", "ports")
    assert isinstance(ports, Sequence)
    assert [type(item) for item in ports.items] == [Scalar, Mapping, Scalar]
    volumes = _find(project, "services", "a", "volumes")
    assert isinstance(volumes, Sequence)
    assert [type(item) for item in volumes.items] == [Scalar, Scalar, Mapping]
    scalar = ports.items[0]
    assert isinstance(scalar, Scalar)
    text = project.text(scalar)
    assert text[1:].equals(":80")
    assert [unknown.variable for unknown in text.unknowns] == ["PORT"]
    span = text[2:].span
    assert scalar.source.slice(span) == "80"


def test_what_hangs_on_a_hole_is_not_implied() -> None:
    project = load_texts(TEXT, is_here=False)
    dependencies = _find(project, "services", "a", "depends_on")
    assert isinstance(dependencies, Mapping)
    assert [text_of(entry.key) for entry in dependencies.entries] == [HOLE, "b"]
    assert project.is_active(_find(project, "services", "a")) is None
    assert project.is_active(_find(project, "services", "b")) is True


def test_here_the_same_variables_are_blank() -> None:
    project = load_texts(TEXT.replace("env_file", "x-env_file"), is_here=True)
    assert _text(project, "services", "a", "image") == "x:"
    faults = {problem.fault for problem in project.problems}
    assert faults == {Fault.CAST, Fault.SHORT_SYNTAX}
    assert {use.variable.name for use in project.unset} >= {"TAG", "PORT"}


def test_project_name_is_no_unset_variable() -> None:
    text = "services: {a: {image: 'x:${COMPOSE_PROJECT_NAME}'}}"
    for is_here in (True, False):
        project = load_texts(text, is_here=is_here)
        assert not project.unset
        assert _text(project, "services", "a", "image") == "x:proj"


def test_required_variable_may_be_missing() -> None:
    text = "services: {a: {image: 'x:${V:?is needed}'}}"
    (problem,) = load_texts(text, is_here=False).problems
    assert (problem.fault, problem.may_be) == (Fault.VARIABLE_MISSING, True)
    (problem,) = load_texts(text, is_here=True).problems
    assert (problem.fault, problem.may_be) == (Fault.VARIABLE_MISSING, False)
    assert not load_texts(text, is_here=False, environment={"V": "1"}).problems


def test_unknown_include_leaves_the_project_open() -> None:
    for include in ("o.yaml", "oci://r/i", "'${F}.yaml'"):
        project = load_texts(
            f"include: [{include}]\nservices: {{a: {{extends: there}}}}", is_here=False
        )
        assert project.is_open
        assert project.partial_services == {"a"}
        assert all(problem.fault is not Fault.EXTENDED_UNDEFINED for problem in project.problems)
    assert not load_texts("services: {a: {image: x}}").is_open


def test_unknown_extended_service_leaves_a_service_partial() -> None:
    text = """
    services:
      a: {extends: {file: absent.yaml, service: b}, command: c}
      d: {extends: a, image: x}
      e: {extends: {file: '${F}', service: b}}
      f: {image: x}
    """
    project = load_texts(text, is_here=False)
    assert project.partial_services == {"a", "d", "e"}
    assert _text(project, "services", "d", "command") == "c"
    assert child(_find(project, "services", "a"), "extends") is None
    assert project.stages[0].partial_services == {"a", "d", "e"}


def test_remote_files_are_never_looked_for() -> None:
    text = "include: [https://h/r.git#main, oci://r/i]\nservices: {a: {image: x}}"
    project = load_texts(text)
    assert [problem.fault for problem in project.problems] == [Fault.REMOTE, Fault.REMOTE]
    assert not project.read_files


def test_files_that_were_read_say_who_asked() -> None:
    project = load_texts(
        "include: [o.yaml]\nservices: {a: {image: x, env_file: [a.env, b.env]}}",
        files={"o.yaml": "services: {b: {image: y}}", "a.env": "A=1"},
    )
    asked = [
        (file.path.name, file.asked_by.source.slice(file.asked_by.span) if file.asked_by else "")
        for file in project.read_files
    ]
    assert asked == [("o.yaml", "o.yaml"), ("a.env", "a.env"), ("b.env", "b.env")]
    assert [file.path and file.path.name for file in project.files] == ["compose.yaml", "o.yaml"]
