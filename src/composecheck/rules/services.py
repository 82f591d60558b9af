"""What every service must have: something to run, and a build that makes sense."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from composecheck.finding import Finding, Related, Severity
from composecheck.nearest import nearest
from composecheck.project.making import with_entries, with_value
from composecheck.project.reading import child, entries_of, text_of
from composecheck.rule import Category, rule
from composecheck.rules.activity import members
from composecheck.rules.definitions import has_unknown_keys, is_whole
from composecheck.rules.fragments import is_incomplete
from composecheck.rules.marks import content_span, once, path_at, related
from composecheck.rules.values import because_blank, blank_variables, give_value, span_of
from composecheck.schema.grammar import compose_file
from composecheck.schema.words import join_or, quoted
from composecheck.yaml.nodes import Mapping, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.project.project import Project
    from composecheck.rules.activity import Member


@rule("service-no-image", Severity.ERROR, Category.COMPOSE)
def service_no_image(project: Project) -> Iterator[Finding]:
    """A service has neither an image nor a build.

    Compose must know what to run: `image` names an image to fetch, `build` the folder with the
    Dockerfile to make one of. It refuses the project if a service has neither, or an empty image.

    Bad:

        services:
          web:
            ports:
              - "8080:80"

    Good:

        services:
          web:
            image: nginx
            ports:
              - "8080:80"
    """
    # Of a fragment, `project-fragment` speaks.
    if not is_whole(project):
        yield from _sections(project)
        return
    for member in members(project):
        if is_incomplete(member):
            # A key that Compose does not know may be the one that is missing.
            if not has_unknown_keys(member.node, "services") and not _is_section(member):
                yield _no_image(member, project)
        elif not {"build", "provider"} & member.entries.keys():
            yield from _empty_image(member, project)


def _sections(project: Project) -> Iterator[Finding]:
    """Yield the services that look like sections of the file, if they alone make it a part of one.

    Where the shape of one is wrong, that is said already, and where it belongs.
    """
    found = {
        member.name: member
        for member in members(project)
        if is_incomplete(member) and _is_section(member)
    }
    section = child(project.root, "services")
    if not found or not isinstance(section, Mapping) or project.root is None:
        return
    entries = dict(entries_of(project.root))
    others = [entry for name, entry in entries_of(section).items() if name not in found]
    entries["services"] = with_value(entries["services"], with_entries(section, others))
    if is_whole(replace(project, root=with_entries(project.root, entries.values()))):
        for member in found.values():
            if member.name not in project.partial_services and not has_unknown_keys(
                member.node, "services"
            ):
                yield _no_image(member, project)


def _is_section(member: Member) -> bool:
    """Whether this looks like a part of the file that is indented too far."""
    return member.name in compose_file().keys


def _no_image(member: Member, project: Project) -> Finding:
    source, span = member.key.source, content_span(member.key)
    return Finding(
        rule="service-no-image",
        severity=member.severity,
        message=f"The service {quoted(member.name)} has neither an image nor a build, so that there"
        f" is nothing to run; {member.refused}.",
        source=source,
        span=span,
        remedy=f'Write {quoted(member.name)} as far to the left as "services" if it is that section'
        ' of the file; else add "image:" or "build:".'
        if _is_section(member)
        else 'Add "image:" with the name of an image, or "build:" with a folder.',
        path=path_at(project, source, span),
    )


def _empty_image(member: Member, project: Project) -> Iterator[Finding]:
    image = member.child("image")
    if not isinstance(image, Scalar) or text_of(image) != "":
        return
    text = project.text(image)
    if not text.equals(""):
        return
    # Of a variable without a value nothing is left, but it is there in the file.
    span = content_span(image) if len(content_span(image)) else image.span
    variables = blank_variables(project, image.source, span)
    if variables:
        span = span_of(variables)
        message = (
            f"{because_blank(project, variables)}, so that the service {quoted(member.name)} has no"
            f" image, and there is no build; {member.refused}."
        )
        remedy = give_value(variables, "…")
    else:
        message = (
            f"The image of the service {quoted(member.name)} is empty, and there is no build;"
            f" {member.refused}."
        )
        remedy = "Write the name of an image."
    yield Finding(
        rule="service-no-image",
        severity=member.severity,
        message=message,
        source=image.source,
        span=span,
        remedy=remedy,
        path=path_at(project, image.source, span),
    )


@rule("build-dockerfile-twice", Severity.ERROR, Category.COMPOSE)
def build_dockerfile_twice(project: Project) -> Iterator[Finding]:
    """A build has both a `dockerfile` and a `dockerfile_inline`.

    One names a file, the other one is its text: Compose refuses to choose.

    Bad:

        services:
          web:
            build:
              context: .
              dockerfile: Dockerfile.web
              dockerfile_inline: |
                FROM nginx

    Good:

        services:
          web:
            build:
              context: .
              dockerfile_inline: |
                FROM nginx
    """
    yield from once(_dockerfiles(project))


def _dockerfiles(project: Project) -> Iterator[Finding]:
    for member in members(project):
        keys = entries_of(member.child("build"))
        file, inline = keys.get("dockerfile"), keys.get("dockerfile_inline")
        if file is None or inline is None:
            continue
        values = (file.value, inline.value)
        texts = [project.text(value) for value in values if isinstance(value, Scalar)]
        if len(texts) < 2 or any(text.may_be_empty for text in texts):
            continue
        source, span = inline.key.source, content_span(inline.key)
        yield Finding(
            rule="build-dockerfile-twice",
            severity=member.severity,
            message=f'"dockerfile_inline" stands beside "dockerfile"; {member.refused}.',
            source=source,
            span=span,
            remedy="Remove one of them.",
            path=path_at(project, source, span),
            related=(related(file.key, 'The "dockerfile".'),),
        )


@rule("build-platform-missing", Severity.ERROR, Category.COMPOSE)
def build_platform_missing(project: Project) -> Iterator[Finding]:
    """A service runs on a platform that its build does not list.

    If `build.platforms` lists the platforms to build for, the `platform` of the service must be
    one of them, spelled just so: Compose refuses the project otherwise.

    Bad:

        services:
          web:
            platform: linux/arm64
            build:
              context: .
              platforms:
                - linux/amd64

    Good:

        services:
          web:
            platform: linux/arm64
            build:
              context: .
              platforms:
                - linux/amd64
                - linux/arm64
    """
    yield from once(_platforms(project))


def _platforms(project: Project) -> Iterator[Finding]:
    for member in members(project):
        wanted = member.child("platform")
        listed = member.child("build", "platforms")
        if not isinstance(wanted, Scalar) or not isinstance(listed, Sequence) or not listed.items:
            continue
        if text_of(wanted) is None:
            continue
        text = project.text(wanted)
        texts = [project.text(item) for item in listed.items if isinstance(item, Scalar)]
        if text.may_be_empty or not text.is_known or not all(other.is_known for other in texts):
            continue
        names = [other.text for other in texts]
        if text.text in names or not is_whole(project):
            continue
        suggestions = tuple(nearest(text.text, names)) or tuple(names[:3])
        yield Finding(
            rule="build-platform-missing",
            severity=member.severity,
            message=f'{quoted(text.text)} is not one of the "platforms" of the build;'
            f" {member.refused}.",
            source=text.source,
            span=text.span,
            remedy=f'Add it to "platforms", or write {join_or(map(quoted, suggestions))}.',
            path=path_at(project, text.source, text.span),
            suggestions=suggestions,
            related=tuple(
                Related(other.source, other.span, f"The build lists {quoted(other.text)}.")
                for other in texts
            ),
        )


@rule("build-context-not-built", Severity.ERROR, Category.COMPOSE)
def build_context_not_built(project: Project) -> Iterator[Finding]:
    """A build uses the image of a service that is not built.

    `service:` under `additional_contexts` names a service of the project that has a `build`. For
    an image from elsewhere, write `docker-image://` before its name. Compose refuses the project
    otherwise.

    Bad:

        services:
          web:
            build:
              context: .
              additional_contexts:
                base: service:base
          base:
            image: nginx

    Good:

        services:
          web:
            build:
              context: .
              additional_contexts:
                base: docker-image://nginx
          base:
            image: nginx
    """
    yield from once(_contexts(project))


def _contexts(project: Project) -> Iterator[Finding]:
    services = project.section("services")
    for member in members(project):
        for entry in entries_of(member.child("build", "additional_contexts")).values():
            node = entry.value
            if not isinstance(node, Scalar) or text_of(node) is None:
                continue
            text = project.text(node)
            name = text[len("service:") :]
            if not text.startswith("service:") or not name.is_known or name.text not in services:
                continue
            service = services[name.text]
            keys = entries_of(service)
            if "build" in keys or name.text in project.partial_services:
                continue
            if not {"image", "provider"} & keys.keys():
                continue  # that it has neither is what is wrong
            if not is_whole(project):
                continue  # another file may say how to build it
            yield Finding(
                rule="build-context-not-built",
                severity=member.severity,
                message=f'The service {quoted(name.text)} has no "build", so that its image cannot'
                f" be used in this one; {member.refused}.",
                source=name.source,
                span=name.span,
                remedy='Write "docker-image://" and the name of the image instead.',
                path=path_at(project, name.source, name.span),
            )


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (
    service_no_image,
    build_dockerfile_twice,
    build_platform_missing,
    build_context_not_built,
)
