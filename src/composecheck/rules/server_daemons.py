"""Rules on commands that start a server and end, and the container with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.expressions import expression
from composecheck.finding import Severity
from composecheck.rule import Category, rule
from composecheck.rules.marks import once
from composecheck.rules.official_images import image_of, official_name
from composecheck.rules.places import find_at
from composecheck.rules.run_commands import run_commands
from composecheck.source import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.finding import Finding
    from composecheck.project.project import Project
    from composecheck.rules.activity import Member

_DAEMONS = expression(
    r"service \S+ (?:re)?start"
    r"|/etc/init\.d/\S+ (?:re)?start"
    r"|(?:\S*/)?(?:apachectl|apache2ctl) (?:-k )?(?:re)?start"
    r"|(?:\S*/)?httpd -k (?:re)?start"
    r"|(?:\S*/)?redis-server (?:.* )?--daemonize yes(?: .*)?"
    r"|(?:\S*/)?mongod (?:.* )?--fork(?: .*)?"
    r"|(?:\S*/)?php-fpm(?:[0-9.]+)? (?:.* )?(?:-D|--daemonize)(?: .*)?"
    r"|(?:\S*/)?gunicorn (?:.* )?(?:-D|--daemon)(?: .*)?"
    r"|(?:\S*/)?pm2 (?:start|restart) (?!.*--no-daemon|.*--attach).*"
)
_LEAVING = expression("start|--daemonize|--fork|-D|--daemon|nginx")


@rule("command-daemon", Severity.WARNING, Category.RUNTIME)
def command_daemon(project: Project) -> Iterator[Finding]:
    """A command that starts a server in the background, and ends.

    A container lives as long as its command. `service nginx start`, `--daemonize yes` and the like
    start the server beside them and end at once; then Docker ends the container, and the server
    with it, with status 0 and no word in the log. Run the server itself, in the foreground.

    Bad:

        services:
          web:
            build: .
            command: service nginx start

    Good:

        services:
          web:
            build: .
            command: ["nginx", "-g", "daemon off;"]
    """
    # Hits in the corpus: none. The source: docker/docs, on running a container in the background:
    # with `service nginx start`, "the container stops after the command is executed".
    yield from once(_daemons(project))


def _daemons(project: Project) -> Iterator[Finding]:
    for member, lines in run_commands(project, _LEAVING):
        words = lines[-1] if lines else ()
        if not words or any(not word.is_known for word in words):
            continue
        text = " ".join(word.text for word in words)
        is_nginx = text == "nginx" and len(lines) == 1 and _is_plain_nginx(project, member)
        if not is_nginx and _DAEMONS.fullmatch(text) is None:
            continue
        span = Span(words[0].span.start, words[-1].span.end)
        yield find_at(
            project,
            "command-daemon",
            Severity.WARNING,
            words[0].source,
            words[0].source.first_line(span),
            "This starts a server in the background and ends, and Docker ends the container with"
            " it.",
            "Run the server in the foreground, for nginx with \"nginx -g 'daemon off;'\"."
            if "nginx" in text
            else "Run the server itself, in the foreground.",
        )


def _is_plain_nginx(project: Project, member: Member) -> bool:
    """Whether it is the official image, whose settings nobody has replaced."""
    reference = image_of(project, member.node)
    if reference is None or official_name(project, reference) != "nginx":
        return False
    return "entrypoint" not in member.entries and "volumes" not in member.entries


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (command_daemon,)
