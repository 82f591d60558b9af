"""Addresses of databases that lead to the wrong container, or to a wrong port."""

from __future__ import annotations

import pytest

from composecheck.finding import Safety
from composecheck.rules.other_containers import environment_localhost, environment_published_port
from tests.rules.accepted import find, fixed


def shop(variable: str, *, image: str = "postgres:17", web: str = "", db: str = "") -> str:
    """Return a file with a service that has a variable, and another one with a database."""
    return (
        "services:\n"
        f"  web:\n    image: example/web\n    environment:\n      {variable}\n{web}"
        f"  db:\n    image: {image}\n{db}"
    )


LOCAL = (
    ("DATABASE_URL: postgres://a:b@localhost:5432/shop", "localhost", "postgres:17"),
    ("- DATABASE_URL=postgresql+asyncpg://a:b@127.0.0.1/shop", "127.0.0.1", "postgres"),
    ("U: jdbc:postgresql://localhost:5432/shop?x=y", "localhost", "postgis/postgis:16-3.4"),
    ("U: mysql://localhost", "localhost", "mariadb"),
    ("CACHE: redis://localhost:6379/0", "localhost", "redis:8"),
    ("M: mongodb://root:${PASSWORD}@localhost:27017/a", "localhost", "mongo"),
    ("BROKER: amqp://guest:guest@localhost:5672//", "localhost", "rabbitmq:4-management"),
    ("REDIS_HOST: localhost", "localhost", "docker.io/library/redis"),
    ("APP_DB_HOST: 127.0.0.1", "127.0.0.1", "mysql:8"),
    ("PGHOST: localhost", "localhost", "postgres"),
    ("- MONGO_HOST=localhost", "localhost", "mongo:7"),
)


@pytest.mark.parametrize(("variable", "host", "image"), LOCAL)
def test_a_database_that_is_looked_for_in_the_same_container(
    variable: str, host: str, image: str
) -> None:
    text = shop(variable, image=image)
    findings = find(environment_localhost, text, host)
    assert findings[0].suggestions == ("db",)
    assert findings[0].fix is not None
    assert findings[0].fix.safety is Safety.UNSAFE
    assert fixed(text, findings) == shop(variable.replace(host, "db"), image=image)
    assert find(environment_localhost, shop(variable.replace(host, "db"), image=image)) == []


def test_a_port_of_this_machine_has_no_fix() -> None:
    text = shop("U: postgres://localhost:5433/x", db='    ports: ["5433:5432"]\n')
    (finding,) = find(environment_localhost, text, "localhost")
    assert finding.fix is None
    assert "5432" in finding.remedy


def test_two_databases_have_no_fix() -> None:
    text = shop("U: postgres://localhost/x", db="  db2:\n    image: postgres\n")
    (finding,) = find(environment_localhost, text, "localhost")
    assert finding.fix is None
    assert '"db" or "db2"' in finding.remedy


@pytest.mark.parametrize(
    "text",
    [
        shop("U: postgres://localhost/x", image="redis"),
        shop("U: http://localhost:5432"),
        shop("API_HOST: localhost"),
        shop("DB_HOST: localhost", image="example/db"),
        shop("U: postgres://localhost/x", web="    network_mode: host\n"),
        shop("U: postgres://localhost/x", web="    network_mode: service:db\n"),
        shop("U: postgres://localhost/x", web="    network_mode: $MODE\n"),
        shop("U: postgres://$HOST/x"),
        shop("U: postgres://localhost.example/x"),
        shop("U: postgres://localhost/x", image="$IMAGE"),
        shop("DB_HOST: localhost:/var/run/mysqld.sock", image="mysql"),
        "services: {db: {image: postgres, environment: {PGHOST: localhost}}}",
        "services: {db: {image: postgres, environment: {PGHOST: localhost}}, w: {image: x}}",
        "services: {web: {image: x, environment: {U: 'postgres://localhost/x'}}}",
    ],
)
def test_an_address_that_may_be_right(text: str) -> None:
    assert find(environment_localhost, text) == []


def published(variable: str, ports: str = '["8001:5432"]', *, db: str = "", **options: str) -> str:
    """Return such a file in which the ports of the database are published."""
    return shop(variable, db=f"    ports: {ports}\n{db}", **options)


PUBLISHED = (
    ("U: postgres://a:b@db:8001/shop", "8001"),
    ("- U=jdbc:postgresql://db:8001/shop", "8001"),
)


@pytest.mark.parametrize(("variable", "port"), PUBLISHED)
def test_a_port_of_this_machine(variable: str, port: str) -> None:
    text = published(variable)
    findings = find(environment_published_port, text, port)
    assert findings[0].suggestions == ("5432",)
    assert findings[0].fix is not None
    assert findings[0].fix.safety is Safety.UNSAFE
    assert fixed(text, findings) == published(variable.replace(port, "5432"))


def test_a_port_in_a_variable_of_its_own() -> None:
    text = published("DB_HOST: db\n      DB_PORT: '8001'")
    findings = find(environment_published_port, text, "8001")
    assert "DB_PORT: '5432'" in fixed(text, findings)
    text = published("DB_HOST: db\n      DB_PORT: 8001")
    find(environment_published_port, text, "8001")


@pytest.mark.parametrize(
    "text",
    [
        published("U: postgres://db:5432/x"),
        published("U: postgres://db/x"),
        published("U: postgres://db:9000/x"),
        published("U: postgres://db:8001/x", '["8001:8001"]'),
        published("U: postgres://db:8001/x", '["${P}:5432"]'),
        published("U: postgres://db:8001/x", '["8000-8002:5432"]'),
        published("U: postgres://db:8001/x", db="    command: -p 8001\n"),
        published("U: postgres://host:8001/x"),
        published("U: http://db:8001/x"),
        published("U: postgres://db:$PORT/x"),
        published("U: postgres://db:8001/x", image="example/db"),
        published("DB_HOST: db\n      REDIS_PORT: 8001"),
    ],
)
def test_a_port_that_may_be_right(text: str) -> None:
    assert find(environment_published_port, text) == []
