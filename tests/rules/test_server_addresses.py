"""Servers that listen to their own container alone."""

from __future__ import annotations

import pytest

from composecheck.finding import Safety
from composecheck.rules.server_addresses import command_loopback
from tests.rules.accepted import find, fixed


def web(command: str, port: int | str = 8000, *lines: str) -> str:
    """Return a file with a service that has a command and publishes a port."""
    return "".join(
        f"{line}\n"
        for line in (
            "services:",
            "  web:",
            "    build: .",
            f"    command: {command}",
            f'    ports: ["{port}:{port}"]',
            *(f"    {line}" for line in lines),
        )
    )


SAID = (
    ("uvicorn app:app --host 127.0.0.1", 8000, "127.0.0.1"),
    ("uvicorn app:app --port 80 --host=localhost", 80, "localhost"),
    ("[python, -m, uvicorn, 'app:app', --host, localhost]", 8000, "localhost"),
    ("python manage.py runserver 127.0.0.1:8000", 8000, "127.0.0.1"),
    ("python3 manage.py runserver localhost:80", 80, "localhost"),
    ("gunicorn -b 127.0.0.1:5000 app:app", 5000, "127.0.0.1"),
    ("poetry run gunicorn --bind=localhost:8000 app:app", 8000, "localhost"),
    ("flask --app shop run --host 127.0.0.1", 5000, "127.0.0.1"),
    ("php -S localhost:8000 -t public", 8000, "localhost"),
    ("php artisan serve --host=127.0.0.1 --port=80", 80, "127.0.0.1"),
    ("bundle exec rails s -b 127.0.0.1 -p 3000", 3000, "127.0.0.1"),
    ("npx vite --host localhost", 5173, "localhost"),
)


@pytest.mark.parametrize(("command", "port", "host"), SAID)
def test_an_address_of_the_container_alone(command: str, port: int, host: str) -> None:
    text = web(command, port)
    findings = find(command_loopback, text, host)
    assert findings[0].fix is not None
    assert findings[0].fix.safety is Safety.UNSAFE
    assert fixed(text, findings) == web(command.replace(host, "0.0.0.0"), port)
    assert find(command_loopback, web(command.replace(host, "0.0.0.0"), port)) == []


def test_one_of_several_commands_of_a_shell() -> None:
    text = web("sh -c 'python manage.py migrate && python manage.py runserver 127.0.0.1:8000'")
    assert find(command_loopback, text, "127.0.0.1")[0].fix is not None
    text = web("python manage.py runserver", 8000, "entrypoint: [sh, -c]")
    assert find(command_loopback, text) == []


DEFAULT = (
    ("python manage.py runserver", 8000, "python manage.py runserver", "0.0.0.0:8000"),
    ("python manage.py runserver 80", 80, "python manage.py runserver 80", "0.0.0.0:80"),
    ("[uvicorn, 'app:app']", 8000, "uvicorn, 'app:app", "--host 0.0.0.0"),
    ("php artisan serve --port 80", 80, "php artisan serve --port 80", "--host 0.0.0.0"),
    ("hugo server -D", 1313, "hugo server -D", "--bind 0.0.0.0"),
)


@pytest.mark.parametrize(("command", "port", "span", "option"), DEFAULT)
def test_no_address_is_said(command: str, port: int, span: str, option: str) -> None:
    (finding,) = find(command_loopback, web(command, port), span)
    assert finding.fix is None
    assert option in finding.remedy


@pytest.mark.parametrize(
    "text",
    [
        web("uvicorn app:app --host 0.0.0.0"),
        web("uvicorn app:app --host $HOST"),
        web("uvicorn app:app --host 127.0.0.1 --port 9000"),
        web("uvicorn app:app --host 127.0.0.1", 8000, "network_mode: host"),
        web("uvicorn app:app --host 127.0.0.1").replace("    ports", "    expose"),
        web("uvicorn app:app", 8000, "environment: [UVICORN_HOST=0.0.0.0]"),
        web(
            "uvicorn app:app", 8000, "env_file: {path: x, required: false}".replace("{", "[{") + "]"
        ),
        web("gunicorn app:app"),
        web("flask run", 5000),
        web("psql --host 127.0.0.1"),
        web("python manage.py runserver_plus"),
        web("python manage.py runserver 0.0.0.0:8000"),
        web("sh -c 'uvicorn app:app --host 127.0.0.1 & nginx'"),
        web("curl http://localhost:8000 --host localhost"),
    ],
)
def test_a_server_that_may_be_reached(text: str) -> None:
    assert find(command_loopback, text) == []
