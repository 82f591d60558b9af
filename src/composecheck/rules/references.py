"""Volumes, networks, secrets, configs and models that a service uses and nothing defines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Finding, Fix, Related, Safety, Severity
from composecheck.language.names import is_resource_name
from composecheck.language.traced import known
from composecheck.nearest import nearest
from composecheck.project.reading import child, entries_of
from composecheck.rule import Category, rule
from composecheck.rules.activity import members
from composecheck.rules.definitions import defining, is_sound, is_whole
from composecheck.rules.marks import content_span, path_at, replacing
from composecheck.rules.paths import as_path
from composecheck.rules.uses import (
    Use,
    attached_networks,
    granted_configs,
    granted_secrets,
    mounted_volumes,
    used_models,
)
from composecheck.schema.words import join_or, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from composecheck.project.project import Project
    from composecheck.rules.activity import Member


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
            image: postgres:17
            volumes:
              - data:/var/lib/postgresql/data

    Good:

        services:
          db:
            image: postgres:17
            volumes:
              - data:/var/lib/postgresql/data

        volumes:
          data:
    """
    yield from _undefined("volume", "volumes", mounted_volumes, project)


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
    yield from _undefined("network", "networks", attached_networks, project)


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
    for member in members(project):
        for key, entry in entries_of(child(member.node, "networks")).items():
            if key.startswith("x-"):
                name = known(entry.key.source, key, content_span(entry.key))
                yield Finding(
                    rule="network-name-ignored",
                    severity=member.severity,
                    message=f'{quoted(key)} begins with "x-", so that Compose does not take it for'
                    f" a network here; {member.refused}.",
                    source=name.source,
                    span=name.span,
                    remedy='Give the network a name that does not begin with "x-".',
                    path=path_at(project, name.source, name.span),
                )


@rule("secret-undefined", Severity.ERROR, Category.COMPOSE)
def secret_undefined(project: Project) -> Iterator[Finding]:
    """A service, or its build, uses a secret that nothing defines.

    A secret must be defined under `secrets` at the top of the file, with the `file` or the variable
    (`environment`) that it comes from. Compose refuses the project otherwise.

    Bad:

        services:
          db:
            image: postgres:17
            secrets:
              - db_pasword
        secrets:
          db_password:
            file: ./db_password.txt

    Good:

        services:
          db:
            image: postgres:17
            secrets:
              - db_password
        secrets:
          db_password:
            file: ./db_password.txt
    """
    yield from _undefined("secret", "secrets", granted_secrets, project)


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
    yield from _undefined("config", "configs", granted_configs, project)


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
    yield from _undefined("model", "models", used_models, project)


def _undefined(
    what: str, section: str, uses_of: Callable[[Member, Project], Iterable[Use]], project: Project
) -> Iterator[Finding]:
    """Yield a finding for each name that is used and not defined, at its first use."""
    defined = project.section(section)
    missing: dict[str, dict[tuple[int, int], Use]] = {}
    for member in members(project):
        for use in uses_of(member, project):
            if use.name.is_known and use.name.text not in defined:
                place = (id(use.name.source), use.span.start)
                missing.setdefault(use.name.text, {}).setdefault(place, use)
    if not missing or not is_whole(project) or not is_sound(project, section):
        return
    for name, uses in missing.items():
        yield _finding(what, section, name, list(uses.values()), project)


def _finding(what: str, section: str, name: str, uses: list[Use], project: Project) -> Finding:
    use, member = uses[0], uses[0].member
    source, span = use.name.source, use.span
    place = f'"{section}:" at the top of the file'
    suggestions: tuple[str, ...] = ()
    fix = None
    path = as_path(name, use.target) if use.target is not None else None
    if not name:
        message = f"There is no name of a {what} here; {member.refused}."
        remedy = f'Write in "source" which {what} it is.'
    elif path is not None:
        message = (
            f"{quoted(name)} is the name of a volume to Compose, since it begins with none of"
            f' ".", "/" and "~", and no such volume is defined; {member.refused}.'
        )
        suggestions = path.suggestions
        remedy = f"If it is a path, write {join_or(map(quoted, suggestions))}."
        safety = Safety.SAFE if path.is_certain else Safety.UNSAFE
        fix = _renaming(project, uses, suggestions[0], safety)
    else:
        message = f"The {what} {quoted(name)} is not defined; {member.refused}."
        # A name that is there already cannot be meant a second time; a volume can.
        taken: set[str] = set()
        if section in ("networks", "models"):
            taken.update(*(entries_of(child(use.member.node, section)) for use in uses))
        candidates = [other for other in project.section(section) if other not in taken]
        suggestions = tuple(nearest(name, candidates))
        if suggestions:
            remedy = f"Write {join_or(map(quoted, suggestions))}, or define it under {place}."
            fix = _renaming(project, uses, suggestions[0], Safety.UNSAFE)
        elif is_resource_name(name):
            remedy = f"Define it under {place}."
            if section in ("volumes", "networks"):
                fix = defining(project, section, name, source)
        elif what == "volume" and "/" in name:
            remedy = 'Write "type: bind" if it is a path, else the name of a volume.'
        else:
            remedy = (
                f'Use a name of letters, digits, ".", "_" and "-", and define it under {place}.'
            )
    return Finding(
        rule=f"{what}-undefined",
        severity=member.severity,
        message=message,
        source=source,
        span=span,
        remedy=remedy,
        path=path_at(project, source, span),
        suggestions=suggestions,
        related=tuple(
            Related(other.name.source, other.span, f"{quoted(other.member.name)} uses it, too.")
            for other in uses[1:]
        ),
        fix=fix,
    )


def _renaming(project: Project, uses: list[Use], text: str, safety: Safety) -> Fix | None:
    """Return the fix that writes `text` in all places; None if one of them cannot be edited."""
    edits = [replacing(project, use.name, text) for use in uses]
    known_edits = tuple(edit for edit in edits if edit is not None)
    if len(known_edits) < len(edits):
        return None
    return Fix(f"Write {quoted(text)}", safety, known_edits)


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (
    volume_undefined,
    network_undefined,
    network_name_ignored,
    secret_undefined,
    config_undefined,
    model_undefined,
)
