"""Options that several commands have, with the same meaning in each."""

from __future__ import annotations

from typing import Annotated

import typer

from composecheck.cli.choices import FailOn, When
from composecheck.cli.completion import complete_rules

Paths = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="PATH",
        show_default=False,
        help='Files, folders to search, or "-" for standard input.'
        ' By default the files that "docker compose" would take here.',
    ),
]

Files = Annotated[
    list[str] | None,
    typer.Option(
        "-f",
        "--file",
        metavar="FILE",
        show_default=False,
        help='A Compose file, as with "docker compose -f". Can be given several times: each is'
        ' laid over those before it. "-" is standard input.',
    ),
]

EnvFiles = Annotated[
    list[str] | None,
    typer.Option(
        "--env-file",
        metavar="FILE",
        show_default=False,
        help='Read variables from this file instead of ".env". Can be given several times.',
    ),
]

Profiles = Annotated[
    list[str] | None,
    typer.Option(
        "--profile",
        metavar="NAME",
        show_default=False,
        help='Switch a profile on; "*" is all of them. Can be given several times.',
    ),
]

ProjectDirectory = Annotated[
    str | None,
    typer.Option(
        metavar="FOLDER",
        show_default=False,
        help="What paths are seen from. By default the folder of the first file.",
    ),
]

Select = Annotated[
    list[str] | None,
    typer.Option(
        metavar="RULE,...",
        show_default=False,
        autocompletion=complete_rules,
        help="These rules or categories alone. Can be given several times.",
    ),
]

Ignore = Annotated[
    list[str] | None,
    typer.Option(
        metavar="RULE,...",
        show_default=False,
        autocompletion=complete_rules,
        help="Not these rules or categories. Can be given several times.",
    ),
]

ExtendSelect = Annotated[
    list[str] | None,
    typer.Option(
        metavar="RULE,...",
        show_default=False,
        autocompletion=complete_rules,
        help="These rules or categories, too. Can be given several times.",
    ),
]

Include = Annotated[
    list[str] | None,
    typer.Option(
        metavar="GLOB",
        show_default=False,
        help="Files to take in folders that are searched, whatever their names. Can be given"
        " several times.",
    ),
]

Exclude = Annotated[
    list[str] | None,
    typer.Option(
        metavar="GLOB",
        show_default=False,
        help="Files and folders to pass by in folders that are searched. Can be given several"
        " times.",
    ),
]

TargetCompose = Annotated[
    str | None,
    typer.Option(
        metavar="VERSION",
        show_default=False,
        help='The oldest Docker Compose that the files are for, such as "2.20": what only a newer'
        " one knows is reported.",
    ),
]

ForceExclude = Annotated[
    bool,
    typer.Option(
        "--force-exclude",
        help="Treat files that are named as if they were found in a folder: what is excluded, or is"
        " no Compose file, is passed by. For hooks, which name files by themselves.",
    ),
]

StdinFilename = Annotated[
    str | None,
    typer.Option(
        metavar="FILE",
        show_default=False,
        help='Of which file standard input ("-") is the text: it is judged in its place.',
    ),
]

FailOnOption = Annotated[
    FailOn | None,
    typer.Option(
        "--fail-on",
        show_default="warning",
        help="From which severity on the exit status is 1.",
    ),
]

Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="Say nothing but what was found.")]

Color = Annotated[
    When,
    typer.Option(
        help='Colours and frames: "always" writes them into a pipe, too; "never" leaves out'
        " the colours on a terminal."
    ),
]
