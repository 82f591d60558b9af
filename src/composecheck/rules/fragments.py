"""Files that are made to be laid over another one, and make no project by themselves."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from composecheck.expressions import expression
from composecheck.finding import Finding, Severity
from composecheck.project.call import BASE_NAMES
from composecheck.project.reading import entries_of, text_of
from composecheck.rule import Category, rule
from composecheck.rules.activity import members
from composecheck.rules.marks import content_span, path_at, related
from composecheck.schema.words import more

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.project.project import Project
    from composecheck.rules.activity import Member

_OVERRIDE_NAME = expression(r".*[-._]override(?:[-._].*)?\.ya?ml", re.IGNORECASE)
_VARIANT_NAME = expression(r"(?:docker-)?compose[-._].+\.ya?ml", re.IGNORECASE)

_PLATFORM_SERVICES = {"app_proxy": ("Umbrel", "APP_HOST")}
"""Services that a platform completes: which one, and a variable that its apps set there."""


@rule("project-fragment", Severity.NOTE, Category.COMPOSE)
def project_fragment(project: Project) -> Iterator[Finding]:
    """A file that looks like a part of a project: another file has to supply what it lacks.

    Alone, Compose refuses it, since a service needs an image or a build. That is as it should be
    if the file is laid over another one: check them together, in the order in which Compose takes
    them, such as `composecheck check -f compose.yaml -f compose.prod.yaml`.

    A file counts as a part if it is checked alone, if one of its services has neither an image nor
    a build, and if its name says so (`compose.override.yaml`); or if half of its services or more
    have neither, and these are at least two, or the name has something in it that the names which
    Compose looks for have not (`compose.prod.yaml`). So does a file with a service that a platform
    completes: the `app_proxy` of Umbrel.

    Bad:

        services:
          web:
            environment:
              DEBUG: "1"
          worker:
            environment:
              DEBUG: "1"

    Good:

        services:
          web:
            image: nginx
            environment:
              DEBUG: "1"
          worker:
            image: nginx
            environment:
              DEBUG: "1"
    """
    if not is_fragment(project):
        return
    incomplete = incomplete_services(project)
    if not incomplete:
        return
    first, *others = incomplete
    names = more([member.name for member in incomplete], "services")
    platform = next(filter(None, map(_platform, incomplete)), "")
    lacks, them = ("has", "it") if not others else ("have", "them")
    off = "" if any(not member.profile for member in incomplete) else first.profile
    alone = f'Alone, Compose refuses this file with "--profile {off}".' if off else _ALONE
    if platform:
        message = (
            f"{names} {lacks} neither an image nor a build: {platform} adds what is missing."
            f" {alone}"
        )
    else:
        message = (
            f"This looks like a part of a project: {names} {lacks} neither an image nor a build, so"
            f" that another file must supply {them}. {alone}"
        )
    span = content_span(first.key)
    yield Finding(
        rule="project-fragment",
        severity=Severity.NOTE,
        message=message,
        source=first.key.source,
        span=span,
        remedy=""
        if platform
        else "Check it together with the file that it belongs to, each after a -f.",
        path=path_at(project, first.key.source, span),
        related=tuple(related(member.key, "This service, too.") for member in others),
    )


_ALONE = "Alone, Compose refuses this file."


def is_fragment(project: Project) -> bool:
    """Tell whether the project is one file that was made to be laid over another.

    See `project_fragment` for how that is known. Never so where the question is what Compose does
    here and now: it refuses.
    """
    if project.call.is_here or len(project.call.files) != 1 or not project.files:
        return False
    if project.call.is_part:
        return True
    path = project.files[0].path
    name = (path.name if path else project.files[0].document.source.name).rpartition("/")[2]
    if _OVERRIDE_NAME.fullmatch(name):
        return True
    incomplete = incomplete_services(project)
    if any(map(_platform, incomplete)):
        return True
    least = 1 if _VARIANT_NAME.fullmatch(name) and name.lower() not in BASE_NAMES else 2
    count = len(project.section("services"))
    return len(incomplete) >= least and 2 * len(incomplete) >= count


def incomplete_services(project: Project) -> list[Member]:
    """Return the services that have neither `image` nor `build`, on or not."""
    return [member for member in members(project) if is_incomplete(member)]


def is_incomplete(member: Member) -> bool:
    """Whether nothing says which image a service runs."""
    return not {"image", "build", "provider"} & member.entries.keys()


def _platform(member: Member) -> str:
    """Return the name of the platform that completes this service, or nothing."""
    platform, variable = _PLATFORM_SERVICES.get(member.name, ("", ""))
    if not platform:
        return ""
    environment = member.child("environment")
    names = set(entries_of(environment))
    if environment is not None and not names:
        items = getattr(environment, "items", ())
        names = {(text_of(item) or "").partition("=")[0] for item in items}
    return platform if variable in names else ""


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (project_fragment,)
