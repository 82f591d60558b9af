"""Rules on waiting for other services, where what is waited for never comes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Fix, Related, Safety, Severity
from composecheck.language.dependencies import Condition, read_dependencies
from composecheck.language.healthcheck_tests import (
    HealthcheckTest,
    Kind,
    read_healthcheck_test,
)
from composecheck.language.restart_policies import Policy, RestartPolicy, parse_restart_policy
from composecheck.project.reading import child, entries_of, text_of, value_of
from composecheck.rule import Category, rule
from composecheck.rules.activity import members
from composecheck.rules.marks import content_span, is_shared, once, path_at
from composecheck.rules.places import find_at, replacement
from composecheck.rules.untested_images import untested_image
from composecheck.schema.words import quoted
from composecheck.yaml.nodes import Mapping, Scalar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.finding import Finding
    from composecheck.language.dependencies import Dependency
    from composecheck.project.project import Project
    from composecheck.rules.activity import Member
    from composecheck.yaml.nodes import Node


@rule("dependency-never-healthy", Severity.WARNING, Category.RUNTIME)
def dependency_never_healthy(project: Project) -> Iterator[Finding]:
    """A service waits until another one is healthy, but nothing tests the health of that.

    `condition: service_healthy` needs a test of health: a `healthcheck` of the service, or one that
    its image brings. Without one, `docker compose up` stops with "has no healthcheck configured",
    and the service that waits is not started. Docker's official images bring none. Add a
    `healthcheck`, or wait for `service_started` only.

    Bad:

        services:
          web:
            build: .
            depends_on:
              db:
                condition: service_healthy
          db:
            image: mongo:17

    Good:

        services:
          web:
            build: .
            depends_on:
              db:
                condition: service_healthy
          db:
            image: mongo:17
            healthcheck:
              test: ["CMD-SHELL", "pg_isready --username postgres"]
    """
    # Hits in the corpus: one. The source: docker/compose, `isServiceHealthy` in
    # `pkg/compose/convergence.go`; with `required: false`, it goes on.
    yield from once(_never_healthy(project))


def _never_healthy(project: Project) -> Iterator[Finding]:
    for member, dependency, other in _waits(project, Condition.HEALTHY):
        if dependency.is_required is not True:
            continue  # without which Compose goes on
        name = dependency.service.text
        reason = _why_untested(project, other)
        if reason is None:
            continue
        clause, place = reason
        assert dependency.condition_span is not None
        yield find_at(
            project,
            "dependency-never-healthy",
            Severity.WARNING,
            dependency.service.source,
            dependency.condition_span,
            f"{quoted(member.name)} waits until {quoted(name)} is healthy, but nothing tests that:"
            f' {clause}. "docker compose up" stops here, and does not start {quoted(member.name)}.',
            f'Give {quoted(name)} a "healthcheck" with a "test", or write "service_started".',
            related=() if place is None else (place,),
        )


def _why_untested(project: Project, service: Node) -> tuple[str, Related | None] | None:
    """Return why the health of a service is not tested, as a clause, or None if it may be."""
    keys = entries_of(service)
    check = keys.get("healthcheck")
    if check is not None and entries_of(check.value):
        node = child(check.value, "disable")
        if node is not None and value_of(node) is True:
            return "its test is switched off", _related(node, "It is switched off here.")
        test_node = child(check.value, "test")
        test = None if test_node is None else read_healthcheck_test(test_node, project.text)
        if test_node is not None:
            if isinstance(test, HealthcheckTest) and test.kind is Kind.NONE:
                return "its test is switched off", _related(test_node, "It is switched off here.")
            return None
    image = untested_image(project, service)
    if image is None:
        return None
    place = _related(keys["image"].value, "This image brings no test of its health.")
    what = 'it has no "healthcheck"' if check is None else 'its "healthcheck" has no "test"'
    return f"{what}, and the image {quoted(image)} brings none", place


def _related(node: Node, message: str) -> Related:
    return Related(node.source, content_span(node), message)


@rule("dependency-never-completed", Severity.WARNING, Category.RUNTIME)
def dependency_never_completed(project: Project) -> Iterator[Finding]:
    """A service waits until another one has ended, but Docker starts that again each time.

    `condition: service_completed_successfully` waits for the end of a container. With the policy
    `always` or `unless-stopped`, Docker starts the container again as soon as it has ended, so that
    it never counts as completed, and does its work over and over. Remove the policy, or write
    `on-failure`.

    Bad:

        services:
          web:
            build: .
            depends_on:
              migrate:
                condition: service_completed_successfully
          migrate:
            image: example/migrate
            restart: always

    Good:

        services:
          web:
            build: .
            depends_on:
              migrate:
                condition: service_completed_successfully
          migrate:
            image: example/migrate
            restart: on-failure
    """
    # The source beside the corpus: docker/compose, `pkg/compose/convergence.go`, where only the
    # state "exited" counts.
    yield from once(_never_completed(project))


_FOREVER = (Policy.ALWAYS, Policy.UNLESS_STOPPED)


def _never_completed(project: Project) -> Iterator[Finding]:
    for member, dependency, other in _waits(project, Condition.COMPLETED):
        name = dependency.service.text
        node = child(other, "restart")
        if not isinstance(node, Scalar) or text_of(node) is None:
            continue
        if child(other, "deploy", "restart_policy") is not None:
            continue  # which counts instead
        policy = parse_restart_policy(project.text(node))
        if not isinstance(policy, RestartPolicy) or policy.policy not in _FOREVER:
            continue
        assert dependency.condition_span is not None
        yield find_at(
            project,
            "dependency-never-completed",
            Severity.WARNING,
            dependency.service.source,
            dependency.condition_span,
            f"{quoted(member.name)} waits until {quoted(name)} has completed, which never comes:"
            f" with {quoted(f'restart: {policy.policy.value}')}, Docker starts it again each time.",
            f'Remove "restart" from {quoted(name)}, or write "restart: on-failure" there.',
            related=(_related(node, f"The policy of {quoted(name)}."),),
            fix=_let_it_end(project, node, policy.policy.value),
        )


def _let_it_end(project: Project, node: Scalar, written: str) -> Fix | None:
    """Return the fix that lets a service be started again after failures only."""
    span = content_span(node)
    if is_shared(project, node.source, span):
        return None  # others may be meant to run for good
    fix = replacement(project, node.source, span, written, "on-failure", Safety.UNSAFE)
    if fix is None:
        return None
    path = path_at(project, node.source, span)
    return Fix('Write "restart: on-failure"', fix.safety, fix.edits, (path,))


def _waits(project: Project, condition: Condition) -> Iterator[tuple[Member, Dependency, Node]]:
    """Yield each place where a service waits for `condition` of another one."""
    services = project.section("services")
    for member in members(project):
        node = member.child("depends_on")
        if not isinstance(node, Mapping) or not _mentions(node, condition):
            continue
        for dependency in read_dependencies(node, project.text):
            if dependency.condition is not condition or dependency.condition_span is None:
                continue
            if not dependency.service.is_known:
                continue
            name = dependency.service.text
            is_partial = name in project.partial_services
            if isinstance(services.get(name), Mapping) and not is_partial:
                yield member, dependency, services[name]


def _mentions(node: Mapping, condition: Condition) -> bool:
    return any(
        text_of(child(entry.value, "condition")) == condition.value for entry in node.entries
    )


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (
    dependency_never_healthy,
    dependency_never_completed,
)
