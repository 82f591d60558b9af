"""What stands under `volumes`, `networks`, `secrets` and `configs` at the top of the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Finding, Severity
from composecheck.project.problem import Fault
from composecheck.project.reading import child, entries_of, is_null, value_of
from composecheck.rule import Category, rule
from composecheck.rules.activity import refused
from composecheck.rules.definitions import is_sound, is_whole
from composecheck.rules.marks import content_span, once, path_at, related
from composecheck.schema.grammar import compose_file
from composecheck.schema.words import join_and, join_or, quoted
from composecheck.yaml.nodes import Scalar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from composecheck.project.project import Project
    from composecheck.yaml.nodes import Entry

_SOURCES = {
    "secrets": ("file", "environment"),
    "configs": ("file", "environment", "content"),
}


@rule("source-missing", Severity.ERROR, Category.COMPOSE)
def source_missing(project: Project) -> Iterator[Finding]:
    """A secret or a config does not say where it comes from.

    A secret comes from a `file` or from a variable (`environment`); a config from one of these, or
    its `content` stands in the file. What exists elsewhere is `external: true`. Compose refuses the
    project otherwise, even if no service uses it.

    Bad:

        services:
          db:
            image: example/db:17
            secrets: [password]
        secrets:
          password:
            name: db_password

    Good:

        services:
          db:
            image: example/db:17
            secrets: [password]
        secrets:
          password:
            name: db_password
            file: ./password.txt
    """
    if is_whole(project):
        yield from once(found for part in project.parts for found in _missing(part))


def _missing(project: Project) -> Iterator[Finding]:
    for section, sources in _SOURCES.items():
        for name, entry in _entries(project, section).items():
            keys = entries_of(entry.value)
            shape = compose_file().child(section)
            shape = shape.child(name) if shape else None
            if shape is None or any(shape.child(key) is None for key in keys):
                continue  # one of those may be meant for what is missing
            if not is_sound(project, section, name):
                continue  # the schema refuses that, and says so
            written = [key for key in sources if key in keys]
            # Of what is included, Compose asks less by itself than of the whole.
            asks_less = section == "configs" or project.is_included
            if written or (asks_less and not {"external", "driver"}.isdisjoint(keys)):
                if asks_less or not _is_empty(project, keys, written):
                    continue
            elif "external" in keys and value_of(keys["external"].value) is not False:
                continue
            what = section.removesuffix("s")
            source, span = entry.key.source, content_span(entry.key)
            yield Finding(
                rule="source-missing",
                severity=Severity.ERROR,
                message=f"The {what} {quoted(name)} does not say where it comes from; {refused()}.",
                source=source,
                span=span,
                remedy=f'Add {join_or(map(quoted, sources))}; or "external: true" if it exists'
                " outside of this project.",
                path=path_at(project, source, span),
            )


def _is_empty(project: Project, keys: Mapping[str, Entry], written: list[str]) -> bool:
    """Whether a secret comes from a variable without a name, and nothing else; see `Fault`."""
    if written != ["environment"]:
        return False
    external = keys.get("external")
    if external is not None and value_of(external.value) is not False:
        return False
    value = keys["environment"].value
    return isinstance(value, Scalar) and project.text(value).equals("")


@rule("source-twice", Severity.ERROR, Category.COMPOSE)
def source_twice(project: Project) -> Iterator[Finding]:
    """A secret or a config comes from several places at once.

    Only one of `file`, `environment` and (for a config) `content` may be there. Compose refuses the
    project otherwise, even if no service uses it.

    Bad:

        services:
          db:
            image: example/db:17
            secrets: [password]
        secrets:
          password:
            file: ./password.txt
            environment: PASSWORD

    Good:

        services:
          db:
            image: example/db:17
            secrets: [password]
        secrets:
          password:
            file: ./password.txt
    """
    yield from once(found for part in project.parts for found in _twice(part))


def _twice(project: Project) -> Iterator[Finding]:
    for section, sources in _SOURCES.items():
        for name, entry in _entries(project, section).items():
            keys = entries_of(entry.value)
            written = sorted(
                (keys[key] for key in sources if key in keys),
                key=lambda found: (found.key.source.name, found.key.start),
            )
            if len(written) < 2:
                continue
            names = join_and(quoted(_name(found)) for found in written)
            second = written[1].key
            source, span = second.source, content_span(second)
            yield Finding(
                rule="source-twice",
                severity=Severity.ERROR,
                message=f"The {section.removesuffix('s')} {quoted(name)} comes from {names} at"
                f" once; {refused()}.",
                source=source,
                span=span,
                remedy="Keep one of them.",
                path=path_at(project, source, span),
                related=tuple(
                    related(found.key, f"The {quoted(_name(found))}.")
                    for found in written
                    if found.key is not second
                ),
            )


def _name(entry: Entry) -> str:
    return entry.key.text if isinstance(entry.key, Scalar) else ""


@rule("volume-external-keys", Severity.ERROR, Category.COMPOSE)
def volume_external_keys(project: Project) -> Iterator[Finding]:
    """A volume is external, and yet it says how to create it.

    With `external: true`, Compose looks for a volume that exists, and creates none. Only `name` may
    stand beside it; with anything else, Compose refuses the project.

    Bad:

        services:
          db:
            image: postgres:17
            volumes:
              - data:/var/lib/postgresql/data
        volumes:
          data:
            external: true
            driver: local

    Good:

        services:
          db:
            image: postgres:17
            volumes:
              - data:/var/lib/postgresql/data
        volumes:
          data:
            external: true
    """
    yield from once(found for part in project.parts for found in _keys_of_external(part))


def _keys_of_external(project: Project) -> Iterator[Finding]:
    for entry in _entries(project, "volumes").values():
        keys = entries_of(entry.value)
        external = keys.get("external")
        if external is None or value_of(external.value) is not True:
            continue
        others = {
            key: found
            for key, found in keys.items()
            if key not in ("name", "external") and not key.startswith("x-")
        }
        shape = compose_file().child("volumes")
        shape = shape.child("x") if shape else None
        if not others or shape is None or any(shape.child(key) is None for key in others):
            continue
        if any(is_null(found.value) for found in others.values()):
            continue  # the schema refuses that, and says so
        first, *more = others.values()
        source, span = first.key.source, content_span(first.key)
        names = join_and(map(quoted, others))
        verb = "stands" if len(others) == 1 else "stand"
        yield Finding(
            rule="volume-external-keys",
            severity=Severity.ERROR,
            message=f'{names} {verb} beside "external: true", with which Compose creates no'
            f" volume; {refused()}.",
            source=source,
            span=span,
            remedy=f'Remove {names}; or remove "external" if Compose shall create the volume.',
            path=path_at(project, source, span),
            related=(
                related(external.key, 'The "external".'),
                *(related(found.key, "This, too.") for found in more),
            ),
        )


@rule("external-names-differ", Severity.ERROR, Category.COMPOSE)
def external_names_differ(project: Project) -> Iterator[Finding]:
    """Something external has two names that are not the same.

    `external: {name: …}` is the old way to write `external: true` with a `name` beside it. If both
    are there and differ, Compose refuses the project.

    Bad:

        services:
          web:
            image: nginx
            networks: [front]
        networks:
          front:
            name: front
            external:
              name: proxy

    Good:

        services:
          web:
            image: nginx
            networks: [front]
        networks:
          front:
            name: proxy
            external: true
    """
    for problem in project.problems:
        if problem.fault is not Fault.EXTERNAL_NAMES_DIFFER or problem.may_be:
            continue
        if problem.source is None or problem.span is None:
            continue
        name = child(project.root, *map(str, problem.path[:2]), "name") if project.root else None
        texts = [problem.source.slice(problem.span)]
        if isinstance(name, Scalar):
            texts.append(name.source.slice(name.span))
        if not project.call.is_here and any("$" in text for text in texts):
            continue  # the variables may make them the same
        yield Finding(
            rule="external-names-differ",
            severity=Severity.ERROR,
            message=f'This name is not the "name" that stands beside "external"; {refused()}.',
            source=problem.source,
            span=problem.span,
            remedy='Write "external: true", and the name only once, in "name".',
            path=path_at(project, problem.source, problem.span),
            related=() if name is None else (related(name, 'The "name".'),),
        )


def _entries(project: Project, section: str) -> Mapping[str, Entry]:
    return entries_of(child(project.root, section)) if project.root else {}


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (
    source_missing,
    source_twice,
    volume_external_keys,
    external_names_differ,
)
