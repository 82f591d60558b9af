"""`composecheck config`: print what the files of a project add up to."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from composecheck.cli import options  # noqa: TC001 - typer reads the annotations when it runs
from composecheck.cli.output import FAILED, FOUND, complain, fail, tell, write

if TYPE_CHECKING:
    from collections.abc import Sequence

    from composecheck.finding import Finding
    from composecheck.source import Source


class ModelFormat(StrEnum):
    """How a project is printed."""

    YAML = "yaml"
    JSON = "json"


_Texts = list[str] | None


def config(
    services_asked: Annotated[
        _Texts,
        typer.Argument(
            metavar="SERVICE",
            show_default=False,
            help="Print these services only, and those that they depend on.",
        ),
    ] = None,
    *,
    file: options.Files = None,
    env_file: options.EnvFiles = None,
    profile: options.Profiles = None,
    project_directory: options.ProjectDirectory = None,
    project_name: Annotated[
        str | None,
        typer.Option(
            "-p", "--project-name", metavar="NAME", show_default=False, help="The project's name."
        ),
    ] = None,
    output_format: Annotated[
        ModelFormat | None,
        typer.Option(
            "--format",
            show_default="yaml; for --variables a table",
            help="How to print the project, or variables.",
        ),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE",
            show_default=False,
            help="Write the project to this file instead of standard output.",
        ),
    ] = None,
    quiet: Annotated[
        bool,
        typer.Option("-q", "--quiet", help="Do not print the project: say only what is wrong."),
    ] = False,
    services: Annotated[bool, typer.Option("--services", help="List services only.")] = False,
    volumes: Annotated[bool, typer.Option("--volumes", help="List volumes in use only.")] = False,
    networks: Annotated[
        bool, typer.Option("--networks", help="List networks in use only.")
    ] = False,
    models: Annotated[bool, typer.Option("--models", help="List models in use only.")] = False,
    images: Annotated[bool, typer.Option("--images", help="List images only.")] = False,
    profiles: Annotated[bool, typer.Option("--profiles", help="List profiles only.")] = False,
    variables: Annotated[
        bool, typer.Option("--variables", help="List the variables in the files only.")
    ] = False,
    environment: Annotated[
        bool,
        typer.Option("--environment", help="List the values that variables are replaced by only."),
    ] = False,
    no_interpolate: Annotated[
        bool, typer.Option("--no-interpolate", help="Leave variables as they are written.")
    ] = False,
    no_env_resolution: Annotated[
        bool,
        typer.Option("--no-env-resolution", help="Do not read the env files of services."),
    ] = False,
    origin: Annotated[
        bool,
        typer.Option("--origin", help="Say of each value which line of which file it came from."),
    ] = False,
) -> None:
    """Print what the files of a project add up to, as "docker compose config" does.

    Nothing is fetched and no Docker is needed.

    Exit status: 0 if the project is printed, 1 if Compose would refuse it, 2 if it could not be
    read, or if it depends on something that would have to be fetched.
    """
    from composecheck.calling import call_from_here
    from composecheck.config.printing import render, render_list
    from composecheck.config.verdicts import in_words, judge, judge_services
    from composecheck.project.selection import NoSuchService, select_services
    from composecheck.stages import judge_call
    from composecheck.yaml.limits import TooMuch

    lists = {
        "services": services,
        "volumes": volumes,
        "networks": networks,
        "models": models,
        "images": images,
        "profiles": profiles,
        "variables": variables,
        "environment": environment,
    }
    asked = _only([*lists, "origin"], [*lists.values(), origin])
    asked = "" if asked == "origin" else asked
    if no_interpolate and asked not in ("", "services", "variables"):
        fail(f'"--{asked}" and "--no-interpolate" cannot be given together.')
    try:
        call = call_from_here(
            file or (),
            env_files=env_file or (),
            profiles=profile or (),
            project_directory=project_directory,
            project_name=project_name,
            keep_variables=no_interpolate or variables,
        )
    except FileNotFoundError:
        fail("The folder in which you are no longer exists.")
    judgement = judge_call(call)
    project = judgement.project
    if project is None:
        for skipped in judgement.skipped:
            complain(in_words(skipped))
        raise SystemExit(FAILED)
    is_selected = bool(services_asked) and not call.keep_variables and asked not in _OF_ALL_SERVICES
    reads_env_files = not no_env_resolution
    verdict = judge(
        judgement, project, asked, reads_env_files=reads_env_files, is_selected=is_selected
    )
    _show((*verdict.unset, *verdict.refusals), judgement.sources)
    for sentence in (*verdict.obstacles, *verdict.complaints):
        complain(sentence)
    if verdict.obstacles:
        raise SystemExit(FAILED)
    if verdict.is_refused:
        complain("Compose refuses this project, so there is nothing to print.")
        raise SystemExit(FOUND)
    if is_selected:
        try:
            selected = select_services(project, services_asked or ())
        except NoSuchService as error:
            complain(_no_such_service(error.name, error.choices))
            raise SystemExit(FOUND) from None
        found = () if asked else judge_services(project, selected, reads_env_files=reads_env_files)
        if found:
            _show(found, judgement.sources)
            complain("Compose refuses this project, so there is nothing to print.")
            raise SystemExit(FOUND)
        project = project if asked == "profiles" else selected
    form = None if output_format is None else output_format.value
    try:
        if asked:
            write(render_list(project, asked, form))
            return
        text = render(
            project,
            as_json=output_format is ModelFormat.JSON,
            with_origin=origin,
            reads_env_files=reads_env_files,
        )
    except TooMuch as reason:
        fail(f"The project could not be printed: {reason}.")
    if output is not None and not quiet:
        _write_file(output, text)
    elif not quiet:
        write(text)


_OF_ALL_SERVICES = ("services", "volumes", "networks", "models")
"""Lists for which Compose does not look at which services are named (measured)."""


def _only(names: Sequence[str], flags: Sequence[bool]) -> str:
    """Return the name of the one flag that is given, or nothing. Fails if there are several."""
    given = [name for name, is_on in zip(names, flags, strict=True) if is_on]
    if len(given) > 1:
        fail(f'"--{given[0]}" and "--{given[1]}" cannot be given together.')
    return given[0] if given else ""


def _show(findings: Sequence[Finding], sources: Sequence[Source]) -> None:
    """Write findings to standard error, as `check` writes them to standard output."""
    if not findings:
        return
    from composecheck.check import Report
    from composecheck.report import lines

    report = Report(
        tuple(findings), tuple(dict.fromkeys(source.name for source in sources)), mode="here"
    )
    if not sys.stderr.isatty():
        for finding in findings:
            tell(lines.line(finding))
        return
    from composecheck.report import text

    console = text.console_for(sys.stderr)
    text.print_report(report, console)


def _no_such_service(name: str, choices: Sequence[str]) -> str:
    from composecheck.nearest import nearest

    meant = nearest(name, choices)
    hint = f' Is "{meant[0]}" meant?' if meant else ""
    return f'There is no service "{name}" that is on.{hint}'


def _write_file(name: str, text: str) -> None:
    try:
        Path(name).write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        fail(f'The file "{name}" could not be written: {error.strerror}.')
