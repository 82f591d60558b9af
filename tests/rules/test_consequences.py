"""What follows from another finding is not said: one cause, one finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composecheck.finding import Severity
from composecheck.rules import judge_project, without_consequences
from composecheck.schema import judge_stages
from tests.project.loading import load_texts
from tests.rules.fitting import marked

if TYPE_CHECKING:
    from composecheck.finding import Finding

HEAD = "services:\n  a:\n    image: x\n"


def judge(lines: str, *, is_here: bool = True) -> list[Finding]:
    return judge_project(load_texts(HEAD + lines, is_here=is_here))


@pytest.mark.parametrize(
    "lines",
    [
        '    ports:\n      - "{{ port }}:80"\n',
        '    cpus: "{{ cpus }}"\n    mem_limit: "{{ memory }}"\n    ports: ["{{ port }}"]\n',
        '    networks: ["{{ network }}"]\n    depends_on: ["{{ service }}"]\n',
        "    cpus: <%= cpus %>\n    ports:\n      - <%= port %>:80\n",
        "    hostname: ${{ host }}\n",
    ],
)
@pytest.mark.parametrize("is_here", [True, False])
def test_marks_of_a_template_are_said_once(lines: str, is_here: bool) -> None:
    (finding,) = judge(lines, is_here=is_here)
    assert (finding.rule, finding.severity) == ("yaml-template", Severity.ERROR)
    text = lines.replace("${", "{")
    first = min(text.find(mark) for mark in ("{{", "<%") if mark in text)
    assert marked([finding]) == [text[first : text.find("}}" if "{{" in text else "%>") + 2]]
    assert finding.path[:2] == ("services", "a")


def test_the_other_marks_are_named() -> None:
    (finding,) = judge('    cpus: "{{ cpus }}"\n    ports: ["{{ port }}:80"]\n')
    assert [place.source.slice(place.span) for place in finding.related] == ["{{ port }}"]


def test_marks_that_docker_fills_in_are_fine() -> None:
    lines = '    hostname: "{{.Node.Hostname}}"\n    logging: {options: {tag: "{{.Name}}"}}\n'
    assert judge(lines) == []


def test_what_has_nothing_to_do_with_marks_is_said_beside_them() -> None:
    found = judge('    cpus: "{{ cpus }}"\n    ports: [abc]\n')
    assert {finding.rule for finding in found} == {"yaml-template", "port-invalid"}


def test_what_the_schema_says_of_a_mark_follows_from_it_too() -> None:
    project = load_texts('services:\n  "{{ name }}":\n    image: x\n')
    shape = judge_stages(project)
    assert [finding.rule for finding in shape] == ["name-invalid"]
    (finding,) = without_consequences(shape, is_here=False)
    assert (finding.rule, marked([finding])) == ("yaml-template", ["{{ name }}"])
    assert finding.path == ("services", "{{ name }}")


def test_a_variable_that_is_not_set_is_said_with_what_follows_from_it() -> None:
    lines = "    ports: ['${PORT}']\n    hostname: ${NAME}\n"
    assert {finding.rule for finding in judge(lines)} == {"port-invalid", "variable-unset"}
    assert [f.rule for f in judge("    ports: ['${PORT}']\n")] == ["port-invalid"]
    assert [f.rule for f in judge("    ports: ['${PORT}']\n", is_here=False)] == ["variable-unset"]


def test_a_project_without_a_name_since_a_variable_is_not_set() -> None:
    (finding,) = judge_project(load_texts("name: ${NAME}-\n" + HEAD))
    assert finding.rule == "project-name-empty"
    assert finding.message.startswith('"NAME" is not set, so that the project has no name')
    assert marked([finding]) == ["${NAME}"]


def test_an_image_that_is_a_variable_is_one_cause() -> None:
    (finding,) = judge_project(load_texts("services:\n  a:\n    image: ${IMAGE}\n"))
    assert finding.rule == "service-no-image"
    assert finding.message.startswith('"IMAGE" is not set, so that the service "a" has no image')
    assert marked([finding]) == ["${IMAGE}"]
