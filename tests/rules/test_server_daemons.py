"""Commands that start a server in the background, and end."""

from __future__ import annotations

import pytest

from composecheck.rules.server_daemons import command_daemon
from tests.rules.accepted import find, service

DAEMONS = (
    ("service nginx start", "service nginx start"),
    ("[service, apache2, start]", "service, apache2, start"),
    ("/etc/init.d/ssh start", "/etc/init.d/ssh start"),
    ("apachectl start", "apachectl start"),
    ("httpd -k start", "httpd -k start"),
    ("redis-server --port 6380 --daemonize yes", "redis-server --port 6380 --daemonize yes"),
    ("mongod --fork --logpath /x", "mongod --fork --logpath /x"),
    ("gunicorn app:app --daemon", "gunicorn app:app --daemon"),
    ("php-fpm -D", "php-fpm -D"),
    ("pm2 start app.js", "pm2 start app.js"),
    ("sh -c 'migrate && service cron start'", "service cron start"),
    ("bash -c 'service php-fpm start; service nginx start'", "service nginx start"),
)


@pytest.mark.parametrize(("command", "span"), DAEMONS)
def test_a_server_in_the_background(command: str, span: str) -> None:
    (finding,) = find(command_daemon, service(f"command: {command}"), span)
    assert finding.fix is None


def test_nginx_as_its_image_has_it() -> None:
    text = "services: {a: {image: 'nginx:1.27', command: nginx}}"
    assert "daemon off" in find(command_daemon, text, "nginx")[0].remedy
    for other in (
        "image: example/nginx",
        "image: nginx, volumes: ['./n.conf:/etc/nginx/nginx.conf']",
    ):
        assert find(command_daemon, f"services: {{a: {{{other}, command: nginx}}}}") == []


@pytest.mark.parametrize(
    "command",
    [
        "nginx -g 'daemon off;'",
        "sh -c \"service cron start && nginx -g 'daemon off;'\"",
        "sh -c 'service nginx start && tail -f /var/log/nginx/access.log'",
        "sh -c 'service nginx start; while true; do sleep 60; done'",
        "sh -c 'service nginx start && exec \"$$@\"'",
        "sh -c 'php-fpm -D | cat'",
        "pm2-runtime start app.js",
        "pm2 start app.js --no-daemon",
        "redis-server --daemonize no",
        "rsync --daemon --no-detach",
        "npm start",
        "apachectl -D FOREGROUND",
        "service $NAME start",
        "supervisord -n",
    ],
)
def test_a_server_in_the_foreground(command: str) -> None:
    assert find(command_daemon, service(f"command: {command}")) == []
