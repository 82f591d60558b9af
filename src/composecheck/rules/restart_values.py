"""Rules on when Docker starts a container again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Related, Safety, Severity
from composecheck.language.restart_policies import (
    Fault,
    InvalidRestartPolicy,
    Policy,
    RestartPolicy,
    parse_restart_policy,
)
from composecheck.nearest import nearest
from composecheck.project.reading import entries_of, is_null, text_of
from composecheck.rule import Category, rule
from composecheck.rules.activity import members
from composecheck.rules.marks import content_span, once
from composecheck.rules.places import find_at, replacement
from composecheck.schema.words import join_or, quoted
from composecheck.yaml.nodes import Mapping, Scalar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.finding import Finding
    from composecheck.language.traced import Traced
    from composecheck.project.project import Project
    from composecheck.yaml.nodes import Node

_POLICIES = tuple(policy.value for policy in Policy)

_OTHER_WORDS = {
    "true": "always",
    "yes": "always",
    "on": "always",
    "false": "no",
    "off": "no",
    "never": "no",
    "unless-stop": "unless-stopped",
    "unless-stopped-or-failure": "unless-stopped",
    "on-fail": "on-failure",
    "on-error": "on-failure",
}


@rule("restart-unknown", Severity.WARNING, Category.RUNTIME)
def restart_unknown(project: Project) -> Iterator[Finding]:
    """A policy under `restart` that Docker does not know.

    Compose takes any text, and Docker then refuses to create the container. The policies are `no`,
    `always`, `unless-stopped` and `on-failure`, which may have a number of attempts behind it:
    `on-failure:3`.

    Bad:

        services:
          web:
            image: nginx
            restart: allways

    Good:

        services:
          web:
            image: nginx
            restart: always
    """
    # Hits in the corpus: none. The source: moby, `api/types/container`, which refuses it by name.
    yield from once(_unknown(project))


def _unknown(project: Project) -> Iterator[Finding]:
    for node, text in _policies(project):
        wrong = parse_restart_policy(text)
        if not isinstance(wrong, InvalidRestartPolicy) or wrong.fault is not Fault.UNKNOWN:
            continue
        meant = _meant(wrong.text)
        fix = None
        if meant:
            fix = replacement(project, node.source, wrong.span, wrong.text, meant, Safety.UNSAFE)
        yield find_at(
            project,
            "restart-unknown",
            Severity.WARNING,
            node.source,
            wrong.span if len(wrong.span) else node.span,
            f"Docker knows no policy {quoted(wrong.text)}, and refuses to create the container.",
            f"Write {quoted(meant)}." if meant else f"Write {join_or(map(quoted, _POLICIES))}.",
            suggestions=(meant,) if meant else (),
            fix=fix,
        )


def _meant(written: str) -> str:
    word = written.strip().lower().replace("_", "-").replace(" ", "-")
    if word in _POLICIES:
        return word
    return _OTHER_WORDS.get(word) or next(iter(nearest(word, _POLICIES)), "")


@rule("restart-retries", Severity.WARNING, Category.RUNTIME)
def restart_retries(project: Project) -> Iterator[Finding]:
    """A number of attempts behind a policy that takes none, or something that is no number.

    Only `on-failure` may have a number behind it, which is not below zero. With another policy
    Docker refuses to create the container; what is no number stands for attempts without end.

    Bad:

        services:
          web:
            image: nginx
            restart: always:3

    Good:

        services:
          web:
            image: nginx
            restart: on-failure:3
    """
    # Hits in the corpus: none. The source: moby, `api/types/container` ("maximum retry count can
    # only be used with 'on-failure'"), and docker/compose, `pkg/compose/create.go`.
    yield from once(_retries(project))


def _retries(project: Project) -> Iterator[Finding]:
    for node, text in _policies(project):
        wrong = parse_restart_policy(text)
        if not isinstance(wrong, InvalidRestartPolicy):
            continue
        number = quoted(wrong.text)
        word = text.partition(":")[0]
        fix = None
        match wrong.fault:
            case Fault.RETRIES_NOT_ALLOWED:
                message = (
                    f"{quoted(word.text)} takes no number of attempts, and Docker refuses to create"
                    " the container."
                )
                remedy = f'Write "on-failure:{wrong.text}", or remove the number.'
                fix = replacement(
                    project, node.source, word.span, word.text, "on-failure", Safety.UNSAFE
                )
            case Fault.NEGATIVE_RETRIES:
                message = f"{number} is below zero, and Docker refuses to create the container."
                remedy = "Write a number above zero, or none for attempts without end."
            case Fault.RETRIES:
                message = (
                    f"{number} is no whole number: Compose ignores it, and Docker starts the"
                    " container again without end."
                )
                remedy = 'Write a number, as in "on-failure:3".'
            case _:
                continue
        yield find_at(
            project,
            "restart-retries",
            Severity.WARNING,
            node.source,
            wrong.span,
            message,
            remedy,
            fix=fix,
        )


def _policies(project: Project) -> Iterator[tuple[Node, Traced]]:
    for member in members(project):
        entry = member.entries.get("restart")
        if entry is not None and isinstance(entry.value, Scalar):
            node = entry.value
            if text_of(node) is not None:
                yield node, project.text(node)


_CONDITIONS = {
    "": Policy.NO,
    "none": Policy.NO,
    "no": Policy.NO,
    "any": Policy.ALWAYS,
    "always": Policy.ALWAYS,
    "on-failure": Policy.ON_FAILURE,
    "unless-stopped": Policy.UNLESS_STOPPED,
}
_AGAIN = (Policy.ALWAYS, Policy.UNLESS_STOPPED)


@rule("restart-overridden", Severity.WARNING, Category.RUNTIME)
def restart_overridden(project: Project) -> Iterator[Finding]:
    """Two places say when a container is started again, and they differ.

    Where `deploy` has a `restart_policy`, Compose does not look at `restart`. One without a
    `condition` stands for no restarts at all. Keep the one that is meant; write the same in both if
    the file is for Docker Swarm as well.

    Bad:

        services:
          web:
            image: nginx
            restart: always
            deploy:
              restart_policy:
                condition: none

    Good:

        services:
          web:
            image: nginx
            deploy:
              restart_policy:
                condition: none
    """
    # The source beside the corpus: docker/compose, `pkg/compose/create.go`, `getRestartPolicy`.
    yield from once(_overridden(project))


def _overridden(project: Project) -> Iterator[Finding]:
    for member in members(project):
        entry = member.entries.get("restart")
        policy = member.child("deploy", "restart_policy")
        if entry is None or not isinstance(policy, Mapping) or text_of(entry.value) is None:
            continue
        assert isinstance(entry.value, Scalar)
        here = parse_restart_policy(project.text(entry.value))
        condition = entries_of(policy).get("condition")
        if not isinstance(here, RestartPolicy) or (condition and is_null(condition.value)):
            continue
        there = _CONDITIONS.get("" if condition is None else text_of(condition.value) or "?")
        if there is None or there is here.policy or (there in _AGAIN and here.policy in _AGAIN):
            continue
        written = quoted(f"restart: {here.policy.value}")
        what = (
            'has no "condition", which stands for no restarts'
            if condition is None
            else f"says {quoted(text_of(condition.value))}"
        )
        place = policy if condition is None else condition.value
        span = place.source.first_line(place.span)
        remedy = "Write the same in both, or remove one of them."
        if condition is None:
            remedy = (
                f'Add a "condition" to "restart_policy", such as {quoted(_as_condition(here))}.'
            )
        yield find_at(
            project,
            "restart-overridden",
            Severity.WARNING,
            entry.value.source,
            content_span(entry.value),
            f'Compose does not look at {written} here: "restart_policy" under "deploy" counts'
            f" instead, and that {what}.",
            remedy,
            related=(Related(place.source, span, "What counts instead."),),
        )


def _as_condition(policy: RestartPolicy) -> str:
    match policy.policy:
        case Policy.ON_FAILURE:
            return "on-failure"
        case Policy.NO:
            return "none"
    return "any"


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (
    restart_unknown,
    restart_retries,
    restart_overridden,
)
