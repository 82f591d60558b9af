"""Rules on tests of health that need a program which the image does not have."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from composecheck.expressions import expression
from composecheck.finding import Severity
from composecheck.knowledge.image_programs import lacks
from composecheck.language.healthcheck_tests import (
    HealthcheckTest,
    Kind,
    read_healthcheck_test,
)
from composecheck.rule import Category, rule
from composecheck.rules.activity import members
from composecheck.rules.marks import once
from composecheck.rules.official_images import image_of, official_name
from composecheck.rules.places import find_at
from composecheck.schema.words import quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.finding import Finding
    from composecheck.language.traced import Traced
    from composecheck.project.project import Project
    from composecheck.rules.activity import Member


@rule("healthcheck-program", Severity.WARNING, Category.RUNTIME)
def healthcheck_program(project: Project) -> Iterator[Finding]:
    """A test of health needs a program that the image does not have.

    The test is run in the container, with what is in there. Images on Alpine Linux have no `curl`,
    and those that are called slim have no `wget` either. The program is not found, and the
    container is never healthy. Test with what there is: `wget`, or the language of the image.

    Bad:

        services:
          web:
            image: python:3.13-alpine
            command: python -m shop
            healthcheck:
              test: ["CMD", "curl", "-f", "http://localhost:8000"]

    Good:

        services:
          web:
            image: python:3.13-alpine
            command: python -m shop
            healthcheck:
              test: ["CMD", "wget", "-q", "--spider", "http://localhost:8000"]
    """
    # Hits in the corpus: none. The source: BerriAI/litellm, issue 9295, and dunglas/mercure, issue
    # 1004, of containers that were never healthy; and the Dockerfiles of the images.
    yield from once(_absent_programs(project))


def _absent_programs(project: Project) -> Iterator[Finding]:
    for member in members(project):
        node = member.child("healthcheck", "test")
        test = None if node is None else read_healthcheck_test(node, project.text)
        program = _program_of(test) if isinstance(test, HealthcheckTest) else None
        if program is None or _may_install(member, program.shape):
            continue
        reference = image_of(project, member.node)
        image = None if reference is None else official_name(project, reference)
        if reference is None or image is None or (reference.tag is None and reference.may_have_tag):
            continue
        tag = "" if reference.tag is None else reference.tag.shape
        if reference.digest is not None or not lacks(image, tag, program.shape):
            continue
        shown = f"{image}:{tag}" if tag else image
        other = _program_in(image, tag)
        yield find_at(
            project,
            "healthcheck-program",
            Severity.WARNING,
            program.source,
            program.span,
            f"There is no {quoted(program.shape)} in the image {quoted(shown)}: the test fails each"
            " time, and the container is never healthy.",
            f"Test with {quoted(other)}, which it has."
            if other and other != program.shape
            else "Test with a program that it has, or build an image that has this one.",
        )


def _program_in(image: str, tag: str) -> str:
    """Return a program that the image certainly has, and that can ask for a page; or nothing."""
    if image in ("alpine", "busybox", "traefik") or "alpine" in tag:
        return "wget"
    return image if image in ("node", "python") else ""


_FIRST = expression(r"\s*(curl|wget)(?=\s)")


def _program_of(test: HealthcheckTest) -> Traced | None:
    """Return the program that a test runs first, if it is one of those in question."""
    if test.kind not in (Kind.COMMAND, Kind.SHELL) or not test.words:
        return None
    first = test.words[0]
    if test.kind is Kind.COMMAND:
        return first if first.shape in ("curl", "wget") and len(test.words) > 1 else None
    match = _FIRST.match(first.shape)
    # Behind "||", there may be another program for the case that this one is not there.
    if match is None or re.search(r"\|\|(?!\s*(?:exit|false))", first.shape):
        return None
    return first[match.start(1) : match.end(1)]


def _may_install(member: Member, program: str) -> bool:
    """Whether the service may get the program when it starts, or by way of a mount."""
    for key in ("command", "entrypoint", "post_start", "volumes"):
        node = member.child(key)
        written = "" if node is None else node.source.slice(node.span)
        if program in written or "apk " in written or "apt" in written or "/bin" in written:
            return True
    return False


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (healthcheck_program,)
