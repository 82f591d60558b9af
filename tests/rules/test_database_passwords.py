"""Databases whose images do not begin without a password."""

from __future__ import annotations

import pytest

from composecheck.rules.database_passwords import environment_missing
from tests.rules.accepted import find


def db(image: str, *lines: str, rest: str = "") -> str:
    """Return a file with a database, and `lines` beside its image."""
    return f"services:\n  db:\n    image: {image}\n" + "".join(f"    {x}\n" for x in lines) + rest


@pytest.mark.parametrize(
    "image",
    [
        "postgres",
        "postgres:17",
        "postgres:13.4-alpine",
        "postgres:9.6",
        "postgres:alpine",
        "docker.io/library/postgres:16",
        "mysql",
        "mysql:8.4",
        "mariadb:11",
    ],
)
def test_a_database_without_a_password(image: str) -> None:
    (finding,) = find(environment_missing, db(image), image)
    assert finding.fix is None
    find(environment_missing, db(image, "environment: [TZ=UTC]"), image)
    find(environment_missing, db(image, "command: --help"), image)


@pytest.mark.parametrize(
    ("image", "variable"),
    [
        ("postgres", "POSTGRES_PASSWORD=a"),
        ("postgres", "POSTGRES_PASSWORD=${A}"),
        ("postgres", "POSTGRES_PASSWORD"),
        ("postgres", "POSTGRES_PASSWORD_FILE=/run/secrets/a"),
        ("postgres", "POSTGRES_HOST_AUTH_METHOD=trust"),
        ("mysql", "MYSQL_ROOT_PASSWORD=a"),
        ("mysql", "MYSQL_RANDOM_ROOT_PASSWORD=1"),
        ("mysql", "MYSQL_ALLOW_EMPTY_PASSWORD=1"),
        ("mariadb", "MYSQL_ROOT_PASSWORD=a"),
        ("mariadb", "MARIADB_ALLOW_EMPTY_ROOT_PASSWORD=1"),
        ("mariadb", "MARIADB_ROOT_PASSWORD_HASH=a"),
        ("postgres", "${NAME}=a"),
    ],
)
def test_a_database_with_one(image: str, variable: str) -> None:
    assert find(environment_missing, db(image, f"environment: ['{variable}']")) == []


@pytest.mark.parametrize(
    "text",
    [
        db("postgres:10.1"),
        db("postgres:9.6.3"),
        db("postgres:9.4"),
        db("postgres:${TAG}"),
        db("postgres@sha256:" + "0" * 64),
        db("example/postgres"),
        db("redis"),
        db("postgres", "build: ."),
        db("postgres", "env_file: [{path: x, required: false}]"),
        db("postgres", "entrypoint: /x"),
        db("postgres", "command: pg_dumpall -h other"),
        db("postgres", "command: $X"),
        db("postgres", "volumes_from: [container:old]"),
        db("postgres", "volumes: ['data:/x']", rest="volumes:\n  data:\n    external: true\n"),
    ],
)
def test_a_database_that_may_begin(text: str) -> None:
    assert find(environment_missing, text) == []


def test_a_part_of_a_project_is_left_alone() -> None:
    assert find(environment_missing, db("postgres"), is_part=True) == []
