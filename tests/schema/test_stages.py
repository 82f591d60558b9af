"""What files add up to is judged, not what each says; and it is told where it is written."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest

from composecheck.finding import Severity, splice
from composecheck.schema import judge_stages
from tests.project.loading import load_texts
from tests.shared_material import docker_compose

if TYPE_CHECKING:
    from pathlib import Path

    from composecheck.finding import Finding


def judge(
    text: str, *, is_here: bool = False, is_part: bool = False, **files: str
) -> list[Finding]:
    """Judge `compose.yaml` with `text`; of `base__yml="…"`, the name is `base.yml`.

    What begins with `f_` is laid over it.
    """
    names = {name: name.replace("__", ".") for name in files}
    laid_over = tuple(names[name] for name in files if name.startswith("f_"))
    project = load_texts(
        text,
        files={names[name]: text for name, text in files.items()},
        files_of_call=("compose.yaml", *laid_over),
        is_here=is_here,
        is_part=is_part,
    )
    return judge_stages(project)


def told(findings: list[Finding]) -> list[tuple[str, str, str]]:
    """Return rule, file and characters of each error."""
    return [
        (finding.rule, finding.source.name, finding.source.slice(finding.span))
        for finding in findings
        if finding.severity is Severity.ERROR
    ]


WEB = "services:\n  web:\n    image: nginx\n"


@pytest.mark.parametrize(
    "more",
    [
        "    enviroment: !reset x\n",
        "    healthcheck: {retries: '3'}\n",
        "    tty: 'yes'\n",
        "    ports: ['80:80', '80:80']\n",
        "    extends: {service: base, whatever: 1}\n  base: {image: x, labels: [A=1]}\n",
        # Nobody knows what these are.
        "    pull_policy: ${POLICY:-sometimes}\n",
        "    container_name: ${NAME}\n",
        "    healthcheck: {retries: '${N}', interval: '${I}s'}\n",
        "    depends_on: {db: {condition: 'service_${STATE}'}}\n",
        "    depends_on: ['${A}', '${B}']\n",
        "    networks: ['${N}', '${N}']\n",
        # What these extend may have what is missing here.
        "    extends: {file: '${FILE}', service: x}\n    ulimits: {a: {soft: 1}}\n",
        "    extends: {file: absent.yml, service: x}\n    ulimits: {a: {soft: 1}}\n    labels:\n",
    ],
)
def test_what_may_be_right_is_not_blamed(more: str) -> None:
    assert told(judge(WEB + more)) == []


@pytest.mark.parametrize(
    ("more", "rule", "written"),
    [
        ("    ports: ${PORTS}\n", "value-type", "${PORTS}"),
        ("    depends_on: {db: {condition: 'service_${S}_x'}}\n", "value-not-allowed", None),
        ("    pull_policy: $$POLICY\n", "value-pattern", "$$POLICY"),
        ("    extends: {file: absent.yml, service: x}\n    imagee: y\n", "key-unknown", "imagee"),
        ("    enviroment: !override [A=1]\n", "key-unknown", "enviroment"),
        ("    use_api_socket: '${YES}'\n", "value-type", "'${YES}'"),
    ],
)
def test_what_is_wrong_whatever_the_variables_are(
    more: str, rule: str, written: str | None
) -> None:
    ((found, _, characters),) = told(judge(WEB + more))

    assert found == rule
    assert written is None or characters == written


def test_a_value_that_cannot_be_known_is_shown_as_it_is_written() -> None:
    (finding,) = judge(WEB + "    depends_on: {web: {condition: 'is_${S}'}}\n")

    assert finding.message.startswith('"is_${S}" is not a value')
    assert (finding.suggestions, finding.fix) == ((), None)


def test_what_another_file_supplies_is_not_missing() -> None:
    base = f"{WEB}    depends_on: {{db: {{condition: service_started}}}}\n  db: {{image: x}}\n"
    over = "services:\n  web:\n    depends_on: {db: {restart: true}}\n"

    assert told(judge(base, f_over__yml=over)) == []
    assert told(judge(over, is_part=True)) == []
    assert told(judge(over)) == [("key-missing", "compose.yaml", "db")]


def test_what_no_file_supplies_is_missing_in_a_later_document_too() -> None:
    later = "services:\n  job:\n    image: x\n    depends_on: {web: {restart: true}}\n"

    assert told(judge(f"{WEB}---\n{later}")) == [("key-missing", "compose.yaml", "web")]


def test_each_document_is_judged_before_the_next_is_laid_over_it() -> None:
    base = f"{WEB}    depends_on: {{db: {{restart: true}}}}\n  db: {{image: x}}\n"
    over = "services:\n  web:\n    depends_on: {db: {condition: service_started}}\n"

    assert told(judge(base, f_over__yml=over)) == [("key-missing", "compose.yaml", "db")]


def test_what_several_stages_and_services_share_is_told_once() -> None:
    text = f"{WEB}    lables: [A=1]\n  b: {{extends: web}}\n  c: {{extends: b}}\n"

    assert told(judge(text, f_more__yml="x-a: 1\n")) == [("key-unknown", "compose.yaml", "lables")]


def test_a_mistake_in_an_extended_file_is_told_and_fixed_there() -> None:
    base = "version: '3'\nservices:\n  base:\n    image: x\n    lables: [A=1]\n  other: {foo: 1}\n"

    findings = judge(
        "services:\n  web: {extends: {file: base.yml, service: base}}\n", base__yml=base
    )

    # Of the services that nobody extends, Compose asks nothing; nor of the version.
    (finding,) = findings
    assert told(findings) == [("key-unknown", "base.yml", "lables")]
    assert finding.path == ("services", "base", "lables")
    assert finding.fix is not None
    assert {edit.source.name for edit in finding.fix.edits} == {"base.yml"}
    assert splice(base, finding.fix.edits) == base.replace("lables", "labels")


def test_an_included_file_is_judged_as_a_project_of_its_own() -> None:
    findings = judge(
        f"include: [more.yml]\n{WEB}", more__yml="version: '3'\nservices: {a: {imagee: x}}\n"
    )

    assert [(finding.rule, finding.source.name) for finding in findings] == [
        ("key-obsolete", "more.yml"),
        ("key-unknown", "more.yml"),
    ]


def test_behind_a_file_that_cannot_be_read_nothing_counts_as_missing() -> None:
    over = "services:\n  web:\n    imagee: x\n    depends_on: {db: {restart: true}}\n"

    found = told(judge("services: [", f_over__yml=over))

    assert found == [("key-unknown", "f_over.yml", "imagee")]


def test_an_alias_of_nothing_is_not_said_to_be_empty() -> None:
    assert judge("services:\n  web: *nothing\n") == []


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("- a\n", "- a"),
        ("services:\n", "services"),
        ("services: []\n", "[]"),
        ("services: {web: text}\n", "text"),
        (f"{WEB}---\nservices: {{web: text}}\n", "text"),
        (f"{WEB}networks: {{a: {{}}}}\n---\nnetworks: {{a: y}}\n", "y"),
        (f"include: text\n{WEB}", "text"),
        (f"{WEB}    extends: [a]\n", "[a]"),
        (f"{WEB}    extends: {{file: 5, service: a}}\n", "5"),
    ],
)
def test_what_compose_needs_to_go_on_is_told(text: str, written: str | None) -> None:
    found = told(judge(text))

    assert [rule for rule, _, _ in found] == ["value-type"]
    assert written is None or found[0][2] == written


def test_what_a_variable_comes_to_is_judged_here() -> None:
    text = f"{WEB}    depends_on: {{db: {{condition: '${{C:-service_healty}}'}}}}\n"

    assert judge(text) == []
    (finding,) = judge(text, is_here=True)

    assert finding.source.slice(finding.span) == "service_healty"
    assert finding.fix is not None
    assert splice(text, finding.fix.edits) == text.replace("healty", "healthy")


def test_what_a_variable_does_not_spell_is_not_edited() -> None:
    (empty,) = judge(f"{WEB}    container_name: ${{NAME}}\n", is_here=True)
    (part,) = judge(f"{WEB}    pull_policy: '${{P:-alway}}z'\n", is_here=True)
    (twice,) = judge(f"{WEB}    depends_on: [web, '${{W:-web}}']\n", is_here=True)

    assert [finding.fix for finding in (empty, part, twice)] == [None, None, None]
    assert empty.source.slice(empty.span) == "${NAME}"
    assert empty.message.startswith('"${NAME}" is an empty text here, which is not a value')
    assert part.message.startswith('"alwayz" is not a value')
    assert twice.rule == "list-duplicate"


PROJECTS: tuple[dict[str, str], ...] = (
    {"compose.yaml": WEB, "over.yml": "services: {web: {ports: ['80:80'], labels: {a: b}}}\n"},
    {"compose.yaml": WEB, "over.yml": "services: {web: {labels: {a: [b]}}}\n"},
    {"compose.yaml": f"{WEB}    labels: {{a: b}}\n", "over.yml": "services: {web: {labels: []}}"},
    {"compose.yaml": f"{WEB}    expose: [80, '80']\n"},
    {"compose.yaml": f"{WEB}    networks: [a, a]\nnetworks: {{a: }}\n"},
    {
        "compose.yaml": f"{WEB}    networks: [a]\nnetworks: {{a: }}\n",
        "over.yml": "services: {web: {networks: [a, a]}}\n",
    },
    {"compose.yaml": f"{WEB}    restart: ${{R}}\n    pull_policy: ${{P}}\n"},
    {"compose.yaml": f"{WEB}    pull_policy: ${{P:-daily}}\n"},
    {"compose.yaml": f"{WEB}    security_opt: [a, '${{S:-a}}']\n"},
    {"compose.yaml": "services: {web: {extends: {file: b.yml, service: a}}}\n", "b.yml": WEB},
    {
        "compose.yaml": "services: {a: {extends: {file: b.yml, service: web}}}\n",
        "b.yml": f"{WEB}    tty: maybe so\n  other: {{foo: 1}}\n",
    },
    {
        "compose.yaml": "services: {a: {extends: {file: b.yml, service: web}}}\n",
        "b.yml": f"{WEB}  other: {{foo: 1}}\n",
    },
    {
        "compose.yaml": "services: {a: {extends: {file: b.yml, service: web}, lables: !reset x}}\n",
        "b.yml": f"{WEB}    lables: []\n",
    },
    {
        "compose.yaml": f"include: [b.yml]\n{WEB}    depends_on: {{a: {{restart: true}}}}\n",
        "b.yml": "services:\n  a: {image: x}\n  web: {depends_on: [a]}\n",
    },
)


@pytest.mark.parametrize("files", PROJECTS)
def test_the_verdict_is_that_of_compose(files: dict[str, str], tmp_path: Path) -> None:
    for name, text in files.items():
        (tmp_path / name).write_text(text, "utf-8")
    called = [name for name in files if name in ("compose.yaml", "over.yml")]
    answer = subprocess.run(
        [docker_compose(), *(word for name in called for word in ("-f", name)), "config", "-q"],
        cwd=tmp_path,
        env={"PATH": os.defpath, "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    project = load_texts(
        files["compose.yaml"],
        files={name: text for name, text in files.items() if name != "compose.yaml"},
        files_of_call=tuple(called),
        is_here=True,
    )

    has_problems = bool(project.problems)
    assert (bool(told(judge_stages(project))) or has_problems) == (answer.returncode != 0), (
        answer.stderr
    )
