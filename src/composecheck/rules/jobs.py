"""Jobs: what they depend on, and what must not depend on them.

Of jobs, Compose checks nothing else: not what they mount, nor whether they have an image
(measured).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Finding, Severity
from composecheck.nearest import nearest
from composecheck.project.reading import child, entries_of
from composecheck.rule import Category, rule
from composecheck.rules.activity import has_fixed_profiles, is_on, members, refused
from composecheck.rules.definitions import is_whole
from composecheck.rules.dependencies import needs
from composecheck.rules.marks import content_span, once, path_at, related
from composecheck.schema.words import join_or, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.project.project import Project
    from composecheck.rules.dependencies import Need


@rule("job-dependency", Severity.ERROR, Category.COMPOSE)
def job_dependency(project: Project) -> Iterator[Finding]:
    """A job needs a service or a job that does not exist, or that a profile keeps off.

    Under `depends_on` of a job stand the names of services and of other jobs. Compose refuses the
    project if there is none of that name. For a service that is off, `required: false` helps.

    Bad:

        services:
          db:
            image: example/db:17
        jobs:
          migrate:
            image: example/migrate
            triggers:
              manual: true
            depends_on:
              - databse

    Good:

        services:
          db:
            image: example/db:17
        jobs:
          migrate:
            image: example/migrate
            triggers:
              manual: true
            depends_on:
              - db
    """
    yield from once(_job_dependencies(project))


def _job_dependencies(project: Project) -> Iterator[Finding]:
    services, jobs = project.section("services"), project.section("jobs")
    for member in members(project, "jobs"):
        found = list(needs(member, project))
        written = {need.name.text: need for need in found if need.name.is_known}
        written |= {n.name.text: n for n in found if n.name.is_known and n.key == "depends_on"}
        for name, need in written.items():
            if name not in services and (name not in jobs or name.startswith("x-")):
                if is_whole(project):
                    candidates = [other for other in (*services, *jobs) if other != member.name]
                    suggestions = tuple(nearest(name, candidates))
                    message = f"There is no service and no job {quoted(name)} in this project"
                    remedy = (
                        f"Write {join_or(map(quoted, suggestions))}."
                        if suggestions
                        else "Write the name of a service or job, or remove it."
                    )
                    yield _finding(
                        project, "job-dependency", need, message, remedy, suggestions=suggestions
                    )
                continue
            other = services[name] if name in services else jobs[name]
            is_excused = name in services and need.is_required is not True
            if not is_excused and is_on(project, name, other, member.profile) is False:
                yield _finding(
                    project,
                    "job-dependency",
                    need,
                    f"{quoted(member.name)} needs {quoted(name)}, which a profile keeps off",
                    "Give both the same profiles.",
                    is_off=True,
                )


@rule("job-as-dependency", Severity.ERROR, Category.COMPOSE)
def job_as_dependency(project: Project) -> Iterator[Finding]:
    """A service depends on a job.

    A job runs when something triggers it, so no service can wait for it: services depend on
    services only. Compose refuses the project. A service that runs once does what is mostly meant:
    `condition: service_completed_successfully` waits for its end.

    Bad:

        services:
          web:
            image: nginx
            depends_on:
              - migrate
        jobs:
          migrate:
            image: example/migrate
            triggers:
              manual: true

    Good:

        services:
          web:
            image: nginx
        jobs:
          migrate:
            image: example/migrate
            triggers:
              manual: true
    """
    yield from once(_jobs_as_dependencies(project))


def _jobs_as_dependencies(project: Project) -> Iterator[Finding]:
    services, jobs = project.section("services"), project.section("jobs")
    for member in members(project):
        for need in needs(member, project):
            name = need.name.text if need.name.is_known else ""
            if name in jobs and name not in services:
                yield _finding(
                    project,
                    "job-as-dependency",
                    need,
                    f"{quoted(name)} is a job, and a service can depend on services only",
                    f"Remove it, or make a service of {quoted(name)}.",
                )


def _finding(
    project: Project,
    name: str,
    need: Need,
    message: str,
    remedy: str,
    *,
    suggestions: tuple[str, ...] = (),
    is_off: bool = False,
) -> Finding:
    member = need.member
    source, span = need.name.source, need.span
    is_certain = not is_off or has_fixed_profiles(project)
    return Finding(
        rule=name,
        severity=member.severity if is_certain else Severity.WARNING,
        message=f"{message}; {member.refused}.",
        source=source,
        span=span,
        remedy=remedy,
        path=path_at(project, source, span),
        suggestions=suggestions,
    )


@rule("job-name-taken", Severity.ERROR, Category.COMPOSE)
def job_name_taken(project: Project) -> Iterator[Finding]:
    """A job has the name of a service.

    Services and jobs share their names, so that `depends_on` is clear. Compose refuses the project,
    whichever profiles are on.

    Bad:

        services:
          backup:
            image: example/backup
        jobs:
          backup:
            image: example/backup
            triggers:
              manual: true

    Good:

        services:
          backup:
            image: example/backup
        jobs:
          backup-now:
            image: example/backup
            triggers:
              manual: true
    """
    services = entries_of(child(project.root, "services")) if project.root else {}
    jobs = entries_of(child(project.root, "jobs")) if project.root else {}
    for name, job in jobs.items():
        if name in services and not name.startswith("x-"):
            source, span = job.key.source, content_span(job.key)
            yield Finding(
                rule="job-name-taken",
                severity=Severity.ERROR,
                message=f"A service is called {quoted(name)}, too; {refused()}.",
                source=source,
                span=span,
                remedy="Give the job another name.",
                path=path_at(project, source, span),
                related=(related(services[name].key, "The service of this name."),),
            )


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (
    job_dependency,
    job_as_dependency,
    job_name_taken,
)
