"""Volumes, networks, secrets, configs and models that a service uses and nothing defines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Finding, Severity
from composecheck.project.reading import entries_of
from composecheck.rule import Category, rule
from composecheck.rules.activity import members
from composecheck.rules.marks import content_span, path_at
from composecheck.rules.undefined import undefined
from composecheck.rules.uses import (
    attached_networks,
    granted_configs,
    granted_secrets,
    mounted_volumes,
    used_models,
)
from composecheck.schema.words import quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.project.project import Project


@rule("volume-undefined", Severity.ERROR, Category.COMPOSE)
def volume_undefined(project: Project) -> Iterator[Finding]:
    """A service mounts a volume that nothing defines.

    What stands before the first colon is the name of a volume, unless it begins with `.`, `/` or
    `~`: then it is a folder or a file of this machine. So a folder beside the Compose file needs a
    `./` before it. A volume must be defined under `volumes` at the top of the file, if only by its
    name and a colon; Compose refuses the project otherwise.

    Bad:

        services:
          db:
            image: example/db:17
            volumes:
              - data:/var/lib/postgresql/data

    Good:

        services:
          db:
            image: example/db:17
            volumes:
              - data:/var/lib/postgresql/data

        volumes:
          data:
    """
    yield from undefined("volume", "volumes", mounted_volumes, project)


@rule("network-undefined", Severity.ERROR, Category.COMPOSE)
def network_undefined(project: Project) -> Iterator[Finding]:
    """A service is in a network that nothing defines.

    A network must be defined under `networks` at the top of the file, if only by its name and a
    colon; with `external: true` if something else creates it. Only the network `default` is there
    by itself. Compose refuses the project otherwise.

    Bad:

        services:
          web:
            image: nginx
            networks:
              - front

    Good:

        services:
          web:
            image: nginx
            networks:
              - front

        networks:
          front:
    """
    yield from undefined("network", "networks", attached_networks, project)


@rule("network-name-ignored", Severity.ERROR, Category.COMPOSE)
def network_name_ignored(project: Project) -> Iterator[Finding]:
    """A service is in a network whose name begins with `x-`.

    Compose takes such a name for a key of your own, and not for a network. It then looks for a
    network that does not exist, and refuses the project, even if the network is defined.

    Bad:

        services:
          web:
            image: nginx
            networks:
              - x-front
        networks:
          x-front:

    Good:

        services:
          web:
            image: nginx
            networks:
              - front
        networks:
          front:
    """
    yield from _ignored(project, "networks", "network-name-ignored")


@rule("model-name-ignored", Severity.ERROR, Category.COMPOSE)
def model_name_ignored(project: Project) -> Iterator[Finding]:
    """A service uses a model whose name begins with `x-`.

    Compose takes such a name for a key of your own, and not for a model. It then looks for a model
    that does not exist, and refuses the project.

    Bad:

        services:
          web:
            image: nginx
            models:
              - x-large

    Good:

        services:
          web:
            image: nginx
            models:
              - large
        models:
          large:
            model: ai/smollm2
    """
    if not any(name.startswith("x-") for name in project.section("models")):
        # Else that very model is there, though nothing is left of it (measured).
        yield from _ignored(project, "models", "model-name-ignored")


def _ignored(project: Project, section: str, rule: str) -> Iterator[Finding]:
    what = section.removesuffix("s")
    for member in members(project):
        for key, entry in entries_of(member.child(section)).items():
            if key.startswith("x-"):
                source, span = entry.key.source, content_span(entry.key)
                yield Finding(
                    rule=rule,
                    severity=member.severity,
                    message=f'{quoted(key)} begins with "x-", so that Compose does not take it for'
                    f" a {what} here; {member.refused}.",
                    source=source,
                    span=span,
                    remedy=f'Give the {what} a name that does not begin with "x-".',
                    path=path_at(project, source, span),
                )


@rule("secret-undefined", Severity.ERROR, Category.COMPOSE)
def secret_undefined(project: Project) -> Iterator[Finding]:
    """A service, or its build, uses a secret that nothing defines.

    A secret must be defined under `secrets` at the top of the file, with the `file` or the variable
    (`environment`) that it comes from. Compose refuses the project otherwise.

    Bad:

        services:
          db:
            image: example/db:17
            secrets:
              - db_pasword
        secrets:
          db_password:
            file: ./db_password.txt

    Good:

        services:
          db:
            image: example/db:17
            secrets:
              - db_password
        secrets:
          db_password:
            file: ./db_password.txt
    """
    yield from undefined("secret", "secrets", granted_secrets, project)


@rule("config-undefined", Severity.ERROR, Category.COMPOSE)
def config_undefined(project: Project) -> Iterator[Finding]:
    """A service uses a config that nothing defines.

    A config must be defined under `configs` at the top of the file, with what it comes from: a
    `file`, a variable (`environment`) or its `content`. Compose refuses the project otherwise.

    Bad:

        services:
          web:
            image: nginx
            configs:
              - ngnix
        configs:
          nginx:
            file: ./nginx.conf

    Good:

        services:
          web:
            image: nginx
            configs:
              - nginx
        configs:
          nginx:
            file: ./nginx.conf
    """
    yield from undefined("config", "configs", granted_configs, project)


@rule("model-undefined", Severity.ERROR, Category.COMPOSE)
def model_undefined(project: Project) -> Iterator[Finding]:
    """A service uses a model that nothing defines.

    A model must be defined under `models` at the top of the file. Compose refuses the project
    otherwise.

    Bad:

        services:
          chat:
            image: example/chat
            models:
              - smolm
        models:
          smollm:
            model: ai/smollm2

    Good:

        services:
          chat:
            image: example/chat
            models:
              - smollm
        models:
          smollm:
            model: ai/smollm2
    """
    yield from undefined("model", "models", used_models, project)


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (
    volume_undefined,
    network_undefined,
    network_name_ignored,
    secret_undefined,
    config_undefined,
    model_undefined,
    model_name_ignored,
)
