"""What goes wrong on the way to a project, and where it points to."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from composecheck.language.build_contexts import InvalidAdditionalContext
from composecheck.language.casts import InvalidCast
from composecheck.language.devices import InvalidDevice
from composecheck.language.ports import InvalidPort
from composecheck.language.ssh_keys import InvalidSshKey
from composecheck.language.variables import InvalidVariable, MissingVariable
from composecheck.language.volumes import InvalidVolume
from composecheck.project.problem import Fault, Problem
from tests.project.loading import load_texts

A = "services: {a: {image: x}}"

# The text, the fault, the characters it points to, and the name it has.
IN_ONE_FILE = (
    ("services: {a: {image: 'x:${V'}}", Fault.VARIABLE_INVALID, "${V", "V"),
    ("services: {a: {image: 'x:${V:?no}'}}", Fault.VARIABLE_MISSING, "${V:?no}", "V"),
    ("services: {a: {image: x, cpus: '590m'}}", Fault.CAST, "m", "number in single precision"),
    ("services: {a: {image: x, scale: 'a'}}", Fault.CAST, "a", "integer"),
    ("services: {a: {image: x, tty: '${V}'}}", Fault.CAST, "'${V}'", "boolean"),
    ("services: {a: {image: x, extends: b}, c: {image: y}}", Fault.EXTENDED_UNDEFINED, "b", "b"),
    ("services: {a: {image: x, extends: {}}}", Fault.NO_EXTENDED_NAME, "{}", ""),
    ("services: {a: {image: x, extends: a}}", Fault.EXTENDS_CYCLE, "a", "a"),
    (
        "services: {a: {image: x, extends: {file: o.yaml, service: b}}}",
        Fault.FILE_ABSENT,
        "o.yaml",
        "o.yaml",
    ),
    (
        "services: {a: {image: x, extends: {file: 'git@h:o/r.git', service: b}}}",
        Fault.REMOTE,
        "'git@h:o/r.git'",
        "git@h:o/r.git",
    ),
    ("include: [o.yaml]\n" + A, Fault.FILE_ABSENT, "o.yaml", "o.yaml"),
    ("include: [oci://r/i]\n" + A, Fault.REMOTE, "oci://r/i", "oci://r/i"),
    ("include: o.yaml\n" + A, Fault.INCLUDE_NOT_LIST, "o.yaml", "text"),
    ("include: [5]\n" + A, Fault.INCLUDE_INVALID, "5", ""),
    ("include: [{path: 5}]\n" + A, Fault.INCLUDE_INVALID, "{path: 5}", ""),
    ("include: [compose.yaml]\n" + A, Fault.INCLUDE_CYCLE, "compose.yaml", "compose.yaml"),
    ("services: [a]", Fault.NOT_MAPPING, "[a]", "list"),
    ("services:\n", Fault.NOT_MAPPING, "", "null"),
    ("services: {a: text}", Fault.NOT_MAPPING, "text", "text"),
    ("- a", Fault.NOT_MAPPING, "- a", "list"),
    (A + "\n---\n", Fault.NOT_MAPPING, "", "null"),
    ("# nothing", Fault.EMPTY, "", ""),
    ("version: '3'", Fault.EMPTY, "", ""),
    ("name: ___\n" + A, Fault.NAME_EMPTY, "___", ""),
    ("services: {a: {image: x, ports: [foo]}}", Fault.SHORT_SYNTAX, "foo", "port"),
    ("services: {a: {image: x, volumes: ['aa::b']}}", Fault.SHORT_SYNTAX, "'aa::b'", "volume"),
    ("services: {a: {image: x, devices: ['a:b:c:d']}}", Fault.SHORT_SYNTAX, "'a:b:c:d'", "device"),
    ("services: {a: {build: {context: ., ssh: [k]}}}", Fault.SHORT_SYNTAX, "k", "ssh"),
    (
        "services: {a: {build: {context: ., additional_contexts: [k]}}}",
        Fault.SHORT_SYNTAX,
        "k",
        "additional_contexts",
    ),
    ("services: {a: {image: x, environment: [5]}}", Fault.NOT_TEXT, "5", "number"),
    ("services: {a: {image: x, expose: [5.5]}}", Fault.NOT_TEXT, "5.5", "number"),
    ("services: {a: {image: x, secrets: [[]]}}", Fault.NOT_TEXT, "[]", "list"),
    ("services: {a: {image: x, ports: [{published: 1}]}}", Fault.NO_TARGET, "{published: 1}", ""),
    ("services: {a: {image: x, volumes: [{type: bind}]}}", Fault.NO_TARGET, "{type: bind}", ""),
    (
        "networks: {n: {name: m, external: {name: o}}}\n" + A,
        Fault.EXTERNAL_NAMES_DIFFER,
        "o",
        "",
    ),
    ("services: {a: {image: x, env_file: no.env}}", Fault.ENV_FILE_ABSENT, "no.env", "no.env"),
    ("services: {a: {image: x, label_file: no}}", Fault.ENV_FILE_ABSENT, "no", "no"),
    (
        "services: {a: {image: x, env_file: [{path: a, format: foo}]}}",
        Fault.ENV_FILE_FORMAT,
        "foo",
        "foo",
    ),
)


@pytest.mark.parametrize(
    ("text", "fault", "characters", "name"), IN_ONE_FILE, ids=[row[0] for row in IN_ONE_FILE]
)
def test_problem_points_to_its_characters(
    text: str, fault: Fault, characters: str, name: str
) -> None:
    (problem,) = load_texts(text).problems
    assert problem.fault is fault
    assert _slice(problem) == characters
    if fault is not Fault.NO_TARGET:
        assert problem.name == name


def _slice(problem: Problem) -> str:
    assert problem.source is not None
    assert problem.span is not None
    return problem.source.slice(problem.span)


def test_problem_carries_what_the_parser_says() -> None:
    def payload(text: str) -> object:
        (problem,) = load_texts(f"services: {{a: {{image: x, {text}}}}}").problems
        return problem.payload

    assert isinstance(payload("hostname: '${'"), InvalidVariable)
    assert isinstance(payload("hostname: '${A?}'"), MissingVariable)
    assert isinstance(payload("scale: '${A-x}'"), InvalidCast)
    assert isinstance(payload("ports: ['1:2:3:4']"), InvalidPort)
    assert isinstance(payload("volumes: ['aa::b']"), InvalidVolume)
    assert isinstance(payload("devices: ['a:b:c:d']"), InvalidDevice)
    assert isinstance(payload("build: {ssh: [k]}"), InvalidSshKey)
    assert isinstance(payload("build: {additional_contexts: [k]}"), InvalidAdditionalContext)
    assert isinstance(payload("env_file: no.env"), FileNotFoundError)


def test_path_leads_to_the_value() -> None:
    (problem,) = load_texts("services: {a: {image: x, ports: ['80', foo]}}").problems
    assert problem.path == ("services", "a", "ports", 1)
    (problem,) = load_texts("services: {a: {image: x, labels: [a, '${']}}").problems
    assert problem.path == ("services", "a", "labels", 1)


def test_what_can_be_extended_is_offered() -> None:
    (problem,) = load_texts("services: {a: {extends: c}, b: {image: x}, d: {image: x}}").problems
    assert problem.choices == ("b", "d")


def test_circle_is_told_step_by_step() -> None:
    text = "services: {a: {image: x, extends: b}, b: {extends: c}, c: {extends: a}}"
    (problem,) = load_texts(text).problems
    assert [place.name for place in problem.related] == ["a", "b", "c"]
    assert [place.source.slice(place.span) for place in problem.related] == ["b", "c", "a"]

    (problem,) = load_texts(
        "include: [o.yaml]",
        files={"o.yaml": "include: [p.yaml]", "p.yaml": "include: [compose.yaml]"},
    ).problems[:1]
    assert problem.fault is Fault.INCLUDE_CYCLE
    assert [Path(place.name).name for place in problem.related] == [
        "compose.yaml",
        "o.yaml",
        "p.yaml",
    ]


def test_clash_names_both_places() -> None:
    project = load_texts(
        "services: {a: {image: x, security_opt: [b]}}",
        files={"over.yaml": "services: {a: {security_opt: {c: d}}}"},
        files_of_call=("compose.yaml", "over.yaml"),
    )
    (problem,) = project.problems
    assert problem.fault is Fault.CANNOT_OVERRIDE
    assert problem.source is not None
    assert problem.source.name == "over.yaml"
    assert (_slice(problem), problem.name) == ("{c: d}", "mapping")
    (other,) = problem.related
    assert (other.source.name, other.name) == ("compose.yaml", "list")
    assert other.source.slice(other.span) == "[b]"


def test_files_of_the_call_may_be_absent_or_remote() -> None:
    assert _faults(files_of_call=("no.yaml",)) == [Fault.FILE_ABSENT]
    assert _faults(files_of_call=("https://h/r.git#b",)) == [Fault.REMOTE]
    assert _faults(A, env_files=("no.env",)) == [Fault.ENV_FILE_ABSENT]
    assert _faults(A, project_name="No") == [Fault.NAME_INVALID]
    broken = load_texts(A, files={".env": "A=1\nB C=2\n"})
    (problem,) = broken.problems
    assert problem.fault is Fault.ENV_FILE_INVALID
    assert _slice(problem) == "B C"


def _faults(text: str = A, **options: Any) -> list[Fault]:
    return [problem.fault for problem in load_texts(text, **options).problems]


def test_all_problems_are_found_at_once() -> None:
    text = """
    services:
      a: {image: "x:${", ports: [foo], extends: nobody, env_file: no.env}
      b: {image: x, cpus: "a", volumes: ["aa::b"]}
    """
    assert set(_faults(text)) == {
        Fault.VARIABLE_INVALID,
        Fault.SHORT_SYNTAX,
        Fault.EXTENDED_UNDEFINED,
        Fault.ENV_FILE_ABSENT,
        Fault.CAST,
    }


def test_value_used_by_several_aliases_is_blamed_once() -> None:
    text = "x-a: &a {image: '${'}\nservices: {a: *a, b: *a, c: {<<: *a}}"
    assert _faults(text) == [Fault.VARIABLE_INVALID]


def test_deep_aliases_are_refused_not_suffered() -> None:
    levels = "\n".join(f"x-{i}: &a{i} {{k: {'*a' + str(i - 1) if i else 1}}}" for i in range(300))
    (problem,) = load_texts(f"{levels}\n{A}").problems
    assert problem.fault is Fault.TOO_MUCH
