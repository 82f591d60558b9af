"""`composecheck config`: print what the files of a project add up to."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from composecheck.cli.output import FAILED, FOUND, complain, fail, tell, write


class ModelFormat(StrEnum):
    """How a project is printed."""

    YAML = "yaml"
    JSON = "json"


_Paths = list[str] | None


def config(
    *,
    file: Annotated[
        _Paths,
        typer.Option(
            "-f",
            "--file",
            metavar="FILE",
            show_default=False,
            help='A Compose file, or "-" for standard input. Can be given several times: each is'
            ' laid over those before it. By default the files that "docker compose" would take.',
        ),
    ] = None,
    env_file: Annotated[
        _Paths,
        typer.Option(
            metavar="FILE",
            show_default=False,
            help='Read variables from this file instead of ".env". Can be given several times.',
        ),
    ] = None,
    profile: Annotated[
        _Paths,
        typer.Option(
            metavar="NAME",
            show_default=False,
            help='Switch a profile on; "*" is all of them. Can be given several times.',
        ),
    ] = None,
    project_directory: Annotated[
        str | None,
        typer.Option(
            metavar="FOLDER",
            show_default=False,
            help="What paths are seen from. By default the folder of the first file.",
        ),
    ] = None,
    project_name: Annotated[
        str | None,
        typer.Option(
            "-p", "--project-name", metavar="NAME", show_default=False, help="The project's name."
        ),
    ] = None,
    output_format: Annotated[
        ModelFormat, typer.Option("--format", help="How to print the project.")
    ] = ModelFormat.YAML,
    services: Annotated[bool, typer.Option("--services", help="List services only.")] = False,
    volumes: Annotated[bool, typer.Option("--volumes", help="List volumes in use only.")] = False,
    networks: Annotated[
        bool, typer.Option("--networks", help="List networks in use only.")
    ] = False,
    images: Annotated[bool, typer.Option("--images", help="List images only.")] = False,
    profiles: Annotated[bool, typer.Option("--profiles", help="List profiles only.")] = False,
    variables: Annotated[
        bool, typer.Option("--variables", help="List the variables in the files only.")
    ] = False,
    no_interpolate: Annotated[
        bool, typer.Option("--no-interpolate", help="Leave variables as they are written.")
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
    from composecheck.config.calling import call_from_here
    from composecheck.config.printing import render, render_list
    from composecheck.config.verdicts import judge
    from composecheck.project.project import load_project
    from composecheck.yaml.limits import TooMuch

    flags = {
        "services": services,
        "volumes": volumes,
        "networks": networks,
        "images": images,
        "profiles": profiles,
        "variables": variables,
        "origin": origin,
    }
    asked = [name for name, is_on in flags.items() if is_on]
    if len(asked) > 1:
        fail(f'"--{asked[0]}" and "--{asked[1]}" cannot be given together.')
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
    except OSError as error:
        fail(f"Standard input could not be read: {error.strerror}.")
    project = load_project(call)
    # For these lists Compose does not read what services have from other files (measured).
    verdict = judge(project, reads_env_files=not (services or volumes or networks))
    for line in (*verdict.warnings, *verdict.refusals):
        tell(line)
    for sentence in verdict.obstacles:
        complain(sentence)
    if verdict.obstacles:
        raise typer.Exit(FAILED)
    if verdict.refusals:
        complain("Compose refuses this project, so there is nothing to print.")
        raise typer.Exit(FOUND)
    as_json = output_format is ModelFormat.JSON
    try:
        if asked and not origin:
            write(render_list(project, asked[0], as_json=as_json))
        else:
            write(render(project, as_json=as_json, with_origin=origin))
    except TooMuch as reason:
        fail(f"The project could not be printed: {reason}.")
