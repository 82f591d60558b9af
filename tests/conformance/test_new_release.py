"""The tools for a new release of Docker Compose, on the one that we track."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest

from composecheck.schema.files import compose_schema
from tests.conformance.__main__ import show_differences, table
from tests.conformance.case import one_file
from tests.conformance.comparison import Difference, Kind, Tally
from tests.conformance.environments import accepted_somewhere, variables_of
from tests.conformance.new_release import compare_schemas, differing_shapes, embedded_schema
from tests.shared_material import REPOSITORY, docker_compose, requires_compose


@requires_compose
def test_our_schema_allows_what_that_in_the_program_allows() -> None:
    assert compare_schemas(Path(docker_compose())) == []


def test_what_another_schema_allows_is_told_by_its_place() -> None:
    other = copy.deepcopy(compose_schema())
    service = other["$defs"]["service"]["properties"]
    service["colour"] = {"type": "string"}
    del service["tty"]
    other["$defs"]["volume"]["properties"]["driver"]["type"] = ["string", "null"]
    assert differing_shapes(compose_schema(), other) == [
        "new in file.services.web: colour",
        "gone from file.services.web: tty",
        "file.volumes.web.driver: kinds is null, string, with us string",
    ]


def test_a_program_without_a_schema_is_no_compose(tmp_path: Path) -> None:
    (tmp_path / "program").write_bytes(b'x{"$schema": "other", "$id": "other"}x{"$schema')
    with pytest.raises(LookupError):
        embedded_schema(tmp_path / "program")


@requires_compose
def test_an_environment_is_found_in_which_compose_takes_a_file(tmp_path: Path) -> None:
    text = (
        "services:\n"
        "  web:\n"
        "    image: x\n"
        "    env_file: [a.env, ../b.env]\n"
        '    ports: ["${HTTP_PORT}:80", "${NEEDED_PORT:?no}:81"]\n'
        "    extends: {file: base.yaml, service: base}\n"
    )
    case = one_file("case", text, origin="test")
    assert variables_of(case, tmp_path / "root") == ["HTTP_PORT", "NEEDED_PORT"]
    taken = accepted_somewhere(case, tmp_path / "root")
    assert taken is not None
    assert set(taken.files) == {"compose.yaml", "a.env", "../b.env", "base.yaml"}
    assert taken.environment["HTTP_PORT"] == "80"


@requires_compose
def test_no_environment_is_found_where_there_is_none(tmp_path: Path) -> None:
    text = "services:\n  web:\n    image: x\n    comand: ${A}\n    env_file: /no/such/file\n"
    assert accepted_somewhere(one_file("case", text, origin="test"), tmp_path / "root") is None


def test_the_table_counts_cases_and_differences(capsys: pytest.CaptureFixture[str]) -> None:
    tally = Tally()
    case = one_file("one", "services: {}\n", origin="here")
    tally.cases["here"] = 2
    assert show_differences(tally) == 0
    tally.differences.append(Difference(case, Kind.FALSE_ERROR, "[rule] wrong"))
    assert show_differences(tally) == 1
    assert "false error: here, one\n  [rule] wrong" in capsys.readouterr().out
    *_, row = table(tally).splitlines()
    assert row.split() == ["here", "2", "0", "1", "0", "1", "0", "0", "0", "0", "0"]


def test_the_page_says_what_there_is() -> None:
    page = (REPOSITORY / "docs" / "new-compose-release.md").read_text(encoding="utf-8")
    makefile = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    assert "make new-compose VERSION=" in page
    assert "\nnew-compose: " in makefile
    assert "make conformance" in page
    assert "\nconformance: " in makefile
    assert "tests/conformance/cases" in page
    assert (REPOSITORY / "tests/conformance/cases").exists()
